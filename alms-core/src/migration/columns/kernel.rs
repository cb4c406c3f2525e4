//! The two passes over rows: what a row is by itself, and what it gets once its account is settled.
//!
//! Everything here is inlined into functions that exist once for each set of vector instructions (see `engine`). So
//! there is no branch on a row's values, nothing that could stop in the middle, and loops of one kind each.

use super::code::{ModelCheck, NO_DAY, NO_OUTCOME, NO_STATE, RowError, outcome_code};
use super::input::Systems;
use super::output::SystemSlices;
use crate::account::SystemState;
use crate::calendar::{Date, month_index, plus_years};
use crate::migration::classify::{Class, Facts, Yardstick};
use crate::migration::tally::Counts;
use crate::migration::{Outcome, Policy};

/// Rows that are worked on at a time: their columns stay in the nearest cache.
pub(super) const BLOCK: usize = 1024;

const STATES: u8 = SystemState::ALL.len() as u8;
const DELETED: u8 = outcome_code(Outcome::Deleted);
const INVENTORY: u8 = outcome_code(Outcome::Inventory);
const COMPLETE: u8 = outcome_code(Outcome::AirlinkComplete);
const BASIC: u8 = outcome_code(Outcome::AirlinkBasic);

/// Room for the dates of a block, for columns that do not mark null ones.
pub(super) struct Scratch {
    last: [i32; BLOCK],
    support: [i32; BLOCK],
}

impl Scratch {
    pub(super) const fn new() -> Self {
        Self { last: [0; BLOCK], support: [0; BLOCK] }
    }
}

/// What rows are measured against: a migration date and a policy, in numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    yardstick: Yardstick<i32>,
    /// The month of the migration date.
    month: i32,
    /// The years that AirLink Complete gets beyond its support (MIG-11).
    years: u16,
}

impl Measure {
    pub(super) fn new(on: Date, policy: &Policy) -> Self {
        Self {
            yardstick: Yardstick::new(on, policy).in_days(),
            month: month_index(on.day_number()),
            years: policy.complete_renewal.years(),
        }
    }
}

/// What a row is by itself; AirLink Basic gets its date and tokens later.
struct Classified {
    outcome: u8,
    reason: u8,
    end_date: i32,
    tokens: i32,
}

#[inline(always)]
fn classified<const LATER: bool>(state: u8, last: i32, support: i32, measure: &Measure) -> Classified {
    let facts = Facts::new(state, day(last), day(support), &measure.yardstick);
    let class = facts.class(measure.yardstick.cleanup);
    let complete = matches!(class, Class::Supported);
    let end_date = if LATER { plus_years(support, measure.years) } else { support };
    let months = month_index(support).wrapping_sub(measure.month);
    let fits = is_day(last) & is_day(support);
    let known = state < STATES;
    let fault = if known { RowError::OutOfRange.code() } else { state_fault(state) };
    let fine = known & fits;
    Classified {
        outcome: if fine { outcome_code(class.outcome()) } else { NO_OUTCOME },
        reason: if fine { class as u8 } else { fault },
        end_date: if complete & fine { end_date } else { NO_DAY },
        tokens: if complete & fine { months } else { 0 },
    }
}

#[inline(always)]
const fn state_fault(state: u8) -> u8 {
    if state == NO_STATE { RowError::MissingState.code() } else { RowError::UnknownState.code() }
}

#[inline(always)]
fn day(days: i32) -> Option<i32> {
    (days != NO_DAY).then_some(days)
}

/// Null, or a day of the library's range.
#[inline(always)]
const fn is_day(days: i32) -> bool {
    const FIRST: i32 = Date::MIN.day_number();
    const SPAN: u32 = Date::MAX.day_number().wrapping_sub(FIRST).cast_unsigned();
    (days == NO_DAY) | (days.wrapping_sub(FIRST).cast_unsigned() <= SPAN)
}

/// The first pass over rows `start` to `end`, which `out` holds.
#[inline(always)]
pub(super) fn classify(
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
        if measure.years == 0 {
            classify_block::<false>(&given, measure, &mut out);
        } else {
            classify_block::<true>(&given, measure, &mut out);
        }
        if let Some(models) = systems.models {
            refuse_models(models.get(from..to).unwrap_or_default(), &mut out);
        }
        from = to;
    }
}

/// The columns of a few rows.
struct Block<'a> {
    states: &'a [u8],
    last: &'a [i32],
    support: &'a [i32],
}

#[inline(always)]
fn classify_block<const LATER: bool>(given: &Block<'_>, measure: &Measure, out: &mut SystemSlices<'_>) {
    let measure = *measure;
    let given = given.states.iter().zip(given.last).zip(given.support);
    let out = out
        .outcome
        .iter_mut()
        .zip(out.reason.iter_mut())
        .zip(out.end_date.iter_mut())
        .zip(out.tokens.iter_mut());
    for (((state, last), support), (((outcome, reason), end_date), tokens)) in given.zip(out) {
        let row = classified::<LATER>(*state, *last, *support, &measure);
        *outcome = row.outcome;
        *reason = row.reason;
        *end_date = row.end_date;
        *tokens = row.tokens;
    }
}

/// Rows whose model is none.
#[inline(always)]
fn refuse_models(models: &[u8], out: &mut SystemSlices<'_>) {
    if models.iter().all(|model| *model < ModelCheck::OutOfRange as u8) {
        return;
    }
    for (row, model) in models.iter().enumerate() {
        let mut out = out.rows(row, row.saturating_add(1));
        if *model >= ModelCheck::OutOfRange as u8 && !out.reason.iter().any(|code| RowError::is_code(*code)) {
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
    #[inline(always)]
    pub(super) fn add(&mut self, rows: &SystemSlices<'_>) {
        /// So few that a byte can count them, and a 32-bit number sum up their months.
        const FEW: usize = 128;
        let mut last_end = NO_DAY;
        let chunks = rows.outcome.chunks(FEW).zip(rows.tokens.chunks(FEW));
        for ((outcomes, tokens), ends) in chunks.zip(rows.end_date.chunks(FEW)) {
            let count = |wanted: u8| {
                let ones = outcomes.iter().map(|outcome| u8::from(*outcome == wanted));
                u32::from(ones.fold(0_u8, u8::wrapping_add))
            };
            let (deleted, inventory, complete, basic) =
                (count(DELETED), count(INVENTORY), count(COMPLETE), count(BASIC));
            let known = deleted.wrapping_add(inventory).wrapping_add(complete).wrapping_add(basic);
            let summary = &mut self.counts.summary;
            summary.deleted = summary.deleted.saturating_add(deleted);
            summary.inventory = summary.inventory.saturating_add(inventory);
            summary.airlink_complete = summary.airlink_complete.saturating_add(complete);
            summary.airlink_basic = summary.airlink_basic.saturating_add(basic);
            self.bad = self.bad.saturating_add((outcomes.len() as u32).saturating_sub(known));
            let months = tokens.iter().copied().fold(0_i32, i32::wrapping_add);
            self.counts.demand = self.counts.demand.saturating_add(i64::from(months));
            last_end = ends.iter().copied().fold(last_end, i32::max);
        }
        self.too_late |= last_end > Date::MAX.day_number();
    }

    /// Counts one classified row.
    #[inline(always)]
    pub(super) fn add_row(&mut self, outcome: u8, end_date: i32, tokens: i32) {
        let summary = &mut self.counts.summary;
        let count = match outcome {
            DELETED => &mut summary.deleted,
            INVENTORY => &mut summary.inventory,
            COMPLETE => &mut summary.airlink_complete,
            BASIC => &mut summary.airlink_basic,
            _ => &mut self.bad,
        };
        *count = count.saturating_add(1);
        self.counts.demand = self.counts.demand.saturating_add(i64::from(tokens));
        self.too_late |= end_date > Date::MAX.day_number();
    }

    /// Looks for XR Series routers.
    #[inline(always)]
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
#[inline(always)]
pub(super) fn assign(share: Share, rows: &mut SystemSlices<'_>) {
    match share {
        Share::Basic { end_date: basic_end, tokens: basic_tokens } => {
            let dated = rows.end_date.iter_mut().zip(rows.tokens.iter_mut());
            for (outcome, (end_date, tokens)) in rows.outcome.iter().zip(dated) {
                let basic = *outcome == BASIC;
                *end_date = if basic { basic_end } else { *end_date };
                *tokens = if basic { basic_tokens } else { *tokens };
            }
        }
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
