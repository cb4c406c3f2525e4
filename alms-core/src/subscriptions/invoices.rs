use super::course::Course;
use super::history::{FleetError, settled_course};
use super::holding::Holding;
use super::periods::{Period, Periods};
use super::price_list::{MissingPrice, PriceList};
use super::renewal::LateRenewal;
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::money::{Money, Price, PriceError};
use crate::offers::BillingModel;
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
    /// Its length.
    pub months: Months,
    /// Their places in the fleet.
    pub systems: Vec<usize>,
    /// The price for one system.
    pub unit_price: Money,
    /// Systems × unit price.
    pub amount: Money,
}

/// Why there are no invoices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// The time ends before it begins, or is longer than ten years.
    #[error("`{until}` is no end of a time that begins on {from}; give a day up to ten years later")]
    Span {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
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

/// What makes a line of an invoice.
type LineKey<'a> = (Period, Months, &'a OfferName);

/// The invoices of a fleet from the day `from` up to and including the day `until` (SUB-7).
///
/// A period is invoiced on its first day. Systems under pre-paid billing, in inventory or in their included first
/// year are not invoiced; terminated ones not any more.
///
/// # Errors
/// [`InvoiceError`].
///
/// ```
/// # use alms_core::subscriptions::{InvoiceError, LateRenewal, ListedTerm, PriceList, invoices};
/// # use alms_core::money::{Currency, Money};
/// # use alms_core::calendar::Months;
/// let term = ListedTerm {
///     offer: "AirLink Complete".parse()?,
///     months: Months::from(1),
///     unit_price: Money::new("4.50".parse()?, Currency::USD),
/// };
/// let prices = PriceList::try_new(vec![term])?;
/// let none = invoices(&[], "2024-01-01".parse()?, "2024-12-31".parse()?, &prices)?;
/// assert!(none.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn invoices<'a>(
    fleet: &'a [Holding],
    from: Date,
    until: Date,
    prices: &PriceList,
) -> Result<Vec<Invoice<'a>>, InvoiceError> {
    let longest = from.add_months(Months::years(10)).unwrap_or(Date::MAX);
    if until < from || until > longest {
        return Err(InvoiceError::Span { from, until });
    }
    let mut lines: BTreeMap<LineKey<'a>, Vec<usize>> = BTreeMap::new();
    for (index, holding) in fleet.iter().enumerate() {
        // Nothing is late where no purchase order is needed.
        let course = settled_course(index, holding, until, LateRenewal::FromOrder)?;
        if holding.origin.billing != BillingModel::Direct {
            continue;
        }
        let Some(periods) = course.periods() else { continue };
        for period in invoiced(periods, &course, from, until) {
            let period = period.map_err(|start| InvoiceError::DateOutOfRange { index, start })?;
            let key = (period, periods.length(), course.offer(period.start_date));
            lines.entry(key).or_default().push(index);
        }
    }
    by_day(lines, prices)
}

/// The periods of one system that begin within a time; where the calendar ends, the day the period begins.
fn invoiced<'c>(
    periods: Periods,
    course: &'c Course<'_>,
    from: Date,
    until: Date,
) -> impl Iterator<Item = Result<Period, Date>> + use<'c> {
    let last = course.terminated;
    let first = periods.index_of(from).unwrap_or(0);
    (first..)
        .map_while(move |index| periods.start(index).ok().map(|start| (index, start)))
        .skip_while(move |(_, start)| *start < from)
        .take_while(move |(_, start)| *start <= until && last.is_none_or(|last| *start < last))
        .map(move |(index, start)| periods.period(index).map_err(|DateOutOfRange| start))
}

fn by_day<'a>(
    lines: BTreeMap<LineKey<'a>, Vec<usize>>,
    prices: &PriceList,
) -> Result<Vec<Invoice<'a>>, InvoiceError> {
    let mut invoices: Vec<Invoice<'a>> = Vec::new();
    // Ordered by the first day of the period.
    for ((period, months, offer), systems) in lines {
        let unit_price = prices.unit_price(offer, months)?;
        let quantity = i64::try_from(systems.len()).unwrap_or(i64::MAX);
        let amount = Price::new(quantity, unit_price, None)?.total;
        let line = InvoiceLine { offer, period, months, systems, unit_price, amount };
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
