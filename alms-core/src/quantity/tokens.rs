use super::{CountError, CountOutOfRange, checked_count, positive_count};
use crate::bounds::COUNT_MAX;
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

/// An amount of tokens that is given or taken: 1 to 10^15.
///
/// ```
/// use alms_core::tokens::PositiveTokens;
/// assert_eq!(PositiveTokens::try_new(5)?.get(), 5);
/// assert!(PositiveTokens::try_new(0).is_err());
/// # Ok::<(), alms_core::quantity::CountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositiveTokens(i64);

impl PositiveTokens {
    /// `count` tokens.
    ///
    /// # Errors
    /// [`CountError`]: zero, negative, or beyond 10^15.
    pub const fn try_new(count: i64) -> Result<Self, CountError> {
        match positive_count(count) {
            Ok(count) => Ok(Self(count)),
            Err(error) => Err(error),
        }
    }

    /// An amount that is known to be in range, such as one that was booked.
    pub(crate) fn clamped(count: i64) -> Self {
        Self(count.clamp(1, COUNT_MAX))
    }

    /// The number of tokens.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for PositiveTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<PositiveTokens> for Tokens {
    fn from(tokens: PositiveTokens) -> Self {
        Tokens(tokens.0)
    }
}

/// A number of activated systems, such as a month's peak: 0 to 10^15 (TOK-2).
///
/// One system takes one token a month, so a peak is also an amount of tokens.
///
/// ```
/// use alms_core::tokens::Peak;
/// assert_eq!(Peak::try_new(8)?.get(), 8);
/// assert!(Peak::try_new(-1).is_err());
/// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Peak(i64);

impl Peak {
    /// No system.
    pub const ZERO: Peak = Peak(0);

    /// `count` systems.
    ///
    /// # Errors
    /// [`CountOutOfRange`] below 0 or beyond 10^15.
    pub const fn try_new(count: i64) -> Result<Self, CountOutOfRange> {
        match checked_count(count) {
            Ok(count) if count >= 0 => Ok(Self(count)),
            _ => Err(CountOutOfRange { value: count }),
        }
    }

    /// A number that is known to be in range, such as one that was booked.
    pub(crate) fn clamped(count: i64) -> Self {
        Self(count.clamp(0, COUNT_MAX))
    }

    /// The number of systems.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Peak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_limits_becomes_the_limit_on_its_side() {
        for (count, clamped) in
            [(i64::MIN, -COUNT_MAX), (-COUNT_MAX, -COUNT_MAX), (-7, -7), (7, 7), (i64::MAX, COUNT_MAX)]
        {
            assert_eq!(Tokens::clamped(count).get(), clamped, "{count}");
        }
    }

    #[test]
    fn tokens_that_are_given_are_tokens() {
        assert_eq!(Tokens::from(PositiveTokens::try_new(5).unwrap()), Tokens::try_new(5).unwrap());
    }
}
