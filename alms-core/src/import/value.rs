//! The values of a system, from the texts of a file.

use super::RowErrorCode;
use super::date::{DateFault, DateOrder, parse_date};
use super::excerpt::excerpt;
use super::fault::Fault;
use super::note::{NoteCode, Said};
use super::serial::control;
use super::state::{STATES, StateName, find};
use crate::account::Model;
use crate::calendar::Date;
use crate::export::formula::unguarded;
use crate::text::{Serial, TextError, named};
use std::borrow::Cow;
use std::str::FromStr;

/// Texts that say that there is nothing.
const NOTHING: [&str; 4] = ["", "-", "n/a", "none"];

/// The texts that say that a system never communicated, in the languages of the titles; a support that `never` ends is
/// another matter.
const NEVER: [&str; 4] = ["never", "nie", "jamais", "nunca"];

/// Which date a text is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOf {
    LastCommunication,
    End,
}

/// A text that must not be empty: what it is, and what to do without it.
pub(super) fn identifier<T: FromStr<Err = TextError>>(
    text: &str,
    what: &str,
    advice: &str,
) -> Result<T, Fault> {
    if text.is_empty() {
        return Err(missing(what, advice));
    }
    let text = plain(text)?;
    text.parse().map_err(|error| match error {
        TextError::Empty => missing(what, advice),
        TextError::TooLong { chars } => too_long(what, &text, chars),
        TextError::Forbidden { character } => {
            let rest = format!("has {} inside; remove it", named(character));
            Fault::of_value(RowErrorCode::InvalidSerial, text.as_bytes(), &rest)
        }
    })
}

/// A text without the guard against formulas, if it has no control characters but those of lines and tables.
pub(super) fn plain(text: &str) -> Result<Cow<'_, str>, Fault> {
    let text = unguarded(text);
    match text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        Some(character) => Err(control(text.as_bytes(), character)),
        None => Ok(text),
    }
}

/// The serial that a file has for the second time.
pub(super) fn duplicate_serial(serial: &Serial, first: &str) -> Fault {
    let rest = format!("is in {first} already; remove or correct one of the two");
    Fault::of_value(RowErrorCode::DuplicateSerial, serial.as_str().as_bytes(), &rest)
}

/// The empty text is a model nobody recorded.
pub(super) fn model(text: &str) -> Result<Model, Fault> {
    if text.is_empty() {
        return Model::try_new("").map_err(|_| missing("model", "give the model"));
    }
    identifier(text, "model", "give the model")
}

pub(super) fn state(text: &str) -> Result<StateName, Fault> {
    if text.is_empty() {
        return Err(missing("state", &format!("give one of {}", state_names())));
    }
    find(text).ok_or_else(|| {
        let rest = format!("is not a state; give one of {}", state_names());
        Fault::of_value(RowErrorCode::UnknownState, text.as_bytes(), &rest)
    })
}

/// The sentence for a state that was taken for another one.
pub(super) fn state_note(text: &str, taken: StateName) -> Said {
    let message = format!("state `{}` taken as {}", excerpt(text.as_bytes()), taken.state);
    Said { code: NoteCode::StateTaken, message }
}

/// Whether a text says that there is no date.
pub(super) fn is_no_date(text: &str, of: DateOf) -> bool {
    // Nearly every text is a date, and then its first character tells.
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    is_nothing(text)
        || (of == DateOf::LastCommunication && NEVER.iter().any(|never| text.eq_ignore_ascii_case(never)))
}

/// Whether a type says that a system is a SIM.
pub(super) fn is_sim(text: &str) -> bool {
    ["sim", "sim card", "sim_card", "simcard", "esim"].iter().any(|name| text.eq_ignore_ascii_case(name))
}

/// The note of a SIM that is a system of its own.
pub(super) fn sim_left_out() -> Said {
    let message = "a SIM that is a system of its own was left out".to_owned();
    Said { code: NoteCode::SimLeftOut, message }
}

/// Whether a text says that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// The day of a text that is not empty.
pub(super) fn day(text: &str, order: DateOrder) -> Result<Date, Fault> {
    parse_date(text, order).map_err(|reason| {
        let (code, rest) = date_fault(text, reason, order);
        Fault::of_value(code, text.as_bytes(), rest)
    })
}

/// The date of a text, if it has one.
pub(super) fn date(text: &str, order: DateOrder, of: DateOf) -> Result<Option<Date>, Fault> {
    if is_no_date(text, of) {
        return Ok(None);
    }
    day(text, order).map(Some)
}

/// What is wrong with a text that should be a date.
fn date_fault(text: &str, reason: DateFault, order: DateOrder) -> (RowErrorCode, &'static str) {
    match reason {
        DateFault::OrderNotChosen(_) => (
            RowErrorCode::AmbiguousDate,
            "can be day/month/year or month/day/year, and its column does not tell; choose `day_first` or \
             `month_first` for the dates of the file",
        ),
        DateFault::Seconds => (
            RowErrorCode::UnitOfTime,
            "milliseconds since 1970 is a day before 2000, so it may be seconds; give milliseconds, or the date as \
             `YYYY-MM-DD`",
        ),
        DateFault::DigitsLost => (
            RowErrorCode::InvalidDate,
            "is a number whose last digits a spreadsheet dropped; format the column as text, and export again",
        ),
        DateFault::Form => (RowErrorCode::InvalidDate, form(order)),
        DateFault::Time => (
            RowErrorCode::InvalidDate,
            "has something behind the date that is not a time of day; give it as `12:34:56` or leave it out",
        ),
        DateFault::NoSuchDay if text.contains('/') => (RowErrorCode::InvalidDate, no_such_day(order)),
        DateFault::NoSuchDay => (RowErrorCode::InvalidDate, no_such_day(DateOrder::Iso)),
        DateFault::OutOfRange => {
            (RowErrorCode::OutOfRange, "lies outside 1900-01-01 to 9999-12-31; correct it or leave it empty")
        }
    }
}

const fn form(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Iso => "is not a date; give it as `YYYY-MM-DD`, or leave it empty if there is none",
        DateOrder::DayFirst => {
            "is not a date; give it as `DD/MM/YYYY` or `YYYY-MM-DD`, or leave it empty if there is none"
        }
        DateOrder::MonthFirst => {
            "is not a date; give it as `MM/DD/YYYY` or `YYYY-MM-DD`, or leave it empty if there is none"
        }
    }
}

const fn no_such_day(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Iso => "is not a day of the calendar; correct it",
        DateOrder::DayFirst => {
            "is not a day of the calendar as day/month/year; correct it or choose another date order"
        }
        DateOrder::MonthFirst => {
            "is not a day of the calendar as month/day/year; correct it or choose another date order"
        }
    }
}

pub(super) fn missing(what: &str, advice: &str) -> Fault {
    Fault::new(RowErrorCode::MissingValue, format!("the {what} is missing; {advice}"))
}

fn too_long(what: &str, text: &str, chars: usize) -> Fault {
    let rest = format!("has {chars} characters, a {what} has at most 256; shorten it");
    Fault::of_value(RowErrorCode::TextTooLong, text.as_bytes(), &rest)
}

fn state_names() -> String {
    let names: Vec<&str> = STATES.iter().map(|entry| entry.name).collect();
    crate::names::quoted(&names)
}
