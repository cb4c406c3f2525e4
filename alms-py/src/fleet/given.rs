//! The columns of a table that is given, in the form that the core reads.

use alms_core::migration::columns::{self, NO_DAY, Validity};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, Date32Array, Int64Array, PrimitiveArray, RecordBatch, new_empty_array};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{DataType, SchemaRef};
use arrow_select::concat::concat;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// A table as it came: in as many batches as its library made of it.
pub(crate) struct Given {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

/// A table of the fleet, whose columns are asked for by name.
pub(super) struct Columns<'a> {
    table: &'static str,
    given: &'a Given,
}

/// Nothing becomes null because it does not fit.
const STRICT: CastOptions<'_> =
    CastOptions { safe: false, format_options: arrow_cast::display::FormatOptions::new() };

/// The same values as another type; an error if one does not fit.
pub(super) fn cast(column: &dyn Array, wanted: &DataType) -> PyResult<ArrayRef> {
    cast_with_options(column, wanted, &STRICT).map_err(|error| PyValueError::new_err(error.to_string()))
}

impl<'a> Columns<'a> {
    pub(super) const fn of(table: &'static str, given: &'a Given) -> Self {
        Self { table, given }
    }

    pub(super) const fn given(&self) -> &'a Given {
        self.given
    }

    /// Refuses a table that has one of these columns.
    pub(super) fn refuse(&self, names: &[&str]) -> PyResult<()> {
        match names.iter().find(|name| self.given.schema.column_with_name(name).is_some()) {
            None => Ok(()),
            Some(name) => {
                let message = format!("the table {} has a column {name} already; rename it", self.table);
                Err(PyTypeError::new_err(message))
            }
        }
    }

    /// A column with all its rows in one array; a dictionary stays one.
    fn column(&self, name: &str) -> PyResult<Option<ArrayRef>> {
        let Some((index, field)) = self.given.schema.column_with_name(name) else { return Ok(None) };
        let parts: Vec<&dyn Array> =
            self.given.batches.iter().map(|batch| batch.column(index).as_ref()).collect();
        match parts.as_slice() {
            [] => Ok(Some(new_empty_array(field.data_type()))),
            [_] => Ok(self.given.batches.first().map(|batch| batch.column(index).clone())),
            parts => {
                let joined = concat(parts).map_err(|error| PyValueError::new_err(error.to_string()))?;
                Ok(Some(joined))
            }
        }
    }

    /// A column whose values are of a certain kind.
    fn of_kind(&self, name: &str, kind: &str, fits: fn(&DataType) -> bool) -> PyResult<Option<ArrayRef>> {
        let Some(column) = self.column(name)? else { return Ok(None) };
        if fits(values_type(column.data_type())) {
            return Ok(Some(column));
        }
        Err(self.refused(name, kind, column.data_type()))
    }

    fn refused(&self, name: &str, kind: &str, given: &DataType) -> PyErr {
        PyTypeError::new_err(format!("the column {}.{name} must hold {kind}, not {given}", self.table))
    }

    fn needed<T>(&self, name: &str, column: Option<T>) -> PyResult<T> {
        let missing = || format!("the table {} has no column {name}; add it", self.table);
        column.ok_or_else(|| PyTypeError::new_err(missing()))
    }

    /// Keys, such as serials: texts or integers.
    pub(super) fn key(&self, name: &str) -> PyResult<Option<ArrayRef>> {
        self.of_kind(name, "texts or integers", |kind| is_text(kind) || kind.is_integer())
    }

    /// The keys of accounts.
    pub(super) fn needed_key(&self, name: &str) -> PyResult<ArrayRef> {
        self.needed(name, self.key(name)?)
    }

    pub(super) fn text(&self, name: &str) -> PyResult<Option<ArrayRef>> {
        self.of_kind(name, "texts", is_text)
    }

    pub(super) fn needed_text(&self, name: &str) -> PyResult<ArrayRef> {
        self.needed(name, self.text(name)?)
    }

    pub(super) fn needed_integers(&self, name: &str) -> PyResult<Int64Array> {
        let fits = |kind: &DataType| kind.is_integer() || kind.is_null();
        let column = self.needed(name, self.of_kind(name, "integers", fits)?)?;
        let column = match column.data_type() {
            // What lies beyond is out of range either way.
            DataType::UInt64 => {
                let large: PrimitiveArray<UInt64Type> = column.as_primitive().clone();
                large.unary::<_, Int64Type>(|value| i64::try_from(value).unwrap_or(i64::MAX))
            }
            _ => cast(&column, &DataType::Int64)?.as_primitive().clone(),
        };
        Ok(column)
    }

    /// Dates; a time of day would be lost without a word, and is refused.
    pub(super) fn days(&self, name: &str) -> PyResult<Option<Date32Array>> {
        const KIND: &str = "dates without a time of day";
        let fits = |kind: &DataType| {
            matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _) | DataType::Null)
        };
        let Some(column) = self.of_kind(name, KIND, fits)? else { return Ok(None) };
        let refused = |_| self.refused(name, KIND, column.data_type());
        let days = cast(&column, &DataType::Date32).map_err(refused)?;
        let has_time = matches!(column.data_type(), DataType::Timestamp(_, _) | DataType::Date64);
        if has_time && cast(&days, column.data_type()).map_err(refused)?.as_ref() != column.as_ref() {
            return Err(self.refused(name, KIND, column.data_type()));
        }
        Ok(Some(days.as_primitive().clone()))
    }

    pub(super) fn needed_days(&self, name: &str) -> PyResult<Date32Array> {
        self.needed(name, self.days(name)?)
    }
}

/// What a dictionary stands for, or the type itself.
pub(super) fn values_type(given: &DataType) -> &DataType {
    match given {
        DataType::Dictionary(_, values) => values,
        other => other,
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
}

/// Which values there are: none needed where all are, and bits that say so where a value could be taken for null.
enum Bits {
    Unneeded,
    All(Vec<u8>),
    Nulls(arrow_array::BooleanArray),
}

/// A column of dates.
pub(super) struct Days {
    days: Date32Array,
    bits: Bits,
}

impl Days {
    pub(super) fn new(days: PrimitiveArray<Date32Type>) -> Self {
        let bits = match bits_of(&days) {
            Bits::Unneeded if days.values().contains(&NO_DAY) => {
                Bits::All(vec![u8::MAX; days.len().div_ceil(8)])
            }
            bits => bits,
        };
        Self { days, bits }
    }

    pub(super) fn column(&self) -> columns::Days<'_> {
        match self.bits.validity() {
            None => columns::Days::new(self.days.values()),
            Some(validity) => columns::Days::with_validity(self.days.values(), validity),
        }
    }
}

/// A column of integers.
pub(super) struct Integers {
    integers: Int64Array,
    bits: Bits,
}

impl Integers {
    pub(super) fn new(integers: Int64Array) -> Self {
        let bits = bits_of(&integers);
        Self { integers, bits }
    }

    pub(super) fn column(&self) -> columns::Integers<'_> {
        match self.bits.validity() {
            None => columns::Integers::new(self.integers.values()),
            Some(validity) => columns::Integers::with_validity(self.integers.values(), validity),
        }
    }
}

fn bits_of(column: &dyn Array) -> Bits {
    match column.nulls() {
        Some(nulls) if nulls.null_count() > 0 => {
            Bits::Nulls(arrow_array::BooleanArray::new(nulls.inner().clone(), None))
        }
        _ => Bits::Unneeded,
    }
}

impl Bits {
    fn validity(&self) -> Option<Validity<'_>> {
        match self {
            Self::Unneeded => None,
            Self::All(bits) => Some(Validity::new(bits, 0)),
            Self::Nulls(nulls) => Some(Validity::new(nulls.values().values(), nulls.values().offset())),
        }
    }
}
