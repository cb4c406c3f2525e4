//! Texts with a limit, and the identifiers made of them.

use crate::bounds::TEXT_CHARS_MAX;
use smol_str::SmolStr;
use std::fmt;

/// A text that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// An identifier must have at least one character.
    #[error("must not be empty")]
    Empty,
    /// More than 256 characters.
    #[error("has {chars} characters, at most 256 are allowed")]
    TooLong {
        /// How many characters it has.
        chars: usize,
    },
}

/// `text` if it is within the limit of characters.
fn limited(text: &str) -> Result<SmolStr, TextError> {
    // Bytes are never fewer than characters, so the common short text needs no counting.
    if text.len() > TEXT_CHARS_MAX {
        let chars = text.chars().count();
        if chars > TEXT_CHARS_MAX {
            return Err(TextError::TooLong { chars });
        }
    }
    Ok(SmolStr::new(text))
}

/// `text` if it is within the limit and not empty.
fn identifier(text: &str) -> Result<SmolStr, TextError> {
    if text.is_empty() { Err(TextError::Empty) } else { limited(text) }
}

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident by $check:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// At most 256 characters; cheap to clone.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// Takes the text as it is: case and spaces count.
            ///
            /// # Errors
            /// [`TextError`] when it is longer than 256 characters or, for an identifier, empty.
            pub fn try_new(text: &str) -> Result<Self, TextError> {
                $check(text).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                Self::try_new(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }
    )*};
}

text_types! {
    /// Any text: an offer class, a branding, a person's name on a consent.
    Text by limited;
    /// The UID of an account, its formal identifier (ACC-1).
    Uid by identifier;
    /// The name of an account, "exact company name" (ACC-1).
    AccountName by identifier;
    /// The serial number of a system, unique within an account.
    Serial by identifier;
    /// The idempotency key that a caller gives a booking (ORD-7).
    BookingKey by identifier;
    /// The number of a purchase order.
    PoNumber by identifier;
    /// The e-mail address by which a user or administrator signs in.
    Email by identifier;
}

impl Uid {
    /// Stands where a position names no account, which no booking of a ledger does.
    pub(crate) const NOBODY: Self = Self(SmolStr::new_static("-"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_not_bytes() {
        assert!(Text::try_new(&"é".repeat(256)).is_ok());
        assert_eq!(Text::try_new(&"é".repeat(257)), Err(TextError::TooLong { chars: 257 }));
    }

    #[test]
    fn an_identifier_is_not_empty() {
        assert_eq!(Serial::try_new(""), Err(TextError::Empty));
        assert_eq!(Text::try_new("").unwrap().as_str(), "");
    }
}
