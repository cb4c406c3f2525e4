//! Writing files: all of them or none, and never over one that exists.

use alms_core::tokens::Ledger;
use alms_core::wire;
use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes each text to its file.
pub(crate) fn write(files: &[(&Path, String)]) -> Result<()> {
    let mut created = Vec::with_capacity(files.len());
    let written = files.iter().try_for_each(|(path, text)| {
        let mut file =
            File::create_new(path).map_err(explained).with_context(|| path.display().to_string())?;
        created.push(path);
        file.write_all(text.as_bytes()).with_context(|| path.display().to_string())
    });
    if written.is_err() {
        // What failed is the error to report, not that what was begun cannot be taken back.
        created.iter().for_each(|path| drop(fs::remove_file(path)));
    }
    written
}

fn explained(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            anyhow::anyhow!("the file exists already and is not written over; give another name")
        }
        _ => error.into(),
    }
}

/// The parts of a ledger that get a line each.
#[derive(Deserialize)]
struct Lines<'a> {
    #[serde(borrow)]
    accounts: Vec<&'a RawValue>,
    #[serde(borrow)]
    bookings: Vec<&'a RawValue>,
}

/// A ledger with a line per account and booking, so that two of them can be compared by `diff`.
pub(crate) fn ledger_lines(ledger: &Ledger) -> Result<String> {
    let json = wire::ledger_to_json(ledger);
    let Lines { accounts, bookings } = serde_json::from_str(&json)?;
    let lines = |values: &[&RawValue]| values.iter().map(|value| value.get()).collect::<Vec<_>>().join(",\n");
    Ok(format!("{{\"accounts\":[\n{}\n],\"bookings\":[\n{}\n]}}\n", lines(&accounts), lines(&bookings)))
}
