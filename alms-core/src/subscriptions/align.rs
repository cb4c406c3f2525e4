use super::cover::{Cover, LENGTH_MAX, Unit};
use super::history::FleetError;
use super::holding::Holding;
use super::late::LateRenewal;
use super::quote::{SkipReason, SkippedSystem};
use super::settled::settled_state;
use super::term::NextTerm;
use crate::ErrorCode;
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::money::{Money, MoneyError, Price, PriceError};
use crate::names::named_enum;
use crate::quantity::Fraction;
use crate::text::Text;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

named_enum! {
    /// What is bought to bring a fleet to one end date.
    pub enum PurchaseMethod {
        /// Terms in months, for one system each; every system gets those it needs.
        Terms = "terms",
        /// Packs of system-months that the fleet shares; a Service Pack holds 12.
        Packs = "packs",
        /// Co-terminating licences in days: what is left of all terms and what is bought is shared by all systems (SUB-9).
        PooledDays = "pooled_days",
    }
}

/// What can be bought to bring a fleet to one end date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// How the fleet takes part in it.
    pub method: PurchaseMethod,
    /// The units, in one currency; at most [`Purchase::UNITS_MAX`].
    pub units: Vec<PurchaseUnit>,
}

/// A unit that can be bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseUnit {
    /// What it is called.
    pub name: Text,
    /// Its months, or days in a pool of days; 1 to 1830.
    pub length: u32,
    /// The price of one.
    pub unit_price: Money,
}

/// A purchase that gives a fleet one end date (SUB-9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment<'a> {
    /// What is bought, in the order of the units.
    pub lines: Vec<PurchaseLine<'a>>,
    /// What it costs.
    pub total: Money,
    /// The months (or days in a pool of days) that are missing.
    pub needed: u64,
    /// The months (or days) that are bought beyond what is missing.
    pub left_over: u64,
    /// Each system's own purchase and end, in the fleet's order.
    pub systems: Vec<AlignedSystem>,
    /// The systems that have no part in it, in the fleet's order.
    pub skipped: Vec<SkippedSystem>,
    /// In a pool of days: all days ÷ the systems that share them.
    pub days_each: Option<Fraction>,
}

/// A line of the purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseLine<'a> {
    /// What is bought.
    pub unit: &'a PurchaseUnit,
    /// How many.
    pub quantity: u64,
    /// Quantity × unit price.
    pub amount: Money,
}

/// A system that is brought to the wanted day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignedSystem {
    /// Its place in the fleet.
    pub index: usize,
    /// The day on which its service ends, or ended.
    pub end_date: Date,
    /// The months it gets, or in a pool of days the days; less than none if it gives days to the others.
    pub gets: i64,
    /// The day on which its service ends then.
    pub new_end_date: Date,
    /// The days from the wanted day to that one.
    pub surplus_days: i64,
    /// The units that it takes, in their order: the position of each, and how many; empty where the fleet shares them.
    pub units: Vec<(usize, u64)>,
}

/// Why there is no purchase.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AlignError {
    /// The wanted day lies before the day of the order.
    #[error("the wanted date `{date}` lies before the order, {on}; give a later one")]
    Past {
        /// The day of the order.
        on: Date,
        /// The wanted day.
        date: Date,
    },
    /// A history that the rules do not allow.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// Nothing that could be bought.
    #[error("`[]` holds no unit; give what can be bought")]
    NoUnits,
    /// More units than anybody sells: each of them is tried for each system.
    #[error("`{count}` units are too many; give {max} at most")]
    TooManyUnits {
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// A unit of no length, or one that is too long.
    #[error("`{length}` is not a valid length of a unit; use 1 to 1830")]
    Length {
        /// The position of the unit.
        index: usize,
        /// Its length.
        length: u32,
    },
    /// A price below zero, two currencies, or a sum that cannot be calculated.
    #[error("{source}")]
    Price {
        /// The position of the unit.
        index: usize,
        /// What is wrong with the price.
        source: PriceError,
    },
    /// A sum that cannot be calculated.
    #[error("the purchase is beyond what can be calculated exactly; give smaller prices or fewer systems")]
    TooLarge,
    /// A date after the calendar.
    #[error("the new end lies after 9999-12-31; give an earlier date or shorter units")]
    DateOutOfRange {
        /// The place in the fleet.
        index: usize,
    },
}

impl AlignError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Fleet(error) => error.code(),
            Self::NoUnits => ErrorCode::InvalidInput,
            Self::TooManyUnits { .. } => ErrorCode::TooLarge,
            Self::Price { source: PriceError::Money(MoneyError::Mixed(..)), .. } => ErrorCode::InvalidInput,
            Self::Past { .. } | Self::Length { .. } | Self::Price { .. } | Self::TooLarge => {
                ErrorCode::OutOfRange
            }
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

impl Purchase {
    /// The longest unit: five years in days.
    pub const LENGTH_MAX: u32 = LENGTH_MAX;

    /// The most units among which the cheapest are looked for.
    pub const UNITS_MAX: usize = 100;
}

/// The cheapest purchase by which every system lasts at least until `date` (SUB-9, the inverse of
/// [`coterm`](super::coterm)).
///
/// Nothing is bought that is not needed, and nothing that is paid for is lost: what a system gets beyond the wanted
/// day, because units are whole, stays its own or is reported as left over. A lapsed system counts from the day of
/// the order, or from its end under [`LateRenewal::FromEnd`].
///
/// # Errors
/// [`AlignError`].
///
/// ```
/// # use alms_core::money::{Currency, Money};
/// # use alms_core::subscriptions::*;
/// # use std::error::Error;
/// # fn holding(end_date: &str) -> Result<Holding, Box<dyn Error>> {
/// #     let data = OriginData::new("LA1".parse()?, "AirLink Complete".parse()?);
/// #     let origin = Origin::try_new(OriginData { end_date: Some(end_date.parse()?), ..data })?;
/// #     Ok(Holding { origin, events: vec![] })
/// # }
/// let fleet = [holding("2024-05-15")?, holding("2024-11-30")?];
/// // Service Packs of 12 months: 8 months for the one, 2 for the other.
/// let pack = PurchaseUnit { name: "Service Pack".parse()?, length: 12, unit_price: Money::new("20.00".parse()?, Currency::USD) };
/// let packs = Purchase { method: PurchaseMethod::Packs, units: vec![pack] };
/// let aligned = align(&fleet, "2024-03-01".parse()?, "2025-01-15".parse()?, &packs, LateRenewal::FromOrder)?;
/// assert_eq!((aligned.needed, aligned.lines[0].quantity, aligned.left_over), (10, 1, 2));
/// assert_eq!(aligned.systems[1].new_end_date, "2025-01-30".parse()?);
/// # Ok::<(), Box<dyn Error>>(())
/// ```
pub fn align<'a>(
    fleet: &[Holding],
    on: Date,
    date: Date,
    purchase: &'a Purchase,
    late: LateRenewal,
) -> Result<Alignment<'a>, AlignError> {
    if date < on {
        return Err(AlignError::Past { on, date });
    }
    let units = checked(&purchase.units)?;
    let (mut ends, mut skipped) = (Vec::new(), Vec::new());
    for (index, holding) in fleet.iter().enumerate() {
        let state = settled_state(index, holding, on, late)?;
        match SkipReason::of(&state) {
            // In a pool of days even a system that ends later has a part: it gives days.
            Ok(term) if term.end_date < date || purchase.method == PurchaseMethod::PooledDays => {
                ends.push(End { index, end_date: term.end_date, next: term.next(on, late) });
            }
            Ok(_) => skipped.push(SkippedSystem::new(index, SkipReason::Covered)),
            Err(reason) => skipped.push(SkippedSystem::new(index, reason)),
        }
    }
    let bought = match purchase.method {
        PurchaseMethod::Terms => by_system(&ends, Reach::new(on, date), &units)?,
        PurchaseMethod::Packs => by_pack(&ends, Reach::new(on, date), &units)?,
        PurchaseMethod::PooledDays => by_day(&ends, on, date, &units)?,
    };
    let (lines, total) = priced(&purchase.units, &bought.counts)?;
    let Bought { needed, left_over, systems, days_each, .. } = bought;
    Ok(Alignment { lines, total, needed, left_over, systems, skipped, days_each })
}

/// Where a system stands.
struct End {
    index: usize,
    end_date: Date,
    /// From where what it gets counts.
    next: NextTerm,
}

/// How far terms have to reach.
#[derive(Clone, Copy)]
struct Reach {
    date: Date,
    /// The day after the order: a term that is over by then is not sold (SUB-4).
    after_order: Date,
}

impl Reach {
    fn new(on: Date, date: Date) -> Self {
        Self { date, after_order: on.add_days(1).unwrap_or(Date::MAX) }
    }

    fn months(self, end: &End) -> Result<Months, AlignError> {
        let months = end.next.months_until(self.date.max(self.after_order));
        months.ok_or(AlignError::DateOutOfRange { index: end.index })
    }
}

/// A purchase without prices.
struct Bought {
    counts: Vec<u64>,
    needed: u64,
    left_over: u64,
    systems: Vec<AlignedSystem>,
    days_each: Option<Fraction>,
}

fn checked(units: &[PurchaseUnit]) -> Result<Vec<Unit>, AlignError> {
    let (count, max) = (units.len(), Purchase::UNITS_MAX);
    if count > max {
        return Err(AlignError::TooManyUnits { count, max });
    }
    let first = units.first().ok_or(AlignError::NoUnits)?.unit_price.currency();
    let check = |(index, unit): (usize, &PurchaseUnit)| {
        let PurchaseUnit { length, unit_price, .. } = *unit;
        if !(1..=LENGTH_MAX).contains(&length) {
            return Err(AlignError::Length { index, length });
        }
        let wrong = |source| AlignError::Price { index, source };
        Price::new(1, unit_price, None).map_err(wrong)?;
        if unit_price.currency() != first {
            return Err(wrong(MoneyError::Mixed(first, unit_price.currency()).into()));
        }
        Ok(Unit { length, price: unit_price.amount() })
    };
    units.iter().enumerate().map(check).collect()
}

/// Every system by terms of its own.
fn by_system(ends: &[End], reach: Reach, units: &[Unit]) -> Result<Bought, AlignError> {
    let mut cover = Cover::new(units).ok_or(AlignError::TooLarge)?;
    let mut known: HashMap<u64, Taken> = HashMap::new();
    let mut bought =
        Bought { counts: vec![0; units.len()], needed: 0, left_over: 0, systems: vec![], days_each: None };
    for end in ends {
        let need = whole(reach.months(end)?);
        let taken = match known.entry(need) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(Taken::new(&mut cover, need, units).ok_or(AlignError::TooLarge)?)
            }
        };
        let months = taken.months;
        bought.needed = bought.needed.saturating_add(need);
        bought.left_over = bought.left_over.saturating_add(months.saturating_sub(need));
        for (index, count) in &taken.units {
            if let Some(sum) = bought.counts.get_mut(*index) {
                *sum = sum.saturating_add(*count);
            }
        }
        bought.systems.push(aligned(end, months, reach.date, taken.units.clone())?);
    }
    Ok(bought)
}

/// What covers a need.
struct Taken {
    /// The position of each unit, and how many of it.
    units: Vec<(usize, u64)>,
    months: u64,
}

impl Taken {
    fn new(cover: &mut Cover, need: u64, units: &[Unit]) -> Option<Self> {
        let counts = cover.cheapest(need)?;
        let months = length(units, &counts)?;
        let units = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        Some(Self { units, months })
    }
}

/// Packs of months that all systems share.
fn by_pack(ends: &[End], reach: Reach, units: &[Unit]) -> Result<Bought, AlignError> {
    let needs = ends.iter().map(|end| reach.months(end).map(whole)).collect::<Result<Vec<u64>, _>>()?;
    let needed = needs.iter().fold(0_u64, |sum, need| sum.saturating_add(*need));
    let counts =
        Cover::new(units).and_then(|mut cover| cover.cheapest(needed)).ok_or(AlignError::TooLarge)?;
    let months = length(units, &counts).ok_or(AlignError::TooLarge)?;
    let aligned = |(end, need): (&End, &u64)| aligned(end, *need, reach.date, vec![]);
    let systems = ends.iter().zip(&needs).map(aligned).collect::<Result<_, _>>()?;
    Ok(Bought { counts, needed, left_over: months.saturating_sub(needed), systems, days_each: None })
}

/// Months of a need, which is never below one.
fn whole(months: Months) -> u64 {
    u64::try_from(months.get()).unwrap_or(0)
}

/// Licences that co-terminate: all days that are left and all that are bought, divided by the systems (SUB-9).
fn by_day(ends: &[End], on: Date, date: Date, units: &[Unit]) -> Result<Bought, AlignError> {
    let systems = i64::try_from(ends.len()).map_err(|_| AlignError::TooLarge)?;
    let left = ends.iter().map(|end| on.days_until(end.next.from));
    let left = left.fold(0_i64, i64::saturating_add);
    let wanted = on.days_until(date).checked_mul(systems).ok_or(AlignError::TooLarge)?;
    let needed = u64::try_from(wanted.saturating_sub(left)).unwrap_or(0);
    let counts =
        Cover::new(units).and_then(|mut cover| cover.cheapest(needed)).ok_or(AlignError::TooLarge)?;
    let days = length(units, &counts).ok_or(AlignError::TooLarge)?;
    let Some(last) = ends.last() else {
        return Ok(Bought { counts, needed, left_over: 0, systems: vec![], days_each: None });
    };
    let all = i64::try_from(days).ok().and_then(|days| left.checked_add(days)).ok_or(AlignError::TooLarge)?;
    let each = Fraction { numerator: all.max(0), denominator: systems };
    let (whole, _) = each.divided();
    let out_of_range = |_| AlignError::DateOutOfRange { index: last.index };
    let common = u32::try_from(whole).map_err(out_of_range)?;
    let common = on.add_days(common).map_err(|_| AlignError::DateOutOfRange { index: last.index })?;
    let aligned = |end: &End| AlignedSystem {
        index: end.index,
        end_date: end.end_date,
        gets: end.next.from.days_until(common),
        new_end_date: common,
        surplus_days: date.days_until(common),
        units: vec![],
    };
    let given = ends.iter().map(aligned).collect();
    Ok(Bought {
        counts,
        needed,
        left_over: days.saturating_sub(needed),
        systems: given,
        days_each: Some(each),
    })
}

fn aligned(
    end: &End,
    months: u64,
    date: Date,
    units: Vec<(usize, u64)>,
) -> Result<AlignedSystem, AlignError> {
    let index = end.index;
    let months = i64::try_from(months).map_err(|_| AlignError::TooLarge)?;
    let gets = Months::try_new(months).map_err(|_| AlignError::TooLarge)?;
    let new_end_date = end.next.end(gets).map_err(|DateOutOfRange| AlignError::DateOutOfRange { index })?;
    let surplus_days = date.days_until(new_end_date);
    Ok(AlignedSystem { index, end_date: end.end_date, gets: months, new_end_date, surplus_days, units })
}

fn length(units: &[Unit], counts: &[u64]) -> Option<u64> {
    let one = |(unit, count): (&Unit, &u64)| u64::from(unit.length).checked_mul(*count);
    units.iter().zip(counts).map(one).try_fold(0_u64, |sum, length| sum.checked_add(length?))
}

fn priced<'a>(
    units: &'a [PurchaseUnit],
    counts: &[u64],
) -> Result<(Vec<PurchaseLine<'a>>, Money), AlignError> {
    let mut lines: Vec<PurchaseLine<'a>> = Vec::new();
    let currency = units.first().ok_or(AlignError::NoUnits)?.unit_price;
    let mut total = currency.times(0).and_then(Money::rounded).map_err(|_| AlignError::TooLarge)?;
    for (unit, quantity) in units.iter().zip(counts.iter().copied()).filter(|(_, quantity)| *quantity > 0) {
        let count = i64::try_from(quantity).map_err(|_| AlignError::TooLarge)?;
        let amount = Price::new(count, unit.unit_price, None).map_err(|_| AlignError::TooLarge)?.total;
        total = total.plus(amount).map_err(|_| AlignError::TooLarge)?;
        lines.push(PurchaseLine { unit, quantity, amount });
    }
    Ok((lines, total))
}
