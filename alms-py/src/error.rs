//! Errors of the core as the Python exception `alms.AlmsError`.

use alms_core::wire;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The exception class. It is written in Python, where it is documented, subclassed and pickled without help.
static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The Python exception for an error of the core.
pub(crate) fn raise(py: Python<'_>, error: &wire::Error) -> PyErr {
    CLASS
        .import(py, "alms._errors", "AlmsError")
        .and_then(|class| class.call_method1("from_json", (error.to_json(),)))
        .map_or_else(|failure| failure, PyErr::from_value)
}
