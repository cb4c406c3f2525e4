//! The core's unit tests in Miri, which knows undefined behaviour.

use anyhow::Result;

use super::Found;
use super::tools::{self, NIGHTLY};
use crate::counts::Runner;
use crate::process::run_counted;
use crate::workspace::Workspace;

/// Random cases of a property; one costs hundreds of times what it does elsewhere.
const CASES: &str = "8";

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    tools::require_toolchain(NIGHTLY, &["miri", "rust-src"])?;
    let mut miri = tools::toolchain(NIGHTLY, workspace.root());
    miri.args(["miri", "test", "--package", "alms-core", "--all-features", "--lib", "--target-dir"]);
    miri.arg(workspace.target().join("miri"));
    // The tests read no file but those that are compiled in; rayon asks the system for its threads.
    miri.env("MIRIFLAGS", "-Zmiri-disable-isolation").env("PROPTEST_CASES", CASES);
    let counts = run_counted(&mut miri, Runner::Cargo)?;
    Ok(Found::checked(counts.failed == 0, format!("{} tests, {} failed", counts.passed, counts.failed)))
}
