//! The build logic of this repository, in one place: `cargo xtask <command>`.
//!
//! One file per command. A command says every program that it runs, and installs what it needs.
#![forbid(unsafe_code)]

mod areas;
mod bench;
mod bless;
mod campaign;
mod compare;
mod counts;
mod crates;
mod docs;
mod npm;
mod package;
mod postgres;
mod process;
mod python;
mod service;
mod setup;
mod spark;
mod steps;
mod summary;
mod test;
mod wasm;
mod web;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Builds, tests and packages alms.
///
/// Everything that is missing is installed on the way: the wasm target and the components of the Rust
/// toolchain, a virtual environment in .venv, the npm packages of alms-wasm, Spark, for the tests Chromium where apt-get
/// can, and PostgreSQL from apt into a private folder. What must be there: cargo with rustup, Python 3.11 or newer with
/// venv, Node 20 or newer with npm, Java 17 or newer.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Checks and tests everything: Rust, the Python wheel, the npm package and the page
    ///
    /// Set-up, formatting, lints, the Rust tests and the service on two databases, the two packages, the wheel with pytest
    /// in a clean virtual environment, then beside the table libraries, on Spark, its types and pages, the npm tarball with
    /// node --test in an empty project, the page of examples/web in Chromium. Steps run beside one another; what a step
    /// prints comes when it ends, and is in target/steps meanwhile. Once one has failed, no other is started. The last line
    /// is `N passed, M failed` over all runners.
    Test {
        /// Only this step, beside what earlier runs have built; the table names them
        step: Option<String>,
    },
    /// Builds the wheel and the npm tarball into target/dist
    ///
    /// Earlier ones are removed first. Prints what was built and how large it is, and fails where what a browser loads
    /// is larger than its limit.
    Package {
        /// Only the npm tarball, beside the wheel that is there
        #[arg(long)]
        npm: bool,
    },
    /// Writes the generated pages and schemas anew, and builds the API documentation
    ///
    /// docs/rules.md, docs/errors.md, docs/operations.md and alms-core/schema/*.json follow from the code; a test
    /// fails when they are stale.
    Docs,
    /// Writes the outputs of the conformance vectors anew
    ///
    /// Runs each vector of conformance/<area>/<topic>.json through the core and writes what came out, one line
    /// per vector, to conformance/outputs/<area>/<topic>.jsonl. All runtimes are held to these files byte for
    /// byte: read the diff before you commit it.
    Bless,
    /// Runs the benchmarks and writes docs/performance.md
    ///
    /// In Rust, Python and JavaScript, which takes about half an hour and wants a machine with nothing else to do. What
    /// follows is passed on: `cargo xtask bench -- plan` runs those in Rust with `plan` in their name, and prints what
    /// they say. `cargo xtask bench bounded` measures the worst inputs of the operations alone, in a few minutes, and
    /// writes their section; it fails where the cost grows faster than the bytes.
    Bench {
        /// Passed on to `cargo bench`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Compares answers with those of another commit
    ///
    /// Inputs are those of the vectors, and each with one field dropped, doubled, added or of another shape. A change of how
    /// documents are read and written gives the same results, and refusals with the same code and path.
    Compare {
        /// The commit before the change
        commit: String,
    },
    /// Tests what takes too long for every change; hours in all
    ///
    /// Each part installs its tool where it is missing, into target/tools, says what it found and gives one figure;
    /// docs/reliability.md says what they mean. A part that fails does not keep the others from running.
    Campaign(campaign::Options),
    /// Tries what is published with the tools of others
    ///
    /// The crates: `cargo package`, each compiled from its package alone, and a project that depends on the packages. Takes
    /// about two minutes, and is no part of the tests.
    Try,
    /// Tests the service of examples/service on SQLite and PostgreSQL
    ///
    /// Its tests, bad clients, a short load with kills, and schemathesis. PostgreSQL comes from Debian's packages into a
    /// private folder; nothing is installed on the machine.
    Service {
        /// The load alone, for so many seconds on each database
        #[arg(long, value_name = "SECONDS")]
        load: Option<u64>,
        /// How often the service is killed during the load
        #[arg(long, default_value_t = 10, requires = "load")]
        kills: u64,
        /// Measures a release build on both databases instead, and writes the table into its README
        #[arg(long, conflicts_with = "load")]
        measure: bool,
    },
    /// Starts the page of examples/web on this machine
    ///
    /// Builds the npm package where it is not built, then the page, and serves it until it is interrupted. The page
    /// works offline once it is loaded.
    Web {
        /// Serves the sources instead, and follows their changes
        #[arg(long)]
        dev: bool,
    },
}

fn main() -> Result<ExitCode> {
    let command = Arguments::parse().command;
    let workspace = Workspace::find()?;
    match command {
        Command::Test { step } => return test::run(&workspace, step.as_deref()),
        Command::Package { npm: false } => {
            setup::all(&workspace)?;
            package::run(&workspace)?;
        }
        Command::Package { npm: true } => {
            setup::node_packages(&workspace)?;
            package::npm(&workspace)?;
        }
        Command::Docs => docs::run(&workspace)?,
        Command::Bless => bless::run(&workspace)?,
        Command::Bench { arguments } => bench::run(&workspace, &arguments)?,
        Command::Compare { commit } => compare::compare(&workspace, &commit)?,
        Command::Try => crates::try_out(&workspace)?,
        Command::Campaign(options) => return Ok(campaign::run(&workspace, &options)),
        Command::Service { measure: true, .. } => service::measure(&workspace)?,
        Command::Service { load: Some(seconds), kills, .. } => service::load(&workspace, seconds, kills)?,
        Command::Service { load: None, .. } => {
            setup::python_tools(&workspace)?;
            let counts = service::test(&workspace)?;
            println!("{counts}");
            if counts.failed > 0 {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Web { dev } => web::serve(&workspace, dev)?,
    }
    Ok(ExitCode::SUCCESS)
}
