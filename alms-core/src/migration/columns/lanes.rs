//! The loops over rows, which the compiler turns into vector code.
//!
//! Each exists once for every set of vector instructions, and the best that the processor has is taken when it runs. So
//! no loop branches on a row's values, and nothing stops in the middle. The columns that are written come in as slices,
//! not in a structure of them: then the compiler knows that they do not overlap, without which there is no vector code.

use super::code::{NO_DAY, NO_OUTCOME, NO_STATE, RowError, outcome_code};
use super::engine::Engine;
use super::kernel::Measure;
use super::output::SystemSlices;
use crate::account::SystemState;
use crate::calendar::{Date, NEAR, month_index, month_index_near, plus_years};
use crate::migration::Outcome;
use crate::migration::classify::Class;
use crate::migration::classify::Facts;
use multiversion::multiversion;

const STATES: u8 = SystemState::ALL.len() as u8;
const DELETED: u8 = outcome_code(Outcome::Deleted);
const INVENTORY: u8 = outcome_code(Outcome::Inventory);
const COMPLETE: u8 = outcome_code(Outcome::AirlinkComplete);
pub(super) const BASIC: u8 = outcome_code(Outcome::AirlinkBasic);
const FIRST: i32 = Date::MIN.day_number();
const LAST: i32 = Date::MAX.day_number();

/// The columns of a few rows, null dates being [`NO_DAY`].
pub(super) struct Block<'a> {
    pub(super) states: &'a [u8],
    pub(super) last: &'a [i32],
    pub(super) support: &'a [i32],
}

impl Block<'_> {
    /// Every row is right, and no support ends after the near days.
    #[inline(always)]
    fn is_usual(&self) -> bool {
        let highest_state = self.states.iter().copied().fold(0, u8::max);
        let ((last_fits, _), (support_fits, latest)) = (span(self.last), span(self.support));
        (highest_state < STATES) & last_fits & support_fits & (latest <= *NEAR.end())
    }
}

/// Whether every day is null or in the library's range, and the last of them.
#[inline(always)]
fn span(days: &[i32]) -> (bool, i32) {
    // Counted from the number after NO_DAY, which itself becomes the largest of all.
    const fn above_null(days: i32) -> u32 {
        days.wrapping_sub(NO_DAY.wrapping_add(1)).cast_unsigned()
    }
    let lowest = days.iter().map(|days| above_null(*days)).fold(u32::MAX, u32::min);
    let latest = days.iter().copied().fold(NO_DAY, i32::max);
    ((lowest >= above_null(FIRST)) & (latest <= LAST), latest)
}

/// Null, or a day of the library's range.
#[inline(always)]
const fn is_day(days: i32) -> bool {
    const SPAN: u32 = LAST.wrapping_sub(FIRST).cast_unsigned();
    (days == NO_DAY) | (days.wrapping_sub(FIRST).cast_unsigned() <= SPAN)
}

/// Kinds of loops over rows: what is not asked for costs nothing.
mod kind {
    /// Every row is right, all dates are near, and no years are added.
    pub(super) const USUAL: u8 = 0;
    /// Anything, but no years are added.
    pub(super) const ANY: u8 = 1;
    /// Anything.
    pub(super) const LATER: u8 = 2;
}

/// What a row is by itself; AirLink Basic gets its date and tokens later.
struct Classified {
    outcome: u8,
    reason: u8,
    end_date: i32,
    tokens: i32,
}

#[inline(always)]
fn classified<const KIND: u8>(state: u8, last: i32, support: i32, measure: &Measure) -> Classified {
    let facts = Facts::new(state, day(last), day(support), &measure.yardstick);
    let class = facts.class(measure.yardstick.cleanup);
    let end_date = if KIND == kind::LATER { plus_years(support, measure.years) } else { support };
    let month = if KIND == kind::USUAL { month_index_near(support) } else { month_index(support) };
    let known = state < STATES;
    let fine = (KIND == kind::USUAL) | (known & is_day(last) & is_day(support));
    let fault = if known { RowError::OutOfRange.code() } else { state_fault(state) };
    // Not `if`: the months would be computed behind a branch, and the loop not be vector code without AVX2.
    let mask = mask(matches!(class, Class::Supported) & fine);
    Classified {
        outcome: if fine { outcome_code(class.outcome()) } else { NO_OUTCOME },
        reason: if fine { class as u8 } else { fault },
        end_date: NO_DAY.wrapping_add(mask & end_date.wrapping_sub(NO_DAY)),
        tokens: mask & month.wrapping_sub(measure.month),
    }
}

/// All ones, or none.
#[inline(always)]
fn mask(condition: bool) -> i32 {
    i32::from(condition).wrapping_neg()
}

#[inline(always)]
fn day(days: i32) -> Option<i32> {
    (days != NO_DAY).then_some(days)
}

#[inline(always)]
const fn state_fault(state: u8) -> u8 {
    if state == NO_STATE { RowError::MissingState.code() } else { RowError::UnknownState.code() }
}

/// What every row is by itself.
pub(super) fn classify(engine: Engine, given: &Block<'_>, measure: &Measure, out: &mut SystemSlices<'_>) {
    let SystemSlices { outcome, reason, end_date, tokens } = out;
    match engine {
        Engine::Portable => classify_portable(given, measure, outcome, reason, end_date, tokens),
        _ => classify_dispatched(given, measure, outcome, reason, end_date, tokens),
    }
}

// Not inlined: the compiler forgets that slices do not overlap when their function is part of another.
#[inline(never)]
fn classify_portable(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) {
    classify_rows(given, measure, outcome, reason, end_date, tokens);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn classify_dispatched(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) {
    classify_rows(given, measure, outcome, reason, end_date, tokens);
}

#[inline(always)]
fn classify_rows(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) {
    if measure.usual && given.is_usual() {
        classify_kind::<{ kind::USUAL }>(given, measure, outcome, reason, end_date, tokens);
    } else if measure.years == 0 {
        classify_kind::<{ kind::ANY }>(given, measure, outcome, reason, end_date, tokens);
    } else {
        classify_kind::<{ kind::LATER }>(given, measure, outcome, reason, end_date, tokens);
    }
}

#[inline(always)]
fn classify_kind<const KIND: u8>(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) {
    let measure = *measure;
    let given = given.states.iter().zip(given.last).zip(given.support);
    let out = outcome.iter_mut().zip(reason).zip(end_date.iter_mut().zip(tokens));
    for (((state, last), support), ((outcome, reason), (end_date, tokens))) in given.zip(out) {
        let row = classified::<KIND>(*state, *last, *support, &measure);
        *outcome = row.outcome;
        *reason = row.reason;
        *end_date = row.end_date;
        *tokens = row.tokens;
    }
}

/// What classified rows come to.
pub(super) struct Count {
    pub(super) deleted: u32,
    pub(super) inventory: u32,
    pub(super) complete: u32,
    pub(super) basic: u32,
    /// Rows without an outcome.
    pub(super) bad: u32,
    /// The months of all of them.
    pub(super) months: i64,
    /// The last end date.
    pub(super) last_end: i32,
}

/// Counts classified rows.
pub(super) fn count(engine: Engine, rows: &SystemSlices<'_>) -> Count {
    match engine {
        Engine::Portable => count_rows(rows.outcome, rows.tokens, rows.end_date),
        _ => count_dispatched(rows.outcome, rows.tokens, rows.end_date),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn count_dispatched(outcomes: &[u8], tokens: &[i32], ends: &[i32]) -> Count {
    count_rows(outcomes, tokens, ends)
}

#[inline(always)]
fn count_rows(outcomes: &[u8], tokens: &[i32], ends: &[i32]) -> Count {
    /// So few that a byte can count them, and a 32-bit number sum up their months.
    const FEW: usize = 128;
    let [mut deleted, mut inventory, mut complete, mut basic] = [0_u32; 4];
    let mut months = 0_i64;
    for (outcomes, tokens) in outcomes.chunks(FEW).zip(tokens.chunks(FEW)) {
        let count = |wanted: u8| {
            let ones = outcomes.iter().map(|outcome| u8::from(*outcome == wanted));
            u32::from(ones.fold(0_u8, u8::wrapping_add))
        };
        deleted = deleted.saturating_add(count(DELETED));
        inventory = inventory.saturating_add(count(INVENTORY));
        complete = complete.saturating_add(count(COMPLETE));
        basic = basic.saturating_add(count(BASIC));
        let sum = tokens.iter().copied().fold(0_i32, i32::wrapping_add);
        months = months.saturating_add(i64::from(sum));
    }
    let known = deleted.saturating_add(inventory).saturating_add(complete).saturating_add(basic);
    let bad = (outcomes.len() as u32).saturating_sub(known);
    let last_end = ends.iter().copied().fold(NO_DAY, i32::max);
    Count { deleted, inventory, complete, basic, bad, months, last_end }
}

/// Gives AirLink Basic rows their end date and tokens.
pub(super) fn grant(engine: Engine, rows: &mut SystemSlices<'_>, end: i32, months: i32) {
    let SystemSlices { outcome, end_date, tokens, .. } = rows;
    match engine {
        Engine::Portable => grant_portable(outcome, end_date, tokens, (end, months)),
        _ => grant_dispatched(outcome, end_date, tokens, (end, months)),
    }
}

#[inline(never)]
fn grant_portable(outcomes: &[u8], ends: &mut [i32], tokens: &mut [i32], granted: (i32, i32)) {
    grant_rows(outcomes, ends, tokens, granted);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn grant_dispatched(outcomes: &[u8], ends: &mut [i32], tokens: &mut [i32], granted: (i32, i32)) {
    grant_rows(outcomes, ends, tokens, granted);
}

#[inline(always)]
fn grant_rows(outcomes: &[u8], ends: &mut [i32], tokens: &mut [i32], (end, months): (i32, i32)) {
    // Until now their end date is NO_DAY and their tokens are 0. Adding the difference is a write whatever the row is;
    // a choice between two values would become a write for some rows, which takes three times as long.
    let later = end.wrapping_sub(NO_DAY);
    for (outcome, (end_date, tokens)) in outcomes.iter().zip(ends.iter_mut().zip(tokens)) {
        let mask = mask(*outcome == BASIC);
        *end_date = end_date.wrapping_add(mask & later);
        *tokens = tokens.wrapping_add(mask & months);
    }
}
