//! Tokens, the currency of legacy accounts, and the Service Packs they are bought in.

use crate::bounds::COUNT_MAX;
use crate::money::{Currency, Decimal, Money};
use crate::quantity::{CountOutOfRange, checked_count};
use std::fmt;

/// An amount of tokens, negative for a stock below zero; within ±10^15.
///
/// One token is one active system for one month (TOK-2).
///
/// ```
/// use alms_core::tokens::Tokens;
/// assert_eq!(Tokens::try_new(261)?.get(), 261);
/// assert!(Tokens::try_new(1_000_000_000_000_001).is_err());
/// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tokens(i64);

impl Tokens {
    /// No tokens.
    pub const ZERO: Tokens = Tokens(0);

    /// `count` tokens.
    ///
    /// # Errors
    /// [`CountOutOfRange`] beyond ±10^15.
    pub const fn try_new(count: i64) -> Result<Self, CountOutOfRange> {
        match checked_count(count) {
            Ok(count) => Ok(Self(count)),
            Err(error) => Err(error),
        }
    }

    /// An amount that is known to be in range, such as a part of a pool plus less than a month of a fleet.
    pub(crate) const fn clamped(count: i64) -> Self {
        match Self::try_new(count) {
            Ok(tokens) => tokens,
            Err(_) if count < 0 => Self(COUNT_MAX.saturating_neg()),
            Err(_) => Self(COUNT_MAX),
        }
    }

    /// The number of tokens.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Tokens {
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
    /// [`MoneyError`](crate::money::MoneyError) when the amount has more than 28 digits.
    pub fn list_price(packs: i64) -> Result<Money, crate::money::MoneyError> {
        Money::new(Decimal::new(2000, 2), Currency::USD).times(packs)
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
}
