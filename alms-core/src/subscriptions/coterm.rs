use crate::ErrorCode;
use crate::calendar::{Date, DateOutOfRange, Days};
use crate::json::{Answer, Fault};
use crate::money::{Decimal, MoneyError};
use crate::names::named_enum;
use crate::quantity::Fraction;
use crate::rule::{RuleId, RuleSet};
use alms_json::document;

/// Input of `subscriptions.coterm`.
///
/// How a common end date is calculated differs between vendors.
#[document]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CotermRequest {
    /// Remaining terms and purchases.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub terms: Vec<WeightedTerm>,
    /// By what the weighted days are divided; the sum of the weights where absent.
    pub divisor: Option<Weight>,
    /// What becomes of a part of a day; `down` where absent.
    #[serde(default)]
    pub rounding: DayRounding,
    /// The most days, if there is a limit.
    pub cap_days: Option<Days>,
    /// The day from which the common term runs.
    pub base: Date,
}

impl CotermRequest {
    /// Terms that get a common end, by the sum of their weights, in whole days and without a limit.
    pub const fn new(terms: Vec<WeightedTerm>, base: Date) -> Self {
        Self { terms, divisor: None, rounding: DayRounding::Down, cap_days: None, base }
    }
}

/// A remaining term, or a purchase, and how much it weighs.
#[document]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightedTerm {
    /// How much it counts, such as the number of devices.
    pub weight: Weight,
    /// Its length in days.
    pub days: Days,
}

/// How much a term counts: more than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(Decimal);

/// A weight that is not more than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a weight of `{weight}` is none; give more than 0")]
pub struct WeightError {
    /// The refused weight.
    pub weight: Decimal,
}

impl WeightError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::OutOfRange
    }
}

impl Weight {
    /// A weight, if it is more than zero.
    ///
    /// # Errors
    /// [`WeightError`] if it is not.
    pub fn try_new(weight: Decimal) -> Result<Self, WeightError> {
        if weight > Decimal::ZERO { Ok(Self(weight)) } else { Err(WeightError { weight }) }
    }

    /// The number.
    pub const fn get(self) -> Decimal {
        self.0
    }
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

impl Default for DayRounding {
    /// `down`
    fn default() -> Self {
        Self::Down
    }
}

/// Output of `subscriptions.coterm`.
#[document(result)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coterm {
    /// The exact days, not reduced.
    pub exact: Fraction,
    /// The days, rounded and capped.
    pub days: Days,
    /// The base date and so many days.
    pub end_date: Date,
}

impl Answer for Coterm {
    fn rules(&self) -> RuleSet {
        RuleSet::EMPTY.with(RuleId::Sub9)
    }
}

/// Why terms have no common end.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CotermError {
    /// Nothing to divide by.
    #[error("`[]` holds no term; give at least one")]
    NoTerms,
    /// More digits than can be calculated with exactly, or a result beyond 10^15.
    #[error("the weighted days are beyond 10^15; give smaller weights")]
    OutOfRange,
    /// The common end lies outside the calendar.
    #[error("{days} days from the base date lie after 9999-12-31; give shorter terms or `cap_days`")]
    DateOutOfRange {
        /// The days.
        days: Days,
    },
}

impl CotermError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NoTerms => ErrorCode::InvalidInput,
            Self::OutOfRange => ErrorCode::OutOfRange,
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

impl From<MoneyError> for CotermError {
    fn from(_: MoneyError) -> Self {
        CotermError::OutOfRange
    }
}

impl From<CotermError> for Fault {
    fn from(error: CotermError) -> Self {
        let refused = Self::new(error.code(), error);
        match error {
            CotermError::NoTerms | CotermError::OutOfRange => refused.at("terms"),
            CotermError::DateOutOfRange { .. } => refused.by_rule(RuleId::Sub9).at("base"),
        }
    }
}

/// The common term of several: Σ (weight × days) ÷ Σ weight days from `base` (SUB-9).
///
/// # Errors
/// [`CotermError`].
///
/// ```
/// use alms_core::money::Decimal;
/// use alms_core::subscriptions::{CotermRequest, Weight, WeightedTerm, coterm};
/// // One device with five years and two with one year.
/// let term = |devices, days: u32| {
///     Weight::try_new(Decimal::new(devices, 0)).map(|weight| WeightedTerm { weight, days: days.into() })
/// };
/// let common = coterm(&CotermRequest::new(vec![term(1, 1825)?, term(2, 365)?], "2023-01-01".parse()?))?;
/// assert_eq!((common.exact.to_string().as_str(), common.days), ("2555/3 = 851 2/3", 851.into()));
/// assert_eq!(common.end_date, "2025-05-01".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn coterm(request: &CotermRequest) -> Result<Coterm, CotermError> {
    if request.terms.is_empty() {
        return Err(CotermError::NoTerms);
    }
    let (mut weighted, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for WeightedTerm { weight, days } in &request.terms {
        weighted = weighted.plus(weight.get().times(days.get())?)?;
        weights = weights.plus(weight.get())?;
    }
    let divisor = request.divisor.map_or(weights, Weight::get);
    let (numerator, denominator) = weighted.over(divisor).ok_or(CotermError::OutOfRange)?;
    let exact = Fraction { numerator, denominator };
    let days = rounded(exact, request.rounding)?;
    let days = request.cap_days.map_or(days, |cap| days.min(cap));
    let end_date =
        u32::try_from(days.get()).map_err(|_| DateOutOfRange).and_then(|days| request.base.add_days(days));
    let end_date = end_date.map_err(|DateOutOfRange| CotermError::DateOutOfRange { days })?;
    Ok(Coterm { exact, days, end_date })
}

/// The quotient in whole days.
fn rounded(exact: Fraction, rounding: DayRounding) -> Result<Days, CotermError> {
    let (whole, rest) = exact.divided();
    let up = match rounding {
        DayRounding::Down => false,
        // Halves up: the rest is at least what is missing to the next day.
        DayRounding::Nearest => rest >= exact.denominator.saturating_sub(rest),
        DayRounding::Up => rest > 0,
    };
    Days::try_new(whole.saturating_add(i64::from(up))).map_err(|_| CotermError::OutOfRange)
}
