//! `cargo xtask compare`: what another commit answers to inputs that are nearly those of the vectors.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{cargo, run};
use crate::workspace::Workspace;

/// The program that writes the answers; older commits do not have it.
const PROGRAM: &str = "checks/src/bin/answers.rs";

/// How many differences are shown.
const SHOWN_MAX: usize = 20;

pub(crate) fn compare(workspace: &Workspace, commit: &str) -> Result<()> {
    let root = workspace.root();
    let old = root.join("target/compare");
    if old.exists() {
        run(git(root).args(["worktree", "remove", "--force"]).arg(&old))?;
    }
    run(git(root).args(["worktree", "add", "--detach"]).arg(&old).arg(commit))?;
    if let Some(folder) = old.join(PROGRAM).parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(root.join(PROGRAM), old.join(PROGRAM))?;
    let vectors = root.join("conformance");
    let target = root.join("target");
    let [before, after] = ["before", "after"].map(|name| target.join("answers").with_extension(name));
    let answered = answers(&old, &target.join("compare-before"), &vectors, &before)
        .and_then(|()| answers(root, &target, &vectors, &after));
    run(git(root).args(["worktree", "remove", "--force"]).arg(&old))?;
    answered?;
    report(&fs::read_to_string(before)?, &fs::read_to_string(after)?)
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(root);
    command
}

/// Writes the answers of a checkout to a file.
fn answers(root: &Path, target: &Path, vectors: &Path, file: &Path) -> Result<()> {
    let mut command = cargo(root);
    command.args(["run", "--package", "alms-checks", "--bin", "answers", "--target-dir"]);
    run(command.arg(target).arg("--").arg(vectors).stdout(File::create(file)?))
}

/// Shows where two versions differ; fails if they do.
fn report(before: &str, after: &str) -> Result<()> {
    let different: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    let mut operations = BTreeMap::<&str, usize>::new();
    for (old, _) in &different {
        let count = operations.entry(old.split('\t').next().unwrap_or_default()).or_default();
        *count = count.saturating_add(1);
    }
    for (old, new) in different.iter().take(SHOWN_MAX) {
        println!("{old}\n  now {}", new.rsplit('\t').next().unwrap_or_default());
    }
    for (operation, count) in &operations {
        println!("{operation}: {count} different");
    }
    println!("{} answers compared", after.lines().count());
    if !different.is_empty() || before.lines().count() != after.lines().count() {
        bail!("{} answers are not what they were", different.len());
    }
    Ok(())
}
