use super::super::columns::{Column, Columns};
use super::RegistrationRow;
use crate::import::excerpt::excerpt;
use crate::import::{LISTED_MAX, RowError, RowErrorCode};
use crate::order::sort_by_key;
use crate::reseller::{
    AccountRegistrations, BulkCause, BulkColumn, BulkFault, BulkRegistered, ChangedAccount, Registrar,
    registered,
};
use crate::rule::RuleId;
use crate::subscriptions::RegistrationFinding;

/// What becomes of a file of registrations.
#[derive(Debug, Default)]
pub struct BulkFile<'a> {
    results: Vec<Judged>,
    good: usize,
    refused: usize,
    findings: Vec<RegistrationFinding>,
    accounts: Vec<ChangedAccount<'a>>,
}

/// A row and what becomes of it.
type Judged = (RegistrationRow, Result<BulkRegistered, Vec<RegistrationError>>);

/// What becomes of a row.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationResult<'a> {
    /// The row.
    pub row: &'a RegistrationRow,
    /// What it registers, or everything that stands in its way, in the order of the columns.
    pub result: Result<&'a BulkRegistered, &'a [RegistrationError]>,
}

/// One thing that keeps a row from registering its system, and the cell that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationError {
    /// The line of the file, from 1.
    pub line: u64,
    /// The number of the cell in its row, from 1; `None` if the error concerns the row, or a column that is not there.
    pub column: Option<u64>,
    /// The column's title, that of a column that should be there included; empty if the error concerns the row.
    pub field: String,
    /// The value, shortened to 80 characters; empty where there is none.
    pub value: String,
    /// What is wrong.
    pub cause: RegistrationCause,
}

/// What is wrong with a row.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationCause {
    /// The cell, or the row, cannot be read.
    #[error("{message}")]
    Unreadable {
        /// What is wrong, for programs.
        code: RowErrorCode,
        /// What is wrong and what to do about it, for people.
        message: String,
    },
    /// A rule refuses it.
    #[error(transparent)]
    Refused(BulkCause),
}

impl RegistrationCause {
    /// The stable code: that of a cell, or that of a rule, as the wire form gives it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { code, .. } => code.as_str(),
            Self::Refused(cause) => cause.code().as_str(),
        }
    }
}

impl<'a> BulkFile<'a> {
    /// Counts a row, and lists it unless enough others are refused.
    pub(super) fn take(
        &mut self,
        row: RegistrationRow,
        result: Result<BulkRegistered, Vec<RegistrationError>>,
    ) {
        let count = if result.is_ok() { &mut self.good } else { &mut self.refused };
        *count = count.saturating_add(1);
        if result.is_ok() || self.refused <= LISTED_MAX {
            self.results.push((row, result));
        }
    }

    pub(super) fn finish(self, registrar: Registrar<'_, 'a>) -> Self {
        Self { findings: registrar.findings(), accounts: registrar.finish(), ..self }
    }

    /// What to look at.
    pub fn findings(&self) -> &[RegistrationFinding] {
        &self.findings
    }

    /// How many rows register something.
    pub const fn good(&self) -> usize {
        self.good
    }

    /// How many rows register nothing, those that are not listed included.
    pub const fn refused(&self) -> usize {
        self.refused
    }

    /// One result for each row that registers something and for the first hundred that do not, in the order of the file.
    pub fn results(&self) -> impl Iterator<Item = RegistrationResult<'_>> {
        self.results
            .iter()
            .map(|(row, result)| RegistrationResult { row, result: result.as_ref().map_err(Vec::as_slice) })
    }

    /// What results if the good rows are applied and the others are not, by account.
    pub fn registered(&self) -> Vec<AccountRegistrations<'_>> {
        registered(&self.accounts, self.results.iter().filter_map(|(_, result)| result.as_ref().ok()))
    }
}

impl RegistrationError {
    /// The rule behind it; `None` where a cell cannot be read for a reason that no rule knows.
    pub const fn rule(&self) -> Option<RuleId> {
        match &self.cause {
            RegistrationCause::Unreadable { code, .. } => code.rule(),
            RegistrationCause::Refused(cause) => Some(cause.rule()),
        }
    }

    fn unreadable(error: &RowError) -> Self {
        let RowError { line, column, field, value, code, message, .. } = error.clone();
        Self { line, column, field, value, cause: RegistrationCause::Unreadable { code, message } }
    }

    fn refused(columns: &Columns<BulkColumn>, row: &RegistrationRow, fault: &BulkFault) -> Self {
        let position = fault.column.and_then(|column| columns.position(column));
        let title = match (position, fault.column) {
            (Some(position), _) => columns.title(position),
            (None, Some(column)) => column.title(),
            (None, None) => "",
        };
        Self {
            line: row.line,
            column: position.map(|position| u64::try_from(position).unwrap_or(u64::MAX).saturating_add(1)),
            field: excerpt(title.as_bytes()),
            value: excerpt(fault.column.map_or_else(String::new, |column| row.value(column)).as_bytes()),
            cause: RegistrationCause::Refused(fault.cause.clone()),
        }
    }
}

/// All that is wrong with a row, in the order of its cells; what concerns no cell comes last.
pub(super) fn errors(
    columns: &Columns<BulkColumn>,
    row: &RegistrationRow,
    faults: &[BulkFault],
) -> Vec<RegistrationError> {
    let refused = faults.iter().map(|fault| RegistrationError::refused(columns, row, fault));
    let mut errors: Vec<_> = row.errors.iter().map(RegistrationError::unreadable).chain(refused).collect();
    sort_by_key(&mut errors, |error| error.column.unwrap_or(u64::MAX));
    errors
}
