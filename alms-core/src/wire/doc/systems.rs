use super::system::{InAccountDoc, SystemDoc, SystemList};
use crate::import::csv::{CsvOptions, SystemColumn};
use crate::import::{
    DateOrder, Import, ImportError, ImportFinding, ImportFindingCode, ListedSubscription, NoteCode, RowError,
    RowErrorCode, RowNote,
};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::{Raw, Read, Write};
use std::collections::BTreeMap;

/// Input of `systems.from_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CsvFile"))]
pub(in crate::wire) struct CsvFileDoc<'a> {
    /// The file's text.
    pub(in crate::wire) csv: Prose<'a>,
    /// What dates such as `03/04/2023` mean; default `iso`: what another value of the column tells, else an error.
    dates: Option<Choice<'a, DateOrder>>,
    /// The titles of columns, where they are others than those that are known.
    columns: Option<Object<SystemColumnsDoc<'a>>>,
}

/// Titles of the columns of a file of systems; each has to be there.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SystemColumns"))]
struct SystemColumnsDoc<'a> {
    /// Of the serial numbers.
    serial: Option<Prose<'a>>,
    /// Of the models.
    model: Option<Prose<'a>>,
    /// Of the life cycle states.
    state: Option<Prose<'a>>,
    /// Of the last communications.
    last_communication: Option<Prose<'a>>,
    /// Of the ends of support.
    support_end: Option<Prose<'a>>,
    /// Of the ends of warranty.
    warranty_end: Option<Prose<'a>>,
    /// Of the offers of subscriptions.
    offer: Option<Prose<'a>>,
    /// Of the ends of subscriptions.
    end_date: Option<Prose<'a>>,
    /// Of the numbers of SIMs.
    sim: Option<Prose<'a>>,
    /// Of the accounts.
    account: Option<Prose<'a>>,
}

impl CsvFileDoc<'_> {
    pub(in crate::wire) fn options(&self) -> Result<CsvOptions, Error> {
        let date_order = self.dates.as_ref().map_or(Ok(DateOrder::default()), Choice::read).at("dates")?;
        let columns = self.columns.as_ref().map(|columns| columns.titles()).unwrap_or_default();
        Ok(CsvOptions { date_order, columns })
    }
}

impl SystemColumnsDoc<'_> {
    fn titles(&self) -> Vec<(SystemColumn, String)> {
        let named = [
            (SystemColumn::Serial, &self.serial),
            (SystemColumn::Model, &self.model),
            (SystemColumn::State, &self.state),
            (SystemColumn::LastCommunication, &self.last_communication),
            (SystemColumn::SupportEnd, &self.support_end),
            (SystemColumn::WarrantyEnd, &self.warranty_end),
            (SystemColumn::Offer, &self.offer),
            (SystemColumn::EndDate, &self.end_date),
            (SystemColumn::Sim, &self.sim),
            (SystemColumn::Account, &self.account),
        ];
        let title = |(column, title): (SystemColumn, &Option<Prose<'_>>)| {
            title.as_ref().map(|title| (column, title.as_str().to_owned()))
        };
        named.into_iter().filter_map(title).collect()
    }
}

/// Input of `systems.from_api`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ApiAnswer"))]
pub(in crate::wire) struct ApiAnswerDoc<'a> {
    /// What the API answered: an object with `items`, an array of such objects, or an array of systems.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub(in crate::wire) answer: Raw<'a>,
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

/// Output of `systems.from_csv` and `systems.from_api`: every row is read, left out with a note, or bad with an error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Import"))]
pub(in crate::wire) struct ImportDoc<'a> {
    /// The systems of the good rows, in the order of the file.
    systems: Vec<InAccountDoc<'a>>,
    /// The subscriptions of the good rows, of a file that has offers and end dates.
    subscriptions: Vec<ListedSubscriptionDoc<'a>>,
    /// What is wrong with the bad rows, in the order of the file; the first 100.
    errors: Vec<RowErrorDoc<'a>>,
    /// How many errors there are.
    errors_total: Count<'a>,
    /// How many errors there are of each code.
    error_counts: Vec<ErrorCountDoc<'a>>,
    /// What was taken for something else or left out, in the order of the file; the first 100 of each code.
    notes: Vec<RowNoteDoc<'a>>,
    /// How many notes there are.
    notes_total: Count<'a>,
    /// How many notes there are of each code.
    note_counts: Vec<NoteCountDoc<'a>>,
    /// What to look at in the file as a whole.
    findings: Vec<ImportFindingDoc<'a>>,
    /// How many rows there are, good and bad; empty ones do not count.
    rows: Count<'a>,
    /// How many rows are left out with a note.
    left_out: Count<'a>,
    /// How many rows are bad.
    bad_rows: Count<'a>,
    /// Whether the rest of the file could not be read, because a quote is never closed or a row is too long.
    rest_lost: bool,
    /// Titles of the columns that are not read, shortened.
    ignored_columns: Vec<Prose<'a>>,
}

/// A subscription in a file, with the fields of a subscription.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ListedSubscription"))]
struct ListedSubscriptionDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Text<'a>,
    /// The offer.
    offer: Id<'a>,
    /// The last day of the service.
    end_date: Option<Day<'a>>,
    /// The last day of the warranty.
    warranty_end: Option<Day<'a>>,
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
    /// How many lines of the file the row takes.
    lines: Count<'a>,
    /// The value, shortened.
    value: Prose<'a>,
    /// The stable code.
    code: Choice<'a, RowErrorCode>,
    /// What is wrong and what to do about it.
    message: Prose<'a>,
}

/// What a person should know about a row or a file that is read.
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
    /// The stable code.
    code: Choice<'a, NoteCode>,
    /// What was taken for what.
    message: Prose<'a>,
}

/// How many errors there are of a code.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ErrorCount"))]
pub(in crate::wire) struct ErrorCountDoc<'a> {
    /// The code.
    code: Choice<'a, RowErrorCode>,
    /// How many.
    count: Count<'a>,
}

/// How many notes there are of a code.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NoteCount"))]
pub(in crate::wire) struct NoteCountDoc<'a> {
    /// The code.
    code: Choice<'a, NoteCode>,
    /// How many.
    count: Count<'a>,
}

/// Something to look at in a file as a whole; not an error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImportFinding"))]
pub(in crate::wire) struct ImportFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, ImportFindingCode>,
    /// The number of the column (CSV), from 1.
    column: Option<Count<'a>>,
    /// The column's title (CSV) or the path (JSON).
    field: Prose<'a>,
    /// What to look at and what to do about it.
    message: Prose<'a>,
}

impl<'a> ImportDoc<'a> {
    pub(in crate::wire) fn of(import: &'a Import) -> Self {
        Self {
            systems: import.systems.iter().map(SystemDoc::of).collect(),
            subscriptions: import.subscriptions.iter().map(ListedSubscriptionDoc::of).collect(),
            errors: import.errors.iter().map(RowErrorDoc::of).collect(),
            errors_total: size(import.errors_total()),
            error_counts: import.error_counts.iter().map(ErrorCountDoc::of).collect(),
            notes: import.notes.iter().map(RowNoteDoc::of).collect(),
            notes_total: size(import.notes_total()),
            note_counts: note_counts(&import.note_counts),
            findings: import.findings.iter().map(ImportFindingDoc::of).collect(),
            rows: size(import.rows),
            left_out: size(import.left_out),
            bad_rows: size(import.bad_rows()),
            rest_lost: import.rest_lost,
            ignored_columns: import.ignored_columns.iter().map(Prose::of).collect(),
        }
    }
}

impl<'a> ListedSubscriptionDoc<'a> {
    fn of(subscription: &'a ListedSubscription) -> Self {
        Self {
            serial: Text::of(&subscription.serial),
            model: Text::of(subscription.model.as_str()),
            offer: Text::of(&subscription.offer),
            end_date: subscription.end_date.map(Into::into),
            warranty_end: subscription.warranty_end.map(Into::into),
        }
    }
}

impl<'a> RowErrorDoc<'a> {
    fn of(error: &'a RowError) -> Self {
        Self {
            line: size(error.line),
            column: error.column.map(size),
            field: Prose::of(&error.field),
            lines: size(error.lines),
            value: Prose::of(&error.value),
            code: error.code.into(),
            message: Prose::of(&error.message),
        }
    }
}

impl<'a> RowNoteDoc<'a> {
    pub(in crate::wire) fn of(note: &'a RowNote) -> Self {
        Self {
            line: size(note.line),
            column: note.column.map(size),
            field: Prose::of(&note.field),
            value: Prose::of(&note.value),
            code: note.code.into(),
            message: Prose::of(&note.message),
        }
    }
}

impl ErrorCountDoc<'_> {
    fn of((code, count): (&RowErrorCode, &usize)) -> Self {
        Self { code: (*code).into(), count: size(*count) }
    }
}

/// How many notes there are of each code.
pub(in crate::wire) fn note_counts(counts: &BTreeMap<NoteCode, usize>) -> Vec<NoteCountDoc<'static>> {
    counts.iter().map(|(code, count)| NoteCountDoc { code: (*code).into(), count: size(*count) }).collect()
}

impl<'a> ImportFindingDoc<'a> {
    pub(in crate::wire) fn of(finding: &ImportFinding) -> Self {
        Self {
            code: finding.code.into(),
            column: finding.column.map(size),
            field: Prose::from(finding.field.clone()),
            message: Prose::from(finding.message.clone()),
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
