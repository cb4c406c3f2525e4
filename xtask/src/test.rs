//! `cargo xtask test`: everything.

use std::process::ExitCode;

use anyhow::Result;

use crate::counts::{Counts, Runner};
use crate::postgres::Server;
use crate::process::{cargo, run as run_command, run_counted};
use crate::steps::{self, Step, step};
use crate::workspace::Workspace;
use crate::{areas, docs, npm, package, python, service, setup, spark, summary, web};

/// What is done, in the order in which it starts: each step as soon as those are done that it comes after, and the machine
/// has room. Compiling takes most of the time, so it starts first; then there is always something else to do beside it.
const STEPS: &[Step] = &[
    step("set-up", &[], |workspace| setup::machine(workspace).map(no_tests)),
    step("Python tools", &["set-up"], |workspace| setup::python_tools(workspace).map(no_tests)),
    step("format", &["set-up"], |workspace| cargo_check(workspace, &["fmt", "--check"])),
    step("npm packages", &["set-up"], |workspace| setup::node_packages(workspace).map(no_tests)),
    step("Rust", &["format"], test_rust),
    step("npm package", &["npm packages"], |workspace| package::npm(workspace).map(no_tests)),
    step("wheel", &["Python tools"], |workspace| package::build_wheel(workspace).map(no_tests)),
    // Compiles while the Rust tests run: before, it would wait for them to be compiled.
    step("lints", &["format"], |workspace| {
        cargo_check(
            workspace,
            &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-Dwarnings"],
        )
    }),
    step("areas", &["lints"], areas::test),
    step("API documentation", &["areas"], |workspace| docs::api(workspace).map(no_tests)),
    step("Python", &["wheel"], |workspace| python::test_wheel(workspace, &package::wheel(workspace)?)),
    step("Spark", &["wheel"], |workspace| spark::test(workspace, &package::wheel(workspace)?)),
    step("Python libraries", &["wheel"], |workspace| {
        python::test_with_libraries(workspace, &package::wheel(workspace)?)
    }),
    // Both install the wheel beside the tools.
    step("Python types", &["Python libraries"], |workspace| {
        python::check_types(workspace, &package::wheel(workspace)?).map(no_tests)
    }),
    step("Python pages", &["Python tools"], |workspace| python::build_pages(workspace).map(no_tests)),
    step("Node", &["npm package"], |workspace| npm::test_tarball(workspace, &package::tarball(workspace)?)),
    step("Service", &["Rust", "Python tools"], service::schemathesis),
    step("Web page", &["npm package"], web::test),
];

/// What measures how long something takes, after everything else.
const ALONE: &[Step] = &[step("Large files", &[], web::test_large_files)];

/// What the Rust tests are built of; the wrappers are tested from their own side.
const RUST_PACKAGES: [&str; 6] =
    ["--workspace", "--exclude", "alms-py", "--exclude", "alms-wasm", "--all-features"];

/// Runs the steps until one fails, and sums up; or one of them alone, beside what earlier runs have built.
pub(crate) fn run(workspace: &Workspace, step: Option<&str>) -> Result<ExitCode> {
    let counts = match step {
        Some(name) => steps::run_one(workspace, &[STEPS, ALONE], name)?,
        None => summary::print("tests", &steps::run_all(workspace, &[STEPS, ALONE])?),
    };
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Unit, integration and documentation tests, the examples, and the service beside a database.
fn test_rust(workspace: &Workspace) -> Result<Counts> {
    let postgres = Server::start(workspace)?;
    let mut test = cargo(workspace.root());
    test.arg("test").args(RUST_PACKAGES).arg("--no-fail-fast").env(service::POSTGRES, postgres.url());
    run_counted(&mut test, Runner::Cargo)
}

fn cargo_check(workspace: &Workspace, arguments: &[&str]) -> Result<Counts> {
    run_command(cargo(workspace.root()).args(arguments)).map(no_tests)
}

fn no_tests((): ()) -> Counts {
    Counts::default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{RUST_PACKAGES, STEPS};
    use crate::process::{ask, cargo};
    use crate::workspace::Workspace;

    #[test]
    fn each_step_comes_after_earlier_ones() {
        for (position, step) in STEPS.iter().enumerate() {
            let earlier: Vec<&str> = STEPS[..position].iter().map(|step| step.name).collect();
            assert!(!earlier.contains(&step.name), "{} twice", step.name);
            for name in step.after {
                assert!(
                    earlier.contains(name),
                    "{} comes after {name}, which does not come first",
                    step.name
                );
            }
        }
    }

    /// The packages of a build, each with its features.
    fn packages(selection: &[&str]) -> BTreeSet<String> {
        let workspace = Workspace::find().unwrap();
        let mut tree = cargo(workspace.root());
        tree.args(["tree", "--prefix", "none", "--no-dedupe", "--format", "{p}, features: {f}"]);
        // The list is one, wherever it is made.
        tree.args(["--target", "x86_64-unknown-linux-gnu"]).args(selection);
        ask(&mut tree).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn xtask_is_built_of_what_the_tests_are_built_of() {
        let xtask = packages(&["--package", "xtask", "--edges", "normal,build"]);
        let tests = packages(&RUST_PACKAGES);
        let twice: Vec<&String> = xtask.difference(&tests).collect();
        assert!(
            twice.is_empty(),
            "xtask/Cargo.toml lacks features, without which these are built twice: {twice:#?}"
        );
    }
}
