//! The schemas of the domain's scalars, and what the schemas of its documents leave out.

use super::{DATE, DECIMAL, FINGERPRINT, MONTH, codes, inline_schema, text};
use crate::account::Model;
use crate::billing::Country;
use crate::bounds::COUNT_MAX;
use crate::calendar::{Date, Days, Month, Months};
use crate::migration::Fingerprint;
use crate::money::{Currency, Decimal};
use crate::subscriptions::{DayOfMonth, Weight};
use crate::text::{
    AccountName, BookingKey, CatalogueVersion, Email, OfferName, PoNumber, ProductReference, Profile, Reason,
    Serial, Text, TicketNumber, Uid,
};
use crate::tokens::{Packs, Peak, PositiveTokens, Tokens};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A decimal above zero.
const WEIGHT: &str = "^(0*[1-9][0-9]*([.][0-9]+)?|0+[.]0*[1-9][0-9]*)$";

/// A whole number within limits.
fn whole(min: i64, max: i64) -> Schema {
    json_schema!({"type": "integer", "minimum": min, "maximum": max})
}

/// Texts that name something, and are not empty.
macro_rules! named {
    ($($type:ident),+) => {
        inline_schema! { $([] $type: "Text", |_| text(1);)+ }
    };
}

named! {
    AccountName, BookingKey, CatalogueVersion, Email, OfferName, PoNumber, ProductReference, Profile, Reason, Serial,
    TicketNumber, Uid
}

inline_schema! {
    [] Text: "Text", |_| text(0);
    [] Model: "Text", |_| text(0);
    [] Month: "Month", |_| json_schema!({"type": "string", "pattern": MONTH});
    [] Decimal: "Decimal", |_| json_schema!({"type": "string", "pattern": DECIMAL});
    [] Currency: "CurrencyCode", |_| json_schema!({"type": "string", "pattern": codes::currencies()});
    [] Country: "CountryCode", |_| json_schema!({"type": "string", "pattern": codes::countries()});
    [] Fingerprint: "Fingerprint", |_| json_schema!({"type": "string", "pattern": FINGERPRINT});
    [] Tokens: "Count", |_| whole(-COUNT_MAX, COUNT_MAX);
    // None, or fewer, is refused by a rule, not by a limit.
    [] PositiveTokens: "Count", |_| whole(-COUNT_MAX, COUNT_MAX);
    [] Packs: "Count", |_| whole(-COUNT_MAX, Packs::MAX);
    [] Peak: "Count", |_| whole(0, COUNT_MAX);
    [] DayOfMonth: "Count", |_| whole(1, DayOfMonth::MAX);
    [] Date: "Date", |_| json_schema!({"type": "string", "format": "date", "pattern": DATE});
    [] Days: "Days", |_| whole(0, COUNT_MAX);
    [] Months: "Months", |_| whole(-COUNT_MAX, COUNT_MAX);
    [] Weight: "Weight", |_| json_schema!({"anyOf": [
        {"type": "integer", "minimum": 1, "maximum": COUNT_MAX},
        {"type": "string", "pattern": WEIGHT}
    ]});
}

/// The sizes of Rust's integers mean nothing to others: within them are the limits that are told. A default is told by the
/// description, which says when it holds.
pub(super) fn plain(schema: &mut Schema) {
    schema.remove("default");
    let is_sized = schema.get("format").and_then(|format| format.as_str()) == Some("int64");
    if is_sized {
        schema.remove("format");
        schema.insert("minimum".to_owned(), (-COUNT_MAX).into());
        schema.insert("maximum".to_owned(), COUNT_MAX.into());
    }
}
