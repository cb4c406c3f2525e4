//! The time behind a date. It decides nothing, so it is only checked for its form.

/// Whether `text` is a time of day: `12:34`, `9:05:59.123`, `1:05 PM`, `1:05 p.m.`, `12:34:56Z`, `12:34:56 +01:00`,
/// `12:34 UTC`, `12:34 +0000 UTC`, `12:34+01:00[Europe/Berlin]`.
pub(super) fn is_time_of_day(text: &str) -> bool {
    after_clock(text).is_some_and(is_zone)
}

/// What stands behind the clock time; `None` if that is none.
fn after_clock(text: &str) -> Option<&str> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, rest) = two_digits(rest)?;
    let rest = after_seconds(rest)?.trim_start();
    let (hours, rest) = match after_half_day(rest) {
        Some(rest) => (1..=12, rest.trim_start()),
        None => (0..=23, rest),
    };
    (hours.contains(&one_or_two_digits(hour)?) && minute < 60).then_some(rest)
}

fn after_seconds(text: &str) -> Option<&str> {
    let Some(text) = text.strip_prefix(':') else { return Some(text) };
    let (second, rest) = two_digits(text)?;
    // A leap second is a real time of day.
    if second > 60 {
        return None;
    }
    let Some(fraction) = rest.strip_prefix(['.', ',']) else { return Some(rest) };
    let rest = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
    (1..=9).contains(&fraction.len().checked_sub(rest.len())?).then_some(rest)
}

/// What comes behind `AM` or `PM`, with or without dots; `None` without them.
fn after_half_day(text: &str) -> Option<&str> {
    const NAMES: [&str; 6] = ["am", "pm", "a.m.", "p.m.", "a. m.", "p. m."];
    let after = |name: &str| {
        let (half, rest) = text.split_at_checked(name.len())?;
        half.eq_ignore_ascii_case(name).then_some(rest)
    };
    NAMES.iter().find_map(|name| after(name))
}

/// Nothing, `Z`, `UTC`, `GMT`, or an offset such as `+01:00`, `+0100`, `-05`, which the zone's name may follow.
fn is_zone(text: &str) -> bool {
    let (text, bracketed) = match text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        Some((before, name)) => (before.trim_end(), Some(name)),
        None => (text, None),
    };
    let is_name_character = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+' | ':');
    if bracketed.is_some_and(|name| name.is_empty() || !name.chars().all(is_name_character)) {
        return false;
    }
    if ["", "Z", "UTC", "GMT"].iter().any(|name| text.eq_ignore_ascii_case(name)) {
        return true;
    }
    let Some(offset) = text.strip_prefix("GMT").unwrap_or(text).strip_prefix(['+', '-']) else {
        return false;
    };
    let offset = offset.strip_suffix("UTC").map_or(offset, str::trim_end);
    let Some((hours, rest)) = two_digits(offset) else { return false };
    let minutes = rest.strip_prefix(':').unwrap_or(rest);
    hours <= 23
        && (rest.is_empty()
            || two_digits(minutes).is_some_and(|(minutes, end)| minutes < 60 && end.is_empty()))
}

/// The value of the first two characters, which are digits, and the rest.
fn two_digits(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    Some((all_digits(digits)?, rest))
}

fn one_or_two_digits(text: &str) -> Option<u8> {
    matches!(text.len(), 1 | 2).then(|| all_digits(text))?
}

/// `parse` alone would take a sign.
fn all_digits(text: &str) -> Option<u8> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_recognised() {
        for text in [
            "12:34",
            "00:00",
            "23:59",
            "9:05",
            "12:34:56",
            "23:59:60",
            "12:34:56.1",
            "12:34:56.123456789",
            "12:34Z",
            "12:34:56z",
            "12:34:56.789Z",
            "12:34 UTC",
            "12:34:56 gmt",
            "12:34:56+01:00",
            "12:34:56 -0530",
            "12:34+01",
            "1:05 PM",
            "12:00AM",
            "12:59:59 pm",
            "1:05 PM UTC",
            "1:05:00.5 am +02:00",
            "1:05 p.m.",
            "1:05:00 a. m.",
            "12:34:56,789",
            "12:34:56 +0000 UTC",
            "12:34:56.123456789 -0500 UTC",
            "12:34:56+01:00[Europe/Berlin]",
            "12:34Z[UTC]",
            "12:34:56 GMT+0100",
        ] {
            assert!(is_time_of_day(text), "{text}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "12",
            "12:",
            ":34",
            "12:3",
            "24:00",
            "12:60",
            "12:34:61",
            "12:34:5",
            "12:34:",
            "12:34:56.",
            "12:34:56.1234567890",
            "123:45",
            "+1:30",
            "-1:30",
            "1 :30",
            "0:30 AM",
            "13:05 PM",
            "12:34 CET",
            "12:34+1",
            "12:34+24:00",
            "12:34+01:60",
            "12:34+01:",
            "12:34+01:00Z",
            "12:34ZZ",
            "12:34+01:00[]",
            "12:34+01:00[Europe/Berlin",
            "12:34+01:00[a b]",
            "12:34 UTC UTC",
            "13:05 p.m.",
            "12:34 noon",
            "12.34",
            "１2:34",
            "12:34:56 ünï",
            "12:é",
        ] {
            assert!(!is_time_of_day(text), "{text}");
        }
    }
}
