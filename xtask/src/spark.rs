//! Spark: the tests of `examples/spark`, in a virtual environment of their own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::counts::Counts;
use crate::process::{ask, run};
use crate::workspace::Workspace;
use crate::{python, setup};

const JAVA_MAJOR_MIN: u32 = 17;

/// Runs the tests on a local Spark; what they need is installed unless it was before.
pub(crate) fn test(workspace: &Workspace, wheel: &Path) -> Result<Counts> {
    require_java()?;
    let venv = workspace.target().join("spark-venv");
    let requirements = workspace.root().join("examples/spark/requirements-spark.txt");
    setup::unless_current(&requirements, &venv.join("installed.txt"), || {
        python::create_venv(&python::system()?, &venv)?;
        run(python::pip_install(&venv).arg("--requirement").arg(&requirements))
    })?;
    python::install_wheel(&venv, wheel)?;
    python::pytest(workspace, &venv, &[python::WITH_SPARK])
}

/// Spark runs the Java of `$JAVA_HOME`, else the one in the path.
fn require_java() -> Result<()> {
    let java = std::env::var_os("JAVA_HOME")
        .map_or_else(|| PathBuf::from("java"), |home| Path::new(&home).join("bin").join("java"));
    let answer = ask(Command::new(java).arg("--version"));
    let version =
        answer.context("install Java 17 or newer (such as openjdk-17-jre-headless), or set JAVA_HOME")?;
    let major = version.split_whitespace().nth(1).and_then(|number| number.split('.').next());
    if major.and_then(|major| major.parse::<u32>().ok()).is_none_or(|major| major < JAVA_MAJOR_MIN) {
        let found = version.lines().next().unwrap_or_default();
        bail!("Spark needs Java {JAVA_MAJOR_MIN} or newer, not {found}; install it, or set JAVA_HOME");
    }
    Ok(())
}
