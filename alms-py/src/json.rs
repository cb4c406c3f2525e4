//! Python documents as JSON texts and back, by the functions that `alms.call` uses.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyModule;

static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static DUMPS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The value that a JSON text describes.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    function(py, &LOADS, "json", "loads")?.call1((text,))
}

/// A mapping in the wire form as JSON text.
pub(crate) fn dumps<'py>(document: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    function(document.py(), &DUMPS, "alms._call", "mapping_to_json")?.call1((document,))
}

fn function<'py>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyAny>>,
    module: &str,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let function =
        cell.get_or_try_init(py, || PyModule::import(py, module)?.getattr(name).map(Bound::unbind))?;
    Ok(function.bind(py).clone())
}
