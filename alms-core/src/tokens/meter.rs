use super::{Booking, Entry, Peak};
use crate::calendar::{Date, Month};
use crate::text::Uid;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Takes a count of activated systems a day and keeps each month's peak (TOK-2).
///
/// The peak never falls within a month, whatever the order in which days arrive. A second count of the same day
/// counts if it is higher.
///
/// ```
/// use alms_core::tokens::{Peak, UsageMeter};
/// let mut meter = UsageMeter::default();
/// for (day, active) in [("2023-05-01", 7), ("2023-05-02", 9), ("2023-05-03", 8)] {
///     meter.count(&"c1".parse()?, day.parse()?, Peak::try_new(active)?);
/// }
/// let may = meter.peak(&"c1".parse()?, "2023-05".parse()?).unwrap();
/// assert_eq!((may.peak.get(), may.days_counted, may.days_missing()), (9, 3, 28));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct UsageMeter {
    /// In the order in which they appeared.
    accounts: Vec<Uid>,
    months: HashMap<Uid, BTreeMap<Month, Metered>>,
}

/// What is known of one month.
#[derive(Debug, Clone)]
struct Metered {
    peak: Peak,
    days: BTreeSet<u32>,
}

/// A month's peak of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPeak {
    /// The account.
    pub account: Uid,
    /// The month.
    pub month: Month,
    /// The most systems that were activated on one of the days counted.
    pub peak: Peak,
    /// The days for which there is a count.
    pub days_counted: u32,
}

impl MonthPeak {
    /// The days of the month without a count.
    pub fn days_missing(&self) -> u32 {
        self.month.days().saturating_sub(self.days_counted)
    }

    /// The booking of this consumption (TOK-2): on the month's last day, under a key that says account and month, so that
    /// it is booked once; `None` where that key would have more than 256 characters.
    ///
    /// ```
    /// use alms_core::tokens::{MonthPeak, Peak};
    /// let peak = MonthPeak { account: "c1".parse()?, month: "2023-05".parse()?, peak: Peak::try_new(7)?, days_counted: 31 };
    /// let booking = peak.booking().unwrap();
    /// assert_eq!((booking.key.as_str(), booking.on), ("consumption:c1:2023-05", "2023-05-31".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn booking(&self) -> Option<Booking> {
        let Self { account, month, peak, .. } = self;
        let key = format!("consumption:{account}:{month}").parse().ok()?;
        let entry = Entry::Consumption { account: account.clone(), month: *month, peak: *peak };
        Some(Booking { key, on: month.last_day(), entry })
    }
}

impl UsageMeter {
    /// Takes the number of systems that were active in `account` on the day `on`.
    pub fn count(&mut self, account: &Uid, on: Date, active: Peak) {
        let months = match self.months.get_mut(account) {
            Some(months) => months,
            None => {
                self.accounts.push(account.clone());
                self.months.entry(account.clone()).or_default()
            }
        };
        let month = Month::of(on);
        let metered = months.entry(month).or_insert(Metered { peak: active, days: BTreeSet::new() });
        metered.peak = metered.peak.max(active);
        metered.days.insert(on.day());
    }

    /// The peak of a month; `None` without a count in it.
    pub fn peak(&self, account: &Uid, month: Month) -> Option<MonthPeak> {
        let metered = self.months.get(account)?.get(&month)?;
        Some(month_peak(account, month, metered))
    }

    /// All peaks: accounts in the order in which they first appeared, months in order.
    pub fn peaks(&self) -> Vec<MonthPeak> {
        let mut peaks = Vec::new();
        for account in &self.accounts {
            let months = self.months.get(account).into_iter().flatten();
            peaks.extend(months.map(|(month, metered)| month_peak(account, *month, metered)));
        }
        peaks
    }
}

fn month_peak(account: &Uid, month: Month, metered: &Metered) -> MonthPeak {
    MonthPeak {
        account: account.clone(),
        month,
        peak: metered.peak,
        // A month has at most 31 days.
        days_counted: u32::try_from(metered.days.len()).unwrap_or(u32::MAX),
    }
}
