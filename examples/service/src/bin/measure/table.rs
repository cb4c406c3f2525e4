//! The table of the README.

use anyhow::{Context as _, Result};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// What stands before and after the table in the README.
const MARKS: (&str, &str) = ("<!-- measured -->\n", "<!-- /measured -->\n");

/// How much was done, and how soon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) requests: usize,
    per_second: u128,
    p99: Duration,
}

impl Measured {
    pub(crate) fn new(mut times: Vec<Duration>, all: Duration) -> Self {
        times.sort_unstable();
        let requests = times.len();
        let place = requests.saturating_mul(99).checked_div(100).unwrap_or_default();
        let p99 = times.get(place).copied().unwrap_or_default();
        let per_second = u128::try_from(requests).unwrap_or_default().saturating_mul(1_000_000);
        let per_second = per_second.checked_div(all.as_micros()).unwrap_or_default();
        Self { requests, per_second, p99 }
    }

    /// How much there is of this for each of `other`, such as `0.52`.
    fn ratio(&self, other: &Self) -> String {
        let hundredths =
            self.per_second.saturating_mul(100).checked_div(other.per_second).unwrap_or_default();
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// In milliseconds, with one decimal.
    fn p99(&self) -> String {
        let tenths = self.p99.as_micros() / 100;
        format!("{}.{} ms", tenths / 10, tenths % 10)
    }
}

/// One database with so many connections.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) database: &'static str,
    pub(crate) connections: u64,
    pub(crate) reads: Measured,
    pub(crate) bookings: Measured,
    pub(crate) plain: Measured,
}

/// The rows as a table.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut table = "| | connections | reads a second | p99 | bookings a second | p99 | plain inserts a second | bookings to inserts |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for Row { database, connections, reads, bookings, plain } in rows {
        let ratio = bookings.ratio(plain);
        let (reading, booking) = (reads.p99(), bookings.p99());
        let (reads, bookings, plain) =
            (grouped(reads.per_second), grouped(bookings.per_second), grouped(plain.per_second));
        writeln!(
            table,
            "| {database} | {connections} | {reads} | {reading} | {bookings} | {booking} | {plain} | {ratio} |"
        )
        .ok();
    }
    table
}

/// Such as `12,345`.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let places = (0..digits.len()).rev();
    let part = |(digit, place): (char, usize)| {
        let comma = if place > 0 && place.is_multiple_of(3) { "," } else { "" };
        format!("{digit}{comma}")
    };
    digits.chars().zip(places).map(part).collect()
}

/// Writes the table between its marks.
pub(crate) fn replace_in(readme: &Path, table: &str) -> Result<()> {
    let text = std::fs::read_to_string(readme)?;
    let written = replaced(&text, table).context("the README has no place for the table")?;
    std::fs::write(readme, written)?;
    Ok(())
}

fn replaced(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 requests of 1 to 100 ms in two seconds.
    #[test]
    fn figures_by_hand() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        let measured = Measured::new(times, Duration::from_secs(2));
        assert_eq!((measured.per_second, measured.p99()), (50, "100.0 ms".to_owned()));
        let twice = Measured::new(vec![Duration::from_micros(1_250); 300], Duration::from_secs(4));
        assert_eq!((twice.ratio(&measured), twice.p99()), ("1.50".to_owned(), "1.2 ms".to_owned()));
        assert_eq!(grouped(0) + &grouped(999) + &grouped(1_000) + &grouped(1_234_567), "09991,0001,234,567");
    }

    #[test]
    fn the_readme_has_a_place() {
        let readme = include_str!("../../../README.md");
        let written = replaced(readme, "| new |\n").unwrap();
        assert!(written.contains("<!-- measured -->\n| new |\n<!-- /measured -->\n"));
        assert_eq!(replaced("nothing", "x"), None);
    }
}
