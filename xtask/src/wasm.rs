//! The WebAssembly modules of the npm package.

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

/// A WebAssembly module of the npm package.
struct Build {
    /// The name of its files.
    name: &'static str,
    profile: &'static str,
    cargo: &'static [&'static str],
    rustc: &'static [&'static str],
    /// What wasm-opt optimises for.
    level: &'static str,
}

/// All operations; and fleets, for the vector instructions that browsers have had since 2021 to 2023.
const BUILDS: [Build; 2] = [
    Build { name: "alms", profile: "wasm", cargo: &[], rustc: &[], level: "-Oz" },
    Build {
        name: "alms_fleet",
        profile: "wasm-fleet",
        cargo: &["--features", "fleet"],
        rustc: &["-Ctarget-feature=+simd128"],
        level: "-O3",
    },
];

/// Builds `alms-wasm/pkg/`: the modules, the JavaScript that loads them, and the schemas.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    let package = workspace.npm_package().join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    for build in &BUILDS {
        build.run(workspace, &package)?;
    }
    fs::write(package.join("schemas.js"), docs::schemas_module()?)?;
    Ok(())
}

impl Build {
    fn compile(&self, workspace: &Workspace) -> Result<PathBuf> {
        let mut build = cargo(workspace.root());
        build.args(["build", "--package", "alms-wasm", "--target", TARGET, "--profile", self.profile]);
        let flags = remapped(workspace).into_iter().chain(self.rustc.iter().map(|flag| (*flag).to_owned()));
        let flags: Vec<String> = flags.collect();
        run(build.args(self.cargo).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
        Ok(workspace.target().join(TARGET).join(self.profile).join("alms_wasm.wasm"))
    }

    fn run(&self, workspace: &Workspace, package: &Path) -> Result<()> {
        let compiled = self.compile(workspace)?;
        println!("wasm-bindgen --target web (as a library)");
        let mut bindgen = Bindgen::new();
        bindgen.input_module(self.name, without_panic_messages(&fs::read(&compiled)?)?);
        // A browser finds the module beside the JavaScript, unless it is told where else.
        bindgen.out_name(self.name).typescript(false).omit_default_module_path(false).web(true)?;
        bindgen.generate(package).context("wasm-bindgen failed")?;
        self.optimise(workspace, &package.join(format!("{}_bg.wasm", self.name)))
    }

    fn optimise(&self, workspace: &Workspace, module: &Path) -> Result<()> {
        let wasm_opt = workspace.npm_package().join("node_modules/binaryen/bin/wasm-opt");
        let mut command = Command::new("node");
        command.arg(wasm_opt).args([self.level, "--strip-debug", "--strip-producers"]);
        run(command.args(self.features()?).arg(module).arg("--output").arg(module))
    }

    /// The options for the features that rustc's target has, which the module may then use.
    fn features(&self) -> Result<Vec<String>> {
        let mut rustc = Command::new("rustc");
        let cfg = ask(rustc.args(["--print", "cfg", "--target", TARGET]).args(self.rustc))?;
        let features =
            cfg.lines().filter_map(|line| line.strip_prefix("target_feature=\"")?.strip_suffix('"'));
        Ok(features.map(|feature| format!("--enable-{}", binaryen_name(feature))).collect())
    }
}

/// Compiles the module of all operations; returns the path of what rustc makes, with the names of all functions in it.
pub(crate) fn compile(workspace: &Workspace) -> Result<PathBuf> {
    let [operations, _] = &BUILDS;
    operations.compile(workspace)
}

/// The same module on every machine: without the paths of this one, which stand in the messages of panics.
fn remapped(workspace: &Workspace) -> Vec<String> {
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

/// Binaryen's name of a feature, where it differs from LLVM's.
fn binaryen_name(feature: &str) -> &str {
    match feature {
        "nontrapping-fptoint" => "nontrapping-float-to-int",
        "atomics" => "threads",
        "simd128" => "simd",
        same => same,
    }
}
