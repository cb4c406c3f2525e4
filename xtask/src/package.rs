//! `cargo xtask package`: what is published.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Context as _, Result, anyhow, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Workspace;
use crate::{npm, python, wasm};

/// What a browser may load: the module and the JavaScript around it, compressed. Just above what it is, so that growth is
/// noticed; 150 kB are the aim.
const LOADED_BYTES_MAX: u64 = 495_000;

/// What a browser may load for fleets.
const FLEET_BYTES_MAX: u64 = 97_000;

/// Builds the wheel and the npm tarball into `target/dist/`, which is emptied first.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    copy_licences(workspace)?;
    build_both(workspace, &dist)?;
    println!("\n{}", row(&wheel(workspace)?)?);
    require_small(workspace)
}

/// `cargo xtask package` beside what runs in the foreground; its output is kept until it is waited for.
pub(crate) struct Packaging {
    child: Child,
    log: PathBuf,
}

impl Packaging {
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        fs::create_dir_all(workspace.target())?;
        let log = workspace.target().join("package.log");
        let output = fs::File::create(&log)?;
        let mut package = Command::new(env::current_exe()?);
        package.arg("package").current_dir(workspace.root()).stdout(output.try_clone()?).stderr(output);
        Ok(Self { child: package.spawn().context("cannot start `cargo xtask package`")?, log })
    }

    /// Waits for it, prints what it printed, and fails where it failed.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        print!("{}", fs::read_to_string(&self.log)?);
        if !status.success() {
            bail!("`cargo xtask package` failed ({status})");
        }
        Ok(())
    }
}

impl Drop for Packaging {
    fn drop(&mut self) {
        // Where a step failed meanwhile, nobody waits for the packages any more.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Builds the npm tarball into `target/dist/`.
pub(crate) fn npm(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    fs::create_dir_all(&dist)?;
    copy_licences(workspace)?;
    build_npm(workspace, &dist)?;
    require_small(workspace)
}

fn build_npm(workspace: &Workspace, dist: &Path) -> Result<()> {
    wasm::build(workspace)?;
    npm::pack(workspace, dist)?;
    println!("\n{}", row(&tarball(workspace)?)?);
    Ok(())
}

/// Builds the wheel and the tarball side by side: each keeps one core busy.
fn build_both(workspace: &Workspace, dist: &Path) -> Result<()> {
    std::thread::scope(|scope| {
        let wheel = scope.spawn(|| python::build_wheel(workspace, dist));
        let tarball = build_npm(workspace, dist);
        wheel.join().map_err(|_| anyhow!("the build of the wheel panicked"))??;
        tarball
    })
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
