use crate::ErrorCode;
use crate::calendar::Date;

/// How many windows the Customers page has.
pub const WINDOWS: usize = 3;

/// The windows of the Customers page: systems that end soon, sooner and soonest (RES-2).
///
/// Each window ends so many days after today, and begins on the day after the one before it, the first one tomorrow:
/// what ends today is overdue. The source's list of the windows is lost; 1 to 30,
/// 31 to 60 and 61 to 90 days are a decision.
///
/// ```
/// use alms_core::reseller::Windows;
/// assert_eq!(Windows::default().days(), [(1, 30), (31, 60), (61, 90)]);
/// assert_eq!(Windows::try_new([7, 30, 365])?.days(), [(1, 7), (8, 30), (31, 365)]);
/// assert!(Windows::try_new([30, 30, 90]).is_err());
/// # Ok::<(), alms_core::reseller::WindowsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows([u32; WINDOWS]);

/// A window that would hold no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{days}` days leave nothing for the window, which begins after {after}; give ascending numbers of days"
)]
pub struct WindowsError {
    /// The position of the window.
    pub index: usize,
    /// Its last day.
    pub days: u32,
    /// The last day of the window before it, 0 for the first one.
    pub after: u32,
}

impl WindowsError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

impl Default for Windows {
    fn default() -> Self {
        Self([30, 60, 90])
    }
}

impl Windows {
    /// Windows that end so many days after today.
    ///
    /// # Errors
    /// [`WindowsError`]: the numbers do not ascend from 1.
    pub fn try_new(last_days: [u32; WINDOWS]) -> Result<Self, WindowsError> {
        let before = std::iter::once(0).chain(last_days);
        for (index, (days, after)) in last_days.into_iter().zip(before).enumerate() {
            if days <= after {
                return Err(WindowsError { index, days, after });
            }
        }
        Ok(Self(last_days))
    }

    /// First and last day of each window, counted from today.
    pub fn days(self) -> [(u32, u32); WINDOWS] {
        let [first, second, third] = self.0;
        [(1, first), (first.saturating_add(1), second), (second.saturating_add(1), third)]
    }

    /// The last date of each window; at the end of the calendar for a window beyond it.
    pub(super) fn last_dates(self, on: Date) -> [Date; WINDOWS] {
        self.0.map(|days| on.add_days(days).unwrap_or(Date::MAX))
    }
}
