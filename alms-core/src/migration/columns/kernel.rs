//! The two passes over rows: what a row is by itself, and what it gets once its account is settled.

use super::code::{ModelCheck, NO_DAY, NO_OUTCOME, RowError};
use super::engine::Engine;
use super::input::{Days, Systems};
use super::lanes::{self, Block, Count};
use super::output::SystemSlices;
use crate::calendar::{Date, NEAR, month_index};
use crate::migration::classify::Yardstick;
use crate::migration::tally::Counts;
use crate::migration::{Outcome, Policy};

/// Rows that are worked on at a time: their columns, 20 bytes a row, stay in the second cache.
pub(super) const BLOCK: usize = 4096;

/// Room for the dates of a block, for columns that do not mark null ones.
pub(super) struct Scratch {
    last: Vec<i32>,
    support: Vec<i32>,
}

impl Scratch {
    pub(super) fn new(systems: &Systems<'_>) -> Self {
        let room = |days: Days<'_>| vec![0; if days.is_marked() { 0 } else { BLOCK.min(days.len()) }];
        Self { last: room(systems.last_communication), support: room(systems.support_end) }
    }
}

/// What rows are measured against: a migration date and a policy, in numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) yardstick: Yardstick<i32>,
    /// The month of the migration date.
    pub(super) month: i32,
    /// The years that AirLink Complete gets beyond its support (MIG-11).
    pub(super) years: u16,
    /// None, and the migration date is one of the near ones.
    pub(super) usual: bool,
}

impl Measure {
    pub(super) fn new(on: Date, policy: &Policy) -> Self {
        let (day, years) = (on.day_number(), policy.complete_renewal.years());
        Self {
            yardstick: Yardstick::new(on, policy).in_days(),
            month: month_index(day),
            years,
            usual: years == 0 && NEAR.contains(&day),
        }
    }
}

/// The first pass over rows `start` to `end`, which `out` holds.
pub(super) fn classify(
    engine: Engine,
    systems: &Systems<'_>,
    (start, end): (usize, usize),
    measure: &Measure,
    out: &mut SystemSlices<'_>,
    scratch: &mut Scratch,
) {
    let mut from = start;
    while from < end {
        let to = end.min(from.saturating_add(BLOCK));
        let mut out = out.rows(from.saturating_sub(start), to.saturating_sub(start));
        let given = Block {
            states: systems.states.get(from..to).unwrap_or_default(),
            last: systems.last_communication.marked(from, to, &mut scratch.last),
            support: systems.support_end.marked(from, to, &mut scratch.support),
        };
        lanes::classify(engine, &given, measure, &mut out);
        if let Some(models) = systems.models {
            refuse_models(models.get(from..to).unwrap_or_default(), &mut out);
        }
        from = to;
    }
}

/// Rows whose model is none.
fn refuse_models(models: &[u8], out: &mut SystemSlices<'_>) {
    const REFUSED: u8 = ModelCheck::OutOfRange as u8;
    if models.iter().copied().fold(0, u8::max) < REFUSED {
        return;
    }
    for (row, _) in models.iter().enumerate().filter(|(_, model)| **model >= REFUSED) {
        let mut out = out.rows(row, row.saturating_add(1));
        if !out.reason.iter().any(|code| RowError::is_code(*code)) {
            fail(&mut out, RowError::OutOfRange);
        }
    }
}

/// What the rows of an account come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) counts: Counts,
    /// Rows with an error of their own.
    pub(super) bad: u32,
    /// There is an XR Series router.
    pub(super) xr: bool,
    /// An AirLink Complete system would end after the last date.
    pub(super) too_late: bool,
}

impl Tally {
    /// Counts classified rows.
    pub(super) fn add(&mut self, engine: Engine, rows: &SystemSlices<'_>) {
        let Count { deleted, inventory, complete, basic, bad, months, last_end } = lanes::count(engine, rows);
        let summary = &mut self.counts.summary;
        summary.deleted = summary.deleted.saturating_add(deleted);
        summary.inventory = summary.inventory.saturating_add(inventory);
        summary.airlink_complete = summary.airlink_complete.saturating_add(complete);
        summary.airlink_basic = summary.airlink_basic.saturating_add(basic);
        self.bad = self.bad.saturating_add(bad);
        self.counts.demand = self.counts.demand.saturating_add(months);
        self.too_late |= last_end > Date::MAX.day_number();
    }

    /// Counts one classified row.
    pub(super) fn add_row(&mut self, outcome: u8, end_date: i32, tokens: i32) {
        let summary = &mut self.counts.summary;
        let count = match Outcome::ALL.get(usize::from(outcome)) {
            Some(Outcome::Deleted) => &mut summary.deleted,
            Some(Outcome::Inventory) => &mut summary.inventory,
            Some(Outcome::AirlinkComplete) => &mut summary.airlink_complete,
            Some(Outcome::AirlinkBasic) => &mut summary.airlink_basic,
            None => &mut self.bad,
        };
        *count = count.saturating_add(1);
        self.counts.demand = self.counts.demand.saturating_add(i64::from(tokens));
        self.too_late |= end_date > Date::MAX.day_number();
    }

    /// Counts what `other` counted.
    #[cfg(feature = "rayon")]
    pub(super) fn merge(&mut self, other: &Self) {
        let (summary, others) = (&mut self.counts.summary, &other.counts.summary);
        summary.deleted = summary.deleted.saturating_add(others.deleted);
        summary.inventory = summary.inventory.saturating_add(others.inventory);
        summary.airlink_complete = summary.airlink_complete.saturating_add(others.airlink_complete);
        summary.airlink_basic = summary.airlink_basic.saturating_add(others.airlink_basic);
        self.bad = self.bad.saturating_add(other.bad);
        self.counts.demand = self.counts.demand.saturating_add(other.counts.demand);
        self.xr |= other.xr;
        self.too_late |= other.too_late;
    }

    /// Looks for XR Series routers.
    pub(super) fn add_models(&mut self, models: &[u8]) {
        self.xr |= models.iter().fold(false, |xr, model| xr | (*model == ModelCheck::Xr as u8));
    }

    /// How many rows were counted.
    pub(super) const fn rows(&self) -> u32 {
        let summary = self.counts.summary;
        summary
            .deleted
            .saturating_add(summary.inventory)
            .saturating_add(summary.airlink_complete)
            .saturating_add(summary.airlink_basic)
            .saturating_add(self.bad)
    }
}

/// What the rows of an account get.
#[derive(Debug, Clone, Copy)]
pub(super) enum Share {
    /// AirLink Basic systems get this end date and so many tokens.
    Basic { end_date: i32, tokens: i32 },
    /// The account is not planned.
    Nothing,
    /// The rows are of no account.
    Error(RowError),
}

/// The second pass over the rows of one account.
pub(super) fn assign(engine: Engine, share: Share, rows: &mut SystemSlices<'_>) {
    match share {
        Share::Basic { end_date, tokens } => lanes::grant(engine, rows, end_date, tokens),
        Share::Nothing => {
            for reason in rows.reason.iter_mut().filter(|reason| !RowError::is_code(**reason)) {
                *reason = RowError::AccountNotPlanned.code();
            }
            clear(rows);
        }
        Share::Error(error) => fail(rows, error),
    }
}

/// Every row has this error.
fn fail(rows: &mut SystemSlices<'_>, error: RowError) {
    rows.reason.fill(error.code());
    clear(rows);
}

fn clear(rows: &mut SystemSlices<'_>) {
    rows.outcome.fill(NO_OUTCOME);
    rows.end_date.fill(NO_DAY);
    rows.tokens.fill(0);
}
