//! Counts within one limit, so that sums and products stay exact in all runtimes, and exact quotients of them.

mod fraction;

pub use fraction::Fraction;

use crate::bounds::COUNT_MAX;

/// A count beyond ±10^15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is beyond the limit of ±10^15")]
pub struct CountOutOfRange {
    /// The refused value.
    pub value: i64,
}

/// `value` if it lies within ±10^15.
pub(crate) const fn checked_count(value: i64) -> Result<i64, CountOutOfRange> {
    if value > COUNT_MAX || value < COUNT_MAX.saturating_neg() {
        return Err(CountOutOfRange { value });
    }
    Ok(value)
}

/// Why a number is no count of something that is given or ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// Nothing, or less.
    #[error("`{value}` is not positive")]
    NotPositive {
        /// The refused value.
        value: i64,
    },
    /// Beyond the limit.
    #[error(transparent)]
    OutOfRange(#[from] CountOutOfRange),
}

/// `value` if it lies within 1 and 10^15.
pub(crate) const fn positive_count(value: i64) -> Result<i64, CountError> {
    match checked_count(value) {
        Ok(value) if value <= 0 => Err(CountError::NotPositive { value }),
        Ok(value) => Ok(value),
        Err(error) => Err(CountError::OutOfRange(error)),
    }
}
