//! The areas of the core, each built without the others.

use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

use crate::counts::{Counts, Runner};
use crate::process::{cargo, run, run_counted};
use crate::workspace::Workspace;

/// Nothing here is worth optimising: each build runs once.
const PLAIN: [&str; 2] = ["--config", "profile.dev.package.alms-core.opt-level=0"];

/// Lints the core with no area and with each alone, and runs the vectors of the operations that are in it.
pub(crate) fn test(workspace: &Workspace) -> Result<Counts> {
    lint(workspace, "")?;
    let mut counts = Counts::default();
    for area in areas()? {
        lint(workspace, &area)?;
        let mut test = cargo(workspace.root());
        test.args(["test", "--package", "alms-core", "--no-default-features", "--features", &area]);
        counts = counts.plus(run_counted(test.args(PLAIN).args(["--test", "conformance"]), Runner::Cargo)?);
    }
    Ok(counts)
}

fn lint(workspace: &Workspace, area: &str) -> Result<()> {
    let mut clippy = cargo(workspace.root());
    clippy.args(["clippy", "--package", "alms-core", "--no-default-features", "--features", area]);
    run(clippy.args(["--lib", "--", "-Dwarnings"]))
}

/// The areas, as the core's feature of this name lists them.
fn areas() -> Result<Vec<String>> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let core = metadata.packages.iter().find(|package| package.name == "alms-core");
    let areas = core.and_then(|core| core.features.get("areas"));
    areas.cloned().context("alms-core has no feature `areas`")
}

#[cfg(test)]
mod tests {
    use super::areas;

    #[test]
    fn there_are_areas() {
        assert!(areas().unwrap().contains(&"tokens".to_owned()));
    }
}
