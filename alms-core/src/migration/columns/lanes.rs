//! The loops over rows, which the compiler turns into vector code.
//!
//! Each exists once for every set of vector instructions, and the best that the processor has is taken when it runs. So
//! no loop branches on a row's values, and nothing stops in the middle. The columns that are written come in as slices,
//! not in a structure of them: then the compiler knows that they do not overlap, without which there is no vector code.

use super::code::{NO_DAY, NO_OUTCOME, NO_STATE, RowError};
use super::engine::Engine;
use super::measure::Measure;
use super::near;
use super::output::SystemSlices;
use super::row::{BASIC, Block, CODES, STATES, end_date, mask, outcome_of, reason_of};
use crate::calendar::{Date, month_index, plus_years};
use crate::migration::classify::Facts;
use multiversion::multiversion;

const FIRST: i32 = Date::MIN.day_number();
const LAST: i32 = Date::MAX.day_number();

/// Null, or a day of the library's range.
#[inline(always)]
const fn is_day(days: i32) -> bool {
    const SPAN: u32 = LAST.wrapping_sub(FIRST).cast_unsigned();
    (days == NO_DAY) | (days.wrapping_sub(FIRST).cast_unsigned() <= SPAN)
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
