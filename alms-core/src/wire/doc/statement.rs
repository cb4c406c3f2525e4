use super::account_view::{Accounts, Holding};
use super::booking::BookingList;
use super::finding::FindingDoc;
use super::forecast::ForecastDoc;
use super::updates::UpdateDoc;
use crate::account::Kind;
use crate::calendar::Months;
use crate::tokens::{AccountReport, Flows, Holder, MonthFlows, Report, Statement, Status, ThisMonth};
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, Text, YearMonth};
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.statement`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "StatementRequest"))]
pub(in crate::wire) struct StatementRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked.
    pub(in crate::wire) bookings: BookingList,
    /// Whose statement.
    pub(in crate::wire) account: Id<'a>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// The peak of the month before; where absent, the one that is booked.
    pub(in crate::wire) previous_peak: Option<Natural<'a>>,
    /// The peak of the current month so far, where known.
    pub(in crate::wire) current_peak: Option<Natural<'a>>,
}

/// Output of `tokens.statement`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Statement"))]
pub(in crate::wire) struct StatementDoc<'a> {
    /// The account's UID.
    account: Id<'a>,
    /// Its name.
    name: Id<'a>,
    /// What it is for.
    kind: Choice<'a, Kind>,
    /// The day of the statement.
    on: Day<'a>,
    /// The stock on that day.
    balance: Count<'a>,
    /// Whether it has service.
    status: Choice<'a, Status>,
    /// The current month so far, and what it is expected to come to.
    month: ThisMonthDoc<'a>,
    /// When the stock runs out.
    forecast: ForecastDoc<'a>,
    /// The past twelve months, the oldest first.
    history: Vec<MonthFlowsDoc<'a>>,
    /// The stock updates of the past twelve months.
    updates: Vec<UpdateDoc<'a>>,
    /// The months for which there is a report.
    reports: Vec<YearMonth<'a>>,
    /// What to look at.
    findings: Vec<FindingDoc<'a>>,
}

/// A month's figures: closing = opening + purchased - sold + adjusted + granted + registered - consumed.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MonthFlows"))]
struct MonthFlowsDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    #[serde(flatten)]
    flows: FlowsDoc<'a>,
    /// The peak that is booked for it, if it is.
    peak: Option<Count<'a>>,
}

/// What went in and out of a stock.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Flows"))]
struct FlowsDoc<'a> {
    /// The stock before.
    opening: Count<'a>,
    /// Bought from the vendor or, as a customer, from a partner.
    purchased: Count<'a>,
    /// Sold on to customers.
    sold: Count<'a>,
    /// Credit and debit notes, and what the vendor took back, with their sign.
    adjusted: Count<'a>,
    /// Complimentary tokens.
    granted: Count<'a>,
    /// First-year registrations.
    registered: Count<'a>,
    /// Used.
    consumed: Count<'a>,
    /// The stock after.
    closing: Count<'a>,
}

/// The current month.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ThisMonth"))]
struct ThisMonthDoc<'a> {
    #[serde(flatten)]
    so_far: MonthFlowsDoc<'a>,
    /// The peak of the month before, where known.
    previous_peak: Option<Natural<'a>>,
    /// The peak so far, where known.
    current_peak: Option<Natural<'a>>,
    /// The predicted use; 0 for accounts that consume nothing.
    predicted_use: Option<Count<'a>>,
    /// The stock to be expected at the month's end; null if the use cannot be predicted.
    expected_end: Option<Count<'a>>,
}

impl FlowsDoc<'_> {
    fn of(flows: &Flows) -> Self {
        Self {
            opening: flows.opening.into(),
            purchased: flows.purchased.into(),
            sold: flows.sold.into(),
            adjusted: flows.adjusted.into(),
            granted: flows.granted.into(),
            registered: flows.registered.into(),
            consumed: flows.consumed.into(),
            closing: flows.closing.into(),
        }
    }
}

impl MonthFlowsDoc<'_> {
    fn of(month: &MonthFlows) -> Self {
        Self {
            month: month.month.into(),
            flows: FlowsDoc::of(&month.flows),
            peak: month.peak.map(Count::from),
        }
    }
}

impl ThisMonthDoc<'_> {
    fn of(month: &ThisMonth) -> Self {
        Self {
            so_far: MonthFlowsDoc::of(&month.so_far),
            previous_peak: month.peaks.previous.map(Count::from),
            current_peak: month.peaks.current.map(Count::from),
            predicted_use: month.predicted_use.map(Count::from),
            expected_end: month.expected_end.map(Count::from),
        }
    }
}

impl<'a> StatementDoc<'a> {
    pub(in crate::wire) fn of(holder: &'a Holder, statement: &'a Statement<'a>) -> Self {
        let packs = statement.outlook.packs_to_buy(Months::YEAR);
        Self {
            account: Text::of(&holder.uid),
            name: Text::of(&holder.name),
            kind: holder.kind.into(),
            on: statement.on.into(),
            balance: statement.standing.balance.into(),
            status: statement.standing.status.into(),
            month: ThisMonthDoc::of(&statement.month),
            forecast: ForecastDoc::of(&statement.forecast, packs),
            history: statement.history.iter().map(MonthFlowsDoc::of).collect(),
            updates: statement.updates.iter().map(UpdateDoc::of).collect(),
            reports: statement.history.iter().map(|month| month.month.into()).collect(),
            findings: statement.findings.iter().map(FindingDoc::of).collect(),
        }
    }
}

/// Input of `tokens.report`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ReportRequest"))]
pub(in crate::wire) struct ReportRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked.
    pub(in crate::wire) bookings: BookingList,
    /// Whose report.
    pub(in crate::wire) account: Id<'a>,
    /// Of which month.
    pub(in crate::wire) month: YearMonth<'a>,
}

/// Output of `tokens.report`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Report"))]
pub(in crate::wire) struct ReportDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    /// The account's own figures.
    account: AccountReportDoc<'a>,
    /// Its customers' figures, if it is a reseller.
    customers: Vec<AccountReportDoc<'a>>,
    /// The customers' figures added up.
    total: FlowsDoc<'a>,
}

/// A month's figures of an account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccountReport"))]
struct AccountReportDoc<'a> {
    /// The account.
    uid: Id<'a>,
    /// Its name.
    name: Id<'a>,
    /// What it is for.
    kind: Choice<'a, Kind>,
    /// Whether it had service at the month's end.
    status: Choice<'a, Status>,
    #[serde(flatten)]
    figures: MonthFlowsDoc<'a>,
}

impl<'a> AccountReportDoc<'a> {
    fn of(report: &AccountReport<'a>) -> Self {
        Self {
            uid: Text::of(&report.holder.uid),
            name: Text::of(&report.holder.name),
            kind: report.holder.kind.into(),
            status: report.status.into(),
            figures: MonthFlowsDoc::of(&report.figures),
        }
    }
}

impl<'a> ReportDoc<'a> {
    pub(in crate::wire) fn of(report: &Report<'a>) -> Self {
        Self {
            month: report.month.into(),
            account: AccountReportDoc::of(&report.account),
            customers: report.customers.iter().map(AccountReportDoc::of).collect(),
            total: FlowsDoc::of(&report.total),
        }
    }
}
