//! CSV files of fleets, batch by batch: what the core reads of them, as Arrow's arrays.

use crate::tables::{Table, batch, joined};
use alms_core::import::csv::fleet::{Meaning, Rows, Value};
use alms_core::import::{DateOrder, Import, ImportError, RowErrorCode};
use arrow_array::ArrayRef;
use arrow_array::builder::{Date32Builder, Int64Builder, StringBuilder};
use arrow_schema::{DataType, Field, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The rows of a CSV file of systems or accounts.
#[pyclass(frozen, module = "alms", name = "FleetCsv")]
pub(crate) struct FleetCsv {
    schema: SchemaRef,
    reader: Mutex<Reader>,
}

/// A file that is being read.
enum Reader {
    Systems(Rows<File, false>),
    Accounts(Rows<File, true>),
}

/// Errors, their number, notes, their number, findings, columns that are not read, whether the rest is lost.
type Said = (Vec<String>, usize, Vec<String>, usize, Vec<String>, Vec<String>, bool);

#[pymethods]
impl FleetCsv {
    #[new]
    #[pyo3(signature = (path, *, accounts, dates, fault))]
    fn new(py: Python<'_>, path: PathBuf, accounts: bool, dates: &str, fault: &str) -> PyResult<Self> {
        let order: DateOrder = dates
            .parse()
            .map_err(|error: alms_core::UnknownName| PyValueError::new_err(error.to_string()))?;
        let open = || -> PyResult<(Reader, Vec<Field>)> {
            let file = || File::open(&path);
            let (reader, fields) = if accounts {
                let survey = Rows::<_, true>::survey(file()?).map_err(refused)?;
                let rows = Rows::open(file()?, order, &survey).map_err(refused)?;
                let fields = fields(&rows.columns());
                (Reader::Accounts(rows), fields)
            } else {
                let survey = Rows::<_, false>::survey(file()?).map_err(refused)?;
                let rows = Rows::open(file()?, order, &survey).map_err(refused)?;
                let fields = fields(&rows.columns());
                (Reader::Systems(rows), fields)
            };
            Ok((reader, fields))
        };
        let (reader, fields) = py.detach(open)?;
        let fields = fields.into_iter().chain([Field::new(fault, DataType::Utf8, true)]);
        Ok(Self { schema: joined(fields.map(Arc::new)), reader: Mutex::new(reader) })
    }

    /// The next rows, at most so many; None at the end of the file.
    fn next(&self, py: Python<'_>, rows_max: usize) -> PyResult<Option<Table>> {
        py.detach(|| {
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let mut columns: Vec<Builder> =
                self.schema.fields().iter().map(|field| Builder::of(field)).collect();
            let mut rows = 0_usize;
            while rows < rows_max {
                let Some(fault) = reader.next(&mut |at, value| {
                    if let Some(column) = columns.get_mut(at) {
                        column.push(value);
                    }
                }) else {
                    break;
                };
                let fault = fault.map_err(refused)?;
                if let Some(column) = columns.last_mut() {
                    column.push(fault.map_or(Value::Nothing, |code| Value::Text(code.as_str())));
                }
                rows = rows.saturating_add(1);
            }
            if rows == 0 {
                return Ok(None);
            }
            let columns = columns.into_iter().map(Builder::finish).collect();
            Ok(Some(Table::new(self.schema.clone(), vec![batch(&self.schema, columns)?])))
        })
    }

    /// A table of no rows.
    fn empty(&self) -> Table {
        Table::new(self.schema.clone(), Vec::new())
    }

    /// What a person should know about the rows so far.
    fn said(&self) -> Said {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let said = reader.said();
        (
            said.errors.iter().map(ToString::to_string).collect(),
            said.errors_total(),
            said.notes.iter().map(ToString::to_string).collect(),
            said.notes_total(),
            said.findings.iter().map(ToString::to_string).collect(),
            said.ignored_columns.clone(),
            said.rest_lost,
        )
    }
}

impl Reader {
    fn next(
        &mut self,
        take: &mut dyn FnMut(usize, Value<'_>),
    ) -> Option<Result<Option<RowErrorCode>, ImportError>> {
        match self {
            Reader::Systems(rows) => rows.next(take),
            Reader::Accounts(rows) => rows.next(take),
        }
    }

    fn said(&self) -> &Import {
        match self {
            Reader::Systems(rows) => rows.said(),
            Reader::Accounts(rows) => rows.said(),
        }
    }
}

/// A file that cannot be read as it is, or not at all.
fn refused(error: ImportError) -> PyErr {
    match error {
        ImportError::Unreadable { kind, message } => std::io::Error::new(kind, message).into(),
        error => PyValueError::new_err(error.to_string()),
    }
}

/// The columns as a table has them: those that the rules read by their names, all others by their titles.
fn fields(columns: &[(&str, Option<Meaning>)]) -> Vec<Field> {
    let field = |(title, meaning): &(&str, Option<Meaning>)| {
        let kind = match meaning {
            Some(Meaning::LastCommunication | Meaning::SupportEnd | Meaning::On) => DataType::Date32,
            Some(Meaning::Tokens) => DataType::Int64,
            _ => DataType::Utf8,
        };
        Field::new(meaning.map_or(*title, |meaning| meaning.name()), kind, true)
    };
    columns.iter().map(field).collect()
}

/// A column that grows.
enum Builder {
    Texts(StringBuilder),
    Days(Date32Builder),
    Numbers(Int64Builder),
}

impl Builder {
    fn of(field: &Field) -> Self {
        match field.data_type() {
            DataType::Date32 => Self::Days(Date32Builder::new()),
            DataType::Int64 => Self::Numbers(Int64Builder::new()),
            _ => Self::Texts(StringBuilder::new()),
        }
    }

    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Texts(column), Value::Text(text)) => column.append_value(text),
            (Self::Days(column), Value::Day(day)) => column.append_value(day.day_number()),
            (Self::Numbers(column), Value::Number(number)) => column.append_value(number),
            (Self::Texts(column), _) => column.append_null(),
            (Self::Days(column), _) => column.append_null(),
            (Self::Numbers(column), _) => column.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Texts(mut column) => Arc::new(column.finish()),
            Self::Days(mut column) => Arc::new(column.finish()),
            Self::Numbers(mut column) => Arc::new(column.finish()),
        }
    }
}
