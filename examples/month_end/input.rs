//! Reading the ledger and the daily counts.

use crate::args::Args;
use crate::counts::Counts;
use alms_core::import::csv::counts::{self, CountsFile};
use alms_core::rule::RuleId;
use alms_core::text::visible;
use alms_core::tokens::Ledger;
use alms_core::wire;
use anyhow::{Context as _, Result, anyhow, bail};
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// How many errors, notes and columns are shown one by one.
const SHOWN_MAX: usize = 20;

/// A text and where it is from.
struct Source<'a> {
    name: String,
    text: Cow<'a, str>,
}

impl Source<'_> {
    fn read(path: Option<&Path>, name: &str, text: &'static str) -> Result<Self> {
        let Some(path) = path else { return Ok(Self { name: name.to_owned(), text: text.into() }) };
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| name.clone())?;
        Ok(Self { name, text: text.into() })
    }
}

/// Bytes and where they are from; the reader of counts finds out how they are encoded.
struct Bytes<'a> {
    name: String,
    bytes: Cow<'a, [u8]>,
}

impl Bytes<'_> {
    fn read(path: Option<&Path>, name: &str, text: &'static str) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self { name: name.to_owned(), bytes: text.as_bytes().into() });
        };
        let name = path.display().to_string();
        let bytes = fs::read(path).with_context(|| name.clone())?;
        Ok(Self { name, bytes: bytes.into() })
    }
}

/// The accounts with what is booked so far.
pub(crate) fn ledger(args: &Args) -> Result<Ledger> {
    let data = include_str!("data/ledger.json");
    let source = Source::read(args.ledger.as_deref(), "month_end/data/ledger.json", data)?;
    wire::ledger_from_json(&source.text)
        .map_err(|error| anyhow!("{error}{}", by_rule(error.rule())))
        .context(source.name)
}

/// The rule behind an error, for its end.
pub(crate) fn by_rule(rule: Option<RuleId>) -> String {
    rule.map_or_else(String::new, |rule| format!(" ({rule})"))
}

/// The daily counts; every account in them has to be in the ledger.
pub(crate) fn counts(args: &Args, ledger: &Ledger) -> Result<Counts> {
    let data = include_str!("data/usage.csv");
    let Bytes { name, bytes } = Bytes::read(args.usage.as_deref(), "month_end/data/usage.csv", data)?;
    let file = counts::read(&bytes, args.dates).with_context(|| name.clone())?;
    tell(&name, &file);
    let mut counts = Counts::default();
    let mut errors: Vec<String> = file.errors.iter().map(ToString::to_string).collect();
    let mut bad_rows = file.bad_rows;
    for row in file.counts {
        match ledger.account(&row.account) {
            Ok(account) => counts.add(account.holder.uid.clone(), row.on, row.active),
            Err(error) => {
                bad_rows = bad_rows.saturating_add(1);
                errors.push(format!("line {}: {error}", row.line));
            }
        }
    }
    for error in errors.iter().take(SHOWN_MAX) {
        eprintln!("bad row: {name}: {}", visible(error));
    }
    more(errors.len(), "errors");
    match bad_rows {
        0 => Ok(counts),
        1 => bail!("{name}: 1 bad row, nothing is booked; correct the file"),
        rows => bail!("{name}: {rows} bad rows, nothing is booked; correct the file"),
    }
}

/// What a person should know about the file, before what is wrong with it.
fn tell(name: &str, file: &CountsFile) {
    for note in file.notes.iter().take(SHOWN_MAX) {
        eprintln!("note: {name}: {note}");
    }
    more(file.notes.len(), "notes");
    for finding in &file.findings {
        eprintln!("warning: {name}: {finding}");
    }
    if !file.ignored_columns.is_empty() {
        let shown: Vec<String> =
            file.ignored_columns.iter().take(SHOWN_MAX).map(|title| format!("`{title}`")).collect();
        eprintln!("note: {name}: columns that are not read: {}", shown.join(", "));
        more(file.ignored_columns.len(), "columns");
    }
}

/// How many were not shown.
fn more(count: usize, what: &str) {
    if count > SHOWN_MAX {
        eprintln!("… and {} more {what}", count.saturating_sub(SHOWN_MAX));
    }
}
