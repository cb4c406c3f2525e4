//! `cargo xtask web`: the page of `examples/web`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::counts::{Counts, Runner};
use crate::process::{run, run_counted};
use crate::workspace::Workspace;
use crate::{npm, setup, wasm};

/// Builds the page and serves it on this machine until it is interrupted; with `dev` as its files change.
pub(crate) fn serve(workspace: &Workspace, dev: bool) -> Result<()> {
    setup::node_packages(workspace)?;
    if !workspace.npm_package().join("pkg/alms_bg.wasm").exists() {
        wasm::build(workspace)?;
    }
    install(workspace)?;
    let script = if dev { "dev" } else { "preview" };
    if !dev {
        run(npm_run(workspace).arg("build"))?;
    }
    run(npm_run(workspace).arg(script))
}

/// The tests with large files, which say how long they may take.
const LARGE_FILES: &str = "files.test.mjs";

/// Builds the page on the npm package, which is built, and tests it in Chromium, all but large files.
pub(crate) fn test(workspace: &Workspace) -> Result<Counts> {
    install(workspace)?;
    run(npm_run(workspace).arg("build"))?;
    run_tests(workspace, |name| name.ends_with(".test.mjs") && name != LARGE_FILES)
}

/// Tests the page, which is built, with large files.
pub(crate) fn test_large_files(workspace: &Workspace) -> Result<Counts> {
    run_tests(workspace, |name| name == LARGE_FILES)
}

fn run_tests(workspace: &Workspace, wanted: impl Fn(&str) -> bool) -> Result<Counts> {
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
        .args(test_files(workspace, wanted)?);
    run_counted(node.current_dir(folder(workspace)), Runner::Node)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("examples/web")
}

fn npm_run(workspace: &Workspace) -> Command {
    let mut command = npm::npm();
    command.args(["run", "--silent"]).current_dir(folder(workspace));
    command
}

/// The page's npm packages, as its lock file has them.
fn install(workspace: &Workspace) -> Result<()> {
    let folder = folder(workspace);
    let stamp = folder.join("node_modules/installed.json");
    setup::unless_current(&folder.join("package-lock.json"), &stamp, || {
        run(npm::npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
    })
}

/// The test files, relative to the page's folder; newer versions of Node take no folder.
fn test_files(workspace: &Workspace, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder(workspace).join("tests"))? {
        let name = entry?.file_name();
        if wanted(&name.to_string_lossy()) {
            files.push(Path::new("tests").join(name));
        }
    }
    files.sort();
    Ok(files)
}
