use super::Tokens;
use crate::bounds::COUNT_MAX;
use crate::money::{Currency, Decimal, Money, MoneyError};
use crate::quantity::{CountError, CountOutOfRange, positive_count};
use std::fmt;

/// A number of Service Packs in an order: at least 1, and at most so many that their tokens are within 10^15.
///
/// There is no minimum order, but none is no order (TOK-1).
///
/// ```
/// use alms_core::tokens::Packs;
/// assert_eq!(Packs::try_new(5)?.tokens().get(), 60);
/// assert!(Packs::try_new(0).is_err());
/// # Ok::<(), alms_core::quantity::CountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Packs(i64);

impl Packs {
    /// The most packs of an order.
    pub const MAX: i64 = COUNT_MAX / ServicePack::TOKENS;

    /// `count` packs.
    ///
    /// # Errors
    /// [`CountError`]: zero, negative, or more than [`Packs::MAX`].
    pub const fn try_new(count: i64) -> Result<Self, CountError> {
        match positive_count(count) {
            Ok(count) if count > Self::MAX => Err(CountError::OutOfRange(CountOutOfRange { value: count })),
            Ok(count) => Ok(Self(count)),
            Err(error) => Err(error),
        }
    }

    /// The packs that hold so many tokens, for tokens that came from packs.
    pub(super) fn holding(tokens: i64) -> Self {
        Self(ServicePack::covering(tokens).clamp(1, Self::MAX))
    }

    /// The number of packs.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The tokens in them: 12 each (TOK-1).
    pub const fn tokens(self) -> Tokens {
        Tokens::clamped(self.0.saturating_mul(ServicePack::TOKENS))
    }
}

impl fmt::Display for Packs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The Service Pack: twelve tokens, one system for twelve months (TOK-1).
///
/// ```
/// use alms_core::tokens::ServicePack;
/// // 60 tokens are missing: five packs, 100 USD at list price.
/// let packs = ServicePack::covering(60);
/// assert_eq!(packs, 5);
/// assert_eq!(ServicePack::list_price(packs)?.to_string(), "100.00 USD");
/// # Ok::<(), alms_core::money::MoneyError>(())
/// ```
#[derive(Debug)]
pub struct ServicePack;

impl ServicePack {
    /// The article number to order.
    pub const SKU: &'static str = "9010177";
    /// Tokens in one pack.
    pub const TOKENS: i64 = 12;

    /// The fewest packs that hold `tokens` tokens; none for zero or less.
    pub const fn covering(tokens: i64) -> i64 {
        if tokens <= 0 {
            return 0;
        }
        // The rounded-up division of a positive number, without an addition that could overflow.
        let whole = tokens / Self::TOKENS;
        if tokens % Self::TOKENS == 0 { whole } else { whole.saturating_add(1) }
    }

    /// The list price of `packs` packs, 20 USD each, before any discount.
    ///
    /// # Errors
    /// [`MoneyError`] when the amount has more than 28 digits.
    pub fn list_price(packs: i64) -> Result<Money, MoneyError> {
        Self::unit_price().times(packs)
    }

    /// The list price of one pack: 20 USD (TOK-1).
    pub fn unit_price() -> Money {
        Money::new(Decimal::new(2000, 2), Currency::USD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_cover_and_no_more() {
        for (tokens, packs) in
            [(-5, 0), (0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (i64::MAX, 768_614_336_404_564_651)]
        {
            assert_eq!(ServicePack::covering(tokens), packs, "{tokens}");
        }
    }

    #[test]
    fn the_largest_order_has_tokens_within_the_limit() {
        let most = Packs::try_new(83_333_333_333_333).unwrap();
        assert_eq!((most.get(), most.tokens().get()), (Packs::MAX, 999_999_999_999_996));
        assert_eq!(most.to_string(), "83333333333333");
        let more = CountOutOfRange { value: 83_333_333_333_334 };
        assert_eq!(Packs::try_new(83_333_333_333_334), Err(CountError::OutOfRange(more)));
    }
}
