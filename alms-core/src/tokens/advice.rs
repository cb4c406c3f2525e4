use super::{OrderPrice, Outlook, Packs, Peak, ServicePack, Status, Tokens};
use crate::ErrorCode;
use crate::calendar::{Date, Month, Months};
use crate::money::{Discount, Money, Price, PriceError};
use crate::quantity::CountError;

/// How long the stock shall last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// So many month ends, the current month's included.
    Months(Months),
    /// Every month end up to and including this date.
    Until(Date),
}

/// What to buy so that the stock lasts (TOK-5, TOK-6, ORD-8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The use of every coming month.
    pub predicted_use: Peak,
    /// The month ends to be covered.
    pub months: Months,
    /// The last of them; `None` without any.
    pub until: Option<Date>,
    /// The tokens that are missing; 0 if the stock lasts.
    pub tokens_needed: i64,
    /// The packs to order.
    pub packs: i64,
    /// The stock after the last month end, with these packs.
    pub balance_at_end: Tokens,
    /// Whether the account is suspended now and the order brings it back (TOK-6).
    pub reactivates: bool,
    /// What the packs cost; `None` if there is nothing to order.
    pub price: Option<OrderPrice>,
}

/// Why there is no advice.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdviceError {
    /// Neither peak is known (TOK-5).
    #[error(
        "the use is `null` for both months and cannot be predicted; give `previous_peak` or `current_peak`"
    )]
    UnknownUse,
    /// Fewer than no months.
    #[error("`{0}` month ends are none; give 0 or more")]
    NegativeMonths(Months),
    /// A date before today.
    #[error("`{until}` lies before {on}; give a later date")]
    Past {
        /// The date.
        until: Date,
        /// Today.
        on: Date,
    },
    /// More packs than an order can hold.
    #[error("the packs to buy are too many: {0}; give a nearer date")]
    TooMany(#[from] CountError),
    /// The month ends go beyond the calendar.
    #[error("`{0}` month ends go beyond 9999-12-31; give fewer")]
    DateOutOfRange(Months),
    /// The order cannot be priced.
    #[error(transparent)]
    Price(#[from] PriceError),
}

impl AdviceError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownUse => ErrorCode::UnknownUse,
            Self::NegativeMonths(_) | Self::Past { .. } | Self::TooMany(_) => ErrorCode::OutOfRange,
            Self::DateOutOfRange(_) => ErrorCode::DateOutOfRange,
            Self::Price(error) => error.code(),
        }
    }
}

/// Says how many packs to buy on the day of the outlook so that the stock lasts to the horizon, and what they cost.
///
/// A suspended account also needs enough to be above zero at once, because zero does not reactivate it (TOK-6).
///
/// # Errors
/// [`AdviceError`]; also for a discount or list price that is none where nothing is to be bought.
///
/// ```
/// use alms_core::calendar::Months;
/// use alms_core::tokens::{Horizon, Outlook, Peak, Peaks, ServicePack, Tokens, advice};
/// let peaks = Peaks { previous: Some(Peak::try_new(8)?), current: None };
/// let outlook = Outlook::new(Tokens::try_new(60)?, "2023-05-10".parse()?, peaks);
/// let advice = advice(&outlook, Horizon::Months(Months::YEAR), ServicePack::unit_price(), None)?;
/// assert_eq!((advice.packs, advice.balance_at_end.get()), (3, 0));
/// assert_eq!(advice.price.unwrap().price.total.to_string(), "60.00 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn advice(
    outlook: &Outlook,
    horizon: Horizon,
    list_price: Money,
    discount: Option<Discount>,
) -> Result<Advice, AdviceError> {
    Price::check(list_price, discount)?;
    let predicted_use = outlook.predicted_use().ok_or(AdviceError::UnknownUse)?;
    let months = horizon.months(outlook.on)?;
    if predicted_use.get().checked_mul(months.get()).is_none() {
        return Err(AdviceError::DateOutOfRange(months));
    }
    let until = last_month_end(outlook.on, months)?;
    let at_end = outlook.after(months).ok_or(AdviceError::UnknownUse)?;
    let tokens_needed = at_end.saturating_neg().max(0);
    // The larger of what is missing and what reactivates, in whole packs: at least one for a suspended account.
    let packs = ServicePack::covering(tokens_needed.max(outlook.to_reactivate()));
    let price = match packs {
        0 => None,
        packs => Some(OrderPrice::new(Packs::try_new(packs)?, list_price, discount)?),
    };
    let bought = packs.saturating_mul(ServicePack::TOKENS);
    Ok(Advice {
        predicted_use,
        months,
        until,
        tokens_needed,
        packs,
        balance_at_end: Tokens::clamped(at_end.saturating_add(bought)),
        reactivates: outlook.standing.status == Status::Suspended,
        price,
    })
}

impl Horizon {
    /// The month ends from `on`, the current month's included.
    fn months(self, on: Date) -> Result<Months, AdviceError> {
        match self {
            Horizon::Months(months) if months < Months::ZERO => Err(AdviceError::NegativeMonths(months)),
            Horizon::Months(months) => Ok(months),
            Horizon::Until(until) if until < on => Err(AdviceError::Past { until, on }),
            Horizon::Until(until) => {
                let last = Month::of(until);
                let before = Month::of(on).months_until(last).get();
                let whole = if until == last.last_day() { before.saturating_add(1) } else { before };
                Months::try_new(whole).map_err(|_| AdviceError::Past { until, on })
            }
        }
    }
}

/// The last of so many month ends.
fn last_month_end(on: Date, months: Months) -> Result<Option<Date>, AdviceError> {
    let Some(further) = months.get().checked_sub(1).filter(|further| *further >= 0) else { return Ok(None) };
    let further = Months::try_new(further).map_err(|_| AdviceError::DateOutOfRange(months))?;
    let last = Month::of(on).plus(further).map_err(|_| AdviceError::DateOutOfRange(months))?;
    Ok(Some(last.last_day()))
}
