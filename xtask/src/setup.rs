//! Set-up: what is missing is installed, what is there is left alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;
use crate::{npm, postgres, process, python};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_MAJOR_MIN: u32 = 20;

/// What the tests need of the machine: the toolchain, a browser, PostgreSQL.
pub(crate) fn machine(workspace: &Workspace) -> Result<()> {
    rust(workspace)?;
    chromium()?;
    postgres::packages(workspace).map(drop)
}

/// Everything that a build needs.
pub(crate) fn all(workspace: &Workspace) -> Result<()> {
    rust(workspace)?;
    python_tools(workspace)?;
    node_packages(workspace)
}

fn rust(workspace: &Workspace) -> Result<()> {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if process::ask(process::cargo(workspace.root()).args([command, "--version"])).is_err() {
            process::run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    let sysroot = process::ask(Command::new("rustc").args(["--print", "sysroot"]))?;
    if !Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).exists() {
        process::run(Command::new("rustup").args(["target", "add", WASM_TARGET]))?;
    }
    Ok(())
}

/// A browser for the tests of the npm package.
fn chromium() -> Result<()> {
    let named = std::env::var_os("ALMS_CHROMIUM").is_some();
    if named || ["chromium", "chromium-browser", "google-chrome"].iter().any(|name| is_on_path(name)) {
        return Ok(());
    }
    let is_root = process::ask(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    if !is_root || !is_on_path("apt-get") {
        bail!(
            "there is no Chromium for the tests; install it (Debian: `apt-get install chromium`), or name one in ALMS_CHROMIUM"
        );
    }
    process::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends", "chromium"]);
    process::run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The virtual environment `.venv` with the pinned tools.
pub(crate) fn python_tools(workspace: &Workspace) -> Result<()> {
    let venv = python::tools(workspace);
    let requirements = python::requirements(workspace);
    unless_current(&requirements, &venv.join("installed.txt"), || {
        python::create_venv(&python::system()?, &venv)?;
        process::run(python::pip_install(&venv).arg("--requirement").arg(&requirements))
    })
}

/// The npm packages of alms-wasm, as its lock file has them.
pub(crate) fn node_packages(workspace: &Workspace) -> Result<()> {
    let version = process::ask(Command::new("node").arg("--version")).context("install Node 20 or newer")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR_MIN) {
        bail!("node is {version}; install Node {NODE_MAJOR_MIN} or newer");
    }
    let package = workspace.npm_package();
    unless_current(&package.join("package-lock.json"), &package.join("node_modules/installed.json"), || {
        process::run(npm::npm().arg("ci").current_dir(&package))
    })
}

/// Installs unless it was done for exactly this list: `stamp` keeps the list that was installed last.
pub(crate) fn unless_current(list: &Path, stamp: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted = fs::read(list).with_context(|| format!("cannot read {}", list.display()))?;
    if fs::read(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}
