//! The fuzz targets, each from its corpus, for some minutes.

use std::fs;

use alms_checks::TARGETS;
use anyhow::Result;

use super::Found;
use super::tools::{self, FUZZ, NIGHTLY};
use crate::process::run as run_command;
use crate::workspace::Workspace;

/// The longest input, in bytes: structures need some room, and what is longer is slower.
const INPUT_BYTES_MAX: u32 = 8192;

pub(super) fn run(workspace: &Workspace, minutes: u64) -> Result<Found> {
    tools::require_toolchain(NIGHTLY, &["rust-src"])?;
    let mut failed = Vec::new();
    for (target, _) in TARGETS {
        if let Err(error) = fuzz(workspace, target, minutes) {
            println!("error: {error:#}");
            failed.push(target);
        }
    }
    let figure = format!("{} targets, {minutes} minutes each; open findings: {failed:?}", TARGETS.len());
    Ok(Found::checked(failed.is_empty(), figure))
}

fn fuzz(workspace: &Workspace, target: &str, minutes: u64) -> Result<()> {
    let folder = workspace.root().join("fuzz");
    // What is found on the way stays outside of the checkout; what fails goes to where the tests repeat it.
    let found = workspace.target().join("fuzz-corpus").join(target);
    let crashers = folder.join("crashers").join(target);
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&crashers)?;
    let mut fuzz = FUZZ.nightly(workspace)?;
    // The core forbids unsafe code: there is nothing for a sanitizer to find that the checks do not.
    fuzz.args(["run", "--sanitizer", "none", "--target-dir"]).arg(workspace.target().join("fuzz"));
    fuzz.arg(target).arg(found).arg(folder.join("corpus").join(target)).arg(&crashers).arg("--");
    fuzz.arg(format!("-artifact_prefix={}/", crashers.display()));
    fuzz.arg(format!("-max_total_time={}", minutes.saturating_mul(60)));
    fuzz.arg(format!("-max_len={INPUT_BYTES_MAX}"));
    run_command(fuzz.args(["-len_control=0", "-timeout=30", "-print_final_stats=1"]))
}
