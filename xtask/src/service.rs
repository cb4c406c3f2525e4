//! The service of `examples/service`: its tests on both databases, schemathesis, and the load with kills.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

use crate::counts::{Counts, Runner};
use crate::postgres::Server;
use crate::process::{cargo, run, run_counted};
use crate::python;
use crate::workspace::Workspace;

/// As many requests schemathesis invents for each operation and phase.
const EXAMPLES: &str = "20";

/// Where its tests look for a PostgreSQL server.
pub(crate) const POSTGRES: &str = "ALMS_SERVICE_POSTGRES";

/// Tests, a short load with two kills, and schemathesis, each on SQLite and on PostgreSQL.
pub(crate) fn test(workspace: &Workspace) -> Result<Counts> {
    let postgres = Server::start(workspace)?;
    let mut tests = cargo(workspace.root());
    tests.args(["test", "--package", "alms-service", "--all-features", "--no-fail-fast"]);
    let counts = run_counted(tests.env(POSTGRES, postgres.url()), Runner::Cargo)?;
    Ok(counts.plus(schemathesis_beside(workspace, &postgres)?))
}

/// Schemathesis alone, on SQLite and on PostgreSQL; the service is built.
pub(crate) fn schemathesis(workspace: &Workspace) -> Result<Counts> {
    schemathesis_beside(workspace, &Server::start(workspace)?)
}

fn schemathesis_beside(workspace: &Workspace, postgres: &Server) -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let sqlite = format!("sqlite://{}", folder.path().join("schemathesis.db").display());
    let databases = [sqlite, postgres.url()];
    for database in &databases {
        schemathesis_on(workspace, database)?;
    }
    Ok(Counts { passed: u64::try_from(databases.len())?, failed: 0 })
}

/// The load with kills, on SQLite and on PostgreSQL, each for so many seconds.
pub(crate) fn load(workspace: &Workspace, seconds: u64, kills: u64) -> Result<()> {
    let postgres = Server::start(workspace)?;
    // Without --release: what it waits for is the disk, and the tests have built it already.
    run(cargo(workspace.root()).args(["build", "--package", "alms-service"]))?;
    let folder = tempfile::tempdir()?;
    let sqlite = format!("sqlite://{}", folder.path().join("load.db").display());
    for database in [sqlite, postgres.url()] {
        let mut load = Command::new(program(workspace, "load"));
        load.args([
            "--seconds",
            &seconds.to_string(),
            "--kills",
            &kills.to_string(),
            "--database",
            &database,
        ]);
        run(&mut load)?;
    }
    Ok(())
}

/// Measures a release build on SQLite and PostgreSQL, and writes the table into the README.
pub(crate) fn measure(workspace: &Workspace) -> Result<()> {
    let postgres = Server::start(workspace)?;
    let build =
        ["build", "--release", "--package", "alms-service", "--bin", "alms-service", "--bin", "measure"];
    run(cargo(workspace.root()).args(build))?;
    // A disk, not memory: what a commit waits for is part of the figures.
    let folder = tempfile::tempdir_in(workspace.target())?;
    let sqlite = format!("sqlite://{}", folder.path().join("measure.db").display());
    let mut measure = Command::new(workspace.target().join("release").join(name("measure")));
    measure.args(["--database", &sqlite, "--database", &postgres.url()]);
    run(measure.arg("--readme").arg(workspace.root().join("examples/service/README.md")))
}

/// A service that ends with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Requests invented from the service's own description find nothing that it does not describe.
fn schemathesis_on(workspace: &Workspace, database: &str) -> Result<()> {
    let mut service = Command::new(program(workspace, "alms-service"));
    service.args(["--insecure", "--log", "error", "--listen", "127.0.0.1:0", "--database", database]);
    let mut service = Running(service.stdout(Stdio::piped()).spawn().context("cannot start the service")?);
    let output = service.0.stdout.take().context("the service has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on ").context("the service did not start")?;

    let folder = workspace.root().join("examples/service");
    let mut schemathesis = Command::new(python::script(workspace, "schemathesis"));
    schemathesis.arg("--config-file").arg(folder.join("schemathesis.toml"));
    // In the configuration their path would be taken from where it runs.
    schemathesis.env("SCHEMATHESIS_HOOKS", folder.join("schemathesis_hooks.py"));
    schemathesis.args(["run", "--max-examples", EXAMPLES, &format!("{address}/openapi.json")]);
    // It writes what it remembers where it runs.
    run(schemathesis.current_dir(workspace.target()))
}

/// A program of the package, as cargo built it.
fn program(workspace: &Workspace, program: &str) -> PathBuf {
    workspace.target().join("debug").join(name(program))
}

fn name(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}
