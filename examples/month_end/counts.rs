//! Daily counts of active systems.

use alms_core::calendar::{Date, Month};
use alms_core::text::Uid;
use alms_core::tokens::{Peak, UsageMeter};
use std::collections::{BTreeMap, HashMap};

/// How many systems of each account were active on which day.
#[derive(Debug, Default)]
pub(crate) struct Counts(HashMap<Uid, BTreeMap<Date, Peak>>);

impl Counts {
    /// Takes a count; of two of the same day the higher one, as the meter does (TOK-2).
    pub(crate) fn add(&mut self, account: Uid, on: Date, active: Peak) {
        let counted = self.0.entry(account).or_default().entry(on).or_default();
        *counted = active.max(*counted);
    }

    /// The last day with a count.
    pub(crate) fn last_day(&self) -> Option<Date> {
        self.0.values().filter_map(|days| days.keys().next_back()).max().copied()
    }

    /// Leaves out what lies after `on`, and says how many counts that were.
    pub(crate) fn cut_after(&mut self, on: Date) -> usize {
        let count = |counts: &Self| counts.0.values().map(BTreeMap::len).sum::<usize>();
        let before = count(self);
        self.0.values_mut().for_each(|days| days.retain(|day, _| *day <= on));
        before.saturating_sub(count(self))
    }

    /// The core's meter, fed with all of it.
    pub(crate) fn meter(&self) -> UsageMeter {
        let mut meter = UsageMeter::default();
        for (account, days) in &self.0 {
            days.iter().for_each(|(day, active)| meter.count(account, *day, *active));
        }
        meter
    }

    /// The last count of an account.
    pub(crate) fn latest(&self, account: &Uid) -> Option<Peak> {
        self.0.get(account)?.values().next_back().copied()
    }

    /// The days of a month without a count, such as `1–14, 28`.
    pub(crate) fn gaps(&self, account: &Uid, month: Month) -> String {
        let counted = |day: u32| {
            let mut days = self.0.get(account).into_iter().flat_map(BTreeMap::keys);
            days.any(|date| month.contains(*date) && date.day() == day)
        };
        let mut gaps: Vec<(u32, u32)> = Vec::new();
        for day in (1..=month.days()).filter(|day| !counted(*day)) {
            match gaps.last_mut() {
                Some((_, last)) if last.saturating_add(1) == day => *last = day,
                _ => gaps.push((day, day)),
            }
        }
        let shown = |(first, last): (u32, u32)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        gaps.into_iter().map(shown).collect::<Vec<_>>().join(", ")
    }
}
