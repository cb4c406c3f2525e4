//! Mutants of the core: small wrong changes that a test has to catch.
//!
//! There are thousands, each with a build of its own. They meet the vectors first, which are built and run in seconds; what
//! those do not catch meets the unit tests, and what is left then all tests.

use std::fs;

use anyhow::{Context as _, Result, ensure};
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
    let [first, others @ ..] = TESTS;
    // Every n-th one, instead of n in a row: a share is then a sample of everything.
    let share = shard.map(|shard| ["--sharding=round-robin".to_owned(), format!("--shard={shard}")]);
    test(workspace, share.as_ref().map_or(&[], |share| share.as_slice()), first)?;
    let Tally { caught, missed, unviable } = tally(workspace)?;
    let judged = caught.saturating_add(missed);
    let mut survivors = names_of(workspace, "missed")?;
    for tests in others {
        if survivors.is_empty() {
            break;
        }
        let these: Vec<String> = survivors.iter().map(|name| format!("--re=^{}$", escaped(name))).collect();
        test(workspace, &these, tests)?;
        // cargo-mutants 27.1 lets every "delete field" pass the filter: those that were judged before do not count again.
        let missed = names_of(workspace, "missed")?;
        survivors.retain(|name| missed.contains(name));
    }
    survivors.iter().for_each(|name| println!("survived: {name}"));
    let caught = judged.saturating_sub(u64::try_from(survivors.len())?);
    let rate = per_mille(caught, judged);
    let share = shard.map_or_else(|| "all mutants".to_owned(), |shard| format!("share {shard}"));
    let figure = format!(
        "{share}: {caught} of {judged} caught ({}.{} %), {unviable} more do not compile",
        rate / 10,
        rate % 10
    );
    Ok(Found::checked(rate >= CAUGHT_PER_MILLE_MIN, figure))
}

/// Runs mutants; what survives is no failure of the command.
fn test(workspace: &Workspace, which: &[String], tests: &[&str]) -> Result<()> {
    let mut mutants = MUTANTS.command(workspace)?;
    mutants.args(["--package", "alms-core", "--no-shuffle", "--output"]).arg(workspace.target()).args(which);
    // For the builds, too: what is not run is not built.
    mutants.args(tests.iter().map(|option| format!("--cargo-arg={option}"))).env("ALMS_CASES", CASES);
    process::announce(&mutants);
    let status = mutants.status().context("cannot run cargo-mutants")?;
    // 2: some were missed; 3: some hung.
    ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo-mutants failed ({status})");
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
    // A mutant that never comes to an end is caught by whoever waits for it.
    let caught = count("caught").saturating_add(count("timeout"));
    Ok(Tally { caught, missed: count("missed"), unviable: count("unviable") })
}

fn names_of(workspace: &Workspace, outcome: &str) -> Result<Vec<String>> {
    let path = workspace.target().join("mutants.out").join(outcome).with_extension("txt");
    Ok(fs::read_to_string(path)?.lines().map(str::to_owned).collect())
}

/// A text as a regular expression that is this text alone.
fn escaped(text: &str) -> String {
    // `\<` and `\>` are the ends of a word.
    let is_special = |letter: char| letter.is_ascii_punctuation() && !"<>".contains(letter);
    text.chars().flat_map(|letter| is_special(letter).then_some('\\').into_iter().chain([letter])).collect()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_mutant_is_found_by_its_name() {
        assert_eq!(escaped("a.rs:1: x -> y"), r"a\.rs\:1\: x \-> y");
    }
}
