//! Which rows of systems belong to which account, by the keys of the two tables.

use super::given::{cast, values_type};
use alms_core::migration::columns::{Grouping, TooManyAccounts};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Int64Array};
use arrow_schema::DataType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The rows of each account. Integers are compared as numbers, everything else as text.
pub(super) fn grouping(systems: &ArrayRef, accounts: &ArrayRef) -> PyResult<Grouping> {
    let grouped = match (integers(systems), integers(accounts)) {
        (Some(systems), Some(accounts)) => by_integers(&systems, &accounts),
        _ => by_texts(&texts(systems)?, &texts(accounts)?),
    };
    grouped.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Which rows repeat the serial of an earlier row of their account.
pub(super) fn repeats(groups: &Grouping, serials: &ArrayRef) -> PyResult<Vec<bool>> {
    if let Some(serials) = integers(serials) {
        return Ok(groups.repeats(&serials));
    }
    let serials = texts(serials)?;
    Ok(match serials.data_type() {
        DataType::Utf8 => groups.repeats(serials.as_string::<i32>()),
        DataType::Utf8View => groups.repeats(serials.as_string_view()),
        _ => groups.repeats(serials.as_string::<i64>()),
    })
}

/// The keys as integers, if all of them are.
fn integers(keys: &ArrayRef) -> Option<Int64Array> {
    if !values_type(keys.data_type()).is_integer() {
        return None;
    }
    cast(keys, &DataType::Int64).ok().map(|keys| keys.as_primitive::<Int64Type>().clone())
}

/// The keys as texts.
fn texts(keys: &ArrayRef) -> PyResult<ArrayRef> {
    match keys.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(keys.clone()),
        // As long as they may be: many short texts are more than two gigabytes, too.
        _ => cast(keys, &DataType::LargeUtf8),
    }
}

fn by_integers(systems: &Int64Array, accounts: &Int64Array) -> Result<Grouping, TooManyAccounts> {
    if systems.null_count() == 0 {
        Grouping::by_keys(systems.values().iter().copied().map(Some), accounts)
    } else {
        Grouping::by_keys(systems, accounts)
    }
}

fn by_texts(systems: &ArrayRef, accounts: &ArrayRef) -> Result<Grouping, TooManyAccounts> {
    let accounts: Vec<Option<&str>> = match accounts.data_type() {
        DataType::Utf8 => accounts.as_string::<i32>().iter().collect(),
        DataType::Utf8View => accounts.as_string_view().iter().collect(),
        _ => accounts.as_string::<i64>().iter().collect(),
    };
    match systems.data_type() {
        DataType::Utf8 => Grouping::by_keys(systems.as_string::<i32>(), accounts),
        DataType::Utf8View => Grouping::by_keys(systems.as_string_view(), accounts),
        _ => Grouping::by_keys(systems.as_string::<i64>(), accounts),
    }
}
