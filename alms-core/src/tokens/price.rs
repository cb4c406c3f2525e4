use super::{Packs, ServicePack};
use crate::money::{Decimal, Money, MoneyError};

/// What is taken off the list price of an order (ORD-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// So many hundredths of the list price, 0 to 100.
    Percent(Decimal),
    /// An amount in the currency of the list price, at most the list price.
    Amount(Decimal),
}

/// What an order costs (ORD-8).
///
/// ```
/// use alms_core::tokens::{Discount, OrderPrice, Packs, ServicePack};
/// let discount = Discount::Percent("12.5".parse()?);
/// let price = OrderPrice::new(Packs::try_new(3)?, ServicePack::unit_price(), Some(discount))?;
/// assert_eq!(price.list.to_string(), "60.00 USD");
/// assert_eq!(price.total.to_string(), "52.50 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderPrice {
    /// How many packs.
    pub packs: Packs,
    /// Packs × list price.
    pub list: Money,
    /// What is taken off: `list` − `total`.
    pub discount: Money,
    /// What is to be paid, rounded once, half-even, to the currency's minor unit.
    pub total: Money,
}

/// Why an order has no price.
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
    /// A list price below zero.
    #[error("a list price of `{0}` is none; give 0 or more")]
    ListPrice(Money),
    /// More digits than can be calculated with exactly.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl OrderPrice {
    /// The price of `packs` at `list_price` each, less the discount of the order.
    ///
    /// # Errors
    /// [`PriceError`]: a discount that is none, or more than 28 digits.
    pub fn new(packs: Packs, list_price: Money, discount: Option<Discount>) -> Result<Self, PriceError> {
        let zero = Decimal::new(0, 0);
        if list_price.amount() < zero {
            return Err(PriceError::ListPrice(list_price));
        }
        let exact = list_price.times(packs.get())?;
        let exact_total = match discount {
            None => exact.amount(),
            Some(Discount::Percent(percent)) => {
                let hundred = Decimal::new(100, 0);
                if percent < zero || percent > hundred {
                    return Err(PriceError::Percent(percent));
                }
                exact.amount().percent(hundred.minus(percent)?)?
            }
            Some(Discount::Amount(amount)) => {
                if amount < zero || amount > exact.amount() {
                    return Err(PriceError::Amount { amount, list: exact });
                }
                exact.amount().minus(amount)?
            }
        };
        let total = Money::new(exact_total, list_price.currency()).rounded()?;
        let list = exact.rounded()?;
        let discount = Money::new(list.amount().minus(total.amount())?, list_price.currency());
        Ok(Self { packs, list, discount, total })
    }

    /// The article number of what is ordered.
    pub const fn sku(&self) -> &'static str {
        ServicePack::SKU
    }
}
