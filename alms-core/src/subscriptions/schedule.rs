//! When a service that goes on by itself is paid for: its periods, and how their length changes.

use super::Period;
use super::invoice_day::InvoiceDay;
use super::periods::Periods;
use crate::calendar::{Date, DateOutOfRange, Months};

/// The periods of a service that goes on by itself, from the end of its first term on (SUB-7).
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    /// The end of the first term.
    first_end: Date,
    /// As it begins: the first day of a full period, and the periods from there on.
    base: (Date, Periods),
    /// The other lengths that were declared, each with the day from which it holds.
    changes: Vec<(Date, Months)>,
    /// The length of the period that is shortened, if there is one before the first full one.
    short: Months,
    /// Periods of one length each, with the day from which they hold.
    parts: Vec<(Date, Periods)>,
}

/// One period of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scheduled {
    pub(super) period: Period,
    pub(super) length: Months,
    /// The days of a full period, if this one is shorter: up to the account's day of invoices.
    pub(super) full_days: Option<i64>,
}

/// Stands for an account's day of invoices after the calendar: no such day is its last one.
const NEVER: Date = Date::MAX;

impl Schedule {
    /// Periods of `length` from the end of the first term, counted from `anchor`, or on an account's day of the month.
    pub(super) fn new(anchor: Date, first_end: Date, length: Months, day: InvoiceDay) -> Self {
        let base = match day {
            InvoiceDay::Own => (first_end, Periods::following(anchor, first_end, length)),
            InvoiceDay::Day(day) => {
                let from = day.on_or_after(first_end).unwrap_or(NEVER);
                (from, Periods::after(from, Months::ZERO, length))
            }
        };
        Self { first_end, base, changes: Vec::new(), short: length, parts: vec![base] }
    }

    /// Periods of another length from the day `from` on, on which one of these begins.
    pub(super) fn change(&mut self, from: Date, length: Months) {
        self.changes.push((from, length));
        self.apply(from, length);
    }

    fn apply(&mut self, from: Date, length: Months) {
        let Some((begin, periods)) = self.part(from).copied() else { return };
        if from < begin {
            // From the shortened period on.
            self.short = length;
            self.parts = vec![(begin, periods.continued(begin, length))];
            return;
        }
        self.parts.retain(|(begin, _)| *begin < from);
        self.parts.push((from, periods.continued(from, length)));
    }

    /// Takes back the changes of length that have not begun by the end of the day `on`.
    pub(super) fn without_pending(&mut self, on: Date) {
        self.changes.retain(|(from, _)| *from <= on);
        (self.short, self.parts) = (self.base.1.length(), vec![self.base]);
        for (from, length) in self.changes.clone() {
            self.apply(from, length);
        }
    }

    /// The length of the periods as it is declared to be on the day `date`.
    pub(super) fn length_on(&self, date: Date) -> Months {
        let begun = self.changes.iter().rev().find(|(from, _)| *from <= date);
        begun.map_or(self.base.1.length(), |(_, length)| *length)
    }

    fn part(&self, date: Date) -> Option<&(Date, Periods)> {
        self.parts.iter().rev().find(|(begin, _)| *begin <= date).or_else(|| self.parts.first())
    }

    /// The period in which `date` lies; `None` before the first.
    pub(super) fn at(&self, date: Date) -> Result<Option<Scheduled>, DateOutOfRange> {
        if date < self.first_end {
            return Ok(None);
        }
        let Some((begin, periods)) = self.part(date).copied() else { return Ok(None) };
        if date < begin {
            return self.short(begin).map(Some);
        }
        let index = periods.index_of(date).ok_or(DateOutOfRange)?;
        Ok(Some(Scheduled { period: periods.period(index)?, length: periods.length(), full_days: None }))
    }

    /// What lies between the end of the first term and the account's day: as a part of the period that ends on that day.
    fn short(&self, begin: Date) -> Result<Scheduled, DateOutOfRange> {
        if begin == NEVER {
            return Err(DateOutOfRange);
        }
        let full_from = begin.add_months(self.short.negated())?;
        let period = Period { start_date: self.first_end, end_date: begin };
        Ok(Scheduled { period, length: self.short, full_days: Some(full_from.days_until(begin)) })
    }

    /// The first day of a period that is not before `date`; the period may end after the calendar.
    pub(super) fn boundary_from(&self, date: Date) -> Result<Date, DateOutOfRange> {
        let Some((begin, periods)) = self.part(date).copied().filter(|_| date > self.first_end) else {
            return Ok(self.first_end);
        };
        if date < begin {
            return if begin == NEVER { Err(DateOutOfRange) } else { Ok(begin) };
        }
        let index = periods.index_of(date).ok_or(DateOutOfRange)?;
        if periods.start(index)? == date {
            return Ok(date);
        }
        periods.start(index.checked_add(1).ok_or(DateOutOfRange)?)
    }
}
