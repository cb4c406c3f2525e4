//! Mutants of the core: small wrong changes that a test has to catch.
//!
//! There are thousands, each with a build of its own. They meet the vectors first, which are built and run in seconds; what
//! those do not catch meets the unit tests, and what is left then all tests.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::tools::MUTANTS;
use super::{Found, per_mille};
use crate::process;
use crate::workspace::Workspace;

/// So many of a thousand are to be caught.
const CAUGHT_PER_MILLE_MIN: u64 = 950;

/// Random cases of a differential test: every mutant meets them.
const CASES: &str = "200";

/// Which tests, in which order.
const TESTS: [&[&str]; 3] = [&["--test=conformance"], &["--lib"], &["--lib", "--tests"]];

pub(super) fn run(workspace: &Workspace, shard: Option<&str>) -> Result<Found> {
    let output = workspace.target();
    let [first, others @ ..] = TESTS;
    test(workspace, shard, &["--no-shuffle"], first)?;
    let quickly = tally(workspace)?;
    for tests in others {
        // Those that were caught are left out, and the rest is judged anew.
        test(workspace, shard, &["--no-shuffle", "--iterate"], tests)?;
    }
    let missed = fs::read_to_string(output.join("mutants.out/missed.txt")).unwrap_or_default();
    let survivors = missed.lines().count();
    println!("{missed}");
    let judged = quickly.caught.saturating_add(quickly.missed);
    let caught = judged.saturating_sub(u64::try_from(survivors)?);
    let rate = per_mille(caught, judged);
    let figure = format!(
        "{caught} of {judged} caught ({}.{} %), {} more do not compile; {}",
        rate / 10,
        rate % 10,
        quickly.unviable,
        shard.map_or_else(|| "all mutants".to_owned(), |shard| format!("share {shard}"))
    );
    Ok(Found::checked(rate >= CAUGHT_PER_MILLE_MIN, figure))
}

/// Runs the mutants; what survives is no failure of the command.
fn test(workspace: &Workspace, shard: Option<&str>, options: &[&str], tests: &[&str]) -> Result<()> {
    let mut mutants: Command = MUTANTS.command(workspace)?;
    mutants.args(["--package", "alms-core", "--output"]).arg(workspace.target()).args(options);
    // Every n-th one, instead of n in a row: a share is then a sample of everything.
    if let Some(shard) = shard {
        mutants.args(["--sharding", "round-robin", "--shard", shard]);
    }
    // For the builds, too: what is not run is not built.
    mutants.args(tests.iter().map(|option| format!("--cargo-arg={option}"))).env("ALMS_CASES", CASES);
    process::announce(&mutants);
    let status = mutants.status().context("cannot run cargo-mutants")?;
    // 2: some were missed; 3: some hung.
    anyhow::ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo-mutants failed ({status})");
    Ok(())
}

/// What became of the mutants of one run.
#[derive(Debug)]
struct Tally {
    caught: u64,
    missed: u64,
    unviable: u64,
}

fn tally(workspace: &Workspace) -> Result<Tally> {
    let path = workspace.target().join("mutants.out/outcomes.json");
    let outcomes: Value = serde_json::from_slice(&fs::read(path)?)?;
    let count = |name: &str| outcomes.get(name).and_then(Value::as_u64).unwrap_or_default();
    Ok(Tally {
        caught: count("caught").saturating_add(count("timeout")),
        missed: count("missed"),
        unviable: count("unviable"),
    })
}
