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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use cargo_metadata::{CargoOpt, MetadataCommand, PackageId};

    /// No package promises an older Rust than what it is built of asks for.
    #[test]
    fn dependencies_ask_for_no_newer_rust() {
        let metadata = MetadataCommand::new().features(CargoOpt::AllFeatures).exec().unwrap();
        let version = |id: &PackageId| metadata[id].rust_version.clone();
        let resolved = metadata.resolve.as_ref().unwrap();
        let nodes: BTreeMap<&PackageId, _> = resolved.nodes.iter().map(|node| (&node.id, node)).collect();
        let mut faults = Vec::new();
        for member in &metadata.workspace_members {
            let promised = version(member).unwrap();
            let (mut open, mut seen) = (vec![member], vec![]);
            while let Some(id) = open.pop() {
                if seen.contains(&id) {
                    continue;
                }
                seen.push(id);
                if version(id).is_some_and(|asked| asked > promised) {
                    faults.push(format!(
                        "{} promises {promised}, {} asks for more",
                        metadata[member].name, metadata[id].name
                    ));
                }
                let normal = nodes[id].deps.iter().filter(|dependency| {
                    let kinds = &dependency.dep_kinds;
                    kinds.iter().any(|kind| kind.kind == cargo_metadata::DependencyKind::Normal)
                });
                open.extend(normal.map(|dependency| &dependency.pkg));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
