//! The codes of countries and currencies as patterns.
//!
//! As lists they would be types of hundreds of names in TypeScript, to which no text of a program's own could be given.

use crate::billing::Country;
use crate::money::Currency;
use std::str::FromStr;

/// Two letters that stand for a country.
pub(super) fn countries() -> String {
    one_of::<Country>(letters().flat_map(with_each_letter))
}

/// Three letters that stand for a currency with a minor unit.
pub(super) fn currencies() -> String {
    one_of::<Currency>(letters().flat_map(with_each_letter).flat_map(with_each_letter))
}

/// The texts that can be read, and nothing else.
fn one_of<T: FromStr>(texts: impl Iterator<Item = String>) -> String {
    let codes: Vec<String> = texts.filter(|text| text.parse::<T>().is_ok()).collect();
    format!("^({})$", codes.join("|"))
}

fn letters() -> impl Iterator<Item = String> {
    ('A'..='Z').map(String::from)
}

fn with_each_letter(text: String) -> impl Iterator<Item = String> {
    ('A'..='Z').map(move |letter| format!("{text}{letter}"))
}
