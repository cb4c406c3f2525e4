//! The price of a line of an order: quantity × unit price − discount, rounded once.

use super::{Decimal, Money, MoneyError};
use crate::ErrorCode;

/// What is taken off the list price of an order (ORD-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// So many hundredths of the list price, 0 to 100.
    Percent(Decimal),
    /// An amount in the currency of the list price, at most the list price.
    Amount(Decimal),
}

/// What something costs: the list price, what is taken off, and what is to be paid (ORD-8).
///
/// ```
/// use alms_core::money::{Currency, Decimal, Discount, Money, Price};
/// let unit_price = Money::new("19.99".parse()?, Currency::USD);
/// let price = Price::new(3, unit_price, Some(Discount::Percent("12.5".parse()?)))?;
/// // 59.97 less 7.49625.
/// assert_eq!(price.list.to_string(), "59.97 USD");
/// assert_eq!(price.total.to_string(), "52.47 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Quantity × unit price, rounded half-even to the currency's minor unit.
    pub list: Money,
    /// What is taken off: `list` − `total`.
    pub discount: Money,
    /// What is to be paid, rounded once, half-even, to the currency's minor unit.
    pub total: Money,
}

/// Why something has no price.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// A percentage outside 0 to 100.
    #[error("a discount of `{0}` percent is none; give 0 to 100")]
    Percent(Decimal),
    /// An amount below zero or above the list price.
    #[error("a discount of `{amount}` on {list} is none; give 0 to the list price")]
    Amount {
        /// The discount.
        amount: Decimal,
        /// The list price of the order.
        list: Money,
    },
    /// An amount below zero, where the list price is not known yet.
    #[error("`{0}` is not a valid discount; use an amount of 0 or more")]
    NegativeAmount(Decimal),
    /// A list price below zero.
    #[error("a list price of `{0}` is none; give 0 or more")]
    ListPrice(Money),
    /// More digits than can be calculated with exactly.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl PriceError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Percent(_) | Self::Amount { .. } | Self::NegativeAmount(_) => ErrorCode::InvalidDiscount,
            Self::ListPrice(_) => ErrorCode::OutOfRange,
            Self::Money(error) => error.code(),
        }
    }
}

impl Discount {
    /// Whether it is a discount at all, whatever it is taken off: 0 to 100 percent, an amount of 0 or more.
    ///
    /// # Errors
    /// [`PriceError::Percent`], [`PriceError::NegativeAmount`].
    pub fn check(self) -> Result<(), PriceError> {
        match self {
            Discount::Percent(percent) if percent < Decimal::ZERO || percent > Decimal::new(100, 0) => {
                Err(PriceError::Percent(percent))
            }
            Discount::Amount(amount) if amount < Decimal::ZERO => Err(PriceError::NegativeAmount(amount)),
            _ => Ok(()),
        }
    }
}

impl Price {
    /// Whether a unit price and a discount are any, before it is known how much is bought, or if nothing is.
    ///
    /// # Errors
    /// [`PriceError`]: a discount outside 0 to 100 percent or below zero, a price below zero.
    pub fn check(unit_price: Money, discount: Option<Discount>) -> Result<(), PriceError> {
        if unit_price.amount() < Decimal::ZERO {
            return Err(PriceError::ListPrice(unit_price));
        }
        discount.map_or(Ok(()), Discount::check)
    }

    /// The price of `quantity` at `unit_price` each, less the discount.
    ///
    /// # Errors
    /// [`PriceError`]: a discount that is none, a price below zero, or more than 28 digits.
    pub fn new(quantity: i64, unit_price: Money, discount: Option<Discount>) -> Result<Self, PriceError> {
        if unit_price.amount() < Decimal::ZERO {
            return Err(PriceError::ListPrice(unit_price));
        }
        let exact = unit_price.times(quantity)?;
        let exact_total = match discount {
            None => exact.amount(),
            Some(discount @ Discount::Percent(percent)) => {
                discount.check()?;
                exact.amount().percent(Decimal::new(100, 0).minus(percent)?)?
            }
            Some(Discount::Amount(amount)) => {
                if amount < Decimal::ZERO || amount > exact.amount() {
                    return Err(PriceError::Amount { amount, list: exact });
                }
                exact.amount().minus(amount)?
            }
        };
        let total = Money::new(exact_total, unit_price.currency()).rounded()?;
        let list = exact.rounded()?;
        Ok(Self { list, discount: list.minus(total)?, total })
    }
}
