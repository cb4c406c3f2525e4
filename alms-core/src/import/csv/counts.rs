//! Daily counts of active systems, from CSV: what a partner meters its customers' accounts by (TOK-2).
//!
//! Read as [systems](super) are, with these columns in any order: `Date`, `Account` (or `UID`, `Customer`) and `Active`
//! (or `Active Systems`).

use super::columns::{Column, Titles};
use super::dates::{Dates, Survey};
use super::records::{Record, Records};
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::value::{self, DateOf};
use crate::import::{DateOrder, ImportError, ImportFinding, RowError, RowErrorCode, RowNote};
use crate::order::sort_by_key;
use crate::text::Uid;
use crate::tokens::Peak;

/// What a file of counts gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsFile {
    /// The counts of the good rows, in the order of the file.
    pub counts: Vec<DailyRow>,
    /// What is wrong with the bad rows, in the order of the file.
    pub errors: Vec<RowError>,
    /// What a person should know about rows and file.
    pub notes: Vec<RowNote>,
    /// What to look at in the file as a whole.
    pub findings: Vec<ImportFinding>,
    /// How many rows are bad.
    pub bad_rows: usize,
    /// The titles of the columns that are not read, shortened.
    pub ignored_columns: Vec<String>,
}

/// How many systems of an account were active on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// The account.
    pub account: Uid,
    /// The day.
    pub on: Date,
    /// How many.
    pub active: Peak,
}

/// What a column of a file of counts can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CountColumn {
    Date,
    Account,
    Active,
}

impl Column for CountColumn {
    const ALL: &'static [Self] = &[Self::Date, Self::Account, Self::Active];

    fn required(_: &dyn Fn(Self) -> bool) -> &'static [Self] {
        Self::ALL
    }

    fn title(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Account => "account",
            Self::Active => "active",
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Date => &["date", "day", "on", "datum", "tag", "jour", "fecha", "dia"],
            Self::Account => &[
                "account",
                "accountuid",
                "uid",
                "customer",
                "customeruid",
                "konto",
                "kunde",
                "compte",
                "client",
                "cuenta",
                "cliente",
            ],
            Self::Active => &[
                "active",
                "activesystems",
                "systems",
                "count",
                "aktiv",
                "aktivesysteme",
                "actifs",
                "activos",
            ],
        }
    }
}

/// Reads a whole file that is in memory; `order` is what dates such as `03/04/2023` mean.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read. What is wrong with single rows is in
/// [`CountsFile::errors`].
///
/// ```
/// use alms_core::import::{DateOrder, csv::counts};
/// let file = counts::read(b"sep=;\ndate;account;active\n31.05.2023;c1;12\n;;\n", DateOrder::Iso)?;
/// assert_eq!((file.counts[0].line, file.counts[0].active.get()), (3, 12));
/// assert_eq!(file.bad_rows, 0);
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
pub fn read(bytes: &[u8], order: DateOrder) -> Result<CountsFile, ImportError> {
    let file = read_by(bytes, order, &Survey::default())?;
    if file.errors.iter().any(|error| error.code == RowErrorCode::AmbiguousDate) {
        let mut records = Records::<_, CountColumn>::new(bytes, &Titles(&[]))?;
        let mut survey = Survey::of(records.columns.position(CountColumn::Date).into_iter());
        while let Some(record) = records.next() {
            record.iter().for_each(|record| survey.see(record));
        }
        if survey.tells() {
            return read_by(bytes, order, &survey);
        }
    }
    Ok(file)
}

fn read_by(bytes: &[u8], order: DateOrder, survey: &Survey) -> Result<CountsFile, ImportError> {
    let mut records = Records::<_, CountColumn>::new(bytes, &Titles(&[]))?;
    let mut dates = Dates::new(order, survey);
    let (mut counts, mut errors, mut bad_rows) = (Vec::new(), Vec::new(), 0_usize);
    while let Some(record) = records.next() {
        let row = match record {
            Ok(record) => {
                if let Some((first, later)) = record.conflict() {
                    return Err(record.ambiguous(first, later));
                }
                row(&record, &mut dates, &mut errors)
            }
            Err(error) => {
                errors.push(error);
                None
            }
        };
        bad_rows = bad_rows.saturating_add(usize::from(row.is_none()));
        counts.extend(row);
    }
    let mut notes = std::mem::take(&mut records.notes);
    notes.extend(survey.notes());
    notes.extend(records.agreed());
    sort_by_key(&mut notes, |note| note.line);
    let (findings, ignored_columns) = (records.columns.findings(), records.columns.ignored());
    Ok(CountsFile { counts, errors, notes, findings, bad_rows, ignored_columns })
}

/// The count of a row, or all that is wrong with it.
fn row(record: &Record<'_, CountColumn>, dates: &mut Dates, errors: &mut Vec<RowError>) -> Option<DailyRow> {
    if let Some(error) = record.misalignment() {
        errors.push(error);
        return None;
    }
    let mut wrong = Vec::new();
    let on = cell(record, CountColumn::Date, &mut wrong, |text, position| {
        let missing = || value::missing("date", "give the day of the count");
        match value::date(text, dates.order(position), DateOf::End) {
            // It is asked for once, not for each row.
            Err(fault) if fault.code == RowErrorCode::AmbiguousDate && !dates.ask(position) => Err(None),
            date => date.and_then(|date| date.ok_or_else(missing)).map_err(Some),
        }
    });
    let account = cell(record, CountColumn::Account, &mut wrong, |text, _| {
        value::identifier(text, "account", "give its UID").map_err(Some)
    });
    let active = cell(record, CountColumn::Active, &mut wrong, |text, _| peak(text).map_err(Some));
    errors.append(&mut wrong);
    Some(DailyRow { line: record.line(), account: account?, on: on?, active: active? })
}

fn cell<T>(
    record: &Record<'_, CountColumn>,
    column: CountColumn,
    errors: &mut Vec<RowError>,
    mut read: impl FnMut(&str, usize) -> Result<T, Option<Fault>>,
) -> Option<T> {
    let position = record.position(column)?;
    match record.text(position).map_err(Some).and_then(|text| read(text, position)) {
        Ok(value) => Some(value),
        Err(fault) => {
            errors.extend(fault.map(|fault| record.error(position, fault)));
            None
        }
    }
}

/// A number of systems, perhaps with the decimals of a spreadsheet.
fn peak(text: &str) -> Result<Peak, Fault> {
    let digits = crate::import::serial::whole_number(text).unwrap_or(text);
    let count = digits.parse().ok().and_then(|count| Peak::try_new(count).ok());
    count.ok_or_else(|| {
        let rest = "is not a number of systems; give 0 or more";
        Fault::of_value(RowErrorCode::OutOfRange, text.as_bytes(), rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_have_them() {
        let file = "\u{feff}Usage of May\nTag;Konto;Aktiv;Notiz\n01/05/2023;c1;12;\n31/05/2023;'=c2;13.0;x\n;;;\n\u{1a}";
        let read = read(file.as_bytes(), DateOrder::Iso).unwrap();
        let counts: Vec<_> = read
            .counts
            .iter()
            .map(|count| (count.line, count.account.as_str(), count.on.to_string(), count.active.get()))
            .collect();
        assert_eq!(counts, [(3, "c1", "2023-05-01".to_owned(), 12), (4, "=c2", "2023-05-31".to_owned(), 13)]);
        assert_eq!((read.bad_rows, read.ignored_columns.as_slice()), (0, &["Notiz".to_owned()][..]));
        let notes: Vec<_> = read.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(notes, ["lines_skipped", "date_order_found"]);
    }

    #[test]
    fn all_that_is_wrong_is_said_with_its_place() {
        let read = read(
            b"date,account,active\n2023-02-30,,-1\n03/04/2023,c1,1\n03/04/2023,c1,2\nc1\n",
            DateOrder::Iso,
        )
        .unwrap();
        let errors: Vec<_> =
            read.errors.iter().map(|error| (error.line, error.column, error.code.as_str())).collect();
        assert_eq!(
            errors,
            [
                (2, Some(1), "invalid_date"),
                (2, Some(2), "missing_value"),
                (2, Some(3), "out_of_range"),
                (3, Some(1), "ambiguous_date"),
                (5, None, "wrong_field_count"),
            ]
        );
        assert_eq!((read.bad_rows, read.counts.len()), (4, 0));
        assert_eq!(
            super::read(b"date,account\n", DateOrder::Iso).unwrap_err().code().as_str(),
            "missing_column"
        );
    }
}
