//! The crates that are published, and what is in them.

use std::fs;
#[cfg(test)]
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{cargo, run};
use crate::workspace::Workspace;

/// What is published, each after those that it depends on.
pub(crate) const PUBLISHED: [&str; 3] = ["alms-derive", "alms-json", "alms-core"];

/// Packages the crates as they are published, compiles each from its package alone, and then a program of somebody else that
/// depends on them: the example of the README.
pub(crate) fn try_out(workspace: &Workspace) -> Result<()> {
    run(package(workspace).arg("--quiet"))?;
    let host = workspace.target().join("try/crates");
    fs::create_dir_all(host.join("src")).with_context(|| format!("cannot make {}", host.display()))?;
    fs::write(host.join("Cargo.toml"), manifest(workspace))?;
    fs::write(host.join("src/main.rs"), readme_example(workspace)?)?;
    run(cargo(&host).args(["run", "--quiet"]).env("CARGO_TARGET_DIR", host.join("target")))
}

/// `cargo package` for all of them together: none is in a registry yet, and each is taken from beside the others.
fn package(workspace: &Workspace) -> Command {
    let mut package = cargo(workspace.root());
    package.args(["package", "--allow-dirty"]);
    for name in PUBLISHED {
        package.args(["--package", name]);
    }
    package
}

/// A project that knows the crates from their packages only.
fn manifest(workspace: &Workspace) -> String {
    let mut manifest =
        "[package]\nname = \"host\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nalms-core = \"*\"\n\n[patch.crates-io]\n"
            .to_owned();
    for name in PUBLISHED {
        manifest += &format!("{name} = {{ path = {:?} }}\n", packaged(workspace, name));
    }
    manifest
}

/// Where `cargo package` unpacks a crate to compile it.
fn packaged(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.target().join(format!("package/{name}-{}", workspace.version()))
}

/// The program in the README of the core.
fn readme_example(workspace: &Workspace) -> Result<String> {
    let file = packaged(workspace, "alms-core").join("README.md");
    let page = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let example = page.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next());
    Ok(example.context("the README of alms-core has no example")?.to_owned())
}

/// What is in the package of a crate.
#[cfg(test)]
fn files(root: &Path, name: &str) -> Result<Vec<String>> {
    let mut list = cargo(root);
    list.args(["package", "--list", "--allow-dirty", "--offline", "--package", name]);
    Ok(crate::process::ask(&mut list)?.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a crate's code includes from outside its package, and what its readers need, only a published package would miss.
    #[test]
    fn each_package_has_all_that_it_needs() {
        let workspace = Workspace::find().unwrap();
        for name in PUBLISHED {
            let files = files(workspace.root(), name).unwrap();
            let has = |file: &str| files.iter().any(|packaged| packaged == file);
            for file in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs"] {
                assert!(has(file), "{name}: {file}");
            }
            for file in files.iter().filter(|file| file.ends_with(".rs")) {
                let folder = Path::new(file).parent().unwrap();
                let code = fs::read_to_string(workspace.root().join(name).join(file)).unwrap();
                for included in code.split("include_str!(\"").skip(1) {
                    let included = normal(&folder.join(included.split('"').next().unwrap()));
                    assert!(has(&included), "{name}: {file} includes {included}");
                }
            }
        }
        // Tests want the vectors, which stand outside; nothing of them is packed by half.
        assert!(!files(workspace.root(), "alms-core").unwrap().iter().any(|file| file.starts_with("tests/")));
    }

    #[test]
    fn the_page_of_the_repository_shows_the_example_of_the_crate() {
        let workspace = Workspace::find().unwrap();
        let page = |file: &str| fs::read_to_string(workspace.root().join(file)).unwrap();
        let crates = page("alms-core/README.md");
        let example = crates.split("```rust\n").nth(1).unwrap().split("```").next().unwrap();
        assert!(page("README.md").contains(example));
    }

    /// A path without its `..`.
    fn normal(path: &Path) -> String {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part.as_os_str().to_str().unwrap() {
                ".." => drop(parts.pop()),
                part => parts.push(part.to_owned()),
            }
        }
        parts.join("/")
    }
}
