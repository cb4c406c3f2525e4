//! `alms.System`.

use crate::convert::{Refusal, optional, read_date, read_json, read_name, read_text, write_date};
use crate::error::raise;
use crate::names::Name as _;
use crate::{json, protocol};
use alms_core::wire;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyTuple};

/// The names of the fields, for `match`.
type MatchArgs =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// A router or gateway of an account.
#[pyclass(frozen, eq, hash, module = "alms", name = "System")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct System(pub(crate) alms_core::account::System);

#[pymethods]
impl System {
    #[new]
    #[pyo3(signature = (
        serial, model, state, last_communication=None, support_end=None, warranty_end=None, sku_region=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "the fields of a system")]
    fn new(
        py: Python<'_>,
        serial: &Bound<'_, PyAny>,
        model: &Bound<'_, PyAny>,
        state: &Bound<'_, PyAny>,
        last_communication: Option<&Bound<'_, PyAny>>,
        support_end: Option<&Bound<'_, PyAny>>,
        warranty_end: Option<&Bound<'_, PyAny>>,
        sku_region: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let read = || -> Result<alms_core::account::System, Refusal> {
            Ok(alms_core::account::System {
                serial: read_text(serial, "serial")?,
                model: read_text(model, "model")?,
                state: read_name(state, "state")?,
                last_communication: optional(last_communication, "last_communication", read_date)?,
                support_end: optional(support_end, "support_end", read_date)?,
                warranty_end: optional(warranty_end, "warranty_end", read_date)?,
                sku_region: optional(sku_region, "sku_region", read_name)?,
            })
        };
        read().map(Self).map_err(|refusal| refusal.raise(py, "SystemsError"))
    }

    #[classattr]
    fn __match_args__() -> MatchArgs {
        ("serial", "model", "state", "last_communication", "support_end", "warranty_end", "sku_region")
    }

    #[getter]
    fn serial(&self) -> &str {
        self.0.serial.as_str()
    }

    #[getter]
    fn model(&self) -> &str {
        self.0.model.as_str()
    }

    #[getter]
    fn state(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.0.state.member(py)
    }

    #[getter]
    fn last_communication<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.last_communication.map(|date| write_date(py, date)).transpose()
    }

    #[getter]
    fn support_end<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.support_end.map(|date| write_date(py, date)).transpose()
    }

    #[getter]
    fn warranty_end<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.warranty_end.map(|date| write_date(py, date)).transpose()
    }

    #[getter]
    fn sku_region(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.0.sku_region.map(|region| region.member(py)).transpose()
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::from_json(&json::dumps(document)?)
    }

    #[staticmethod]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let text = &*read_json(text, "SystemsError")?;
        wire::system_from_json(text).map(Self).map_err(|error| raise(py, "systems", &error))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, &self.to_json())
    }

    fn to_json(&self) -> String {
        wire::system_to_json(&self.0)
    }

    #[pyo3(signature = (**changes))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        protocol::replace(slf.as_any(), changes)
    }

    #[pyo3(signature = (**changes))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        protocol::replace(slf.as_any(), changes)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        protocol::repr(slf.as_any())
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        protocol::reduce(slf.as_any())
    }
}
