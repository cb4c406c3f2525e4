//! Node: the npm package and its tests.

use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::counts::{Counts, Runner};
use crate::process::{run, run_counted};
use crate::workspace::Workspace;

/// The `npm` command.
pub(crate) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Packs the npm package, whose WebAssembly module is built, into `dist`.
pub(crate) fn pack(workspace: &Workspace, dist: &Path) -> Result<()> {
    require_version(workspace)?;
    let mut pack = npm();
    pack.args(["pack", "--loglevel=error", "--pack-destination"]).arg(dist);
    run(pack.current_dir(workspace.npm_package()))
}

/// The files that a browser loads for the entry `alms/fleet`, beside what it shares with `alms`.
pub(crate) fn files_of_fleets(workspace: &Workspace) -> Vec<PathBuf> {
    let package = workspace.npm_package();
    [
        "pkg/alms_fleet_bg.wasm",
        "pkg/alms_fleet.js",
        "js/fleet/plan.js",
        "js/fleet/codes.js",
        "js/fleet/index.js",
    ]
    .map(|file| package.join(file))
    .into()
}

/// The files that a browser loads for the entry `alms`. The schemas are not among them: whoever does not ask for
/// `operations()` leaves them to the bundler, which drops them.
pub(crate) fn loaded_files(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let package = workspace.npm_package();
    let mut files = vec![package.join("pkg/alms_bg.wasm"), package.join("pkg/alms.js")];
    for entry in fs::read_dir(package.join("js"))? {
        let path = entry?.path();
        // The entry for Node is not for browsers.
        if path.extension().is_some_and(|extension| extension == "js") && !path.ends_with("node.js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Runs the tests against the tarball, installed into an empty project.
pub(crate) fn test_tarball(workspace: &Workspace, tarball: &Path) -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let project = folder.path();
    install_tarball(project, tarball)?;
    // A copy: in their own folder they would find the package's source instead of what was installed.
    copy_folder(&workspace.npm_package().join("tests"), &project.join("tests"))?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).args(test_files(project)?).current_dir(project);
    if std::io::stdout().is_terminal() {
        node.env("FORCE_COLOR", "1");
    }
    node.env("ALMS_REPOSITORY", workspace.root()).env("ALMS_TARBALL", tarball);
    run_counted(&mut node, Runner::Node)
}

/// Makes an empty project, and installs the tarball into it.
pub(crate) fn install_tarball(project: &Path, tarball: &Path) -> Result<()> {
    fs::write(project.join("package.json"), r#"{"private": true, "type": "module"}"#)?;
    // It has no dependencies: nothing is fetched.
    run(npm().args(["install", "--offline"]).arg(tarball).current_dir(project))
}

/// The version stands in package.json too, where npm wants it.
fn require_version(workspace: &Workspace) -> Result<()> {
    let path = workspace.npm_package().join("package.json");
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(&path)?)?;
    let version = manifest.get("version").and_then(serde_json::Value::as_str).unwrap_or("missing");
    if version != workspace.version() {
        bail!("the version in {} is {version}; make it {}", path.display(), workspace.version());
    }
    Ok(())
}

/// The test files of the project, relative to it; newer versions of Node take no folder.
fn test_files(project: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(project.join("tests"))? {
        let name = entry?.file_name();
        if name.to_string_lossy().ends_with(".test.mjs") {
            files.push(Path::new("tests").join(name));
        }
    }
    files.sort();
    Ok(files)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
