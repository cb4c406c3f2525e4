//! Serial numbers as files have them (SER-3): what surrounds or wraps one is taken off and noted; what a spreadsheet
//! made of one that cannot be undone is an error.

use super::RowErrorCode;
use super::excerpt::excerpt;
use super::fault::Fault;
use super::note::{NoteCode, Said};
use super::value::{identifier, missing};
use crate::export::formula::unguarded;
use crate::text::{Serial, TextError, is_format, named};
use std::borrow::Cow;

/// More digits than these a spreadsheet does not keep.
const DIGITS_KEPT_MAX: usize = 15;

/// Texts that say that there is no value, in small letters.
const NOTHING: [&str; 15] = [
    "-", "--", "n/a", "na", "none", "null", "nil", "nan", "<na>", "#n/a", "#ref!", "#value!", "#name?",
    "#null!", "#num!",
];

/// What it takes in every file.
const WHAT: &str = "serial number";

/// The serial number of a cell or a field, as it is in the file, and what was done to it.
pub(super) fn serial(text: &str) -> Result<(Serial, Option<Said>), Fault> {
    // Nearly every cell is a serial number as it is.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !may_be_destroyed(text) {
        return identifier(text, WHAT, "give every system its serial number").map(|serial| (serial, None));
    }
    let bare = bare(text);
    if bare.is_empty() {
        return Err(missing(WHAT, "give every system its serial number"));
    }
    let (inner, wrapped) = unwrapped(bare);
    let (read, code) = match whole_number(&inner) {
        Some(digits) if !wrapped => (Cow::Borrowed(digits), Some(NoteCode::SerialNumber)),
        _ if wrapped => (inner.clone(), Some(NoteCode::SerialUnwrapped)),
        _ if bare.len() < text.len() => (inner.clone(), Some(NoteCode::SerialTrimmed)),
        _ => (inner.clone(), None),
    };
    if read.is_empty() {
        return Err(missing(WHAT, "give every system its serial number"));
    }
    refuse_destroyed(&read)?;
    let serial: Serial = match read.parse() {
        Ok(serial) => serial,
        Err(TextError::Forbidden { character }) => return Err(forbidden(&read, character)),
        Err(_) => identifier(&read, WHAT, "give every system its serial number")?,
    };
    let said = code.map(|code| Said { code, message: said(code, &serial) });
    Ok((serial, said))
}

/// A text without blanks and characters that nobody sees at its ends.
pub(super) fn bare(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    let is_nothing = |character: char| character.is_whitespace() || is_format(character);
    // DOS marked the end of a file behind its last cell.
    text.trim_start_matches(is_nothing)
        .trim_end_matches(|character: char| is_nothing(character) || character == '\u{1a}')
}

/// A text without the spreadsheet's wrapping, and whether there was one: `="0012"`, `'0012`.
fn unwrapped(text: &str) -> (Cow<'_, str>, bool) {
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return (Cow::Owned(bare(&inner.replace("\"\"", "\"")).to_owned()), true);
    }
    match text.strip_prefix('\'') {
        // The apostrophes of a guard stand behind semicolons, too.
        Some(rest) => (Cow::Owned(format!("{}{}", first_part(rest), behind(rest))), true),
        None => match unguarded(text) {
            Cow::Borrowed(text) => (Cow::Borrowed(text), false),
            Cow::Owned(text) => (Cow::Owned(text), true),
        },
    }
}

/// What stands before the first semicolon.
fn first_part(text: &str) -> &str {
    text.split_once(';').map_or(text, |(first, _)| first)
}

/// What stands behind it, unguarded.
fn behind(text: &str) -> String {
    text.split_once(';').map_or_else(String::new, |(_, rest)| format!(";{}", unguarded(rest)))
}

/// The digits of a number with a decimal point that a spreadsheet gave it.
pub(super) fn whole_number(text: &str) -> Option<&str> {
    let (digits, decimals) = text.split_once(['.', ','])?;
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(digits) && !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0');
    // `1,000` is a thousand somewhere, and no serial number anywhere.
    let is_decimal = text.contains('.') || decimals.len() == 1;
    (is_whole && is_decimal && digits.len() <= DIGITS_KEPT_MAX).then_some(digits)
}

/// Whether a text of letters and digits has to be looked at more closely.
fn may_be_destroyed(text: &str) -> bool {
    text.is_empty() || NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// Refuses what a spreadsheet made of a serial number, and says what happened to it.
fn refuse_destroyed(text: &str) -> Result<(), Fault> {
    let refused = |code, rest: &str| Err(Fault::of_value(code, text.as_bytes(), rest));
    if text.bytes().all(|byte| byte == b'#') {
        let rest = "is what a spreadsheet shows where a column is too narrow; make the column wider, and export again";
        return refused(RowErrorCode::DigitsLost, rest);
    }
    if is_scientific(text) {
        let rest = "is a number whose last digits a spreadsheet dropped; format the column as text, and export again";
        return refused(RowErrorCode::DigitsLost, rest);
    }
    if is_long_number(text) {
        let rest = "has more digits than the 15 that a spreadsheet keeps; format the column as text, and export again";
        return refused(RowErrorCode::DigitsLost, rest);
    }
    let lower = text.to_ascii_lowercase();
    if NOTHING.contains(&lower.as_str()) || lower == "#div/0!" {
        let rest = "says that there is no serial number; give the system its own, or leave the row out";
        return refused(RowErrorCode::NotAValue, rest);
    }
    Ok(())
}

/// `1.23412E+14` or `1.23412E14`, with the decimal mark of any country; `12E45` is a serial number.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let has_decimals = mantissa.contains(['.', ',']);
    let Some(power) = exponent.strip_prefix(['+', '-']).or(has_decimals.then_some(exponent)) else {
        return false;
    };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    is_number(whole) && is_number(decimals) && is_number(power)
}

/// More digits than a spreadsheet keeps, with a decimal point behind them.
fn is_long_number(text: &str) -> bool {
    let Some((digits, decimals)) = text.split_once('.') else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.len() > DIGITS_KEPT_MAX
        && are_digits(digits)
        && !decimals.is_empty()
        && decimals.bytes().all(|b| b == b'0')
}

fn forbidden(text: &str, character: char) -> Fault {
    if character.is_control() {
        return control(text.as_bytes(), character);
    }
    let rest = format!("has {} inside, which a serial number cannot have; remove it", named(character));
    Fault::of_value(RowErrorCode::InvalidSerial, text.as_bytes(), &rest)
}

/// What is wrong with a value that holds a control character.
pub(super) fn control(value: &[u8], character: char) -> Fault {
    let rest = format!("has {} inside; remove it, or export the file again", named(character));
    Fault::of_value(RowErrorCode::ControlCharacter, value, &rest)
}

fn said(code: NoteCode, serial: &Serial) -> String {
    let shown = excerpt(serial.as_str().as_bytes());
    match code {
        NoteCode::SerialNumber => {
            format!("serial number read as `{shown}`, without the decimals of a spreadsheet")
        }
        NoteCode::SerialUnwrapped => {
            format!("serial number read as `{shown}`, without what a spreadsheet wrapped it in")
        }
        _ => format!("serial number read as `{shown}`, without blanks and invisible characters at its ends"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Option<&'static str>), &'static str> {
        serial(text)
            .map(|(serial, said)| (serial.to_string(), said.map(|said| said.code.as_str())))
            .map_err(|fault| fault.code.as_str())
    }

    #[test]
    fn what_surrounds_or_wraps_a_serial_is_taken_off_with_a_note() {
        for (text, serial, note) in [
            ("LA1", "LA1", None),
            ("12E45", "12E45", None),
            ("1E5", "1E5", None),
            ("356723111111111", "356723111111111", None),
            ("35672311111111122222", "35672311111111122222", None),
            ("NONE1", "NONE1", None),
            ("A-1", "A-1", None),
            ("#12", "#12", None),
            ("1.5", "1.5", None),
            (" LA1", "LA1", Some("serial_trimmed")),
            ("\u{feff}LA1", "LA1", Some("serial_trimmed")),
            ("LA1\u{200b}", "LA1", Some("serial_trimmed")),
            ("\u{200f}LA1\u{a0}\u{ad}", "LA1", Some("serial_trimmed")),
            ("\t LA1\r\n", "LA1", Some("serial_trimmed")),
            ("LA1\u{1a}", "LA1", Some("serial_trimmed")),
            ("=\"0012345678\"", "0012345678", Some("serial_unwrapped")),
            (" =\" 0012 \" ", "0012", Some("serial_unwrapped")),
            ("'0012", "0012", Some("serial_unwrapped")),
            ("'=1+1", "=1+1", Some("serial_unwrapped")),
            ("''0012", "'0012", Some("serial_unwrapped")),
            ("'a;'=1", "a;=1", Some("serial_unwrapped")),
            ("a;'=1", "a;=1", Some("serial_unwrapped")),
            ("'1234.0", "1234.0", Some("serial_unwrapped")),
            ("=1+1", "=1+1", None),
            ("356723111111111.0", "356723111111111", Some("serial_number")),
            ("0012.00", "0012", Some("serial_number")),
            ("12,0", "12", Some("serial_number")),
        ] {
            assert_eq!(read(text), Ok((serial.to_owned(), note)), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_undone_is_refused() {
        for (text, code) in [
            ("", "missing_value"),
            (" \u{feff}\u{a0}", "missing_value"),
            ("=\"\"", "missing_value"),
            ("'", "missing_value"),
            ("1.23412E+14", "digits_lost"),
            ("1,23412e+14", "digits_lost"),
            ("1E-5", "digits_lost"),
            ("12E+45", "digits_lost"),
            ("1.23412E14", "digits_lost"),
            ("=\"1.2E+14\"", "digits_lost"),
            ("'1.2E+14", "digits_lost"),
            ("3567231111111112.0", "digits_lost"),
            ("########", "digits_lost"),
            ("#N/A", "not_a_value"),
            ("#REF!", "not_a_value"),
            ("#DIV/0!", "not_a_value"),
            ("-", "not_a_value"),
            ("n/a", "not_a_value"),
            ("NONE", "not_a_value"),
            ("null", "not_a_value"),
            ("NaN", "not_a_value"),
            (" NaN ", "not_a_value"),
            ("LA 1", "invalid_serial"),
            ("LA\u{200b}1", "invalid_serial"),
            ("LA\u{a0}1", "invalid_serial"),
            ("LA\x001", "control_character"),
            ("LA1\0", "control_character"),
            ("LA\t1", "control_character"),
        ] {
            assert_eq!(read(text), Err(code), "{text:?}");
        }
        assert_eq!(read(&"x".repeat(257)), Err("text_too_long"));
    }

    #[test]
    fn messages_say_what_happened() {
        let message = |text: &str| serial(text).unwrap_err().message;
        assert!(
            message("1.2E+14").starts_with("`1.2E+14` is a number whose last digits a spreadsheet dropped")
        );
        assert!(message("####").contains("too narrow"));
        assert!(message("LA\u{200b}1").contains(r"`LA\u{200b}1` has the invisible character U+200B inside"));
        let (_, said) = serial("\u{feff}LA1").unwrap();
        assert!(said.unwrap().message.starts_with("serial number read as `LA1`, without blanks"));
    }
}
