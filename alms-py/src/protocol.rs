//! What every value class can do, over its `__match_args__`.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

/// The values of the constructor's parameters, by name.
fn fields<'py>(value: &Bound<'py, PyAny>) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let names: Vec<String> = value.get_type().getattr("__match_args__")?.extract()?;
    names
        .into_iter()
        .map(|name| {
            let field = value.getattr(name.as_str())?;
            Ok((name, field))
        })
        .collect()
}

/// `Class(field=value, …)`.
pub(crate) fn repr(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let written = |(name, field): (String, Bound<'_, PyAny>)| Ok(format!("{name}={}", field.repr()?));
    let fields = fields(value)?.into_iter().map(written).collect::<PyResult<Vec<_>>>()?;
    Ok(format!("{}({})", value.get_type().name()?, fields.join(", ")))
}

/// The same value with other contents of some fields.
pub(crate) fn replace<'py>(
    value: &Bound<'py, PyAny>,
    changes: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = PyDict::new(value.py());
    for (name, field) in fields(value)? {
        arguments.set_item(name, field)?;
    }
    for (name, change) in changes.into_iter().flat_map(|changes| changes.iter()) {
        arguments.set_item(name, change)?;
    }
    value.get_type().call((), Some(&arguments))
}

/// How to make the value again: its class and its fields.
pub(crate) fn reduce<'py>(value: &Bound<'py, PyAny>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
    let class: Bound<'py, PyType> = value.get_type();
    let fields = fields(value)?.into_iter().map(|(_, field)| field);
    Ok((class.into_any(), PyTuple::new(value.py(), fields.collect::<Vec<_>>())?))
}
