use super::fraction::FractionDoc;
use super::late::InvoiceDayDoc;
use super::money::MoneyDoc;
use super::price_list::ListedTermDoc;
use super::subscription::SubscriptionDoc;
use crate::rule::RuleId;
use crate::subscriptions::{Holding, Invoice, InvoiceError, InvoiceLine};
use crate::wire::error::Error;
use crate::wire::leaf::{Count, Day, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.invoices`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "InvoicesRequest"))]
pub(in crate::wire) struct InvoicesRequestDoc<'a> {
    /// The subscriptions with their histories; pre-paid ones are not invoiced.
    pub(in crate::wire) subscriptions: Vec<Object<SubscriptionDoc<'a>>>,
    /// The first day.
    pub(in crate::wire) from: Day<'a>,
    /// The last day, at most ten years later. Of each system at most 24 periods are invoiced, on average, or 100,000 of all
    /// systems, if that is more.
    pub(in crate::wire) until: Day<'a>,
    /// On which day systems are invoiced: each on its own where absent, or all on one day of the month.
    pub(in crate::wire) invoice_day: Option<InvoiceDayDoc<'a>>,
    /// The price of every offer and term that is invoiced, in one currency.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub(in crate::wire) prices: Vec<Object<ListedTermDoc<'a>>>,
}

/// Output of `subscriptions.invoices`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Invoices"))]
pub(in crate::wire) struct InvoicesDoc<'a> {
    /// The invoices by day.
    invoices: Vec<InvoiceDoc<'a>>,
}

/// What is invoiced on one day, in advance.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Invoice"))]
struct InvoiceDoc<'a> {
    /// The day, on which the periods begin.
    on: Day<'a>,
    /// The lines, by offer and period.
    lines: Vec<InvoiceLineDoc<'a>>,
    /// Their sum.
    total: MoneyDoc<'a>,
}

/// The systems of one offer that have the same period.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "InvoiceLine"))]
struct InvoiceLineDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// The length of a full period.
    months: Count<'a>,
    /// The days of a shorter first period, up to the account's day, ÷ those of the full one; absent for a full period.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<FractionDoc<'a>>,
    /// Its first day.
    start_date: Day<'a>,
    /// The day on which it ends and the next begins.
    end_date: Day<'a>,
    /// How many systems.
    quantity: Count<'a>,
    /// The price of a full period for one.
    unit_price: MoneyDoc<'a>,
    /// Quantity × unit price; of a shorter period each system's share of it, rounded once.
    amount: MoneyDoc<'a>,
    /// The systems.
    serials: Vec<Id<'a>>,
}

impl<'a> InvoicesDoc<'a> {
    pub(in crate::wire) fn of(invoices: &[Invoice<'a>], fleet: &'a [Holding]) -> Self {
        let invoice = |invoice: &Invoice<'a>| InvoiceDoc {
            on: invoice.on.into(),
            lines: invoice.lines.iter().map(|line| InvoiceLineDoc::of(line, fleet)).collect(),
            total: MoneyDoc::of(invoice.total),
        };
        Self { invoices: invoices.iter().map(invoice).collect() }
    }
}

impl<'a> InvoiceLineDoc<'a> {
    fn of(line: &InvoiceLine<'a>, fleet: &'a [Holding]) -> Self {
        Self {
            offer: Text::of(line.offer),
            months: line.months.get().into(),
            days: line.days.map(FractionDoc::of),
            start_date: line.period.start_date.into(),
            end_date: line.period.end_date.into(),
            quantity: i64::try_from(line.systems.len()).unwrap_or(i64::MAX).into(),
            unit_price: MoneyDoc::of(line.unit_price),
            amount: MoneyDoc::of(line.amount),
            serials: line.systems.iter().filter_map(|index| serial(fleet, *index)).collect(),
        }
    }
}

/// The serial of a subscription by its place in the fleet.
pub(in crate::wire) fn serial(fleet: &[Holding], index: usize) -> Option<Id<'_>> {
    fleet.get(index).map(|holding| Text::of(holding.origin.serial()))
}

impl From<InvoiceError> for Error {
    fn from(error: InvoiceError) -> Self {
        match error {
            InvoiceError::Span { .. } => Self::new(error.code(), &error).at("until"),
            InvoiceError::TooLarge { count, max } => {
                Self::new(error.code(), &error).with("count", count).with("limit", max).at("until")
            }
            InvoiceError::Fleet(fleet) => fleet.into(),
            InvoiceError::MissingPrice(missing) => Self::from(missing).by_rule(RuleId::Sub7),
            InvoiceError::Price(price) => Self::from(price).at("prices"),
            InvoiceError::DateOutOfRange { .. } => {
                Self::new(error.code(), &error).by_rule(RuleId::Sub7).at("until")
            }
        }
    }
}
