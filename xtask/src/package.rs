//! `cargo xtask package`: what is published.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, Result, anyhow, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Workspace;
use crate::{npm, python, wasm};

/// What a browser may load: the module and the JavaScript around it, compressed. Just above what it is, so that growth is
/// noticed; 150 kB are the aim.
const LOADED_BYTES_MAX: u64 = 680_000;

/// What a browser may load for fleets.
const FLEET_BYTES_MAX: u64 = 103_000;

/// How the names of the packages begin and end. On PyPI `alms` is another project.
type Name = (&'static str, &'static str);
const WHEEL: Name = ("alms_rules-", ".whl");
const TARBALL: Name = ("alms-", ".tgz");

/// Builds the wheel and the npm tarball side by side: each keeps one core busy.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    thread::scope(|scope| {
        let wheel = scope.spawn(|| build_wheel(workspace));
        let tarball = npm(workspace);
        wheel.join().map_err(|_| anyhow!("the build of the wheel panicked"))??;
        tarball
    })
}

/// Builds the wheel into `target/dist/`.
pub(crate) fn build_wheel(workspace: &Workspace) -> Result<()> {
    let dist = dist_without(workspace, WHEEL)?;
    copy_licences(workspace, &workspace.python_package())?;
    python::build_wheel(workspace, &dist)?;
    println!("\n{}", row(&wheel(workspace)?)?);
    Ok(())
}

/// Builds the npm tarball into `target/dist/`.
pub(crate) fn npm(workspace: &Workspace) -> Result<()> {
    let dist = dist_without(workspace, TARBALL)?;
    copy_licences(workspace, &workspace.npm_package())?;
    wasm::build(workspace)?;
    npm::pack(workspace, &dist)?;
    println!("\n{}", row(&tarball(workspace)?)?);
    require_small(workspace)
}

/// `target/dist/`, without what an earlier run left of this kind.
fn dist_without(workspace: &Workspace, name: Name) -> Result<PathBuf> {
    let dist = workspace.dist();
    fs::create_dir_all(&dist)?;
    for file in files(&dist, name)? {
        fs::remove_file(file)?;
    }
    Ok(dist)
}

fn row(file: &Path) -> Result<String> {
    Ok(format!("{}  {}", file.display(), bytes(file.metadata()?.len())))
}

/// Prints what a browser loads, and fails when that is too much.
fn require_small(workspace: &Workspace) -> Result<()> {
    require_at_most(LOADED_BYTES_MAX, "alms", &npm::loaded_files(workspace)?)?;
    require_at_most(FLEET_BYTES_MAX, "alms/fleet", &npm::files_of_fleets(workspace))
}

fn require_at_most(limit: u64, entry: &str, files: &[PathBuf]) -> Result<()> {
    let mut loaded = 0_u64;
    for file in files {
        let content = fs::read(file)?;
        let (plain, compressed) = (length(&content)?, gzip_length(&content)?);
        loaded = loaded.saturating_add(compressed);
        println!("  {:<20} {:>12}  gzip {:>9}", name_of(file), bytes(plain), bytes(compressed));
    }
    println!("  loaded by a browser for {entry}: gzip {} of {}", bytes(loaded), bytes(limit));
    if loaded > limit {
        bail!(
            "a browser loads {loaded} bytes for {entry}, {limit} are the limit; `twiggy top` says what is large"
        );
    }
    Ok(())
}

/// Puts the licences into the folder of a package, outside of which no packer looks.
fn copy_licences(workspace: &Workspace, package: &Path) -> Result<()> {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace.root().join(licence), package.join(licence))
            .with_context(|| format!("cannot copy {licence}"))?;
    }
    Ok(())
}

/// The wheel in `target/dist/`.
pub(crate) fn wheel(workspace: &Workspace) -> Result<PathBuf> {
    built(workspace, WHEEL)
}

/// The npm tarball in `target/dist/`.
pub(crate) fn tarball(workspace: &Workspace) -> Result<PathBuf> {
    built(workspace, TARBALL)
}

fn built(workspace: &Workspace, name: Name) -> Result<PathBuf> {
    let dist = workspace.dist();
    let file = files(&dist, name)?.pop();
    file.with_context(|| format!("there is no {}*{} in {}", name.0, name.1, dist.display()))
}

/// The packages in a folder that are called so.
fn files(folder: &Path, (opening, ending): Name) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if name_of(&path).starts_with(opening) && name_of(&path).ends_with(ending) {
            files.push(path);
        }
    }
    Ok(files)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn length(bytes: &[u8]) -> Result<u64> {
    Ok(u64::try_from(bytes.len())?)
}

/// The size that travels to a browser.
fn gzip_length(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    length(&encoder.finish()?)
}

/// `1,234 kB` without what nobody reads.
fn bytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::ask;
    use std::process::Command;

    /// Whoever follows a page gets this library and not another one of its name.
    #[test]
    fn no_page_installs_a_stranger() {
        let workspace = Workspace::find().unwrap();
        let mut list = Command::new("git");
        list.args(["ls-files", "*.md", "*.py"]).current_dir(workspace.root());
        let pages: Vec<String> = ask(&mut list).unwrap().lines().map(str::to_owned).collect();
        let mut seen = 0;
        for page in &pages {
            let text = fs::read_to_string(workspace.root().join(page)).unwrap_or_default();
            for line in text.lines().filter(|line| line.contains("pip install")) {
                let command = line.split('#').next().unwrap_or_default();
                let mut words = command.split(|c: char| !(c.is_alphanumeric() || "-_./*".contains(c)));
                assert!(!words.any(|word| word == "alms"), "{page}: {line}");
                seen += 1;
            }
        }
        assert!(seen > 8, "{seen} of {}", pages.len());
        let project = fs::read_to_string(workspace.root().join("alms-py/pyproject.toml")).unwrap();
        assert!(project.contains("\nname = \"alms-rules\"\n"));
    }
}
