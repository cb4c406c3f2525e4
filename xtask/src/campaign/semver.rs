//! The core's interface against that of an earlier revision.

use anyhow::{Result, bail};

use super::Found;
use super::tools::SEMVER_CHECKS;
use crate::process::{ask, status};
use crate::workspace::Workspace;

/// How the tool ends when it has found a break. With any other failure it has not compared: a baseline that does not build,
/// a toolchain that it does not know.
const BREAK: i32 = 100;

pub(super) fn run(workspace: &Workspace, baseline: Option<&str>) -> Result<Found> {
    let baseline = match baseline {
        Some(revision) => revision.to_owned(),
        None => last_release(workspace),
    };
    let mut check = SEMVER_CHECKS.command(workspace)?;
    check.args(["--package", "alms-core", "--all-features", "--baseline-rev", &baseline]);
    let ended = status(&mut check)?;
    let is_kept = match ended.code() {
        Some(0) => true,
        Some(BREAK) => false,
        _ => bail!("the interface was not compared with that of {baseline} ({ended})"),
    };
    let verdict = if is_kept { "no break" } else { "a break" };
    Ok(Found::checked(is_kept, format!("{verdict} since {baseline}")))
}

/// The last tag; where there is none, the commit before this one.
fn last_release(workspace: &Workspace) -> String {
    let mut describe = std::process::Command::new("git");
    describe.args(["describe", "--tags", "--abbrev=0", "HEAD^"]).current_dir(workspace.root());
    ask(&mut describe).unwrap_or_else(|_| "HEAD^".to_owned())
}
