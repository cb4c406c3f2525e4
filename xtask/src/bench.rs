//! `cargo xtask bench`: the benchmarks.

use anyhow::Result;

use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

/// Runs the benchmarks; `arguments` are passed on.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    run_command(cargo(workspace.root()).args(["bench", "--package", "alms-benches"]).args(arguments))
}
