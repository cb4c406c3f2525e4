//! `cargo xtask package`: what is published.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Workspace;
use crate::{npm, python, wasm};

/// Builds the wheel and the npm tarball into `target/dist/`, which is emptied first.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    copy_licences(workspace)?;
    let module = build_both(workspace, &dist)?;
    npm::pack(workspace, &dist)?;

    println!("\nin {}:", dist.display());
    for file in [wheel(workspace)?, tarball(workspace)?] {
        println!("  {}  {}", name_of(&file), kib(file.metadata()?.len()));
    }
    let bytes = fs::read(&module)?;
    println!("  of that {}  {}, gzip {}", name_of(&module), kib(length(&bytes)?), kib(gzip_length(&bytes)?));
    Ok(())
}

/// Builds the wheel and, beside it, the WebAssembly module, whose path it returns: each keeps one core busy.
fn build_both(workspace: &Workspace, dist: &Path) -> Result<PathBuf> {
    std::thread::scope(|scope| {
        let wheel = scope.spawn(|| python::build_wheel(workspace, dist));
        let module = wasm::build(workspace);
        wheel.join().map_err(|_| anyhow!("the build of the wheel panicked"))??;
        module
    })
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

fn kib(bytes: u64) -> String {
    format!("{} KiB", bytes.div_ceil(1024))
}
