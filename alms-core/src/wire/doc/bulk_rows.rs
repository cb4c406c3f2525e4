use super::account::AccountDoc;
use super::account_view::{AccountOf, Registered};
use super::register::refused;
use super::subscription::SubscriptionDoc;
use super::systems::{NoteCountDoc, RowNoteDoc, note_counts, size};
use crate::account::AccountFacts;
use crate::import::csv::registrations::{
    BulkFile, RegistrationCause, RegistrationError, RegistrationFile, RegistrationResult,
};
use crate::import::{ImportFinding, ImportFindingCode, RowErrorCode};
use crate::reseller::{AccountRegistrations, BulkCause, BulkRegistered, PackRegistration};
use crate::rule::RuleId;
use crate::subscriptions::{OriginData, RegistrationFinding, RegistrationFindingCode};
use crate::text::Uid;
use crate::tokens::BookingType;
use crate::wire::ErrorCode;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use alms_json::{Json, Write};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Output of `reseller.bulk_register`. Nothing is registered: the host applies what is in `registered`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkRegistration"))]
pub(in crate::wire) struct BulkDoc<'a> {
    /// One result for each row that registers something and for the first 100 that are refused, in the order of the file;
    /// `summary` counts all.
    rows: Vec<BulkRowDoc<'a>>,
    /// What results if the good rows are applied and the others are not, by account in the order of `accounts`.
    registered: Vec<AccountRegistrationsDoc<'a>>,
    /// The same accounts with the systems that are registered, as far as they are known.
    accounts: Vec<AccountOf<'a, Registered>>,
    /// How many rows there are of each kind.
    summary: BulkSummaryDoc<'a>,
    /// How many errors there are, those that are not listed included.
    errors_total: Count<'a>,
    /// How many errors there are of each code.
    error_counts: Vec<BulkErrorCountDoc<'a>>,
    /// What was taken for something else, in the order of the file; the first 100 of each code.
    notes: Vec<RowNoteDoc<'a>>,
    /// How many notes there are.
    notes_total: Count<'a>,
    /// How many notes there are of each code.
    note_counts: Vec<NoteCountDoc<'a>>,
    /// What to look at in the file as a whole, and in what it registers; no errors.
    findings: Vec<BulkFindingDoc<'a>>,
    /// Whether the rest of the file could not be read, because a quote is never closed or a row is too long.
    rest_lost: bool,
    /// Titles of the columns that are not read, shortened.
    ignored_columns: Vec<Prose<'a>>,
}

/// What becomes of a row.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkRow"))]
struct BulkRowDoc<'a> {
    /// The line of the file, from 1.
    line: Count<'a>,
    /// Whether the system can be registered.
    ok: bool,
    /// The account; null if it cannot be read.
    account: Option<Id<'a>>,
    /// The serial number; null if it cannot be read.
    serial: Option<Id<'a>>,
    /// In an avc account what the system is entitled to.
    subscription: Option<SubscriptionDoc<'a>>,
    /// In a legacy account the registration to be booked in its ledger, which brings a Service Pack (TOK-7).
    booking: Option<PackRegistrationDoc<'a>>,
    /// Everything that stands in the way, in the order of the columns.
    errors: Vec<BulkErrorDoc<'a>>,
}

/// A booking of the type `registration`, as `tokens.replay` takes it.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PackRegistration"))]
struct PackRegistrationDoc<'a> {
    /// The key under which it is booked once: `registration:`, day, account and serial; absent where that would be too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Id<'a>>,
    /// The day.
    on: Day<'a>,
    /// Always `registration`.
    #[serde(rename = "type")]
    booking_type: Text<'a>,
    /// The account.
    account: Id<'a>,
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Text<'a>,
}

/// One thing that stands in the way of a row.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkError"))]
struct BulkErrorDoc<'a> {
    /// The stable code: of a cell that cannot be read, or of a rule that refuses the row.
    code: BulkCode,
    /// The rule behind it; null if a cell cannot be read and no rule says so.
    rule: Option<Choice<'a, RuleId>>,
    /// The number of the cell in its row, from 1; null for the whole row, and for a column that is not there.
    column: Option<Count<'a>>,
    /// The column's title; empty for the whole row.
    field: Prose<'a>,
    /// The value, shortened.
    value: Prose<'a>,
    /// What is wrong and what to do about it.
    message: Prose<'a>,
    /// Values of the message for programs.
    context: Map<String, Value>,
}

/// How many errors there are of a code.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkErrorCount"))]
struct BulkErrorCountDoc<'a> {
    /// The code.
    code: BulkCode,
    /// How many.
    count: Count<'a>,
}

/// Something to look at in a file of registrations, or in what it registers; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkFinding"))]
struct BulkFindingDoc<'a> {
    /// What it is.
    code: BulkFindingCode,
    /// The rule behind it; null if it is about the file.
    rule: Option<Choice<'a, RuleId>>,
    /// The number of the column, from 1; null if it is not about one.
    column: Option<Count<'a>>,
    /// The column's title; empty if it is not about one.
    field: Prose<'a>,
    /// How many systems; null if it is about the file.
    count: Option<Count<'a>>,
    /// What to look at and what to do about it.
    message: Prose<'a>,
}

impl BulkFindingDoc<'_> {
    fn of_file(finding: ImportFinding) -> Self {
        Self {
            code: BulkFindingCode::File(finding.code),
            rule: None,
            column: finding.column.map(size),
            field: Prose::from(finding.field),
            count: None,
            message: Prose::from(finding.message),
        }
    }

    fn of_registration(finding: &RegistrationFinding) -> Self {
        Self {
            code: BulkFindingCode::Registration(finding.code),
            rule: Some(finding.rule().into()),
            column: None,
            field: Prose::of(""),
            count: Some(size(finding.count)),
            message: Prose::from(finding.message()),
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum BulkFindingCode {
    /// The file.
    File(ImportFindingCode),
    /// What is registered.
    Registration(RegistrationFindingCode),
}

impl Write for BulkFindingCode {
    fn write(&self, json: &mut Json<'_>) {
        json.string(match self {
            BulkFindingCode::File(code) => code.as_str(),
            BulkFindingCode::Registration(code) => code.as_str(),
        });
    }
}

/// Every code of a finding, for the schema.
#[cfg(feature = "schema")]
pub(in crate::wire) fn finding_codes() -> Vec<&'static str> {
    ImportFindingCode::NAMES.iter().chain(RegistrationFindingCode::NAMES).copied().collect()
}

/// The code of an error beside a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum BulkCode {
    /// Of a cell that cannot be read.
    Cell(RowErrorCode),
    /// Of a rule.
    Rule(ErrorCode),
}

impl BulkCode {
    const fn as_str(self) -> &'static str {
        match self {
            BulkCode::Cell(code) => code.as_str(),
            BulkCode::Rule(code) => code.as_str(),
        }
    }
}

impl Write for BulkCode {
    fn write(&self, json: &mut Json<'_>) {
        json.string(self.as_str());
    }
}

/// What is registered in one account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccountRegistrations"))]
struct AccountRegistrationsDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// How many systems it has then, as far as known.
    systems: Count<'a>,
    /// The subscriptions of an avc account.
    subscriptions: Vec<SubscriptionDoc<'a>>,
    /// The bookings of a legacy account.
    bookings: Vec<PackRegistrationDoc<'a>>,
}

/// How many rows there are of each kind.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkSummary"))]
struct BulkSummaryDoc<'a> {
    /// All.
    rows: Count<'a>,
    /// Those whose systems can be registered.
    registered: Count<'a>,
    /// The others.
    refused: Count<'a>,
    /// The accounts in which something is registered.
    accounts: Count<'a>,
}

/// How many errors there are of each code, whether their rows are listed or not.
#[derive(Debug, Default)]
pub(in crate::wire) struct BulkErrors(BTreeMap<&'static str, (BulkCode, usize)>);

impl BulkErrors {
    /// Counts what stands in the way of a row.
    pub(in crate::wire) fn take(&mut self, errors: &[RegistrationError]) {
        for error in errors {
            let code = bulk_code(&error.cause);
            let (_, count) = self.0.entry(code.as_str()).or_insert((code, 0));
            *count = count.saturating_add(1);
        }
    }
}

impl<'a> BulkDoc<'a> {
    pub(in crate::wire) fn of(
        file: &'a RegistrationFile<'_>,
        bulk: &'a BulkFile<'a>,
        registered: &'a [AccountRegistrations<'a>],
        accounts: &'a [AccountFacts],
        errors: &BulkErrors,
    ) -> Self {
        let (good, refused) = (bulk.good(), bulk.refused());
        let sum = |counts: &mut dyn Iterator<Item = usize>| size(counts.fold(0, usize::saturating_add));
        Self {
            summary: BulkSummaryDoc {
                rows: size(good.saturating_add(refused)),
                registered: size(good),
                refused: size(refused),
                accounts: size(registered.len()),
            },
            rows: bulk.results().map(BulkRowDoc::of).collect(),
            registered: registered.iter().map(AccountRegistrationsDoc::of).collect(),
            accounts: accounts.iter().map(AccountDoc::of_facts).collect(),
            errors_total: sum(&mut errors.0.values().map(|(_, count)| *count)),
            error_counts: errors
                .0
                .values()
                .map(|(code, count)| BulkErrorCountDoc { code: *code, count: size(*count) })
                .collect(),
            notes: file.notes().iter().map(RowNoteDoc::of).collect(),
            notes_total: sum(&mut file.note_counts().values().copied()),
            note_counts: note_counts(file.note_counts()),
            findings: {
                let of_file = file.findings().into_iter().map(BulkFindingDoc::of_file);
                of_file.chain(bulk.findings().iter().map(BulkFindingDoc::of_registration)).collect()
            },
            rest_lost: file.rest_lost(),
            ignored_columns: file.ignored_columns().into_iter().map(Prose::from).collect(),
        }
    }
}

impl<'a> BulkRowDoc<'a> {
    fn of(result: RegistrationResult<'a>) -> Self {
        let RegistrationResult { row, result } = result;
        Self {
            line: size(row.line),
            ok: result.is_ok(),
            account: row.account.as_ref().map(Text::of),
            serial: row.serial.as_ref().map(Text::of),
            subscription: result.ok().and_then(|registered| subscription(registered, row.account.as_ref())),
            booking: result.ok().and_then(booking),
            errors: result.err().into_iter().flatten().map(BulkErrorDoc::of).collect(),
        }
    }
}

fn subscription(registered: &BulkRegistered, account: Option<&Uid>) -> Option<SubscriptionDoc<'static>> {
    match registered {
        BulkRegistered::Subscription(subscription) => {
            let account = account.cloned();
            Some(SubscriptionDoc::of_facts(&OriginData { account, ..subscription.into() }))
        }
        BulkRegistered::Booking(_) => None,
    }
}

fn booking(registered: &BulkRegistered) -> Option<PackRegistrationDoc<'_>> {
    match registered {
        BulkRegistered::Booking(booking) => Some(PackRegistrationDoc::of(booking)),
        BulkRegistered::Subscription(_) => None,
    }
}

impl<'a> PackRegistrationDoc<'a> {
    fn of(booking: &'a PackRegistration) -> Self {
        Self {
            key: booking.key().map(|key| Text(key.as_str().to_owned().into())),
            on: booking.on.into(),
            booking_type: Text::of(BookingType::Registration.as_str()),
            account: Text::of(&booking.account),
            serial: Text::of(&booking.serial),
            model: Text::of(booking.model.as_str()),
        }
    }
}

impl<'a> AccountRegistrationsDoc<'a> {
    fn of(registrations: &'a AccountRegistrations<'a>) -> Self {
        let registered = || registrations.registered.iter().copied();
        Self {
            account: Text::of(&registrations.account.uid),
            systems: registrations.systems.into(),
            subscriptions: registered()
                .filter_map(|registered| subscription(registered, Some(&registrations.account.uid)))
                .collect(),
            bookings: registered().filter_map(booking).collect(),
        }
    }
}

impl<'a> BulkErrorDoc<'a> {
    fn of(error: &'a RegistrationError) -> Self {
        let context = match &error.cause {
            RegistrationCause::Unreadable { .. } => Map::new(),
            RegistrationCause::Refused(cause) => code(cause).1,
        };
        Self {
            code: bulk_code(&error.cause),
            rule: error.rule().map(Into::into),
            column: error.column.map(size),
            field: Prose::of(&error.field),
            value: Prose::of(&error.value),
            message: Prose::from(error.cause.to_string()),
            context,
        }
    }
}

/// The code of an error.
fn bulk_code(cause: &RegistrationCause) -> BulkCode {
    match cause {
        RegistrationCause::Unreadable { code, .. } => BulkCode::Cell(*code),
        RegistrationCause::Refused(cause) => BulkCode::Rule(code(cause).0),
    }
}

/// The code, and the values of the message.
fn code(cause: &BulkCause) -> (ErrorCode, Map<String, Value>) {
    let error = match cause {
        BulkCause::UnknownAccount(unknown) => Error::from(unknown.clone()),
        BulkCause::AlreadyRegistered { account, .. } => {
            Error::new(cause.code(), cause).with("account", account.as_str())
        }
        BulkCause::DuplicateSerial { line, .. } => Error::new(cause.code(), cause).with("line", *line),
        BulkCause::SeriesNotEligible(_) => Error::new(cause.code(), cause),
        BulkCause::NoCatalogue(_) => Error::new(cause.code(), cause),
        BulkCause::Unregistrable(error) => refused(error),
    };
    error.into_code_and_context()
}

/// Every code that can stand beside a row, for the schema.
#[cfg(feature = "schema")]
pub(in crate::wire) fn codes() -> Vec<&'static str> {
    let of_rules = ErrorCode::NAMES.iter().filter(|name| !RowErrorCode::NAMES.contains(name));
    RowErrorCode::NAMES.iter().chain(of_rules).copied().collect()
}
