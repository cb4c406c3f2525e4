//! Tables through the Arrow PyCapsule interface: any library's go in, and any library reads what comes out.

use crate::convert::{Refusal, optional, read_date};
use crate::fleet::{self, Given};
use crate::plan::read_policy;
use alms_core::migration::columns::Scenario;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{Field, FieldRef, Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;
use std::sync::Arc;

/// A table that any Arrow consumer reads.
#[pyclass(frozen, module = "alms", name = "Table")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) const fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }
}

#[pymethods]
impl Table {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: Vec<ArrayRef> =
            self.batches.iter().map(|batch| Arc::new(StructArray::from(batch.clone())) as ArrayRef).collect();
        let field = Field::new_struct("", self.schema.fields().clone(), false);
        let stream = ArrayIterator::new(rows.into_iter().map(Ok), Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<Table: {} rows, {}>", self.__len__(), self.column_names().join(", "))
    }
}

/// A migration date and a policy as Python has them.
type PlainScenario<'py> = (Option<Bound<'py, PyAny>>, Bound<'py, PyAny>);

/// Plans every account of a fleet under every scenario; gives a table of systems and a table of accounts for each.
#[pyfunction]
pub(crate) fn plan_fleet(
    py: Python<'_>,
    systems: &Bound<'_, PyAny>,
    accounts: &Bound<'_, PyAny>,
    scenarios: Vec<PlainScenario<'_>>,
) -> PyResult<Vec<(Table, Table)>> {
    let scenarios: Result<Vec<Scenario>, Refusal> = scenarios.iter().map(read_scenario).collect();
    let scenarios = scenarios.map_err(|refusal| refusal.raise(py, "MigrationError"))?;
    let (systems, accounts) = (given(systems, "systems")?, given(accounts, "accounts")?);
    py.detach(|| fleet::plan(&systems, &accounts, &scenarios))
}

fn read_scenario((on, policy): &PlainScenario<'_>) -> Result<Scenario, Refusal> {
    let on = optional(on.as_ref(), "on", read_date)?;
    let policy = read_policy(policy)?;
    Ok(Scenario { on, policy })
}

/// A table with all its batches.
fn given(table: &Bound<'_, PyAny>, name: &str) -> PyResult<Given> {
    if !(table.hasattr("__arrow_c_stream__")? || table.hasattr("__arrow_c_array__")?) {
        let kind = table.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "{name} must be a table that speaks Arrow (pandas, Polars, pyarrow, DuckDB), not {kind}"
        )));
    }
    let (batches, schema) = table.extract::<AnyRecordBatch>()?.into_table()?.into_inner();
    Ok(Given { schema, batches })
}

/// A schema of these fields.
pub(crate) fn joined(fields: impl Iterator<Item = FieldRef>) -> SchemaRef {
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// A batch of these columns, of which there is at least one.
pub(crate) fn batch(schema: &SchemaRef, columns: Vec<ArrayRef>) -> PyResult<RecordBatch> {
    RecordBatch::try_new(schema.clone(), columns).map_err(|error| PyValueError::new_err(error.to_string()))
}
