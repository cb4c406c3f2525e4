//! `cargo xtask test`: everything.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::counts::{Counts, Runner};
use crate::package::{self, Packaging};
use crate::process::{cargo, run as run_command, run_counted};
use crate::summary::{self, Outcome};
use crate::workspace::Workspace;
use crate::{docs, npm, python, service, setup, spark, web};

/// A step: its name and what it does.
type Step = (&'static str, fn(&Workspace) -> Result<Counts>);

const FIRST: &[Step] = &[
    ("set-up", |workspace| setup::for_tests(workspace).map(no_tests)),
    ("format", |workspace| cargo_check(workspace, &["fmt", "--check"])),
];

/// While these run, the packages are built: neither keeps two cores busy by itself.
const WHILE_PACKAGING: &[Step] = &[
    ("lints", |workspace| {
        cargo_check(
            workspace,
            &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-Dwarnings"],
        )
    }),
    ("lints of the bare core", |workspace| {
        cargo_check(
            workspace,
            &["clippy", "--package", "alms-core", "--no-default-features", "--lib", "--", "-Dwarnings"],
        )
    }),
    ("API documentation", |workspace| docs::api(workspace).map(no_tests)),
    ("Rust", test_rust),
    ("Service", service::test),
];

const WITH_PACKAGES: &[Step] = &[
    ("Python", |workspace| python::test_wheel(workspace, &package::wheel(workspace)?)),
    ("Python libraries", |workspace| python::test_with_libraries(workspace, &package::wheel(workspace)?)),
    ("Spark", |workspace| spark::test(workspace, &package::wheel(workspace)?)),
    ("Python types", |workspace| python::check_types(workspace, &package::wheel(workspace)?).map(no_tests)),
    ("Python pages", |workspace| python::build_pages(workspace).map(no_tests)),
    ("Node", |workspace| npm::test_tarball(workspace, &package::tarball(workspace)?)),
    ("Web page", web::test),
];

/// Runs the steps up to the first that fails, and sums up.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    let mut run = Run { workspace, outcomes: Vec::new() };
    let passed = run.everything();
    summary::print("tests", &run.outcomes);
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The steps so far.
struct Run<'a> {
    workspace: &'a Workspace,
    outcomes: Vec<Outcome>,
}

impl Run<'_> {
    fn everything(&mut self) -> bool {
        if !self.steps(FIRST) {
            return false;
        }
        let packaging = Packaging::start(self.workspace);
        self.steps(WHILE_PACKAGING)
            && self.step("package", || packaging?.finish().map(no_tests))
            && self.steps(WITH_PACKAGES)
    }

    fn steps(&mut self, steps: &[Step]) -> bool {
        let workspace = self.workspace;
        steps.iter().all(|(step, action)| self.step(step, || action(workspace)))
    }

    /// Whether the step passed.
    fn step(&mut self, step: &'static str, action: impl FnOnce() -> Result<Counts>) -> bool {
        println!("\n== {step}");
        let start = Instant::now();
        let counts = action().unwrap_or_else(|error| {
            println!("error: {error:#}");
            Counts::ONE_FAILED
        });
        self.outcomes.push(Outcome { step, counts, found: summary::tests_of(counts), time: start.elapsed() });
        let passed = counts.failed == 0;
        if !passed {
            println!("\n== failed: {step}");
        }
        passed
    }
}

/// Unit, integration and documentation tests, and the examples. The wrappers are tested from their own side, the service
/// beside a database.
fn test_rust(workspace: &Workspace) -> Result<Counts> {
    let mut test = cargo(workspace.root());
    test.args([
        "test",
        "--workspace",
        "--exclude",
        "alms-py",
        "--exclude",
        "alms-service",
        "--exclude",
        "alms-wasm",
    ]);
    run_counted(test.args(["--all-features", "--no-fail-fast"]), Runner::Cargo)
}

fn cargo_check(workspace: &Workspace, arguments: &[&str]) -> Result<Counts> {
    run_command(cargo(workspace.root()).args(arguments)).map(no_tests)
}

fn no_tests((): ()) -> Counts {
    Counts::default()
}
