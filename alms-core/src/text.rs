//! Texts with a limit, and the identifiers made of them.
//!
//! ```
//! use alms_core::text::{Serial, TextError, Uid};
//! let column = String::from("LA1");
//! let serial = Serial::try_from(column.clone())?;
//! assert_eq!(String::from(serial), column);
//! assert_eq!(Uid::try_from("").unwrap_err(), TextError::Empty);
//! # Ok::<(), TextError>(())
//! ```

use crate::ErrorCode;
use crate::bounds::TEXT_CHARS_MAX;
pub(crate) use alms_json::is_format;
use smol_str::SmolStr;
use std::fmt;

pub use alms_json::visible;

/// A text that cannot be taken.
#[non_exhaustive]
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
    /// A blank, a control or a format character in a serial number (SER-3).
    #[error("holds {}, which a serial number cannot have; remove it", named(*character))]
    Forbidden {
        /// The first of them.
        character: char,
    },
}

impl TextError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Empty | Self::Forbidden { .. } => ErrorCode::InvalidInput,
            Self::TooLong { .. } => ErrorCode::OutOfRange,
        }
    }
}

/// A character that nobody would see, in words that can be printed.
pub(crate) fn named(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    match character {
        ' ' => "a blank".to_owned(),
        _ if character.is_whitespace() && !character.is_control() => format!("the blank {code}"),
        _ if character.is_control() => format!("the control character {code}"),
        _ => format!("the invisible character {code}"),
    }
}

/// `text` if it can be a serial number: an identifier without blanks, control and format characters (SER-3).
fn serial(text: &str) -> Result<SmolStr, TextError> {
    // Nearly every serial number is of letters and digits.
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let forbidden = |c: &char| c.is_whitespace() || c.is_control() || is_format(*c);
        if let Some(character) = text.chars().find(forbidden) {
            return Err(TextError::Forbidden { character });
        }
    }
    identifier(text)
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
    ($name:ident by serial) => {
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
            /// [`TextError`] when it is longer than 256 characters or, for an identifier, empty; for a serial number
            /// also when it holds a blank, a control or a format character.
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

        impl TryFrom<&str> for $name {
            type Error = TextError;

            fn try_from(text: &str) -> Result<Self, TextError> {
                Self::try_new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                Self::try_new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.into()
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
    /// The serial number of a system, unique within an account: without blanks, control and format characters, at its
    /// ends, too (SER-3). Readers of files take off what surrounds one ([`import`](crate::import)).
    Serial by serial;
    /// The idempotency key that a caller gives a booking (ORD-7).
    BookingKey by identifier;
    /// The number of a purchase order.
    PoNumber by identifier;
    /// The article that an order names, in the words of whoever sells it (ORD-6).
    ProductReference by identifier;
    /// Why the vendor took tokens back (ORD-5).
    Reason by identifier;
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

impl Text {
    /// The empty text.
    pub(crate) const EMPTY: Self = Self(SmolStr::new_static(""));
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
        self.is_address(other.as_str())
    }

    /// Whether a text is this address, in capitals or not.
    pub fn is_address(&self, text: &str) -> bool {
        self.as_str() == text || self.folded() == text.to_lowercase()
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

impl OfferName {
    /// Stands where nobody named an offer, and none is asked for.
    pub(crate) const UNREAD: Self = Self(SmolStr::new_static("-"));

    /// A name that the rules themselves have.
    pub(crate) const fn of_rule(name: &'static str) -> Self {
        Self(SmolStr::new_static(name))
    }
}

impl Serial {
    /// Stands where a serial number cannot be read, and nothing is registered under it.
    pub(crate) const UNREAD: Self = Self(SmolStr::new_static("-"));
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
    fn a_serial_has_nothing_that_is_not_seen() {
        for good in ["LA1", "00-12/3", "12E45", "=1", "Ünï", "🦀"] {
            assert_eq!(Serial::try_new(good).unwrap().as_str(), good);
        }
        for (text, character) in [
            (" LA1", ' '),
            ("LA1 ", ' '),
            ("LA 1", ' '),
            ("LA\t1", '\t'),
            ("LA1\n", '\n'),
            ("LA\0", '\0'),
            ("LA1\u{85}", '\u{85}'),
            ("LA1\u{a0}", '\u{a0}'),
            ("LA\u{ad}1", '\u{ad}'),
            ("\u{feff}LA1", '\u{feff}'),
            ("LA1\u{200b}", '\u{200b}'),
            ("LA1\u{200f}", '\u{200f}'),
            ("LA\u{202e}1", '\u{202e}'),
            ("LA\u{2028}1", '\u{2028}'),
            ("LA\u{e007f}1", '\u{e007f}'),
        ] {
            assert_eq!(Serial::try_new(text), Err(TextError::Forbidden { character }), "{text:?}");
        }
        let message = |text: &str| Serial::try_new(text).unwrap_err().to_string();
        assert_eq!(message("a b"), "holds a blank, which a serial number cannot have; remove it");
        assert!(message("a\u{200b}").starts_with("holds the invisible character U+200B"));
        assert!(message("a\0").starts_with("holds the control character U+0000"));
        assert!(message("a\u{a0}").starts_with("holds the blank U+00A0"));
    }

    #[test]
    fn capitals_make_no_other_person() {
        let email = |text: &str| Email::try_new(text).unwrap();
        assert!(email("ann@acme.example").is_same(&email("ANN@acme.example")));
        assert!(!email("ann@acme.example").is_same(&email("ann@acme.example.org")));
    }
}
