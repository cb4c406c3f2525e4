use super::{Date, DateOutOfRange, Months};
use crate::ErrorCode;
use crate::json::{Answer, Fault};
use alms_json::document;

/// Input of `calendar.add_months`.
#[document]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddMonths {
    /// The anchor.
    pub date: Date,
    /// How many months on; negative for back.
    pub months: Months,
}

/// Output of `calendar.add_months`.
#[document(result)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddedMonths {
    /// The anchor and so many months, clamped to the month's last day.
    pub date: Date,
}

/// The date would lie outside the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{}` months from {}: {DateOutOfRange}; give fewer months", .request.months, .request.date)]
pub struct MonthsOutOfRange {
    /// What was asked.
    pub request: AddMonths,
}

impl MonthsOutOfRange {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::DateOutOfRange
    }
}

/// [`Date::add_months`] as an operation.
///
/// # Errors
/// [`MonthsOutOfRange`].
pub fn add_months(request: &AddMonths) -> Result<AddedMonths, MonthsOutOfRange> {
    let moved = request.date.add_months(request.months);
    moved.map(|date| AddedMonths { date }).map_err(|DateOutOfRange| MonthsOutOfRange { request: *request })
}

impl Answer for AddedMonths {}

impl From<MonthsOutOfRange> for Fault {
    fn from(error: MonthsOutOfRange) -> Self {
        Self::new(error.code(), error).at("months")
    }
}
