//! Where a database is, and how that may be written down.

use std::fmt;

/// The URL of a database. Written out it is without what is secret in it: a password, and what follows a question mark.
#[derive(Clone)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole URL.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }

    /// What is before the first colon.
    pub(crate) fn scheme(&self) -> Option<&str> {
        Some(self.0.split_once(':')?.0)
    }
}

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl From<&str> for DatabaseUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://") else {
            return f.write_str(self.scheme().filter(|scheme| scheme.len() < 20).unwrap_or("the URL"));
        };
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        // A password may hold an unescaped `@` or `/`: nothing before the last `@` is shown.
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        write!(f, "{scheme}://{place}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    #[test]
    fn nothing_secret_is_written() {
        for (url, shown) in [
            ("sqlite://some/file.db", "sqlite://some/file.db"),
            ("sqlite://file.db?mode=rw", "sqlite://file.db"),
            ("postgres://ann:hush@host:1/db", "postgres://host:1/db"),
            ("postgres://ann:h@u/sh@host/db", "postgres://host/db"),
            ("postgres://host/db?password=hush", "postgres://host/db"),
            ("postgres:hush", "postgres"),
            ("hush", "the URL"),
        ] {
            let url = DatabaseUrl::from(url.to_owned());
            assert_eq!((url.to_string(), format!("{url:?}")), (shown.to_owned(), shown.to_owned()));
        }
    }
}
