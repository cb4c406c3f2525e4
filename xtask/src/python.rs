//! Python: virtual environments, the wheel, its tests.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::counts::{Counts, Runner};
use crate::process::{ask, run, run_counted};
use crate::workspace::Workspace;

/// The Python that the virtual environments are made of: `$PYTHON`, else `python3`.
pub(crate) fn system() -> Result<PathBuf> {
    let python = std::env::var_os("PYTHON").map_or_else(|| "python3".into(), PathBuf::from);
    let question = "import sys; print(sys.version_info >= (3, 11))";
    let answer = ask(Command::new(&python).args(["-c", question]));
    if answer.context("install Python 3.11 or newer, or set PYTHON to it")? != "True" {
        bail!("{} is too old; install Python 3.11 or newer, or set PYTHON to it", python.display());
    }
    Ok(python)
}

/// The virtual environment with the tools.
pub(crate) fn tools(workspace: &Workspace) -> PathBuf {
    workspace.root().join(".venv")
}

/// The list of the tools, with their versions.
pub(crate) fn requirements(workspace: &Workspace) -> PathBuf {
    workspace.python_package().join("requirements-dev.txt")
}

/// Makes a new, empty virtual environment.
pub(crate) fn create_venv(python: &Path, venv: &Path) -> Result<()> {
    run(Command::new(python).args(["-m", "venv", "--clear"]).arg(venv))
}

/// `pip install` into a virtual environment. Half its time would go into compiling modules, most of which are never imported.
pub(crate) fn pip_install(venv: &Path) -> Command {
    let mut command = module(venv, "pip");
    command.args(["install", "--quiet", "--disable-pip-version-check", "--no-compile"]);
    command
}

/// Builds the wheel into `dist`.
pub(crate) fn build_wheel(workspace: &Workspace, dist: &Path) -> Result<()> {
    let manifest = workspace.python_package().join("Cargo.toml");
    let mut maturin = module(&tools(workspace), "maturin");
    maturin.args(["build", "--release"]).arg("--manifest-path").arg(manifest).arg("--out").arg(dist);
    run(maturin.current_dir(workspace.root()))
}

/// The tests that need table libraries, matplotlib or rich.
const WITH_LIBRARIES: &str = "tests/with_libraries";

/// The tests that need Spark.
pub(crate) const WITH_SPARK: &str = "tests/with_spark";

/// What the other tests need beside the wheel.
const TEST_PACKAGES: [&str; 4] = ["hypothesis", "icalendar", "pytest", "python-dateutil"];

/// Runs the tests against the wheel, alone with what they need in a new virtual environment.
pub(crate) fn test_wheel(workspace: &Workspace, wheel: &Path) -> Result<Counts> {
    test_wheel_under(workspace, wheel, &[])
}

/// The same, with some settings of the interpreter.
pub(crate) fn test_wheel_under(
    workspace: &Workspace,
    wheel: &Path,
    settings: &[(&str, &str)],
) -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let venv = folder.path().join("venv");
    create_venv(&interpreter(&tools(workspace)), &venv)?;
    run(pip_install(&venv).arg("--constraint").arg(requirements(workspace)).args(TEST_PACKAGES).arg(wheel))?;
    pytest_under(workspace, &venv, &["--ignore", WITH_LIBRARIES, "--ignore", WITH_SPARK], settings)
}

/// Runs the tests that need other libraries, in the environment of the tools, which has them and the wheel.
pub(crate) fn test_with_libraries(workspace: &Workspace, wheel: &Path) -> Result<Counts> {
    install_wheel(&tools(workspace), wheel)?;
    pytest(workspace, &tools(workspace), &[WITH_LIBRARIES])
}

/// Runs pytest in the package's folder.
pub(crate) fn pytest(workspace: &Workspace, venv: &Path, arguments: &[&str]) -> Result<Counts> {
    pytest_under(workspace, venv, arguments, &[])
}

fn pytest_under(
    workspace: &Workspace,
    venv: &Path,
    arguments: &[&str],
    settings: &[(&str, &str)],
) -> Result<Counts> {
    let color = if std::io::stdout().is_terminal() { "--color=yes" } else { "--color=auto" };
    let mut pytest = module(venv, "pytest");
    pytest.arg(color).args(arguments).current_dir(workspace.python_package()).envs(settings.iter().copied());
    run_counted(&mut pytest, Runner::Pytest)
}

/// Installs the wheel, whichever was there before.
pub(crate) fn install_wheel(venv: &Path, wheel: &Path) -> Result<()> {
    run(pip_install(venv).args(["--force-reinstall", "--no-deps"]).arg(wheel))
}

/// Where Python is beside the package, seen from there.
const PYTHON_FOLDERS: [&str; 4] =
    ["../examples/fleet", "../examples/python", "../examples/spark", "../benches/python"];

/// Builds the pages of the Python package; a broken link in them is an error.
pub(crate) fn build_pages(workspace: &Workspace) -> Result<()> {
    let mut mkdocs = module(&tools(workspace), "mkdocs");
    mkdocs.args(["build", "--quiet", "--clean", "--site-dir"]).arg(workspace.target().join("python-pages"));
    run(mkdocs.env("NO_MKDOCS_2_WARNING", "1").current_dir(workspace.python_package()))
}

/// Checks the code and the types of the package, its tests and examples, and the stubs against the installed wheel.
pub(crate) fn check_types(workspace: &Workspace, wheel: &Path) -> Result<()> {
    let venv = tools(workspace);
    install_wheel(&venv, wheel)?;
    run(module(&venv, "ruff")
        .args(["check", "."])
        .args(PYTHON_FOLDERS)
        .args(["--config", "pyproject.toml"])
        .current_dir(workspace.python_package()))?;
    run(module(&venv, "mypy").current_dir(workspace.python_package()))?;
    let mut pyright = module(&venv, "pyright");
    run(pyright.arg("--pythonpath").arg(interpreter(&venv)).current_dir(workspace.python_package()))?;
    // Elsewhere, so that the stubs of the installed package are read and not those of the checkout.
    run(module(&venv, "mypy.stubtest").arg("alms").current_dir(workspace.target()))
}

/// A program that a package put into the virtual environment with the tools.
pub(crate) fn script(workspace: &Workspace, name: &str) -> PathBuf {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    tools(workspace).join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name)
}

fn module(venv: &Path, name: &str) -> Command {
    let mut command = Command::new(interpreter(venv));
    command.args(["-m", name]);
    command
}

/// The interpreter of a virtual environment.
pub(crate) fn interpreter(venv: &Path) -> PathBuf {
    venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}
