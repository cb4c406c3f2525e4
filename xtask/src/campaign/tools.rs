//! The tools of the campaign: pinned, installed where they are missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{ask, cargo, run};
use crate::workspace::Workspace;

/// The toolchain that Miri and libFuzzer need.
pub(crate) const NIGHTLY: &str = "nightly";

/// A cargo command that is installed from crates.io.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(crate) const DENY: Tool = Tool { name: "deny", version: "0.20.2" };
pub(crate) const FUZZ: Tool = Tool { name: "fuzz", version: "0.13.2" };
pub(crate) const LLVM_COV: Tool = Tool { name: "llvm-cov", version: "0.9.1" };
pub(crate) const MUTANTS: Tool = Tool { name: "mutants", version: "27.1.0" };
pub(crate) const SEMVER_CHECKS: Tool = Tool { name: "semver-checks", version: "0.51.0" };

impl Tool {
    /// `cargo <tool>` in the checkout; installs it into `target/tools` unless this version is there already.
    pub(crate) fn command(self, workspace: &Workspace) -> Result<Command> {
        let mut command = cargo(workspace.root());
        command.env("PATH", self.install(workspace)?);
        command.arg(self.name);
        Ok(command)
    }

    /// The same with the nightly toolchain.
    pub(crate) fn nightly(self, workspace: &Workspace) -> Result<Command> {
        let mut command = toolchain(NIGHTLY, workspace.root());
        command.env("PATH", self.install(workspace)?);
        command.arg(self.name);
        Ok(command)
    }

    /// The search path on which the tool is found.
    fn install(self, workspace: &Workspace) -> Result<OsString> {
        let root = workspace.target().join("tools");
        let search = search_path(&root.join("bin"))?;
        let mut version = cargo(workspace.root());
        version.args([self.name, "--version"]).env("PATH", &search);
        let is_there =
            ask(&mut version).is_ok_and(|found| found.split_whitespace().any(|word| word == self.version));
        if !is_there {
            let mut install = cargo(workspace.root());
            install.args(["install", "--locked", "--force", "--version", self.version, "--root"]).arg(&root);
            install.env_remove("CARGO_TARGET_DIR");
            run(install.arg(format!("cargo-{}", self.name)))?;
        }
        Ok(search)
    }
}

fn search_path(first: &Path) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from(first)).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the search path cannot be written")
}

/// `cargo` of another toolchain.
pub(crate) fn toolchain(name: &str, folder: &Path) -> Command {
    let mut command = Command::new("rustup");
    // What this cargo tells its children about itself is wrong for that of another toolchain.
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(variable);
    }
    command.args(["run", name, "cargo"]).current_dir(folder);
    command
}

/// Adds components to a toolchain, which is installed if it is missing.
pub(crate) fn require_toolchain(name: &str, components: &[&str]) -> Result<()> {
    let installed =
        ask(Command::new("rustup").args(["component", "list", "--installed", "--toolchain", name]));
    let installed = installed.unwrap_or_default();
    let is_there = |component: &&str| installed.lines().any(|line| line.starts_with(*component));
    if installed.is_empty() {
        run(Command::new("rustup").args(["toolchain", "install", name, "--profile", "minimal"]))?;
    }
    if !components.iter().all(is_there) {
        let mut add = Command::new("rustup");
        run(add.args(["component", "add", "--toolchain", name]).args(components))?;
    }
    Ok(())
}
