//! A million random cases in two implementations, and random calls in every runtime.

use anyhow::Result;

use super::{Found, agreement};
use crate::counts::Runner;
use crate::process::{cargo, run_counted};
use crate::workspace::Workspace;

/// The tests that compare the library with an implementation written from the rulebook alone.
const NAIVE: [&str; 4] =
    ["calendar_differential", "ledger_differential", "migration_differential", "subscription_differential"];

/// The tests that compare columns with single plans: a case is a fleet, of up to 1,300 rows.
const COLUMNS: [&str; 1] = ["columns_properties"];
const CASES_PER_FLEET: u64 = 50;

pub(super) fn run(workspace: &Workspace, cases: u64) -> Result<Found> {
    let fleets = cases.div_ceil(CASES_PER_FLEET);
    let is_kept = compare(workspace, &NAIVE, cases)? && compare(workspace, &COLUMNS, fleets)?;
    let calls = agreement::run(workspace, cases)?;
    let is_same = calls.iter().all(|(_, differing)| *differing == 0);
    let asked: Vec<String> =
        calls.iter().map(|(runtime, differing)| format!("{runtime} {differing}")).collect();
    let figure = format!(
        "{cases} cases each, {fleets} fleets, {cases} calls; answered otherwise: {}",
        asked.join(", ")
    );
    Ok(Found::checked(is_kept && is_same, figure))
}

fn compare(workspace: &Workspace, tests: &[&str], cases: u64) -> Result<bool> {
    println!("ALMS_CASES={cases}");
    let mut test = cargo(workspace.root());
    test.args(["test", "--release", "--package", "alms-core", "--all-features", "--no-fail-fast"]);
    for name in tests {
        test.args(["--test", name]);
    }
    let counts = run_counted(test.env("ALMS_CASES", cases.to_string()), Runner::Cargo)?;
    Ok(counts.failed == 0)
}
