//! What becomes of a fleet, as tables.

use super::given::Given;
use crate::tables::{Table, batch, joined};
use alms_core::migration::Outcome;
use alms_core::migration::columns::{
    AccountColumns, AccountError, NO_DAY, NO_OUTCOME, Reason, RowError, SystemColumns,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int8Type;
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, Int64Array, StringArray,
    new_null_array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field};
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
    let rows = outcome.len();
    let has_end = bits(&end_date, |day| day != NO_DAY);
    let tokens = tokens.iter().copied().map(i64::from).collect();
    let rules = Reason::RULES.map(|rule| rule.as_str());
    // Nearly always all are planned, and then no code of an error is looked at.
    let (outcomes, reasons, planned, errors) = match outcome.contains(&NO_OUTCOME) {
        false => (outcome, reason, None, no_names(rows, RowError::NAMES)),
        true => {
            let planned = bits(&outcome, |outcome| outcome != NO_OUTCOME);
            let failed = NullBuffer::new(!planned.inner());
            let errors = codes(&reason, RowError::MissingAccount.code(), RowError::NAMES);
            let (outcomes, reasons) = (codes(&outcome, 0, Outcome::NAMES), codes(&reason, 0, &rules));
            (outcomes, reasons, Some(planned), named(errors, Some(failed), RowError::NAMES)?)
        }
    };
    Ok([
        named(outcomes, planned.clone(), Outcome::NAMES)?,
        Arc::new(Date32Array::new(end_date.into(), Some(has_end))),
        Arc::new(Int64Array::new(tokens, planned.clone())),
        named(reasons, planned, &rules)?,
        errors,
    ])
}

/// The codes, counted from `first`; 0 where there is none of a name, which is where there is null.
fn codes(codes: &[u8], first: u8, names: &[&str]) -> Vec<u8> {
    let code = |code: &u8| code.checked_sub(first).filter(|code| usize::from(*code) < names.len());
    codes.iter().map(|given| code(given).unwrap_or_default()).collect()
}

/// The names of codes, each name once in memory.
fn named(codes: Vec<u8>, nulls: Option<NullBuffer>, names: &[&str]) -> PyResult<ArrayRef> {
    let rows = codes.len();
    let keys = Int8Array::new(ScalarBuffer::new(Buffer::from(codes), 0, rows), nulls);
    let names = StringArray::from_iter_values(names);
    let array = DictionaryArray::<Int8Type>::try_new(keys, Arc::new(names));
    Ok(Arc::new(array.map_err(|error| PyValueError::new_err(error.to_string()))?))
}

/// Nulls that could be one of the names: nobody has to check their codes.
fn no_names(rows: usize, names: &[&str]) -> ArrayRef {
    let kind = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
    let nulls = new_null_array(&kind, rows);
    Arc::new(nulls.as_dictionary::<Int8Type>().with_values(Arc::new(StringArray::from_iter_values(names))))
}

/// A bit for each value.
fn bits<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> NullBuffer {
    let mut bytes = Vec::with_capacity(values.len().div_ceil(8));
    let (whole, rest) = values.as_chunks::<8>();
    // Of eight at a time, without a choice, the compiler makes vector code.
    let bit = |place: usize, value: &T| u8::from(holds(*value)).wrapping_shl(place as u32);
    let byte =
        |values: &[T]| values.iter().enumerate().fold(0, |byte, (place, value)| byte | bit(place, value));
    bytes.extend(whole.iter().map(|eight| byte(eight)));
    if !rest.is_empty() {
        bytes.push(byte(rest));
    }
    NullBuffer::new(BooleanBuffer::new(bytes.into(), 0, values.len()))
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
