use crate::calendar::{Date, DateOutOfRange};
use crate::money::{Decimal, MoneyError};
use crate::names::named_enum;

/// A remaining term, or a purchase, and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightedTerm {
    /// How much it counts, such as the number of devices; more than zero.
    pub weight: Decimal,
    /// Its length in days, not negative.
    pub days: i64,
}

named_enum! {
    /// What becomes of a part of a day.
    pub enum DayRounding {
        /// It is dropped.
        Down = "down",
        /// Half a day or more makes a day.
        Nearest = "nearest",
        /// It makes a day.
        Up = "up",
    }
}

/// How a common end date is calculated; every one of these differs between vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CotermPolicy {
    /// By what the weighted days are divided; `None` for the sum of the weights.
    pub divisor: Option<Decimal>,
    /// What becomes of a part of a day.
    pub rounding: DayRounding,
    /// The most days, if there is a limit.
    pub cap_days: Option<i64>,
}

/// A common term (SUB-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coterm {
    /// The exact days: Σ (weight × days) …
    pub numerator: i64,
    /// … ÷ Σ weight, or by the divisor; not reduced.
    pub denominator: i64,
    /// The days, rounded and capped.
    pub days: i64,
    /// The base date and so many days.
    pub end_date: Date,
}

/// Why terms have no common end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CotermError {
    /// Nothing to divide by.
    #[error("`[]` holds no term; give at least one")]
    NoTerms,
    /// A weight or divisor that is not more than zero.
    #[error("a weight of `{weight}` is none; give more than 0")]
    Weight {
        /// The position of the term; `None` for the divisor.
        index: Option<usize>,
        /// The weight.
        weight: Decimal,
    },
    /// More digits than can be calculated with exactly, or a result beyond 10^15.
    #[error("the weighted days are beyond 10^15; give smaller weights")]
    OutOfRange,
    /// The common end lies outside the calendar.
    #[error("{days} days from the base date lie after 9999-12-31; give shorter terms or `cap_days`")]
    DateOutOfRange {
        /// The days.
        days: i64,
    },
}

impl From<MoneyError> for CotermError {
    fn from(_: MoneyError) -> Self {
        CotermError::OutOfRange
    }
}

/// The common term of several: Σ (weight × days) ÷ Σ weight days from `base` (SUB-9).
///
/// # Errors
/// [`CotermError`].
///
/// ```
/// use alms_core::money::Decimal;
/// use alms_core::subscriptions::{CotermPolicy, DayRounding, WeightedTerm, coterm};
/// // One device with five years and two with one year.
/// let terms = [WeightedTerm { weight: Decimal::new(1, 0), days: 1825 }, WeightedTerm { weight: Decimal::new(2, 0), days: 365 }];
/// let policy = CotermPolicy { divisor: None, rounding: DayRounding::Down, cap_days: None };
/// let common = coterm(&terms, &policy, "2023-01-01".parse()?)?;
/// assert_eq!((common.numerator, common.denominator, common.days), (2555, 3, 851));
/// assert_eq!(common.end_date, "2025-05-01".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn coterm(terms: &[WeightedTerm], policy: &CotermPolicy, base: Date) -> Result<Coterm, CotermError> {
    if terms.is_empty() {
        return Err(CotermError::NoTerms);
    }
    for (index, term) in terms.iter().enumerate() {
        check_weight(Some(index), term.weight)?;
    }
    let mut weighted = Decimal::new(0, 0);
    let mut weights = Decimal::new(0, 0);
    for term in terms {
        weighted = weighted.plus(term.weight.times(term.days)?)?;
        weights = weights.plus(term.weight)?;
    }
    let divisor = policy.divisor.unwrap_or(weights);
    check_weight(None, divisor)?;
    let (numerator, denominator) = weighted.over(divisor).ok_or(CotermError::OutOfRange)?;
    let days = rounded(numerator, denominator, policy.rounding);
    let days = policy.cap_days.map_or(days, |cap| days.min(cap));
    let end_date = u32::try_from(days).map_err(|_| DateOutOfRange).and_then(|days| base.add_days(days));
    let end_date = end_date.map_err(|_| CotermError::DateOutOfRange { days })?;
    Ok(Coterm { numerator, denominator, days, end_date })
}

fn check_weight(index: Option<usize>, weight: Decimal) -> Result<(), CotermError> {
    if weight > Decimal::new(0, 0) { Ok(()) } else { Err(CotermError::Weight { index, weight }) }
}

/// The quotient of a numerator that is not negative and a denominator of at least 1, in whole days.
const fn rounded(numerator: i64, denominator: i64, rounding: DayRounding) -> i64 {
    let (whole, rest) = match (numerator.checked_div(denominator), numerator.checked_rem(denominator)) {
        (Some(whole), Some(rest)) => (whole, rest),
        _ => (0, 0),
    };
    let up = match rounding {
        DayRounding::Down => false,
        // Halves up: the rest is at least what is missing to the next day.
        DayRounding::Nearest => rest >= denominator.saturating_sub(rest),
        DayRounding::Up => rest > 0,
    };
    if up { whole.saturating_add(1) } else { whole }
}
