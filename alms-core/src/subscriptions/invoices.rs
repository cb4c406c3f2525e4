use super::SubscriptionBilling;
use super::course::Course;
use super::history::{FleetError, HistoryError};
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::periods::Period;
use super::price_list::{MissingPrice, PriceList};
use super::schedule::{Schedule, Scheduled};
use super::settled::settled_course;
use crate::ErrorCode;
use crate::bounds::lines_max;
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::money::{Money, Price, PriceError};
use crate::quantity::Fraction;
use crate::text::OfferName;
use std::collections::BTreeMap;

/// What is invoiced on one day, in advance, for all active systems (SUB-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice<'a> {
    /// The day, on which the periods of its lines begin.
    pub on: Date,
    /// The lines, by offer and period.
    pub lines: Vec<InvoiceLine<'a>>,
    /// Their sum.
    pub total: Money,
}

/// The systems of one offer that have the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine<'a> {
    /// The offer.
    pub offer: &'a OfferName,
    /// The period that is paid for.
    pub period: Period,
    /// The length of a full period.
    pub months: Months,
    /// The days of a shorter first period ÷ those of the full one; `None` for a full period.
    pub days: Option<Fraction>,
    /// Their places in the fleet.
    pub systems: Vec<usize>,
    /// The price of a full period for one system.
    pub unit_price: Money,
    /// Systems × unit price; of a shorter period each system's share of it, rounded once.
    pub amount: Money,
}

/// Why there are no invoices.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// The time ends before it begins, or is longer than ten years.
    #[error("`{until}` must not be before {from}, nor more than ten years after it")]
    Span {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// More systems in more periods than anybody pays.
    #[error(
        "`{count}` periods of all systems are too many; give an earlier `until` or fewer systems, {max} at most"
    )]
    TooLarge {
        /// How many periods begin within the time, of all systems.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// A history that the rules do not allow.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// A term without price.
    #[error(transparent)]
    MissingPrice(#[from] MissingPrice),
    /// A sum that cannot be calculated.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// A period ends after the calendar.
    #[error("the period that begins on {start} ends after 9999-12-31; give an earlier `until`")]
    DateOutOfRange {
        /// The place in the fleet.
        index: usize,
        /// When the period begins.
        start: Date,
    },
}

impl InvoiceError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Span { .. } => ErrorCode::OutOfRange,
            Self::TooLarge { .. } => ErrorCode::TooLarge,
            Self::Fleet(error) => error.code(),
            Self::MissingPrice(error) => error.code(),
            Self::Price(error) => error.code(),
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

/// As many periods of each system are invoiced, however many systems there are; of few systems more.
const PERIODS_ALWAYS: usize = 24;

/// What makes a line of an invoice: the period, its length, the days of the full one if it is shorter, the offer.
type LineKey<'a> = (Period, Months, Option<i64>, &'a OfferName);

/// The invoices of a fleet from the day `from` up to and including the day `until` (SUB-7).
///
/// A period is invoiced on its first day. Systems under pre-paid billing, free ones, those in inventory or in their included
/// first year are not invoiced; terminated ones not any more. Under [`InvoiceDay::Day`] all of an account's systems are
/// invoiced on one day of the month: the first period of each runs up to that day and costs its price × days ÷ days of the
/// full period that ends there.
///
/// # Errors
/// [`InvoiceError`].
///
/// ```
/// # use alms_core::subscriptions::{InvoiceDay, ListedTerm, PriceList, invoices};
/// # use alms_core::money::{Currency, Money};
/// # use alms_core::calendar::Months;
/// let term = ListedTerm {
///     offer: "AirLink Complete".parse()?,
///     months: Months::from(1),
///     unit_price: Money::new("4.50".parse()?, Currency::USD),
/// };
/// let prices = PriceList::try_new(vec![term])?;
/// let none = invoices(&[], "2024-01-01".parse()?, "2024-12-31".parse()?, InvoiceDay::Own, &prices)?;
/// assert!(none.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn invoices<'a>(
    fleet: &'a [Holding],
    from: Date,
    until: Date,
    day: InvoiceDay,
    prices: &PriceList,
) -> Result<Vec<Invoice<'a>>, InvoiceError> {
    let longest = from.add_months(Months::years(10)).unwrap_or(Date::MAX);
    if until < from || until > longest {
        return Err(InvoiceError::Span { from, until });
    }
    let (mut count, max) = (0_usize, lines_max(fleet.len(), PERIODS_ALWAYS));
    let mut lines: BTreeMap<LineKey<'a>, Vec<usize>> = BTreeMap::new();
    for (index, holding) in fleet.iter().enumerate() {
        let course = settled_course(index, holding, until, day)?;
        if holding.origin.data().billing != SubscriptionBilling::Direct {
            continue;
        }
        let Some(schedule) = &course.schedule else { continue };
        check_known(index, holding, from)?;
        let invoiced = invoiced(schedule, &course, from, until)
            .map_err(|start| InvoiceError::DateOutOfRange { index, start })?;
        count = count.saturating_add(invoiced.len());
        // Beyond the limit they are only counted.
        for scheduled in invoiced.into_iter().filter(|_| count <= max) {
            let Scheduled { period, length, full_days } = scheduled;
            let key = (period, length, full_days, course.offer(period.start_date));
            lines.entry(key).or_default().push(index);
        }
    }
    if count > max {
        return Err(InvoiceError::TooLarge { count, max });
    }
    by_day(lines, prices)
}

/// Of the periods that began by the day as of which a subscription is known, only those from its end date on are known, and
/// that none began in its first term.
fn check_known(index: usize, holding: &Holding, from: Date) -> Result<(), FleetError> {
    let origin = &holding.origin;
    let ends = [origin.included_until(), origin.started()];
    let is_known =
        origin.end_date().is_some_and(|end| end <= from || ends.into_iter().flatten().any(|day| end <= day));
    match origin.data().as_of.filter(|as_of| from <= *as_of && !is_known) {
        Some(as_of) => Err(FleetError { index, cause: HistoryError::BeforeAsOf { on: from, as_of } }),
        None => Ok(()),
    }
}

/// The periods of one system that begin within a time; where the calendar ends, the day the period begins.
fn invoiced(
    schedule: &Schedule,
    course: &Course<'_>,
    from: Date,
    until: Date,
) -> Result<Vec<Scheduled>, Date> {
    let mut periods = Vec::new();
    let mut start = schedule.boundary_from(from).map_err(|DateOutOfRange| from)?;
    while start <= until && course.terminated.is_none_or(|terminated| start < terminated) {
        let Some(scheduled) = schedule.at(start).map_err(|DateOutOfRange| start)? else { break };
        // What is not longer than a day would never end.
        if scheduled.period.end_date <= start {
            break;
        }
        start = scheduled.period.end_date;
        periods.push(scheduled);
    }
    Ok(periods)
}

fn by_day<'a>(
    lines: BTreeMap<LineKey<'a>, Vec<usize>>,
    prices: &PriceList,
) -> Result<Vec<Invoice<'a>>, InvoiceError> {
    let mut invoices: Vec<Invoice<'a>> = Vec::new();
    // Ordered by the first day of the period.
    for ((period, months, full_days, offer), systems) in lines {
        let unit_price = prices.unit_price(offer, months)?;
        let quantity = i64::try_from(systems.len()).unwrap_or(i64::MAX);
        let days = full_days.map(|denominator| Fraction {
            numerator: period.start_date.days_until(period.end_date),
            denominator,
        });
        let one = match days {
            Some(days) => unit_price.share(days.numerator, days.denominator).map_err(PriceError::from)?,
            None => unit_price,
        };
        let amount = Price::new(quantity, one, None)?.total;
        let line = InvoiceLine { offer, period, months, days, systems, unit_price, amount };
        match invoices.last_mut().filter(|invoice| invoice.on == period.start_date) {
            Some(invoice) => {
                invoice.total = invoice.total.plus(amount).map_err(PriceError::from)?;
                invoice.lines.push(line);
            }
            None => invoices.push(Invoice { on: period.start_date, lines: vec![line], total: amount }),
        }
    }
    Ok(invoices)
}
