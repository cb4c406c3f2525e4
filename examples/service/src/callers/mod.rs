//! Who sends a request.
//!
//! The service asks one [`Callers`] about every request but `/health` and `/openapi.json`; what a caller may do is said in
//! `policy`. A host puts its own way of signing in behind this trait.

mod header;
#[cfg(feature = "jwt")]
mod jwt;

pub use header::CallerHeader;
#[cfg(feature = "jwt")]
pub use jwt::{Algorithm, BearerTokens, TokenSettings};

use alms_core::text::{Email, Uid};
use axum::http::request::Parts;
use std::fmt;
use std::net::IpAddr;

/// Says who sends a request.
pub trait Callers: Send + Sync + 'static {
    /// The sender, by the head of the request; [`Peer`] is among its extensions.
    ///
    /// # Errors
    /// [`Unidentified`], which the client is answered with, as 401.
    fn identify(&self, head: &Parts) -> Result<Caller, Unidentified>;
}

/// The address that a request came from; of a proxy where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// What a caller is to the service, as whoever signed it in says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The vendor, who gives tokens and books each month's use.
    Vendor(String),
    /// The vendor's support, which sees everything and carries out migrations.
    Support(String),
    /// A user of a partner, by the UID of the partner's account.
    Partner(Uid),
    /// An administrator of customers' accounts, by the e-mail address.
    Administrator(Email),
    /// Nobody in particular: the service runs without signing in.
    Anyone,
}

/// The sender of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    role: Role,
    /// Which user it is, where the role does not say it.
    user: Option<String>,
}

impl Caller {
    /// A caller in this role.
    pub const fn new(role: Role) -> Self {
        Self { role, user: None }
    }

    /// Adds which user it is, for the record of who entered a booking.
    #[must_use]
    pub fn with_user(self, user: String) -> Self {
        Self { user: Some(user), ..self }
    }

    /// What it is.
    pub const fn role(&self) -> &Role {
        &self.role
    }

    /// A caller by the name of a role and who it is in that role, such as `partner` and `p1`.
    ///
    /// # Errors
    /// [`Unidentified`]: there is no such role, or nobody can be called so.
    pub fn try_from_names(role: &str, who: &str) -> Result<Self, Unidentified> {
        let unnamed = |what: &str| Unidentified::new(format!("`{}` is not {what}; correct it", shown(who)));
        if who.is_empty() || who.chars().count() > 256 || who.contains(char::is_control) {
            return Err(unnamed("a caller's name"));
        }
        let role = match role {
            "vendor" => Role::Vendor(who.to_owned()),
            "support" => Role::Support(who.to_owned()),
            "partner" => Role::Partner(who.parse().map_err(|_| unnamed("the UID of an account"))?),
            "administrator" => Role::Administrator(who.parse().map_err(|_| unnamed("an e-mail address"))?),
            _ => {
                let message = format!(
                    "`{}` is not a role; use `vendor`, `support`, `partner` or `administrator`",
                    shown(role)
                );
                return Err(Unidentified::new(message));
            }
        };
        Ok(Self::new(role))
    }
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Such as `partner p1`: it is stored beside what the caller enters.
impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.role {
            Role::Vendor(name) => write!(f, "vendor {name}")?,
            Role::Support(name) => write!(f, "support {name}")?,
            Role::Partner(uid) => write!(f, "partner {uid}")?,
            Role::Administrator(email) => write!(f, "administrator {email}")?,
            Role::Anyone => f.write_str("anyone")?,
        }
        match &self.user {
            Some(user) => write!(f, " ({user})"),
            None => Ok(()),
        }
    }
}

/// Why it is not known who sends a request: a sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unidentified(String);

impl Unidentified {
    /// For this reason: what is wrong, and what to do.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// Everyone may do everything: for a trial on one's own machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Insecure;

impl Callers for Insecure {
    fn identify(&self, _: &Parts) -> Result<Caller, Unidentified> {
        Ok(Caller::new(Role::Anyone))
    }
}

#[cfg(test)]
mod tests {
    use super::Caller;

    #[test]
    fn roles_and_names() {
        for (role, who, says) in [
            ("vendor", "jo", "vendor jo"),
            ("support", "jo", "support jo"),
            ("partner", "p 1", "partner p 1"),
            ("administrator", "ann@c1.example", "administrator ann@c1.example"),
            ("boss", "jo", "`boss` is not a role; use `vendor`, `support`, `partner` or `administrator`"),
            ("anyone", "jo", "`anyone` is not a role; use `vendor`, `support`, `partner` or `administrator`"),
            ("partner", "", "`` is not a caller's name; correct it"),
            ("vendor", "jo\n", "`jo\n` is not a caller's name; correct it"),
        ] {
            let said = match Caller::try_from_names(role, who) {
                Ok(caller) => caller.to_string(),
                Err(error) => error.to_string(),
            };
            assert_eq!(said, says);
        }
    }
}
