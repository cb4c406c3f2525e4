use super::{Packs, ServicePack};
use crate::money::{Discount, Money, Price, PriceError};

/// What an order costs (ORD-8).
///
/// ```
/// use alms_core::money::Discount;
/// use alms_core::tokens::{OrderPrice, Packs, ServicePack};
/// let discount = Discount::Percent("12.5".parse()?);
/// let price = OrderPrice::new(Packs::try_new(3)?, ServicePack::unit_price(), Some(discount))?;
/// assert_eq!(price.price.list.to_string(), "60.00 USD");
/// assert_eq!(price.price.total.to_string(), "52.50 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderPrice {
    /// How many packs.
    pub packs: Packs,
    /// Packs × list price, less the discount.
    pub price: Price,
}

impl OrderPrice {
    /// The price of `packs` at `list_price` each, less the discount of the order.
    ///
    /// # Errors
    /// [`PriceError`]: a discount that is none, or more than 28 digits.
    pub fn new(packs: Packs, list_price: Money, discount: Option<Discount>) -> Result<Self, PriceError> {
        Ok(Self { packs, price: Price::new(packs.get(), list_price, discount)? })
    }

    /// The article number of what is ordered.
    pub const fn sku(&self) -> &'static str {
        ServicePack::SKU
    }
}
