//! The values of a system, from the texts of a file.

use super::RowErrorCode;
use super::date::{DateFault, DateOrder, parse_date};
use super::excerpt::excerpt;
use super::fault::Fault;
use super::state::{STATES, StateName, find};
use crate::account::Model;
use crate::calendar::Date;
use crate::text::{Serial, TextError};
use std::str::FromStr;

/// Texts that say that there is nothing.
const NOTHING: [&str; 4] = ["", "-", "n/a", "none"];

/// The text that says that a system never communicated; a support that `never` ends is another matter.
const NEVER: &str = "never";

/// Which date a text is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOf {
    LastCommunication,
    End,
}

pub(super) fn serial(text: &str) -> Result<Serial, Fault> {
    identifier(text, "serial number", "give every system its serial number")
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
    text.parse().map_err(|error| match error {
        TextError::Empty => missing(what, advice),
        TextError::TooLong { chars } => too_long(what, text, chars),
    })
}

/// The serial that a file has for the second time.
pub(super) fn duplicate_serial(serial: &Serial, first: &str) -> Fault {
    let rest = format!("stands in {first} already; remove or correct one of the two");
    Fault::of_value(RowErrorCode::DuplicateSerial, serial.as_str().as_bytes(), &rest)
}

/// The empty text is a model nobody recorded.
pub(super) fn model(text: &str) -> Result<Model, Fault> {
    Model::try_new(text).map_err(|error| match error {
        TextError::TooLong { chars } => too_long("model", text, chars),
        TextError::Empty => missing("model", "give the model"),
    })
}

pub(super) fn state(text: &str) -> Result<StateName, Fault> {
    if text.is_empty() {
        return Err(missing("state", &format!("give one of {}", state_names())));
    }
    find(text).ok_or_else(|| {
        let rest = format!("is no state; give one of {}", state_names());
        Fault::of_value(RowErrorCode::UnknownState, text.as_bytes(), &rest)
    })
}

/// The sentence for a state that was taken for another one.
pub(super) fn state_note(text: &str, taken: StateName) -> String {
    format!("state `{}` taken as {}", excerpt(text.as_bytes()), taken.state)
}

/// Whether a text says that there is no date.
pub(super) fn is_no_date(text: &str, of: DateOf) -> bool {
    // Nearly every text is a date, and then its first character tells.
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    is_nothing(text) || (of == DateOf::LastCommunication && text.eq_ignore_ascii_case(NEVER))
}

/// Whether a text says that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// The date of a CSV cell, if it has one.
pub(super) fn date(text: &str, order: DateOrder, of: DateOf) -> Result<Option<Date>, Fault> {
    if is_no_date(text, of) {
        return Ok(None);
    }
    let fault = |code, rest| Fault::of_value(code, text.as_bytes(), rest);
    parse_date(text, order).map(Some).map_err(|reason| match reason {
        DateFault::OrderNotChosen => fault(
            RowErrorCode::AmbiguousDate,
            "can be day/month/year or month/day/year; choose the date order `day_first` or `month_first`",
        ),
        DateFault::NoSuchDay if text.contains('/') => fault(RowErrorCode::InvalidDate, no_such_day(order)),
        DateFault::Form => fault(RowErrorCode::InvalidDate, form(order)),
        reason => plain_date_fault(text, reason),
    })
}

/// The date of a JSON text, if it has one: there nobody writes slashes.
pub(super) fn iso_date(text: &str, of: DateOf) -> Result<Option<Date>, Fault> {
    if is_no_date(text, of) {
        return Ok(None);
    }
    parse_date(text, DateOrder::Iso).map(Some).map_err(|reason| plain_date_fault(text, reason))
}

fn plain_date_fault(text: &str, reason: DateFault) -> Fault {
    let (code, rest) = match reason {
        DateFault::Form | DateFault::OrderNotChosen => (RowErrorCode::InvalidDate, form(DateOrder::Iso)),
        DateFault::Time => (
            RowErrorCode::InvalidDate,
            "has something behind the date that is no time of day; give it as `12:34:56` or leave it out",
        ),
        DateFault::NoSuchDay => (RowErrorCode::InvalidDate, no_such_day(DateOrder::Iso)),
        DateFault::OutOfRange => {
            (RowErrorCode::OutOfRange, "lies outside 1900-01-01 to 9999-12-31; correct it or leave it empty")
        }
    };
    Fault::of_value(code, text.as_bytes(), rest)
}

const fn form(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Iso => "is no date; give it as `YYYY-MM-DD`, or leave it empty if there is none",
        DateOrder::DayFirst => {
            "is no date; give it as `DD/MM/YYYY` or `YYYY-MM-DD`, or leave it empty if there is none"
        }
        DateOrder::MonthFirst => {
            "is no date; give it as `MM/DD/YYYY` or `YYYY-MM-DD`, or leave it empty if there is none"
        }
    }
}

const fn no_such_day(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Iso => "is no day of the calendar; correct it",
        DateOrder::DayFirst => {
            "is no day of the calendar as day/month/year; correct it or choose another date order"
        }
        DateOrder::MonthFirst => {
            "is no day of the calendar as month/day/year; correct it or choose another date order"
        }
    }
}

fn missing(what: &str, advice: &str) -> Fault {
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
