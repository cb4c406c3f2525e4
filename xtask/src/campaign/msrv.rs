//! The core's tests with the oldest Rust that Cargo.toml promises.

use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

use super::{Found, tools};
use crate::counts::Runner;
use crate::process::run_counted;
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let core = metadata.packages.iter().find(|package| package.name == "alms-core");
    let promised = core.and_then(|core| core.rust_version.as_ref()).context("no rust-version is stated")?;
    let version = promised.to_string();
    tools::require_toolchain(&version, &[])?;
    let mut test = tools::toolchain(&version, workspace.root());
    test.args(["test", "--package", "alms-core", "--all-features", "--lib", "--test", "conformance"]);
    let counts = run_counted(test.arg("--target-dir").arg(workspace.target().join("msrv")), Runner::Cargo)?;
    let figure = format!("Rust {version}: {} tests, {} failed", counts.passed, counts.failed);
    Ok(Found::checked(counts.failed == 0, figure))
}
