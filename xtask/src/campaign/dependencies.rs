//! What the library depends on: licences, sources and bans by cargo-deny, and each package of the core with its reason.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result};

use super::Found;
use super::tools::DENY;
use crate::process::{ask, cargo, run as run_command};
use crate::workspace::Workspace;

/// Where the reasons stand.
const PAGE: &str = "docs/dependencies.md";

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    let mut deny = DENY.command(workspace)?;
    let is_allowed = run_command(deny.args(["--workspace", "check", "bans", "licenses", "sources"])).is_ok();
    let packages = of_core(workspace)?;
    let wrong = differences(&packages, &explained(workspace)?);
    wrong.iter().for_each(|line| println!("{line}"));
    let figure = format!(
        "{} packages in the core, each with its reason; licences, sources, bans {}",
        packages.len(),
        if is_allowed { "as allowed" } else { "not as allowed" }
    );
    Ok(Found::checked(is_allowed && wrong.is_empty(), figure))
}

/// The packages that the core is built of with its default features, without those of this workspace.
fn of_core(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let mut tree = cargo(workspace.root());
    tree.args(["tree", "--package", "alms-core", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    // The list is one, wherever it is made.
    let tree = ask(tree.args(["--target", "x86_64-unknown-linux-gnu"]))?;
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names.filter(|name| !name.starts_with("alms-")).map(str::to_owned).collect())
}

/// The packages that the page has a row for: `| name | … |`.
fn explained(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let page =
        fs::read_to_string(workspace.root().join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let row = |line: &str| Some(line.strip_prefix("| `")?.split_once("` |")?.0.to_owned());
    Ok(page.lines().filter_map(row).collect())
}

fn differences(packages: &BTreeSet<String>, explained: &BTreeSet<String>) -> Vec<String> {
    let without = packages.difference(explained).map(|name| format!("{PAGE} gives no reason for `{name}`"));
    let gone =
        explained.difference(packages).map(|name| format!("{PAGE} explains `{name}`, which is not used"));
    without.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::{differences, explained, of_core};
    use crate::workspace::Workspace;

    #[test]
    fn every_package_of_the_core_has_its_reason() {
        let workspace = Workspace::find().unwrap();
        let packages = of_core(&workspace).unwrap();
        assert!(packages.contains("serde_json"), "{packages:?}");
        assert_eq!(differences(&packages, &explained(&workspace).unwrap()), Vec::<String>::new());
    }
}
