//! Errors of the core as Python exceptions, a class for each area.

use alms_core::wire;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// What makes an exception of an operation's name and an error in the wire form. The classes are written in Python,
/// where they are documented, subclassed and pickled without help.
static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The Python exception for an error of the core in the area of the operation `op`.
pub(crate) fn raise(py: Python<'_>, op: &str, error: &wire::Error) -> PyErr {
    exception(py, op, &error.to_json()).map_or_else(|failure| failure, PyErr::from_value)
}

fn exception<'py>(py: Python<'py>, op: &str, error: &str) -> PyResult<Bound<'py, PyAny>> {
    let make = MAKE.get_or_try_init(py, || {
        let class = py.import("alms._errors")?.getattr("AlmsError")?;
        class.getattr("of_operation").map(Bound::unbind)
    })?;
    make.bind(py).call1((op, error))
}
