//! `cargo xtask package`: what is published.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Workspace;
use crate::{npm, python, wasm};

/// What a browser may load: the module and the JavaScript around it, compressed. Just above what it is, so that growth is
/// noticed; 150 kB are the aim.
const LOADED_BYTES_MAX: u64 = 495_000;

/// Builds the wheel and the npm tarball into `target/dist/`, which is emptied first.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    copy_licences(workspace)?;
    python::build_wheel(workspace, &dist)?;
    println!("\n{}", row(&wheel(workspace)?)?);
    npm(workspace)
}

/// Builds the npm tarball into `target/dist/`.
pub(crate) fn npm(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    fs::create_dir_all(&dist)?;
    copy_licences(workspace)?;
    wasm::build(workspace)?;
    npm::pack(workspace, &dist)?;
    println!("\n{}", row(&tarball(workspace)?)?);
    require_small(workspace)
}

fn row(file: &Path) -> Result<String> {
    Ok(format!("{}  {}", file.display(), bytes(file.metadata()?.len())))
}

/// Prints what a browser loads, and fails when that is too much.
fn require_small(workspace: &Workspace) -> Result<()> {
    let mut loaded = 0_u64;
    for file in npm::loaded_files(workspace)? {
        let content = fs::read(&file)?;
        let (plain, compressed) = (length(&content)?, gzip_length(&content)?);
        loaded = loaded.saturating_add(compressed);
        println!("  {:<16} {:>12}  gzip {:>9}", name_of(&file), bytes(plain), bytes(compressed));
    }
    println!("  loaded by a browser: gzip {} of {}", bytes(loaded), bytes(LOADED_BYTES_MAX));
    if loaded > LOADED_BYTES_MAX {
        bail!(
            "a browser loads {} bytes, {LOADED_BYTES_MAX} are the limit; `twiggy top` says what is large",
            loaded
        );
    }
    Ok(())
}

/// Puts the licences into the folders of the packages, outside of which neither packer looks.
fn copy_licences(workspace: &Workspace) -> Result<()> {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        for package in [workspace.python_package(), workspace.npm_package()] {
            fs::copy(workspace.root().join(licence), package.join(licence))
                .with_context(|| format!("cannot copy {licence}"))?;
        }
    }
    Ok(())
}

/// The wheel in `target/dist/`.
pub(crate) fn wheel(workspace: &Workspace) -> Result<PathBuf> {
    built(workspace, ".whl")
}

/// The npm tarball in `target/dist/`.
pub(crate) fn tarball(workspace: &Workspace) -> Result<PathBuf> {
    built(workspace, ".tgz")
}

fn built(workspace: &Workspace, ending: &str) -> Result<PathBuf> {
    let dist = workspace.dist();
    for entry in fs::read_dir(&dist).with_context(|| format!("cannot read {}", dist.display()))? {
        let path = entry?.path();
        if name_of(&path).starts_with("alms-") && name_of(&path).ends_with(ending) {
            return Ok(path);
        }
    }
    bail!("there is no alms-*{ending} in {}", dist.display())
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
