//! Words for messages and explanations.

use crate::calendar::Date;
use std::fmt::Display;

/// "1 token", "3 tokens".
pub(crate) fn counted(count: impl Display, singular: &str) -> String {
    let count = count.to_string();
    if count == "1" { format!("1 {singular}") } else { format!("{count} {singular}s") }
}

/// A date for a sentence.
pub(crate) fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "never".to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(1, "token"), "1 token");
        assert_eq!(counted(0, "token"), "0 tokens");
        assert_eq!(counted(-5, "token"), "-5 tokens");
    }
}
