use crate::quantity::{CountOutOfRange, checked_count};
use std::fmt;

/// A number of calendar months, negative for the past; within ±10^15 like every count.
///
/// ```
/// use alms_core::calendar::Months;
/// assert_eq!(Months::try_new(6)?.get(), 6);
/// assert!(Months::try_new(i64::MAX).is_err());
/// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Months(i64);

impl Months {
    /// No months.
    pub const ZERO: Months = Months(0);
    /// One year.
    pub const YEAR: Months = Months(12);

    /// `count` months.
    ///
    /// # Errors
    /// [`CountOutOfRange`] beyond ±10^15.
    pub const fn try_new(count: i64) -> Result<Self, CountOutOfRange> {
        match checked_count(count) {
            Ok(count) => Ok(Self(count)),
            Err(error) => Err(error),
        }
    }

    /// `years` × 12 months; never out of range.
    pub const fn years(years: u16) -> Self {
        Self((years as i64).saturating_mul(12))
    }

    /// The number of months.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The difference of two dates' calendar months; small by the range of dates.
    pub(super) const fn between(from_index: i32, to_index: i32) -> Self {
        Self((to_index as i64).saturating_sub(from_index as i64))
    }

    /// So many months the other way.
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl From<u32> for Months {
    fn from(count: u32) -> Self {
        Self(i64::from(count))
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
