//! Mutants of the core: small wrong changes that a test has to catch.
//!
//! cargo-mutants finds them, and would build each of thousands by itself. `mutants/` builds all of them at once; what cannot
//! be judged like this (other types, constants) is left to cargo-mutants.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::tools::MUTANTS;
use super::{Found, per_mille};
use crate::process::{self, ask, cargo, run as run_command};
use crate::workspace::Workspace;

/// So many of a thousand are to be caught.
const CAUGHT_PER_MILLE_MIN: u64 = 950;

/// Random cases of a property or a differential test: every mutant meets them.
const CASES: &str = "100";

pub(super) fn run(workspace: &Workspace, part_of_name: Option<&str>) -> Result<Found> {
    let folder = workspace.target().join("mutants");
    let together = together(workspace, &folder, part_of_name)?;
    let apart = apart(workspace, &folder, &together.apart)?;
    let mut survivors = together.missed;
    survivors.extend(apart.missed);
    survivors.iter().for_each(|name| println!("survived: {name}"));
    let judged = together.judged.saturating_add(apart.judged);
    let caught = judged.saturating_sub(u64::try_from(survivors.len())?);
    let rate = per_mille(caught, judged);
    let unviable = together.unviable.saturating_add(apart.unviable);
    let figure = format!(
        "{caught} of {judged} caught ({}.{} %), {unviable} more do not compile",
        rate / 10,
        rate % 10
    );
    Ok(Found::checked(rate >= CAUGHT_PER_MILLE_MIN, figure))
}

/// What became of some mutants.
#[derive(Debug)]
struct Judged {
    /// How many met tests.
    judged: u64,
    /// Those that no test catches.
    missed: Vec<String>,
    /// How many are no programs.
    unviable: u64,
    /// Those that have to be judged one by one.
    apart: Vec<String>,
}

/// All in one program.
fn together(workspace: &Workspace, folder: &Path, part_of_name: Option<&str>) -> Result<Judged> {
    fs::create_dir_all(folder)?;
    let list = folder.join("list.json");
    let mut find = MUTANTS.command(workspace)?;
    fs::write(&list, ask(find.args(["--package", "alms-core", "--list", "--json"]))?)?;
    let mut judge = cargo(workspace.root());
    judge.args(["run", "--release", "--manifest-path", "mutants/Cargo.toml", "--target-dir"]);
    judge.arg(folder.join("tool")).arg("--").arg(workspace.root()).arg(list).arg(folder).args(part_of_name);
    run_command(&mut judge)?;
    let lines = |name: &str| lines_of(&folder.join(name));
    Ok(Judged {
        judged: u64::try_from(lines("outcomes.tsv")?.len())?,
        missed: lines("missed.txt")?,
        unviable: u64::try_from(lines("unviable.txt")?.len())?,
        apart: lines("apart.txt")?,
    })
}

/// Each with a build of its own: they meet the vectors first, which are built and run in seconds, and then all tests.
fn apart(workspace: &Workspace, folder: &Path, names: &[String]) -> Result<Judged> {
    let mut judged = Judged { judged: 0, missed: names.to_vec(), unviable: 0, apart: Vec::new() };
    for tests in [&["--test=conformance"][..], &["--lib", "--tests"], &["--doc"]] {
        if judged.missed.is_empty() {
            break;
        }
        meet(workspace, folder, &judged.missed, tests)?;
        let outcome = |name: &str| lines_of(&folder.join("mutants.out").join(name).with_extension("txt"));
        let (missed, unviable) = (outcome("missed")?, outcome("unviable")?);
        let of_these = judged.missed.iter().filter(|name| unviable.contains(name)).count();
        judged.unviable = judged.unviable.saturating_add(u64::try_from(of_these)?);
        judged.missed.retain(|name| missed.contains(name));
    }
    judged.judged = u64::try_from(names.len())?.saturating_sub(judged.unviable);
    Ok(judged)
}

/// Runs cargo-mutants; what survives is no failure of the command.
fn meet(workspace: &Workspace, folder: &Path, names: &[String], tests: &[&str]) -> Result<()> {
    let mut mutants = MUTANTS.command(workspace)?;
    mutants.args(["--package", "alms-core", "--no-shuffle", "--output"]).arg(folder).env("ALMS_CASES", CASES);
    mutants.args(tests.iter().map(|option| format!("--cargo-arg={option}")));
    mutants.args(names.iter().map(|name| format!("--re=^{}$", escaped(name))));
    // cargo-mutants 27.1 lets every "delete field" pass the filter by names: at least none of other files.
    let files: BTreeSet<&str> = names.iter().filter_map(|name| name.split(':').next()).collect();
    mutants.args(files.iter().map(|file| format!("--file={file}")));
    process::announce(&mutants);
    let status = mutants.status().context("cannot run cargo-mutants")?;
    // 2: some were missed; 3: some hung.
    ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo-mutants failed ({status})");
    Ok(())
}

fn lines_of(path: &PathBuf) -> Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
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
