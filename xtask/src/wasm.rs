//! The WebAssembly module of the npm package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use walrus::{FunctionId, Module};
use wasm_bindgen_cli_support::Bindgen;

use crate::docs;
use crate::process::{ask, cargo, run};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";

/// Builds `alms-wasm/pkg/`: the module, the JavaScript that loads it, and the schemas. Returns the module's path.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let compiled = compile(workspace)?;
    let package = workspace.npm_package().join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    println!("wasm-bindgen --target web (as a library)");
    let mut bindgen = Bindgen::new();
    bindgen.input_module("alms", without_panic_messages(&fs::read(&compiled)?)?);
    // A browser finds the module beside the JavaScript, unless it is told where else.
    bindgen.out_name("alms").typescript(false).omit_default_module_path(false).web(true)?;
    bindgen.generate(&package).context("wasm-bindgen failed")?;

    let module = package.join("alms_bg.wasm");
    optimise(workspace, &module)?;
    fs::write(package.join("schemas.js"), docs::schemas_module()?)?;
    Ok(module)
}

/// Compiles the module; returns the path of what rustc makes, with the names of all functions in it.
pub(crate) fn compile(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = cargo(workspace.root());
    build.args(["build", "--package", "alms-wasm", "--target", TARGET, "--profile", PROFILE]);
    run(build.env("CARGO_ENCODED_RUSTFLAGS", flags(workspace).join("\u{1f}")))?;
    Ok(workspace.target().join(TARGET).join(PROFILE).join("alms_wasm.wasm"))
}

/// The same module on every machine: without the paths of this one, which stand in the messages of panics.
fn flags(workspace: &Workspace) -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let places = home.iter().map(PathBuf::as_path).chain([workspace.root()]);
    places.map(|place| format!("--remap-path-prefix={}=.", place.display())).collect()
}

/// Functions that never return: they compose a message, which nobody can see, as WebAssembly has no standard error.
const PANICS: &[&str] = &[
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_already_",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::assert_",
    "core::panicking::panic",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_",
    "core::str::slice_error_fail",
    "rust_panic",
    "std::alloc::rust_oom",
    "std::panicking::begin_panic",
    "std::panicking::panic_with_hook",
];

/// The module, in which a panic stops at once instead of composing a message first. The trap is the same.
fn without_panic_messages(bytes: &[u8]) -> Result<Module> {
    let mut config = walrus::ModuleConfig::new();
    // wasm-bindgen emits what it is given.
    config.generate_producers_section(false);
    let mut module = config.parse(bytes)?;
    for id in panics(&module)? {
        let mut body = module.funcs.get_mut(id).kind.unwrap_local_mut().builder_mut().func_body();
        body.instrs_mut().clear();
        body.unreachable();
    }
    Ok(module)
}

/// The functions of a module that panic.
pub(crate) fn panics(module: &Module) -> Result<Vec<FunctionId>> {
    let is_panic = |name: &str| {
        let name = format!("{:#}", rustc_demangle::demangle(name));
        PANICS.iter().any(|panic| name.starts_with(panic))
    };
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| module.funcs.get(*id).name.as_deref().is_some_and(is_panic))
        .map(|(id, _)| id)
        .collect();
    ensure!(!panics.is_empty(), "no function that panics was found; has Rust renamed them?");
    Ok(panics)
}

fn optimise(workspace: &Workspace, module: &Path) -> Result<()> {
    let wasm_opt = workspace.npm_package().join("node_modules/binaryen/bin/wasm-opt");
    let mut command = Command::new("node");
    command.arg(wasm_opt).args(["-Oz", "--strip-debug", "--strip-producers"]).args(features()?);
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
