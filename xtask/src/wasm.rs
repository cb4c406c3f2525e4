//! The WebAssembly module of the npm package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{ask, cargo, run};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";

/// Builds `alms-wasm/pkg/`: the module and the JavaScript that loads it. Returns the module's path.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = cargo(workspace.root());
    run(build.args(["build", "--package", "alms-wasm", "--target", TARGET, "--profile", PROFILE]))?;
    let compiled = workspace.target().join(TARGET).join(PROFILE).join("alms_wasm.wasm");

    let package = workspace.npm_package().join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    println!("wasm-bindgen --target web (as a library)");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).out_name("alms").typescript(false).web(true)?;
    bindgen.generate(&package).context("wasm-bindgen failed")?;

    let module = package.join("alms_bg.wasm");
    optimise(workspace, &module)?;
    Ok(module)
}

fn optimise(workspace: &Workspace, module: &Path) -> Result<()> {
    let wasm_opt = workspace.npm_package().join("node_modules/binaryen/bin/wasm-opt");
    let mut command = Command::new("node");
    command.arg(wasm_opt).args(["-O3", "--strip-debug", "--strip-producers"]).args(features()?);
    run(command.arg(module).arg("--output").arg(module))
}

/// The options for the features that rustc's target enables, which the module may then use.
fn features() -> Result<Vec<String>> {
    let cfg = ask(Command::new("rustc").args(["--print", "cfg", "--target", TARGET]))?;
    let features = cfg.lines().filter_map(|line| line.strip_prefix("target_feature=\"")?.strip_suffix('"'));
    Ok(features.map(|feature| format!("--enable-{}", binaryen_name(feature))).collect())
}

/// Binaryen's name of a feature, where it differs from LLVM's.
fn binaryen_name(feature: &str) -> &str {
    match feature {
        "nontrapping-fptoint" => "nontrapping-float-to-int",
        "atomics" => "threads",
        "simd128" => "simd",
        same => same,
    }
}
