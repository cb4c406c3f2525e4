//! What a stock is expected to do from a day on: the figures that forecast and advice are made from (TOK-4, TOK-5).

use super::{Peak, Peaks, ServicePack, Standing, Status, Tokens};
use crate::calendar::{Date, Month, Months};

/// A stock on a day, and what is going to be taken from it at the month ends.
///
/// ```
/// use alms_core::tokens::{Outlook, Peak, Peaks, Tokens, forecast};
/// let peaks = Peaks { previous: Some(Peak::try_new(8)?), current: None };
/// let plain = Outlook::new(Tokens::try_new(60)?, "2023-05-10".parse()?, peaks);
/// // An order of 12 tokens is entered for the 20th already.
/// let with_order = Outlook { expected_end: Some(Tokens::try_new(64)?), ..plain.clone() };
/// assert_eq!(forecast(&plain)?.months_left, Some(7));
/// assert_eq!(forecast(&with_order)?.months_left, Some(9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The day.
    pub on: Date,
    /// The stock on that day, and whether the account is suspended.
    pub standing: Standing,
    /// The peaks that the use is predicted from.
    pub peaks: Peaks,
    /// The stock that is expected at the end of the day's month, with all that is booked for the month (TOK-4); `None`:
    /// the stock less the predicted use.
    pub expected_end: Option<Tokens>,
    /// Later months of which the use is booked already, in order, each once.
    pub booked: Vec<(Month, Peak)>,
}

impl Outlook {
    /// An account of which nothing else is known: suspended below zero, nothing booked.
    pub const fn new(balance: Tokens, on: Date, peaks: Peaks) -> Self {
        Self { on, standing: Standing::opening(balance), peaks, expected_end: None, booked: Vec::new() }
    }

    /// The use of a month of which nothing is booked; `None` if it cannot be predicted (TOK-5).
    pub fn predicted_use(&self) -> Option<Peak> {
        self.peaks.predicted_use()
    }

    /// The stock at the end of the day's month, which may be beyond the limit; `None` if it cannot be said.
    pub(super) fn month_end(&self) -> Option<i64> {
        let predicted = || Some(self.standing.balance.get().saturating_sub(self.predicted_use()?.get()));
        self.expected_end.map(Tokens::get).or_else(predicted)
    }

    /// The stock after so many month ends, that of the day's month included, if nothing is bought: below every limit where
    /// it is far below zero; `None` if it cannot be said.
    pub(super) fn after(&self, months: Months) -> Option<i64> {
        let Some(later) = months.get().checked_sub(1).filter(|later| *later >= 0) else {
            return Some(self.standing.balance.get());
        };
        let used = self.predicted_use()?.get();
        let left = self.month_end()?.saturating_sub(used.saturating_mul(later));
        let first = Month::of(self.on);
        let within = self.booked.iter().filter(|(month, _)| first.months_until(*month).get() <= later);
        // What was predicted of a month that is booked is not taken.
        Some(within.fold(left, |left, (_, peak)| left.saturating_add(used).saturating_sub(peak.get())))
    }

    /// The packs with which the stock covers so many month ends, and a suspended account is above zero at once (TOK-5,
    /// TOK-6); `None` if the use cannot be predicted.
    ///
    /// 0 if it covers them already; the largest number there is beyond any order.
    pub fn packs_to_buy(&self, months: Months) -> Option<i64> {
        self.predicted_use()?;
        let needed = self.after(months)?.saturating_neg();
        Some(ServicePack::covering(needed.max(self.to_reactivate())))
    }

    /// The tokens that bring the account back; 0 if it is not suspended.
    pub(super) fn to_reactivate(&self) -> i64 {
        match self.standing.status {
            // One token more than the stock lacks: zero does not reactivate (TOK-6).
            Status::Suspended => self.standing.balance.get().saturating_neg().saturating_add(1),
            Status::Active => 0,
        }
    }
}
