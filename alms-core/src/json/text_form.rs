//! Scalars that are written as texts.

use super::Fault;
use crate::account::Model;
use crate::billing::Country;
use crate::calendar::{Date, Month, ParseDateError, ParseMonthError};
#[cfg(feature = "migration")]
use crate::migration::{Fingerprint, ParseFingerprintError};
use crate::money::{Currency, Decimal};
use crate::rule::RuleId;
use crate::text::{
    AccountName, BookingKey, CatalogueVersion, Email, OfferName, PoNumber, ProductReference, Profile, Reason,
    Serial, Text, TextError, TicketNumber, Uid,
};
use alms_json::shown;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A value that is written as a text.
pub(crate) trait TextForm: FromStr {
    /// What is wrong with a text that is none of these values.
    fn refused(text: &str, error: Self::Err) -> Fault;
}

/// Reads a text as the value that it is.
pub(crate) struct TextVisitor<T>(PhantomData<T>);

impl<T> TextVisitor<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<T: TextForm> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|error| E::custom(T::refused(text, error)))
    }
}

/// Declares scalars that are texts: how each is written, and the words for a text that is refused.
macro_rules! text_form {
    ($($type:ty: $write:expr, $refused:expr;)+) => {$(
        impl $crate::json::TextForm for $type {
            fn refused(text: &str, error: Self::Err) -> $crate::json::Fault {
                let refused: fn(&str, Self::Err) -> $crate::json::Fault = $refused;
                refused(text, error)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&Self, S) -> Result<S::Ok, S::Error> = $write;
                write(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor::<$type>::NEW)
            }
        }
    )+};
}

/// Declares texts with a limit.
macro_rules! limited_text {
    ($($type:ident),+) => {
        text_form! { $($type: |text, serializer| serializer.serialize_str(text.as_str()), refused_text;)+ }
    };
}

limited_text! {
    AccountName, BookingKey, CatalogueVersion, Email, Model, OfferName, PoNumber, ProductReference, Profile, Reason, Serial,
    Text, TicketNumber, Uid
}

text_form! {
    Date: |date, serializer| serializer.serialize_str(&date.iso()), refused_date;
    Month: |month, serializer| serializer.collect_str(month), refused_month;
    Decimal: |decimal, serializer| serializer.collect_str(decimal), |_, error| error.into();
    Currency: |currency, serializer| serializer.serialize_str(currency.as_str()), |_, error| error.into();
    Country: |country, serializer| serializer.collect_str(country), |_, error| error.into();
}

#[cfg(feature = "migration")]
text_form! {
    Fingerprint: |fingerprint, serializer| serializer.collect_str(fingerprint), refused_fingerprint;
}

/// The words for a text that is too long, empty or not printable.
pub(crate) fn refused_text(text: &str, error: TextError) -> Fault {
    let refused = |message: String| Fault::new(error.code(), message);
    match error {
        TextError::Empty => refused("`` is empty; give a text".to_owned()),
        TextError::TooLong { chars } => {
            refused(format!("`{}` has {chars} characters; shorten it to 256", shown(text)))
                .with("characters", chars)
        }
        TextError::Forbidden { .. } => {
            refused(format!("`{}` {error}", shown(text))).by_rule(RuleId::Ser3.as_str())
        }
    }
}

fn refused_date(text: &str, error: ParseDateError) -> Fault {
    let remedy = match error {
        ParseDateError::Form => "write it as `YYYY-MM-DD`",
        ParseDateError::NoSuchDay => "give a day that the calendar has",
        ParseDateError::OutOfRange => "give one of these",
    };
    Fault::new(error.code(), format!("`{}` is no date: {error}; {remedy}", shown(text)))
}

fn refused_month(text: &str, error: ParseMonthError) -> Fault {
    let remedy = match error {
        ParseMonthError::Form => "write it as `YYYY-MM`",
        ParseMonthError::NoSuchMonth => "give a month from 01 to 12",
        ParseMonthError::OutOfRange => "give one of these",
    };
    Fault::new(error.code(), format!("`{}` is no month: {error}; {remedy}", shown(text)))
}

#[cfg(feature = "migration")]
fn refused_fingerprint(text: &str, error: ParseFingerprintError) -> Fault {
    Fault::new(error.code(), format!("`{}`: {error}; give the plan's own", shown(text)))
}
