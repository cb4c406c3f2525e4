use super::cover::{Cover, Unit};
use super::event::{Change, Event};
use super::history::FleetError;
use super::holding::Holding;
use super::late::LateRenewal;
use super::price_list::{ListedTerm, MissingPrice, PriceList};
use super::renewal::{RenewalError, renew};
use super::settled::settled_state;
use super::share::shared;
use super::state::StateOn;
use super::term::Term;
use crate::ErrorCode;
use crate::calendar::{Date, Month, Months};
use crate::money::{Discount, Money, MoneyError, Price, PriceError};
use crate::names::named_enum;
use crate::order::sort_by_key;
use crate::rule::{Grounds, RuleId};
use crate::text::OfferName;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// For how long a fleet is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Each system by one term of so many months.
    Months(Months),
    /// Each system by the cheapest terms that last at least until this day.
    Until(Date),
}

/// What a quote is asked for.
#[derive(Debug, Clone, Copy)]
pub struct QuoteRequest<'a> {
    /// The subscriptions.
    pub fleet: &'a [Holding],
    /// The day of the order.
    pub on: Date,
    /// Which are renewed: those that have ended, or end up to and including this day.
    pub due_until: Date,
    /// For how long.
    pub wish: Wish,
    /// From when a late renewal counts.
    pub late: LateRenewal,
    /// The terms that can be bought; those of whole years are looked at.
    pub prices: &'a PriceList,
    /// What is taken off: a percentage of every line, or an amount that the lines share.
    pub discount: Option<Discount>,
}

/// A renewal quote (SUB-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The lines of the purchase order, by offer and term.
    pub lines: Vec<QuoteLine<'a>>,
    /// The sum of the lines.
    pub total: Price,
    /// What falls due in each month from that of the order to that of `due_until`.
    pub months: Vec<DueMonth>,
    /// What had ended by the day of the order.
    pub lapsed: DueAmount,
    /// The systems that are renewed, in the fleet's order.
    pub systems: Vec<QuotedSystem<'a>>,
    /// The systems that are not, in the fleet's order.
    pub skipped: Vec<SkippedSystem>,
}

/// A line of a purchase order: one offer, one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine<'a> {
    /// The offer.
    pub offer: &'a OfferName,
    /// The length of the term.
    pub months: Months,
    /// How many terms are bought.
    pub quantity: i64,
    /// The price of one.
    pub unit_price: Money,
    /// The price of the line.
    pub price: Price,
}

/// What falls due, before any discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueAmount {
    /// How many systems.
    pub systems: u32,
    /// Their terms at list prices, exactly.
    pub list: Money,
}

/// What falls due in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueMonth {
    /// The month.
    pub month: Month,
    /// How much.
    pub due: DueAmount,
}

/// A system that is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedSystem<'a> {
    /// Its place in the fleet.
    pub index: usize,
    /// The offer.
    pub offer: &'a OfferName,
    /// The day on which its service ends, or ended.
    pub end_date: Date,
    /// The terms that are bought for it, the longest first: months and how many.
    pub terms: Vec<(Months, u64)>,
    /// The day on which its service ends then.
    pub new_end_date: Date,
    /// The day on which its warranty ends then.
    pub warranty_end: Option<Date>,
    /// Whether it was suspended and is not any more.
    pub reactivated: bool,
    /// The rules behind the dates.
    pub grounds: Grounds,
}

impl QuotedSystem<'_> {
    /// The months of all its terms together.
    pub fn months(&self) -> i64 {
        let of_term = |(months, count): &(Months, u64)| {
            months.get().saturating_mul(i64::try_from(*count).unwrap_or(i64::MAX))
        };
        self.terms.iter().map(of_term).fold(0, i64::saturating_add)
    }

    /// The renewal as it goes into the subscription's events once it is ordered on the day `on`.
    pub fn event(&self, on: Date) -> Event {
        let months = Months::try_new(self.months()).unwrap_or_default();
        Event { on, change: Change::Renewal { months, offer: None } }
    }
}

/// A system that is not renewed, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkippedSystem {
    /// Its place in the fleet.
    pub index: usize,
    /// Why.
    pub reason: SkipReason,
    /// The fewest months whose term is not over before its order, if that is why.
    pub months_needed: Option<Months>,
}

impl SkippedSystem {
    pub(super) fn new(index: usize, reason: SkipReason) -> Self {
        Self { index, reason, months_needed: None }
    }
}

named_enum! {
    /// Why a system has no part in a purchase.
    #[non_exhaustive]
    pub enum SkipReason {
        /// It ends after the days that were asked for (SUB-10).
        NotDue = "not_due",
        /// It lasts until the wanted day already (SUB-10).
        Covered = "covered",
        /// It is in inventory; activating it is a purchase order of its own (MIG-3).
        Inventory = "inventory",
        /// Its service goes on by itself (SUB-7, RES-1).
        RenewsByItself = "renews_by_itself",
        /// It is terminated, or about to be (SUB-7).
        Terminated = "terminated",
        /// A term of the wanted length would be over on the day of its order (SUB-4).
        TermOverBeforeOrder = "term_over_before_order",
    }
}

impl SkipReason {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        match self {
            SkipReason::NotDue | SkipReason::Covered => RuleId::Sub10,
            SkipReason::Inventory => RuleId::Mig3,
            SkipReason::RenewsByItself | SkipReason::Terminated => RuleId::Sub7,
            SkipReason::TermOverBeforeOrder => RuleId::Sub4,
        }
    }

    /// The reason that lies in the system itself, if there is one; else its term.
    pub(super) fn of(state: &StateOn<'_>) -> Result<Term, Self> {
        match state.term {
            _ if state.terminates_on.is_some() => Err(SkipReason::Terminated),
            Some(_) if state.renews_by_itself => Err(SkipReason::RenewsByItself),
            // Nothing but a system in inventory has no end.
            term => term.ok_or(SkipReason::Inventory),
        }
    }
}

/// Why there is no quote.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// The time ends before the order, or is longer than ten years.
    #[error("`{due_until}` must not be before {on}, nor more than ten years after it")]
    Span {
        /// The day of the order.
        on: Date,
        /// The last day.
        due_until: Date,
    },
    /// A history that the rules do not allow.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// A term without price.
    #[error(transparent)]
    MissingPrice(#[from] MissingPrice),
    /// No term of the offer can be bought.
    #[error("the price list has no term of whole years of `{offer}`; add one")]
    NoTerm {
        /// The offer.
        offer: OfferName,
    },
    /// A discount that is none, or a sum that cannot be calculated.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// A date after the calendar.
    #[error("the new end lies after 9999-12-31; renew for fewer months")]
    DateOutOfRange {
        /// The place in the fleet.
        index: usize,
    },
}

impl QuoteError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Span { .. } => ErrorCode::OutOfRange,
            Self::Fleet(error) => error.code(),
            Self::MissingPrice(error) => error.code(),
            Self::NoTerm { .. } => ErrorCode::MissingPrice,
            Self::Price(error) => error.code(),
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

impl From<MoneyError> for QuoteError {
    fn from(error: MoneyError) -> Self {
        PriceError::from(error).into()
    }
}

/// The purchase order that renews a fleet, what it costs, and the dates after it (SUB-10, SUB-2, SUB-4).
///
/// # Errors
/// [`QuoteError`].
///
/// ```
/// # use alms_core::calendar::Months;
/// # use alms_core::money::{Currency, Money};
/// # use alms_core::subscriptions::*;
/// # use std::error::Error;
/// # fn holding(end_date: &str) -> Result<Holding, Box<dyn Error>> {
/// #     let data = OriginData::new("LA1".parse()?, "AirLink Complete".parse()?);
/// #     let origin = Origin::try_new(OriginData { end_date: Some(end_date.parse()?), ..data })?;
/// #     Ok(Holding { origin, events: vec![] })
/// # }
/// # fn term(months: u32, price: &str) -> Result<ListedTerm, Box<dyn Error>> {
/// #     Ok(ListedTerm { offer: "AirLink Complete".parse()?, months: Months::from(months),
/// #         unit_price: Money::new(price.parse()?, Currency::USD) })
/// # }
/// let fleet = [holding("2024-01-15")?, holding("2024-02-01")?];
/// let prices = PriceList::try_new(vec![term(12, "99.00")?, term(36, "270.00")?])?;
/// let quote = quote(&QuoteRequest {
///     fleet: &fleet,
///     on: "2023-11-01".parse()?,
///     due_until: "2024-03-31".parse()?,
///     wish: Wish::Until("2028-01-15".parse()?),
///     late: LateRenewal::FromOrder,
///     prices: &prices,
///     discount: None,
/// })?;
/// // Both need four years: one term of three and one of a year each.
/// assert_eq!(quote.total.total.to_string(), "738.00 USD");
/// assert_eq!(quote.systems[1].new_end_date, "2028-02-01".parse()?);
/// # Ok::<(), Box<dyn Error>>(())
/// ```
pub fn quote<'a>(request: &QuoteRequest<'a>) -> Result<Quote<'a>, QuoteError> {
    let QuoteRequest { on, due_until, .. } = *request;
    if due_until < on || due_until > on.add_months(Months::years(10)).unwrap_or(Date::MAX) {
        return Err(QuoteError::Span { on, due_until });
    }
    let mut terms = Terms::new(request);
    let (mut systems, mut skipped) = (Vec::new(), Vec::new());
    for (index, holding) in request.fleet.iter().enumerate() {
        match terms.quoted(index, holding)? {
            Ok(system) => systems.push(system),
            Err(system) => skipped.push(system),
        }
    }
    let lines = lines(&systems, request)?;
    let (months, lapsed) = due_amounts(&systems, request)?;
    Ok(Quote { total: total(&lines, request.prices)?, lines, months, lapsed, systems, skipped })
}

/// The terms of an offer: years and price of each, and the cheapest choice among them.
struct OfferTerms {
    years: Vec<u16>,
    cover: Cover,
}

/// The cheapest terms, worked out once for each offer and number of years.
struct Terms<'a, 'r> {
    request: &'r QuoteRequest<'a>,
    offers: HashMap<&'a OfferName, OfferTerms>,
    known: HashMap<(&'a OfferName, u16), Vec<(Months, u64)>>,
}

impl<'a, 'r> Terms<'a, 'r> {
    fn new(request: &'r QuoteRequest<'a>) -> Self {
        Self { request, offers: HashMap::new(), known: HashMap::new() }
    }

    fn quoted(
        &mut self,
        index: usize,
        holding: &'a Holding,
    ) -> Result<Result<QuotedSystem<'a>, SkippedSystem>, QuoteError> {
        let QuoteRequest { on, due_until, wish, late, .. } = *self.request;
        let out_of_range = || QuoteError::DateOutOfRange { index };
        let state = settled_state(index, holding, on, late)?;
        let skipped = |reason| Ok(Err(SkippedSystem::new(index, reason)));
        let term = match SkipReason::of(&state) {
            Ok(term) if term.end_date > due_until => return skipped(SkipReason::NotDue),
            Ok(term) => term,
            Err(reason) => return skipped(reason),
        };
        let offer = state.last_offer;
        let terms = match wish {
            Wish::Months(months) => vec![(months, 1)],
            Wish::Until(date) if term.end_date >= date => return skipped(SkipReason::Covered),
            Wish::Until(date) => {
                self.cheapest(offer, years_until(&term, date, on, late).ok_or_else(out_of_range)?)?
            }
        };
        let months = in_all(&terms).ok_or_else(out_of_range)?;
        let renewal = match renew(&term, months, on, late) {
            Ok(renewal) => renewal,
            Err(RenewalError::DateOutOfRange { .. }) => return Err(out_of_range()),
            Err(RenewalError::OverBeforeOrder { months_needed, .. }) => {
                let reason = SkipReason::TermOverBeforeOrder;
                return Ok(Err(SkippedSystem { months_needed, ..SkippedSystem::new(index, reason) }));
            }
        };
        Ok(Ok(QuotedSystem {
            index,
            offer,
            end_date: term.end_date,
            terms,
            new_end_date: renewal.end_date,
            warranty_end: renewal.warranty_end,
            reactivated: renewal.reactivated,
            grounds: renewal.grounds,
        }))
    }

    fn cheapest(&mut self, offer: &'a OfferName, years: u16) -> Result<Vec<(Months, u64)>, QuoteError> {
        if let Some(terms) = self.known.get(&(offer, years)) {
            return Ok(terms.clone());
        }
        let OfferTerms { years: listed, cover } = match self.offers.entry(offer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(OfferTerms::of(offer, self.request.prices)?),
        };
        let counts = cover.cheapest(u64::from(years)).ok_or(PriceError::Money(MoneyError::Digits))?;
        let bought = listed.iter().zip(counts).filter(|(_, count)| *count > 0);
        let mut terms: Vec<(Months, u64)> =
            bought.map(|(years, count)| (Months::years(*years), count)).collect();
        sort_by_key(&mut terms, |(months, _)| std::cmp::Reverse(*months));
        self.known.insert((offer, years), terms.clone());
        Ok(terms)
    }
}

impl OfferTerms {
    /// The terms of whole years.
    fn of(offer: &OfferName, prices: &PriceList) -> Result<Self, QuoteError> {
        let in_years = |months: Months| match (months.get().checked_div(12), months.get().checked_rem(12)) {
            (Some(years), Some(0)) => u16::try_from(years).ok(),
            _ => None,
        };
        let unit = |term: &ListedTerm| {
            let years = in_years(term.months)?;
            Some((years, Unit { length: u32::from(years), price: term.unit_price.amount() }))
        };
        let (years, units): (Vec<u16>, Vec<Unit>) = prices.terms_of(offer).filter_map(unit).unzip();
        if units.is_empty() {
            return Err(QuoteError::NoTerm { offer: offer.clone() });
        }
        let cover = Cover::new(&units).ok_or(PriceError::Money(MoneyError::Digits))?;
        Ok(Self { years, cover })
    }
}

/// The sum of terms; `None` beyond any calendar.
fn in_all(terms: &[(Months, u64)]) -> Option<Months> {
    let sum = terms.iter().try_fold(0_i64, |sum, (months, count)| {
        sum.checked_add(months.get().checked_mul(i64::try_from(*count).ok()?)?)
    })?;
    Months::try_new(sum).ok()
}

/// The fewest years whose renewal lasts until `date`, and is not over on the day of its order; `None` beyond the calendar.
fn years_until(term: &Term, date: Date, on: Date, late: LateRenewal) -> Option<u16> {
    let months = term.next(on, late).months_until(date.max(on.add_days(1).ok()?))?;
    u16::try_from(months.get().checked_add(11)?.checked_div(12)?).ok()
}

fn lines<'a>(
    systems: &[QuotedSystem<'a>],
    request: &QuoteRequest<'a>,
) -> Result<Vec<QuoteLine<'a>>, QuoteError> {
    let mut quantities: BTreeMap<(&OfferName, Months), i64> = BTreeMap::new();
    for system in systems {
        for (months, count) in &system.terms {
            let quantity = quantities.entry((system.offer, *months)).or_default();
            let count = i64::try_from(*count).map_err(|_| MoneyError::Digits)?;
            *quantity = quantity.checked_add(count).ok_or(MoneyError::Digits)?;
        }
    }
    let percent = request.discount.filter(|discount| matches!(discount, Discount::Percent(_)));
    let mut lines = Vec::with_capacity(quantities.len());
    for ((offer, months), quantity) in quantities {
        let unit_price = request.prices.unit_price(offer, months)?;
        let price = Price::new(quantity, unit_price, percent)?;
        lines.push(QuoteLine { offer, months, quantity, unit_price, price });
    }
    if lines.is_empty() {
        // What is no discount is none of nothing either.
        Price::new(1, request.prices.nothing()?, request.discount)?;
    }
    if let Some(Discount::Amount(amount)) = request.discount {
        let nothing = request.prices.nothing()?;
        let prices: Vec<Price> = lines.iter().map(|line| line.price).collect();
        for (line, price) in lines.iter_mut().zip(shared(amount, &prices, nothing)?) {
            line.price = price;
        }
    }
    Ok(lines)
}

fn total(lines: &[QuoteLine<'_>], prices: &PriceList) -> Result<Price, MoneyError> {
    let nothing = prices.nothing()?;
    let none = Price { list: nothing, discount: nothing, total: nothing };
    lines.iter().try_fold(none, |sum, QuoteLine { price, .. }| {
        Ok(Price {
            list: sum.list.plus(price.list)?,
            discount: sum.discount.plus(price.discount)?,
            total: sum.total.plus(price.total)?,
        })
    })
}

/// What falls due month by month, and what had lapsed before.
fn due_amounts(
    systems: &[QuotedSystem<'_>],
    request: &QuoteRequest<'_>,
) -> Result<(Vec<DueMonth>, DueAmount), QuoteError> {
    let nothing = DueAmount { systems: 0, list: request.prices.nothing()? };
    let (first, last) = (Month::of(request.on), Month::of(request.due_until));
    let mut months: Vec<DueMonth> = (0..=u32::try_from(first.months_until(last).get()).unwrap_or(0))
        .filter_map(|month| first.plus(Months::from(month)).ok())
        .map(|month| DueMonth { month, due: nothing })
        .collect();
    let mut lapsed = nothing;
    for system in systems {
        let month = first.months_until(Month::of(system.end_date)).get();
        let place = usize::try_from(month).ok().filter(|_| system.end_date > request.on);
        let due = match place.and_then(|place| months.get_mut(place)) {
            Some(month) => &mut month.due,
            None => &mut lapsed,
        };
        due.systems = due.systems.saturating_add(1);
        for (months, count) in &system.terms {
            let unit_price = request.prices.unit_price(system.offer, *months)?;
            let count = i64::try_from(*count).map_err(|_| MoneyError::Digits)?;
            due.list = due.list.plus(unit_price.times(count)?)?;
        }
    }
    Ok((months, lapsed))
}
