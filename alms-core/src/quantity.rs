//! The limit of every count, so that sums and products stay exact in all runtimes.

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
