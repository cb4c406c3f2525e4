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

/// A text that has at least so many characters.
pub(crate) trait AtLeast<const CHARS: usize> {}

impl AtLeast<0> for str {}

/// How many characters a text has that passed a check.
macro_rules! at_least {
    ($name:ident by limited) => {
        impl AtLeast<0> for $name {}
    };
    ($name:ident by identifier) => {
        impl AtLeast<1> for $name {}
    };
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

        at_least! { $name by $check }

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
    /// The name of an offer (OFF-1), such as `AirLink Complete`; customers may have offers of their own (OFF-5).
    OfferName by identifier;
    /// The version of a catalogue of offers, under which a subscription is sold (OFF-5).
    CatalogueVersion by identifier;
    /// The e-mail address by which a user or administrator signs in.
    Email by identifier;
    /// The name of a user profile: the rights that a partner's users have on a customer's account (ACC-4).
    ///
    /// An open list: the sources name no profile but the read-only one, and customers define their own.
    Profile by identifier;
    /// The number of a ticket at Customer Support.
    TicketNumber by identifier;
}

impl Email {
    /// The address in small letters: two that differ only in capitals reach the same person (ACC-3).
    ///
    /// ```
    /// use alms_core::text::Email;
    /// assert_eq!("Ann@Acme.example".parse::<Email>()?.folded(), "ann@acme.example");
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub fn folded(&self) -> String {
        self.as_str().to_lowercase()
    }

    /// Whether both reach the same person.
    pub fn is_same(&self, other: &Email) -> bool {
        self == other || self.folded() == other.folded()
    }
}

impl Profile {
    /// What a partner's users get by default: they may look, and change nothing (ACC-4).
    pub const READ_ONLY: Profile = Profile(SmolStr::new_static("read_only"));
}

impl Default for Profile {
    fn default() -> Self {
        Self::READ_ONLY
    }
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

    #[test]
    fn capitals_make_no_other_person() {
        let email = |text: &str| Email::try_new(text).unwrap();
        assert!(email("ann@acme.example").is_same(&email("ANN@acme.example")));
        assert!(!email("ann@acme.example").is_same(&email("ann@acme.example.org")));
    }
}
