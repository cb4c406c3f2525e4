//! The core's interface against that of an earlier revision.

use anyhow::Result;

use super::Found;
use super::tools::SEMVER_CHECKS;
use crate::process::{ask, run as run_command};
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace, baseline: Option<&str>) -> Result<Found> {
    let baseline = match baseline {
        Some(revision) => revision.to_owned(),
        None => last_release(workspace),
    };
    let mut check = SEMVER_CHECKS.command(workspace)?;
    check.args(["--package", "alms-core", "--all-features", "--baseline-rev", &baseline]);
    let is_kept = run_command(&mut check).is_ok();
    let verdict = if is_kept { "no break" } else { "a break" };
    Ok(Found::checked(is_kept, format!("{verdict} since {baseline}")))
}

/// The last tag; where there is none, the commit before this one.
fn last_release(workspace: &Workspace) -> String {
    let mut describe = std::process::Command::new("git");
    describe.args(["describe", "--tags", "--abbrev=0", "HEAD^"]).current_dir(workspace.root());
    ask(&mut describe).unwrap_or_else(|_| "HEAD^".to_owned())
}
