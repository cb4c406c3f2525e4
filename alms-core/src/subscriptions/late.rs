use crate::calendar::Date;

/// From when a late renewal counts. The sources do not say (SUB-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum LateRenewal {
    /// From the day of the order: nothing is paid for the time without service.
    #[default]
    FromOrder,
    /// From the lapsed end date, as if the renewal had been in time.
    FromEnd,
    /// Within a grace period from the day of the order, after it from the lapsed end date, which the order may lie only so
    /// far behind.
    Backdated(Backdating),
}

/// How far a late renewal is dated back (SUB-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Backdating {
    /// An order at most so many days after the end starts its term on its own day.
    pub grace_days: u32,
    /// A later one starts it on the lapsed end date, but at most so many days before the order.
    pub max_days: u32,
}

impl Default for Backdating {
    /// 10 and 180 days.
    fn default() -> Self {
        Self { grace_days: 10, max_days: 180 }
    }
}

impl LateRenewal {
    /// The name without its settings: `from_order`, `from_end`, `backdated`.
    pub const fn as_str(self) -> &'static str {
        match self {
            LateRenewal::FromOrder => "from_order",
            LateRenewal::FromEnd => "from_end",
            LateRenewal::Backdated(_) => "backdated",
        }
    }

    /// The day from which a renewal counts that arrives on the day `on`; one in time counts from the end of the term.
    pub(super) fn counts_from(self, end_date: Date, on: Date) -> Date {
        if on <= end_date {
            return end_date;
        }
        match self {
            LateRenewal::FromOrder => on,
            LateRenewal::FromEnd => end_date,
            LateRenewal::Backdated(Backdating { grace_days, .. })
                if end_date.days_until(on) <= i64::from(grace_days) =>
            {
                on
            }
            LateRenewal::Backdated(Backdating { max_days, .. }) => {
                on.minus_days(max_days).unwrap_or(Date::MIN).max(end_date)
            }
        }
    }
}
