//! Enumerations whose values have stable names.

use crate::ErrorCode;

/// A text that is none of an enumeration's names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not one of {}", quoted(expected))]
pub struct UnknownName {
    /// The refused text.
    pub value: String,
    /// The names there are.
    pub expected: &'static [&'static str],
}

impl UnknownName {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

/// The names as a sentence has them: `a`, `b`, `c`.
pub(crate) fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Defines an enumeration with its wire names: `NAMES`, `ALL`, `as_str`, `meaning`, `FromStr`, `Display`, serde's
/// traits; and `remedy` where every value has one.
macro_rules! named_enum {
    ($(#[$doc:meta])* pub enum $type:ident { $($(#[doc = $meaning:literal])+ $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[doc = $meaning])+ $variant,)+ }

        impl $type {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [$type] = &[$($type::$variant,)+];
            /// The names of all values, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }

            /// What the value means, in the words of its documentation.
            pub const fn meaning(self) -> &'static str {
                match self { $($type::$variant => concat!($($meaning),+).trim_ascii(),)+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::names::UnknownName;

            fn from_str(text: &str) -> Result<Self, $crate::names::UnknownName> {
                match text {
                    $($name => Ok($type::$variant),)+
                    _ => Err($crate::names::UnknownName { value: text.to_owned(), expected: $type::NAMES }),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::json::TextForm for $type {
            fn refused(_: &str, error: $crate::names::UnknownName) -> $crate::json::Fault {
                error.into()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::json::TextVisitor::<$type>::NEW)
            }
        }
    };

    // Of a note or finding: behind each name what to do about it.
    ($(#[$doc:meta])* pub enum $type:ident {
        $($(#[doc = $meaning:literal])+ $variant:ident = $name:literal => $remedy:literal,)+
    }) => {
        $crate::names::named_enum! {
            $(#[$doc])*
            pub enum $type { $($(#[doc = $meaning])+ $variant = $name,)+ }
        }

        impl $type {
            /// What to do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $($type::$variant => $remedy,)+ }
            }
        }
    };
}

pub(crate) use named_enum;
