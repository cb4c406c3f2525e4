//! The packages as a user gets them: in clean projects, and Python with an allocator that looks.

use anyhow::Result;

use super::Found;
use crate::workspace::Workspace;
use crate::{npm, package, python, setup};

/// Fills what is freed, guards what is allocated, and reports whoever calls it without the interpreter's lock.
const DEBUG: [(&str, &str); 2] = [("PYTHONMALLOC", "debug"), ("PYTHONDEVMODE", "1")];

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    setup::all(workspace)?;
    package::run(workspace)?;
    let python = python::test_wheel_under(workspace, &package::wheel(workspace)?, &DEBUG)?;
    let node = npm::test_tarball(workspace, &package::tarball(workspace)?)?;
    let figure = format!(
        "{} tests of the wheel under the debug allocator, {} of the npm package; {} failed",
        python.passed,
        node.passed,
        python.failed.saturating_add(node.failed)
    );
    Ok(Found::checked(python.failed == 0 && node.failed == 0, figure))
}
