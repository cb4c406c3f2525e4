//! What a month end leaves behind as files.

#[path = "../shared/write.rs"]
mod write;

pub(crate) use write::write;

use alms_core::tokens::Ledger;
use alms_core::wire;
use anyhow::Result;
use serde::Deserialize;
use serde_json::value::RawValue;

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
