use super::account::{SystemDoc, SystemList};
use crate::import::{DateOrder, Import, ImportError, RowError, RowErrorCode, RowNote};
use crate::wire::ErrorCode;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Count, Prose};
use alms_json::Read;
use alms_json::Write;
use serde_json::value::RawValue;

/// Input of `systems.from_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CsvFile"))]
pub(in crate::wire) struct CsvFileDoc<'a> {
    /// The file's text.
    pub(in crate::wire) csv: Prose<'a>,
    /// What dates with slashes mean; default `iso`, under which they are errors.
    pub(in crate::wire) dates: Option<Choice<'a, DateOrder>>,
}

/// Input of `systems.from_api`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ApiAnswer"))]
pub(in crate::wire) struct ApiAnswerDoc<'a> {
    /// What the API answered: an object with `items`, an array of such objects, or an array of systems.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub(in crate::wire) answer: &'a RawValue,
}

/// Input of `systems.to_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Systems"))]
pub(in crate::wire) struct SystemsDoc<'a> {
    /// The systems, such as the `export` of a migration.
    pub(in crate::wire) systems: SystemList<'a>,
}

/// Output of `systems.to_csv`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CsvText"))]
pub(in crate::wire) struct CsvTextDoc<'a> {
    /// A file that `systems.from_csv` reads back.
    pub(in crate::wire) csv: Prose<'a>,
}

/// Output of `systems.from_csv` and `systems.from_api`: every row is a system or at least one error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Import"))]
pub(in crate::wire) struct ImportDoc<'a> {
    /// The systems of the good rows, in the order of the file.
    systems: Vec<SystemDoc<'a>>,
    /// What is wrong with the bad rows, in the order of the file.
    errors: Vec<RowErrorDoc<'a>>,
    /// What was taken for something else in good rows.
    notes: Vec<RowNoteDoc<'a>>,
    /// How many rows there are, good and bad.
    rows: Count<'a>,
    /// Titles of the columns that are not read.
    ignored_columns: Vec<Prose<'a>>,
}

/// What is wrong with a row.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RowError"))]
pub(in crate::wire) struct RowErrorDoc<'a> {
    /// The line of the file, from 1.
    line: Count<'a>,
    /// The cell's number (CSV) or character (JSON), from 1; null for the whole row.
    column: Option<Count<'a>>,
    /// The column's title (CSV) or the path (JSON).
    field: Prose<'a>,
    /// The value, shortened.
    value: Prose<'a>,
    /// The stable code.
    code: Choice<'a, RowErrorCode>,
    /// What is wrong and what to do about it.
    message: Prose<'a>,
}

/// What a person should know about a good row.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RowNote"))]
pub(in crate::wire) struct RowNoteDoc<'a> {
    /// The line of the file, from 1.
    line: Count<'a>,
    /// The cell's number (CSV) or character (JSON), from 1; null for the whole row.
    column: Option<Count<'a>>,
    /// The column's title (CSV) or the path (JSON).
    field: Prose<'a>,
    /// The value, shortened.
    value: Prose<'a>,
    /// What was taken for what.
    message: Prose<'a>,
}

impl<'a> ImportDoc<'a> {
    pub(in crate::wire) fn of(import: &'a Import) -> Self {
        Self {
            systems: import.systems.iter().map(SystemDoc::of).collect(),
            errors: import.errors.iter().map(RowErrorDoc::of).collect(),
            notes: import.notes.iter().map(RowNoteDoc::of).collect(),
            rows: size(import.rows),
            ignored_columns: import.ignored_columns.iter().map(Prose::of).collect(),
        }
    }
}

impl<'a> RowErrorDoc<'a> {
    fn of(error: &'a RowError) -> Self {
        Self {
            line: size(error.line),
            column: error.column.map(size),
            field: Prose::of(&error.field),
            value: Prose::of(&error.value),
            code: error.code.into(),
            message: Prose::of(&error.message),
        }
    }
}

impl<'a> RowNoteDoc<'a> {
    fn of(note: &'a RowNote) -> Self {
        Self {
            line: size(note.line),
            column: note.column.map(size),
            field: Prose::of(&note.field),
            value: Prose::of(&note.value),
            message: Prose::of(&note.message),
        }
    }
}

/// A number of rows, lines or characters, none of which exceeds the size of a file in memory.
pub(in crate::wire) fn size(count: impl TryInto<i64>) -> Count<'static> {
    Count::Number(count.try_into().unwrap_or(i64::MAX))
}

impl From<ImportError> for Error {
    fn from(error: ImportError) -> Self {
        Self::new(ErrorCode::InvalidFile, &error).with("reason", error.code().as_str())
    }
}
