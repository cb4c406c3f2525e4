//! What the accounts of a ledger are expected to do.

use super::ledger::{Ledger, Position};
use super::{Outlook, Peak, Peaks, Standing, Tokens};
use crate::calendar::{Date, Month, Months};
use crate::order::sort_by_key;
use std::collections::HashMap;

/// The outlooks of the accounts of a ledger from a day on, in one pass over its bookings.
pub(crate) struct Outlooks<'l> {
    ledger: &'l Ledger,
    on: Date,
    today: Vec<Standing>,
    month_end: Vec<Standing>,
    /// The use that is booked for later months, by account.
    later: HashMap<usize, Vec<(Month, Peak)>>,
}

impl<'l> Outlooks<'l> {
    pub(crate) fn new(ledger: &'l Ledger, on: Date) -> Self {
        let month = Month::of(on);
        let mut later: HashMap<usize, Vec<(Month, Peak)>> = HashMap::new();
        for (account, of, peak) in ledger.peaks_after(month) {
            later.entry(account.position()).or_default().push((of, peak));
        }
        later.values_mut().for_each(|months| sort_by_key(months, |(of, _)| *of));
        let (today, month_end) = (ledger.standings_as_of(on), ledger.standings_as_of(month.last_day()));
        Self { ledger, on, today, month_end, later }
    }

    /// The peaks of an account: those of the host, and those that are booked where it gives none.
    pub(crate) fn peaks(&self, account: &Position<'_>, given: Peaks) -> Peaks {
        let month = Month::of(self.on);
        let booked = || previous(month).and_then(|previous| self.ledger.peak(account, previous));
        Peaks {
            previous: given.previous.or_else(booked),
            current: given.current.or_else(|| self.ledger.peak(account, month)),
        }
    }

    /// What an account with these [peaks](Outlooks::peaks) is expected to do.
    pub(crate) fn of(&self, account: &Position<'_>, peaks: Peaks) -> Outlook {
        let position = account.id().position();
        let standing = |standings: &[Standing]| standings.get(position).copied().unwrap_or(account.standing);
        let consumes = account.holder.kind.consumes_tokens();
        // TOK-3: nothing is taken where the consumption is suspended.
        let peaks = if consumes { peaks } else { Peaks { previous: Some(Peak::ZERO), current: None } };
        let at_end = standing(&self.month_end).balance;
        let expected_end = match self.ledger.peak(account, Month::of(self.on)) {
            Some(_) => Some(at_end),
            None => {
                peaks.predicted_use().map(|used| Tokens::clamped(at_end.get().saturating_sub(used.get())))
            }
        };
        let later = self.later.get(&position).filter(|_| consumes);
        Outlook {
            on: self.on,
            standing: standing(&self.today),
            peaks,
            expected_end,
            booked: later.cloned().unwrap_or_default(),
        }
    }
}

/// The month before; none at the beginning of the calendar.
pub(super) fn previous(month: Month) -> Option<Month> {
    month.plus(Months::from(1).negated()).ok()
}
