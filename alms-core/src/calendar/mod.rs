//! Civil dates and months.
//!
//! There is no clock and no time zone anywhere: "today" is always an argument called `on`. Months are
//! *anchor + n*, clamped to the month's last day and never iterated: 31 January + 1 month is 28 or 29
//! February, 31 January + 2 months is 31 March.
//!
//! ```
//! use alms_core::calendar::{Date, Months};
//!
//! let anchor: Date = "2023-01-31".parse()?;
//! assert_eq!(anchor.add_months(Months::try_new(1)?)?.to_string(), "2023-02-28");
//! assert_eq!(anchor.add_months(Months::try_new(2)?)?.to_string(), "2023-03-31");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add_months;
mod date;
mod day_number;
mod days;
mod iso;
mod month;
mod months;

pub use add_months::{AddMonths, AddedMonths, MonthsOutOfRange, add_months};
pub use date::{Date, DateOutOfRange};
#[cfg(feature = "migration")]
pub(crate) use day_number::{NEAR, month_index, month_index_near, plus_years};
pub use days::Days;
pub use iso::{IsoDate, ParseDateError};
pub use month::{Month, ParseMonthError};
pub use months::Months;
