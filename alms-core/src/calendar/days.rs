use crate::quantity::{CountOutOfRange, checked_count};
use std::fmt;

/// A length in days, not negative and at most 10^15.
///
/// ```
/// use alms_core::calendar::Days;
/// assert_eq!(Days::try_new(365)?, Days::from(365));
/// assert!(Days::try_new(-1).is_err());
/// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days(i64);

impl Days {
    /// `count` days.
    ///
    /// # Errors
    /// [`CountOutOfRange`] below zero or beyond 10^15.
    pub const fn try_new(count: i64) -> Result<Self, CountOutOfRange> {
        match checked_count(count) {
            Ok(count) if count >= 0 => Ok(Self(count)),
            _ => Err(CountOutOfRange { value: count }),
        }
    }

    /// The number of days.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<u32> for Days {
    fn from(count: u32) -> Self {
        Self(i64::from(count))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
