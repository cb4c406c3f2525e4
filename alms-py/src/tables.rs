//! Tables through the Arrow PyCapsule interface: any library's go in, and any library reads what comes out.

use crate::convert::{Refusal, optional, read_date};
use crate::fleet::{self, AccountResult, AccountRow, SystemResult, SystemRow};
use crate::plan::read_policy;
use alms_core::migration::Plan;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray, StructArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
use arrow_select::concat::concat_batches;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;
use std::sync::Arc;

/// A table that any Arrow consumer reads.
#[pyclass(frozen, module = "alms", name = "Table")]
pub(crate) struct Table(RecordBatch);

#[pymethods]
impl Table {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.0.schema_ref().as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: ArrayRef = Arc::new(StructArray::from(self.0.clone()));
        let field = Field::new_struct("", self.0.schema_ref().fields().clone(), false);
        let stream = ArrayIterator::new([Ok(rows)], Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<Table: {} rows, {}>", self.0.num_rows(), self.column_names().join(", "))
    }
}

/// Plans every account of a fleet; gives the table of systems and the table of accounts.
#[pyfunction]
pub(crate) fn plan_fleet(
    py: Python<'_>,
    systems: &Bound<'_, PyAny>,
    accounts: &Bound<'_, PyAny>,
    on: Option<&Bound<'_, PyAny>>,
    policy: &Bound<'_, PyAny>,
) -> PyResult<(Table, Table)> {
    let read = || -> Result<_, Refusal> { Ok((optional(on, "on", read_date)?, read_policy(policy)?)) };
    let (on, policy) = read().map_err(|refusal| refusal.raise(py, "MigrationError"))?;
    let policy = policy.ok_or_else(|| {
        let message = "a number of the policy is too large; give a smaller one".to_owned();
        Refusal::value("out_of_range", "policy", message).raise(py, "MigrationError")
    })?;
    let (systems, accounts) = (batch(systems, "systems")?, batch(accounts, "accounts")?);
    py.detach(|| {
        let given = SystemColumns::of(&systems)?;
        let pools = AccountColumns::of(&accounts)?;
        let (planned, plans) = fleet::plan(&given.rows(), &pools.rows(), on, &policy);
        Ok((Table(with_results(&systems, &planned)?), Table(account_table(&pools, &plans)?)))
    })
}

/// The rows of a table as one batch.
fn batch(table: &Bound<'_, PyAny>, name: &str) -> PyResult<RecordBatch> {
    if !(table.hasattr("__arrow_c_stream__")? || table.hasattr("__arrow_c_array__")?) {
        let kind = table.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "{name} must be a table that speaks Arrow (pandas, Polars, pyarrow, DuckDB), not {kind}"
        )));
    }
    let (batches, schema) = table.extract::<AnyRecordBatch>()?.into_table()?.into_inner();
    concat_batches(&schema, &batches).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A column as this type.
fn column(batch: &RecordBatch, table: &str, name: &str, wanted: &DataType) -> PyResult<Option<ArrayRef>> {
    let Some(column) = batch.column_by_name(name) else { return Ok(None) };
    let given = column.data_type();
    let refused = || {
        let form = match wanted {
            DataType::Date32 => "dates without a time of day",
            DataType::Int64 => "integers",
            _ => "texts",
        };
        PyTypeError::new_err(format!("the column {table}.{name} must hold {form}, not {given}"))
    };
    let inner = match given {
        DataType::Dictionary(_, values) => values.as_ref(),
        other => other,
    };
    let fits = match wanted {
        DataType::Date32 => {
            matches!(inner, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _) | DataType::Null)
        }
        DataType::Int64 => inner.is_integer() || matches!(inner, DataType::Null),
        // Accounts may be numbered.
        _ => {
            matches!(inner, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
                || (inner.is_integer() && name == "account")
        }
    };
    if !fits {
        return Err(refused());
    }
    let converted = cast(column, wanted).map_err(|_| refused())?;
    if matches!(given, DataType::Timestamp(_, _) | DataType::Date64) {
        // A time of day would be lost without a word.
        let back = cast(&converted, given).map_err(|_| refused())?;
        if &back != column {
            return Err(refused());
        }
    }
    Ok(Some(converted))
}

fn needed(batch: &RecordBatch, table: &str, name: &str, wanted: &DataType) -> PyResult<ArrayRef> {
    column(batch, table, name, wanted)?
        .ok_or_else(|| PyTypeError::new_err(format!("the table {table} has no column {name}; add it")))
}

/// The columns of the systems that the rules ask for.
struct SystemColumns {
    account: ArrayRef,
    state: ArrayRef,
    last_communication: ArrayRef,
    support_end: ArrayRef,
    model: Option<ArrayRef>,
}

impl SystemColumns {
    fn of(batch: &RecordBatch) -> PyResult<Self> {
        let table = "systems";
        Ok(Self {
            account: needed(batch, table, "account", &DataType::Utf8)?,
            state: needed(batch, table, "state", &DataType::Utf8)?,
            last_communication: needed(batch, table, "last_communication", &DataType::Date32)?,
            support_end: needed(batch, table, "support_end", &DataType::Date32)?,
            model: column(batch, table, "model", &DataType::Utf8)?,
        })
    }

    fn rows(&self) -> Vec<SystemRow<'_>> {
        let (account, state) = (self.account.as_string::<i32>(), self.state.as_string::<i32>());
        let days = |dates: &'_ ArrayRef| dates.as_primitive::<Date32Type>().clone();
        let (last, support) = (days(&self.last_communication), days(&self.support_end));
        let model = self.model.as_ref().map(|model| model.as_string::<i32>());
        (0..account.len())
            .map(|row| SystemRow {
                account: text(account, row),
                state: text(state, row),
                last_communication: last.is_valid(row).then(|| last.value(row)),
                support_end: support.is_valid(row).then(|| support.value(row)),
                model: model.and_then(|model| text(model, row)),
            })
            .collect()
    }
}

/// The columns of the accounts.
struct AccountColumns {
    account: ArrayRef,
    tokens: ArrayRef,
    on: Option<ArrayRef>,
}

impl AccountColumns {
    fn of(batch: &RecordBatch) -> PyResult<Self> {
        let table = "accounts";
        Ok(Self {
            account: needed(batch, table, "account", &DataType::Utf8)?,
            tokens: needed(batch, table, "tokens", &DataType::Int64)?,
            on: column(batch, table, "on", &DataType::Date32)?,
        })
    }

    fn rows(&self) -> Vec<AccountRow<'_>> {
        let account = self.account.as_string::<i32>();
        let tokens = self.tokens.as_primitive::<Int64Type>();
        let on = self.on.as_ref().map(|on| on.as_primitive::<Date32Type>());
        (0..account.len())
            .map(|row| AccountRow {
                account: text(account, row),
                tokens: tokens.is_valid(row).then(|| tokens.value(row)),
                on: on.filter(|on| on.is_valid(row)).map(|on| on.value(row)),
            })
            .collect()
    }
}

fn text(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

/// The table with the columns of the plan behind its own.
fn with_results(batch: &RecordBatch, results: &[SystemResult]) -> PyResult<RecordBatch> {
    let outcome: StringArray =
        results.iter().map(|row| row.outcome.map(|outcome| outcome.as_str())).collect();
    let end_date: Date32Array = results.iter().map(|row| row.end_date.and_then(fleet::days)).collect();
    let tokens: Int64Array = results.iter().map(|row| row.tokens).collect();
    let rule: StringArray = results.iter().map(|row| row.rule.map(|rule| rule.as_str())).collect();
    let error: StringArray = results.iter().map(|row| row.error).collect();
    let own: [(&str, ArrayRef); 5] = [
        ("outcome", Arc::new(outcome)),
        ("end_date", Arc::new(end_date)),
        ("tokens", Arc::new(tokens)),
        ("rule", Arc::new(rule)),
        ("error", Arc::new(error)),
    ];
    for (name, _) in &own {
        if batch.column_by_name(name).is_some() {
            let message = format!("the table systems has a column {name} already; rename it");
            return Err(PyTypeError::new_err(message));
        }
    }
    let schema = batch.schema();
    let given =
        schema.fields().iter().map(|field| field.as_ref().clone()).zip(batch.columns().iter().cloned());
    table(given.chain(own.map(|(name, column)| (Field::new(name, column.data_type().clone(), true), column))))
}

/// A row per account with the figures of its plan.
fn account_table(pools: &AccountColumns, results: &[AccountResult]) -> PyResult<RecordBatch> {
    let figure = |of: fn(&Plan<()>) -> Option<i64>| -> ArrayRef {
        Arc::new(results.iter().map(|row| row.plan.as_ref().and_then(of)).collect::<Int64Array>())
    };
    let day = |of: fn(&Plan<()>) -> Option<i32>| -> ArrayRef {
        Arc::new(results.iter().map(|row| row.plan.as_ref().and_then(of)).collect::<Date32Array>())
    };
    let planned: BooleanArray = results.iter().map(|row| Some(row.plan.is_some())).collect();
    let error: StringArray = results.iter().map(|row| row.error).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("account", Arc::clone(&pools.account)),
        ("on", day(|plan| fleet::days(plan.on))),
        ("planned", Arc::new(planned)),
        ("error", Arc::new(error)),
        ("opening", figure(|plan| Some(plan.tokens.opening.get()))),
        ("written_off", figure(|plan| Some(plan.tokens.written_off.get()))),
        ("complete", figure(|plan| Some(plan.tokens.complete.get()))),
        ("basic", figure(|plan| Some(plan.tokens.basic.get()))),
        ("pro_rata", figure(|plan| Some(plan.tokens.pro_rata.get()))),
        ("unallocated", figure(|plan| Some(plan.tokens.unallocated.get()))),
        ("overgranted", figure(|plan| Some(plan.tokens.overgranted.get()))),
        ("shortfall", figure(|plan| Some(plan.tokens.shortfall.get()))),
        ("basic_systems", figure(|plan| plan.basic.map(|basic| i64::from(basic.systems)))),
        ("months_numerator", figure(|plan| plan.basic.map(|basic| basic.months.numerator))),
        ("months_denominator", figure(|plan| plan.basic.map(|basic| basic.months.denominator))),
        ("granted_months", figure(|plan| plan.basic.map(|basic| basic.granted_months.get()))),
        ("granted_days", figure(|plan| plan.basic.map(|basic| i64::from(basic.granted_days)))),
        ("basic_end_date", day(|plan| plan.basic.and_then(|basic| fleet::days(basic.end_date)))),
        ("deleted", figure(|plan| Some(plan.summary.deleted.into()))),
        ("inventory", figure(|plan| Some(plan.summary.inventory.into()))),
        ("airlink_complete", figure(|plan| Some(plan.summary.airlink_complete.into()))),
        ("airlink_basic", figure(|plan| Some(plan.summary.airlink_basic.into()))),
    ];
    let field =
        |(name, column): (&str, ArrayRef)| (Field::new(name, column.data_type().clone(), true), column);
    table(columns.into_iter().map(field))
}

fn table(columns: impl Iterator<Item = (Field, ArrayRef)>) -> PyResult<RecordBatch> {
    let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns.unzip();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
        .map_err(|error| PyValueError::new_err(error.to_string()))
}
