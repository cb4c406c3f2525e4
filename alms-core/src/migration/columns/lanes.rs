//! The loops over rows, which the compiler turns into vector code.
//!
//! Each exists once for every set of vector instructions, and the best that the processor has is taken when it runs. So
//! no loop branches on a row's values, and nothing stops in the middle. The columns that are written come in as slices,
//! not in a structure of them: then the compiler knows that they do not overlap, without which there is no vector code.

use super::code::{NO_DAY, NO_OUTCOME, NO_STATE, RowError, outcome_code};
use super::engine::Engine;
use super::input::Validity;
use super::kernel::Measure;
use super::near;
use super::output::SystemSlices;
use crate::account::SystemState;
use crate::calendar::{Date, month_index, plus_years};
use crate::migration::Outcome;
use crate::migration::classify::{Class, Facts};
use multiversion::multiversion;

pub(super) const STATES: u8 = SystemState::ALL.len() as u8;
pub(super) const BASIC: u8 = outcome_code(Outcome::AirlinkBasic);
const FIRST: i32 = Date::MIN.day_number();
const LAST: i32 = Date::MAX.day_number();

/// The columns of a few rows, null dates being [`NO_DAY`].
pub(super) struct Block<'a> {
    pub(super) states: &'a [u8],
    pub(super) last: &'a [i32],
    pub(super) support: &'a [i32],
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

/// All that is to be known of each class, in one number: its own, that of its outcome, and the sign for the class whose end
/// date is that of the support. So the compiler chooses once, and not for each of them.
pub(super) const CODES: [i16; 6] = [
    code_of(Class::Maintenance),
    code_of(Class::Supported),
    code_of(Class::Silent),
    code_of(Class::Stale),
    code_of(Class::Inventory),
    code_of(Class::Remaining),
];

const fn code_of(class: Class) -> i16 {
    let sign = if matches!(class, Class::Supported) { i16::MIN } else { 0 };
    sign | (outcome_code(class.outcome()) as i16) << 8 | class as i16
}

#[inline(always)]
pub(super) const fn outcome_of(code: i16) -> u8 {
    code.wrapping_shr(8) as u8 & 0x7f
}

#[inline(always)]
pub(super) const fn reason_of(code: i16) -> u8 {
    code as u8
}

/// The end date of a row: that of its support, or none.
// Not `if`: what comes with it would be computed behind a branch, and the loop not be vector code without AVX2.
#[inline(always)]
pub(super) fn end_date(supported: bool, support: i32) -> i32 {
    NO_DAY.wrapping_sub(mask(supported) & NO_DAY.wrapping_sub(support))
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
    let facts = Facts::new(state, [last, support], NO_DAY, &measure.yardstick);
    let code = facts.choose(measure.yardstick.cleanup, CODES);
    let known = state < STATES;
    let fine = known & is_day(last) & is_day(support);
    let fault = if known { RowError::OutOfRange.code() } else { state_fault(state) };
    let supported = (code < 0) & fine;
    Classified {
        outcome: if fine { outcome_of(code) } else { NO_OUTCOME },
        reason: if fine { reason_of(code) } else { fault },
        end_date: end_date(supported, if LATER { plus_years(support, measure.years) } else { support }),
        tokens: mask(supported) & month_index(support).wrapping_sub(measure.month),
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
    let mut out = SystemSlices { outcome, reason, end_date, tokens };
    // Whether the rows are usual is found out on the way: those that are not are few, and classified once more.
    if let Some(near) = &measure.near
        && near::classify(given, near, &mut out)
    {
        return true;
    }
    if measure.years == 0 {
        classify_any::<false>(given, measure, &mut out);
    } else {
        classify_any::<true>(given, measure, &mut out);
    }
    false
}

#[inline(always)]
fn classify_any<const LATER: bool>(given: &Block<'_>, measure: &Measure, out: &mut SystemSlices<'_>) {
    let measure = *measure;
    let SystemSlices { outcome, reason, end_date, tokens } = out;
    let given = given.states.iter().zip(given.last).zip(given.support);
    let out = outcome.iter_mut().zip(reason.iter_mut()).zip(end_date.iter_mut().zip(tokens.iter_mut()));
    for (((state, last), support), ((outcome, reason), (end_date, tokens))) in given.zip(out) {
        let row = classified::<LATER>(*state, *last, *support, &measure);
        *outcome = row.outcome;
        *reason = row.reason;
        *end_date = row.end_date;
        *tokens = row.tokens;
    }
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
