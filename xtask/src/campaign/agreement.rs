//! Python and Node answer random calls with the bytes of Rust.
//!
//! The calls go through a pipe, a line of JSON each, with the answer that Rust gave. What is at the other end repeats them,
//! prints those that it answers otherwise, and as its last line how many it repeated and how many of them differ.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use alms_checks::calls;
use anyhow::{Context as _, Result, ensure};

use crate::process;
use crate::workspace::Workspace;
use crate::{npm, package, python, setup};

/// Which calls these are: another seed, other calls.
const SEED: u64 = 2023;

/// Each runtime, and how many calls it answers otherwise.
pub(super) fn run(workspace: &Workspace, count: u64) -> Result<Vec<(&'static str, u64)>> {
    setup::all(workspace)?;
    package::run(workspace)?;
    let folder = tempfile::tempdir()?;
    let mut python = python_runner(workspace, folder.path())?;
    let mut node = node_runner(workspace, folder.path())?;
    Ok(vec![("Python", repeat(&mut python, count)?), ("Node", repeat(&mut node, count)?)])
}

fn python_runner(workspace: &Workspace, folder: &Path) -> Result<Command> {
    let venv = folder.join("venv");
    python::create_venv(&python::system()?, &venv)?;
    process::run(python::pip_install(&venv).arg("--no-deps").arg(package::wheel(workspace)?))?;
    let mut runner = Command::new(python::interpreter(&venv));
    runner.arg(workspace.python_package().join("tests/repeat.py"));
    Ok(runner)
}

fn node_runner(workspace: &Workspace, folder: &Path) -> Result<Command> {
    let project = folder.join("project");
    fs::create_dir(&project)?;
    npm::install_tarball(&project, &package::tarball(workspace)?)?;
    // A copy: beside the sources it would find them instead of the package.
    let script: PathBuf = project.join("repeat.mjs");
    fs::copy(workspace.npm_package().join("tests/repeat.mjs"), &script)?;
    let mut runner = Command::new("node");
    runner.arg(script).current_dir(&project);
    Ok(runner)
}

/// Sends the calls; gives how many were answered otherwise.
fn repeat(runner: &mut Command, count: u64) -> Result<u64> {
    let mut child =
        runner.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot run the runtime")?;
    let mut calls = BufWriter::new(child.stdin.take().context("the runtime does not listen")?);
    let mut sent = 0_u64;
    for call in calls::random(count, SEED) {
        serde_json::to_writer(&mut calls, &call)?;
        calls.write_all(b"\n")?;
        sent = sent.saturating_add(1);
    }
    drop(calls.into_inner()?);
    let output = child.wait_with_output()?;
    let printed = String::from_utf8(output.stdout)?;
    print!("{printed}");
    ensure!(output.status.success(), "the runtime failed ({})", output.status);
    let last: Vec<u64> = printed.lines().last().unwrap_or_default().split(' ').flat_map(str::parse).collect();
    let &[repeated, differing] = last.as_slice() else {
        anyhow::bail!("the runtime did not count its calls")
    };
    ensure!(repeated == sent, "{sent} calls were sent, {repeated} repeated");
    Ok(differing)
}
