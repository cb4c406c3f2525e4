//! Counts within one limit, so that sums and products stay exact in all runtimes, and exact quotients of them.
//!
//! A host has them as integers; every count is made of one and gives it back. There is no `FromStr`: where a count is read
//! from a text, the text is read as an integer first.
//!
//! ```
//! use alms_core::tokens::{Packs, Tokens};
//! let (stock, row): (Tokens, i64) = (Tokens::try_from(261)?, 261);
//! assert_eq!(i64::from(stock), row);
//! assert_eq!(Packs::try_from(0).unwrap_err().code().as_str(), "not_positive");
//! # Ok::<(), alms_core::quantity::CountOutOfRange>(())
//! ```

mod convert;
mod fraction;
mod tokens;

pub use fraction::Fraction;
pub use tokens::{Peak, PositiveTokens, Tokens};

use crate::ErrorCode;
use crate::bounds::COUNT_MAX;

/// A count beyond ±10^15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is beyond the limit of ±10^15")]
pub struct CountOutOfRange {
    /// The refused value.
    pub value: i64,
}

impl CountOutOfRange {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::OutOfRange
    }
}

/// `value` if it lies within ±10^15.
pub(crate) const fn checked_count(value: i64) -> Result<i64, CountOutOfRange> {
    if value > COUNT_MAX || value < COUNT_MAX.saturating_neg() {
        return Err(CountOutOfRange { value });
    }
    Ok(value)
}

/// Why a number is no count of something that is given or ordered.
#[non_exhaustive]
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

impl CountError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotPositive { .. } => ErrorCode::NotPositive,
            Self::OutOfRange(error) => error.code(),
        }
    }
}

/// `value` if it lies within 1 and 10^15.
pub(crate) const fn positive_count(value: i64) -> Result<i64, CountError> {
    match checked_count(value) {
        Ok(value) if value <= 0 => Err(CountError::NotPositive { value }),
        Ok(value) => Ok(value),
        Err(error) => Err(CountError::OutOfRange(error)),
    }
}
