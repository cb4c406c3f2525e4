//! The loops over rows, which the compiler turns into vector code.
//!
//! Each exists once for every set of vector instructions, and the best that the processor has is taken when it runs. So
//! no loop branches on a row's values, and nothing stops in the middle. The columns that are written come in as slices,
//! not in a structure of them: then the compiler knows that they do not overlap, without which there is no vector code.

use super::code::{NO_DAY, NO_OUTCOME, NO_STATE, RowError, outcome_code};
use super::engine::Engine;
use super::input::Validity;
use super::kernel::Measure;
use super::output::SystemSlices;
use crate::account::SystemState;
use crate::calendar::{Date, NEAR, month_index, month_index_near, plus_years};
use crate::migration::classify::Class;
use crate::migration::classify::Facts;
use crate::migration::{Cleanup, Outcome};
use multiversion::multiversion;

const STATES: u8 = SystemState::ALL.len() as u8;
pub(super) const BASIC: u8 = outcome_code(Outcome::AirlinkBasic);
const FIRST: i32 = Date::MIN.day_number();
const LAST: i32 = Date::MAX.day_number();

/// The columns of a few rows, null dates being [`NO_DAY`].
pub(super) struct Block<'a> {
    pub(super) states: &'a [u8],
    pub(super) last: &'a [i32],
    pub(super) support: &'a [i32],
}

/// What the values of rows range over.
#[derive(Clone, Copy)]
struct Range {
    highest_state: u8,
    /// Days, counted from the number after NO_DAY, which itself becomes the largest of all.
    lowest_day: u32,
    latest_communication: i32,
    latest_support: i32,
}

impl Range {
    const NOTHING: Self =
        Self { highest_state: 0, lowest_day: u32::MAX, latest_communication: NO_DAY, latest_support: NO_DAY };

    #[inline(always)]
    fn and(self, state: u8, last: i32, support: i32) -> Self {
        let lowest_day = above_null(last).min(above_null(support));
        Self {
            highest_state: self.highest_state.max(state),
            lowest_day: self.lowest_day.min(lowest_day),
            latest_communication: self.latest_communication.max(last),
            latest_support: self.latest_support.max(support),
        }
    }

    /// Every row is right, and no support ends after the near days.
    #[inline(always)]
    const fn is_usual(self) -> bool {
        (self.highest_state < STATES)
            & (self.lowest_day >= above_null(FIRST))
            & (self.latest_communication <= LAST)
            & (self.latest_support <= *NEAR.end())
    }
}

#[inline(always)]
const fn above_null(days: i32) -> u32 {
    days.wrapping_sub(NO_DAY.wrapping_add(1)).cast_unsigned()
}

/// Null, or a day of the library's range.
#[inline(always)]
const fn is_day(days: i32) -> bool {
    const SPAN: u32 = LAST.wrapping_sub(FIRST).cast_unsigned();
    (days == NO_DAY) | (days.wrapping_sub(FIRST).cast_unsigned() <= SPAN)
}

/// Writes days of which bits say which are null, those of rows from `start` on, in the form with [`NO_DAY`].
pub(super) fn mark(engine: Engine, days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    match engine {
        Engine::Portable => mark_portable(days, given, marked),
        _ => mark_dispatched(days, given, marked),
    }
}

#[inline(never)]
fn mark_portable(days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    mark_rows(days, given, marked);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn mark_dispatched(days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    mark_rows(days, given, marked);
}

#[inline(always)]
fn mark_rows(days: &[i32], (validity, start): (Validity<'_>, usize), marked: &mut [i32]) {
    let (whole_days, days) = days.as_chunks::<8>();
    let (whole, marked) = marked.as_chunks_mut::<8>();
    let mut row = start;
    for (marked, days) in whole.iter_mut().zip(whole_days) {
        mark_up_to_eight(days, validity.eight_from(row), marked);
        row = row.saturating_add(8);
    }
    mark_up_to_eight(days, validity.eight_from(row), marked);
}

#[inline(always)]
fn mark_up_to_eight(days: &[i32], valid: u32, marked: &mut [i32]) {
    /// Bits in their places: to shift each row's bit into one place would cost more.
    const ROWS: [u32; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
    for (marked, (day, row)) in marked.iter_mut().zip(days.iter().zip(ROWS)) {
        // A day that says NO_DAY and is none of the null ones is as wrong as the last of all numbers.
        let day = if *day == NO_DAY { i32::MAX } else { *day };
        *marked = if valid & row != 0 { day } else { NO_DAY };
    }
}

/// Kinds of loops over rows: what is not asked for costs nothing.
mod kind {
    /// Every row is right, all dates are near, no years are added, and valid support comes before clean-up.
    pub(super) const USUAL: u8 = 0;
    /// The same, but clean-up comes before valid support.
    pub(super) const STRICT: u8 = 1;
    /// Anything, but no years are added.
    pub(super) const ANY: u8 = 2;
    /// Anything.
    pub(super) const LATER: u8 = 3;

    pub(super) const fn is_usual(kind: u8) -> bool {
        matches!(kind, USUAL | STRICT)
    }
}

/// All that is to be known of each class, in one number of the size of a day: its own number, that of its outcome, and the
/// sign for the class whose end date is that of the support. So the compiler chooses once, and not for each of them.
const CODES: [i32; 6] = [
    code_of(Class::Maintenance),
    code_of(Class::Supported),
    code_of(Class::Silent),
    code_of(Class::Stale),
    code_of(Class::Inventory),
    code_of(Class::Remaining),
];

const fn code_of(class: Class) -> i32 {
    let sign = if matches!(class, Class::Supported) { i32::MIN } else { 0 };
    sign | (outcome_code(class.outcome()) as i32) << 8 | class as i32
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
    let facts = Facts::new(state, [last, support], NO_DAY, &measure.yardstick);
    // What is known beforehand is no question for each row.
    let cleanup = match KIND {
        kind::USUAL => Cleanup::ProtectPaid,
        kind::STRICT => Cleanup::Strict,
        _ => measure.yardstick.cleanup,
    };
    let code = facts.choose(cleanup, CODES);
    let end_date = if KIND == kind::LATER { plus_years(support, measure.years) } else { support };
    let month = if kind::is_usual(KIND) { month_index_near(support) } else { month_index(support) };
    let known = state < STATES;
    let fine = kind::is_usual(KIND) | (known & is_day(last) & is_day(support));
    let fault = if known { RowError::OutOfRange.code() } else { state_fault(state) };
    // Not `if`: the months would be computed behind a branch, and the loop not be vector code without AVX2.
    let mask = code.wrapping_shr(31) & mask(fine);
    Classified {
        outcome: if fine { code.wrapping_shr(8) as u8 } else { NO_OUTCOME },
        reason: if fine { code as u8 } else { fault },
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
const fn state_fault(state: u8) -> u8 {
    if state == NO_STATE { RowError::MissingState.code() } else { RowError::UnknownState.code() }
}

/// What every row is by itself, and whether the rows are usual: each is right, and no end date is late.
pub(super) fn classify(
    engine: Engine,
    given: &Block<'_>,
    measure: &Measure,
    out: &mut SystemSlices<'_>,
) -> bool {
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
) -> bool {
    classify_rows(given, measure, outcome, reason, end_date, tokens)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn classify_dispatched(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) -> bool {
    classify_rows(given, measure, outcome, reason, end_date, tokens)
}

#[inline(always)]
fn classify_rows(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) -> bool {
    // Whether the rows are usual is found out on the way: those that are not are few, and classified once more.
    if measure.usual {
        let range = match measure.yardstick.cleanup {
            Cleanup::ProtectPaid => {
                classify_kind::<{ kind::USUAL }>(given, measure, outcome, reason, end_date, tokens)
            }
            Cleanup::Strict => {
                classify_kind::<{ kind::STRICT }>(given, measure, outcome, reason, end_date, tokens)
            }
        };
        if range.is_usual() {
            return true;
        }
    }
    if measure.years == 0 {
        classify_kind::<{ kind::ANY }>(given, measure, outcome, reason, end_date, tokens);
    } else {
        classify_kind::<{ kind::LATER }>(given, measure, outcome, reason, end_date, tokens);
    }
    false
}

#[inline(always)]
fn classify_kind<const KIND: u8>(
    given: &Block<'_>,
    measure: &Measure,
    outcome: &mut [u8],
    reason: &mut [u8],
    end_date: &mut [i32],
    tokens: &mut [i32],
) -> Range {
    let measure = *measure;
    let mut range = Range::NOTHING;
    let given = given.states.iter().zip(given.last).zip(given.support);
    let out = outcome.iter_mut().zip(reason).zip(end_date.iter_mut().zip(tokens));
    for (((state, last), support), ((outcome, reason), (end_date, tokens))) in given.zip(out) {
        range = range.and(*state, *last, *support);
        let row = classified::<KIND>(*state, *last, *support, &measure);
        *outcome = row.outcome;
        *reason = row.reason;
        *end_date = row.end_date;
        *tokens = row.tokens;
    }
    range
}

/// What classified rows come to.
pub(super) struct Count {
    /// Rows by the code of their outcome.
    pub(super) outcomes: [u32; Outcome::ALL.len()],
    /// Rows without an outcome.
    pub(super) bad: u32,
    /// The months of all of them.
    pub(super) months: i64,
    /// The last end date; not looked for in usual rows, of which none is late.
    pub(super) last_end: i32,
}

/// Counts classified rows; of usual ones it is known that none has an error.
pub(super) fn count(engine: Engine, rows: &SystemSlices<'_>, usual: bool) -> Count {
    match engine {
        Engine::Portable => count_portable(rows.outcome, rows.tokens, rows.end_date, usual),
        _ => count_dispatched(rows.outcome, rows.tokens, rows.end_date, usual),
    }
}

#[inline(never)]
fn count_portable(outcomes: &[u8], tokens: &[i32], ends: &[i32], usual: bool) -> Count {
    count_any(outcomes, tokens, ends, usual)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn count_dispatched(outcomes: &[u8], tokens: &[i32], ends: &[i32], usual: bool) -> Count {
    count_any(outcomes, tokens, ends, usual)
}

#[inline(always)]
fn count_any(outcomes: &[u8], tokens: &[i32], ends: &[i32], usual: bool) -> Count {
    if usual {
        count_rows::<true>(outcomes, tokens, ends)
    } else {
        count_rows::<false>(outcomes, tokens, ends)
    }
}

#[inline(always)]
fn count_rows<const USUAL: bool>(outcomes: &[u8], tokens: &[i32], ends: &[i32]) -> Count {
    /// So few that a byte can count them, and a 32-bit number sum up their months.
    const FEW: usize = 240;
    let mut counts = [0_u32; Outcome::ALL.len()];
    let mut months = 0_i64;
    let mut last_end = NO_DAY;
    for (outcomes, (tokens, ends)) in outcomes.chunks(FEW).zip(tokens.chunks(FEW).zip(ends.chunks(FEW))) {
        // A byte for each outcome, in one number: so a row is looked at once.
        let (mut packed, mut sum) = (0_u32, 0_i32);
        for (outcome, (tokens, end)) in outcomes.iter().zip(tokens.iter().zip(ends)) {
            packed = packed.wrapping_add(one_at::<USUAL>(*outcome));
            sum = sum.wrapping_add(*tokens);
            last_end = if USUAL { last_end } else { last_end.max(*end) };
        }
        for (count, few) in counts.iter_mut().zip(packed.to_le_bytes()) {
            *count = count.saturating_add(u32::from(few));
        }
        months = months.saturating_add(i64::from(sum));
    }
    let known = counts.iter().fold(0_u32, |known, count| known.saturating_add(*count));
    let bad = (outcomes.len() as u32).saturating_sub(known);
    Count { outcomes: counts, bad, months, last_end }
}

/// A one in the byte of an outcome; nothing for a row without one, of which there are none among the usual.
#[inline(always)]
const fn one_at<const USUAL: bool>(outcome: u8) -> u32 {
    let bits = (outcome as u32).wrapping_mul(8);
    if USUAL || bits < u32::BITS { 1_u32.wrapping_shl(bits) } else { 0 }
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
