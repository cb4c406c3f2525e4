//! What becomes of a fleet, as tables.

use super::given::Given;
use crate::tables::{Table, batch, joined};
use alms_core::migration::Outcome;
use alms_core::migration::columns::{
    AccountColumns, AccountError, NO_DAY, NO_OUTCOME, Reason, RowError, SystemColumns,
};
use arrow_array::types::Int8Type;
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, Int64Array, StringArray,
};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::Field;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;

/// The columns that a plan adds to those of the systems.
pub(super) const SYSTEM_COLUMNS: [&str; 5] = ["outcome", "end_date", "tokens", "rule", "error"];

/// The table that was given, in its batches, with the columns of the plan behind its own.
pub(super) fn of_systems(given: &Given, plan: SystemColumns) -> PyResult<Table> {
    let columns = system_columns(plan)?;
    let fields = SYSTEM_COLUMNS.iter().zip(&columns);
    let fields = fields.map(|(name, column)| Arc::new(Field::new(*name, column.data_type().clone(), true)));
    let schema = joined(given.schema.fields().iter().cloned().chain(fields));
    let mut start = 0;
    let mut batches = Vec::with_capacity(given.batches.len());
    for given in &given.batches {
        let own = columns.iter().map(|column| column.slice(start, given.num_rows()));
        batches.push(batch(&schema, given.columns().iter().cloned().chain(own).collect())?);
        start = start.saturating_add(given.num_rows());
    }
    Ok(Table::new(schema, batches))
}

fn system_columns(plan: SystemColumns) -> PyResult<[ArrayRef; 5]> {
    let SystemColumns { outcome, reason, end_date, tokens } = plan;
    let has_errors = outcome.contains(&NO_OUTCOME);
    let planned = has_errors.then(|| bits(&outcome, |outcome| outcome != NO_OUTCOME));
    let failed = planned
        .as_ref()
        .map_or_else(|| NullBuffer::new_null(outcome.len()), |planned| NullBuffer::new(!planned.inner()));
    let rules = Reason::RULES.map(|rule| rule.as_str());
    let first_error = RowError::MissingAccount.code();
    Ok([
        named(&outcome, 0, planned.clone(), Outcome::NAMES)?,
        Arc::new(Date32Array::new(end_date.clone().into(), Some(bits(&end_date, |day| day != NO_DAY)))),
        Arc::new(Int64Array::new(tokens.iter().copied().map(i64::from).collect(), planned.clone())),
        named(&reason, 0, planned, &rules)?,
        named(&reason, first_error, Some(failed), RowError::NAMES)?,
    ])
}

/// The names of codes that count from `first`, each name once in memory; a code of no name stands where there is null.
fn named(codes: &[u8], first: u8, nulls: Option<NullBuffer>, names: &[&str]) -> PyResult<ArrayRef> {
    // Beyond the names only where it is null, but an array holds none of those either.
    let key = |code: &u8| {
        let key = code.wrapping_sub(first);
        if usize::from(key) < names.len() { key.cast_signed() } else { 0 }
    };
    let keys = Int8Array::new(codes.iter().map(key).collect(), nulls);
    let names = StringArray::from_iter_values(names);
    let array = DictionaryArray::<Int8Type>::try_new(keys, Arc::new(names));
    Ok(Arc::new(array.map_err(|error| PyValueError::new_err(error.to_string()))?))
}

/// A bit for each value.
fn bits<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> NullBuffer {
    let at = |index: usize| values.get(index).is_some_and(|value| holds(*value));
    NullBuffer::new(BooleanBuffer::collect_bool(values.len(), at))
}

/// A row per account with the figures of its plan.
pub(super) fn of_accounts(account: &ArrayRef, plan: &AccountColumns) -> PyResult<Table> {
    let planned = bits(&plan.error, |error| error == 0);
    let with_basic = bits(&plan.airlink_basic, |systems| systems > 0);
    let with_basic = NullBuffer::union(Some(&planned), Some(&with_basic));
    let days = |days: &[i32], nulls: &Option<NullBuffer>| -> ArrayRef {
        Arc::new(Date32Array::new(days.to_vec().into(), nulls.clone()))
    };
    let error = plan.error.iter().map(|code| AccountError::from_code(*code).map(AccountError::as_str));
    let (error, is_planned) =
        (error.collect::<StringArray>(), BooleanArray::new(planned.inner().clone(), None));
    let planned = Some(planned);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("account", account.clone()),
        ("on", days(&plan.on, &planned)),
        ("planned", Arc::new(is_planned)),
        ("error", Arc::new(error)),
        ("opening", figures(&plan.opening, &planned)),
        ("written_off", figures(&plan.written_off, &planned)),
        ("complete", figures(&plan.complete, &planned)),
        ("basic", figures(&plan.basic, &planned)),
        ("pro_rata", figures(&plan.pro_rata, &planned)),
        ("unallocated", figures(&plan.unallocated, &planned)),
        ("overgranted", figures(&plan.overgranted, &planned)),
        ("shortfall", figures(&plan.shortfall, &planned)),
        ("basic_systems", figures(&plan.airlink_basic, &with_basic)),
        ("months_numerator", figures(&plan.months_numerator, &with_basic)),
        ("months_denominator", figures(&plan.airlink_basic, &with_basic)),
        ("granted_months", figures(&plan.granted_months, &with_basic)),
        ("granted_days", figures(&plan.granted_days, &with_basic)),
        ("basic_end_date", days(&plan.basic_end_date, &with_basic)),
        ("deleted", figures(&plan.deleted, &planned)),
        ("inventory", figures(&plan.inventory, &planned)),
        ("airlink_complete", figures(&plan.airlink_complete, &planned)),
        ("airlink_basic", figures(&plan.airlink_basic, &planned)),
    ];
    let field =
        |(name, column): &(&str, ArrayRef)| Arc::new(Field::new(*name, column.data_type().clone(), true));
    let schema = joined(columns.iter().map(field));
    let rows = batch(&schema, columns.into_iter().map(|(_, column)| column).collect())?;
    Ok(Table::new(schema, vec![rows]))
}

fn figures<T: Copy + Into<i64>>(figures: &[T], nulls: &Option<NullBuffer>) -> ArrayRef {
    Arc::new(Int64Array::new(figures.iter().map(|figure| (*figure).into()).collect(), nulls.clone()))
}
