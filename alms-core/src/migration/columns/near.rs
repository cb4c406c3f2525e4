//! Rows as nearly all are: each one right, and its days near the migration date. A day has 16 bits here.
//!
//! Twice as many of them fit into a vector as of the days that columns have. The compiler makes a vector as wide as the
//! widest number of a loop allows: so one loop makes each column of days narrow, one decides on narrow numbers alone, and
//! one writes each wide column. What they hand on stays in the first cache. Like all loops over rows, these have no branch.

use super::output::SystemSlices;
use super::row::{Block, CODES, STATES, end_date, outcome_of, reason_of};
use crate::calendar::{NEAR, month_index_near};
use crate::migration::Cleanup;
use crate::migration::classify::{Class, Facts, Yardstick};

/// Null, and every day before 1880.
const NO_NEAR_DAY: i16 = i16::MIN;

/// What rows are measured against, if the migration date is near.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    yardstick: Yardstick<i16>,
    /// The month of the migration date.
    month: i16,
}

impl Near {
    /// `None` if the migration date is not near, or something is to be added to the end of support.
    pub(super) fn new(yardstick: &Yardstick, years: u16) -> Option<Self> {
        let day = yardstick.on.day_number();
        let month = month_index_near(narrow(day));
        (years == 0 && NEAR.contains(&day))
            .then(|| Self { yardstick: yardstick.map(|day| narrow(day.day_number())), month })
    }
}

/// The same day, or the first or the last one of 16 bits.
#[inline(always)]
fn narrow(days: i32) -> i16 {
    days.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}

/// What the values of rows range over.
#[derive(Clone, Copy)]
struct Range {
    highest_state: u8,
    /// Negative if a day lies before 1970, and is not null.
    signs: i32,
    latest_day: i16,
}

impl Range {
    const NOTHING: Self = Self { highest_state: 0, signs: 0, latest_day: NO_NEAR_DAY };

    /// Every row is right, and each of its days null, or from 1970 on and not after the near days.
    const fn is_near(self) -> bool {
        (self.highest_state < STATES) & (self.signs >= 0) & (self.latest_day as i32 <= *NEAR.end())
    }
}

/// Rows at a time: as many as the first cache holds beside their columns.
const ROWS: usize = 128;

/// What one loop hands on to the next.
struct Handed {
    last: [i16; ROWS],
    support: [i16; ROWS],
    /// The months between the migration date and the end of support; 0 where no support counts.
    months: [i16; ROWS],
}

impl Handed {
    const NOTHING: Self = Self { last: [0; ROWS], support: [0; ROWS], months: [0; ROWS] };
}

/// What every row is by itself; `false` at the first rows of which one is not near, and what was written is nothing then.
#[inline(always)]
pub(super) fn classify(given: &Block<'_>, near: &Near, out: &mut SystemSlices<'_>) -> bool {
    // What is known beforehand is no question for each row.
    match near.yardstick.cleanup {
        Cleanup::ProtectPaid => classify_by::<false>(given, near, out),
        Cleanup::Strict => classify_by::<true>(given, near, out),
    }
}

#[inline(always)]
fn classify_by<const STRICT: bool>(given: &Block<'_>, near: &Near, out: &mut SystemSlices<'_>) -> bool {
    let mut handed = Handed::NOTHING;
    // Of arrays the compiler knows the length: their loops become straight code, without a question where they end.
    let (states, other_states) = given.states.as_chunks::<ROWS>();
    let (last, other_last) = given.last.as_chunks::<ROWS>();
    let (support, other_support) = given.support.as_chunks::<ROWS>();
    let (outcome, other_outcome) = out.outcome.as_chunks_mut::<ROWS>();
    let (reason, other_reason) = out.reason.as_chunks_mut::<ROWS>();
    let (end_date, other_end_date) = out.end_date.as_chunks_mut::<ROWS>();
    let (tokens, other_tokens) = out.tokens.as_chunks_mut::<ROWS>();
    let columns = states.iter().zip(last).zip(support).zip(outcome).zip(reason).zip(end_date).zip(tokens);
    for ((((((states, last), support), outcome), reason), end_date), tokens) in columns {
        let mut out = SystemSlices { outcome, reason, end_date, tokens };
        if !classify_few::<STRICT>(&Block { states, last, support }, near, &mut handed, &mut out) {
            return false;
        }
    }
    let given = Block { states: other_states, last: other_last, support: other_support };
    let mut out = SystemSlices {
        outcome: other_outcome,
        reason: other_reason,
        end_date: other_end_date,
        tokens: other_tokens,
    };
    classify_few::<STRICT>(&given, near, &mut handed, &mut out)
}

/// As [`classify`], of at most [`ROWS`] rows.
#[inline(always)]
fn classify_few<const STRICT: bool>(
    given: &Block<'_>,
    near: &Near,
    handed: &mut Handed,
    out: &mut SystemSlices<'_>,
) -> bool {
    let mut range = Range::NOTHING;
    make_narrow(given, handed, &mut range);
    decide::<STRICT>(given, near, handed, out, &mut range);
    if !range.is_near() {
        return false;
    }
    write_wide(given, handed, out);
    true
}

#[inline(always)]
fn make_narrow(given: &Block<'_>, handed: &mut Handed, range: &mut Range) {
    let Handed { last, support, .. } = handed;
    range.signs = narrow_column(given.last, last) | narrow_column(given.support, support);
}

/// Writes days in 16 bits, and gives the signs of [`Range`].
#[inline(always)]
fn narrow_column(days: &[i32], narrowed: &mut [i16]) -> i32 {
    let mut signs = 0;
    for (days, narrowed) in days.iter().zip(narrowed) {
        // Of two numbers that follow each other both are negative below 0, but for NO_DAY, which follows the largest. To
        // compare with a bound takes several times as long where vectors have no instruction for the lower of two.
        signs |= *days & days.wrapping_sub(1);
        *narrowed = narrow(*days);
    }
    signs
}

#[inline(always)]
fn decide<const STRICT: bool>(
    given: &Block<'_>,
    near: &Near,
    handed: &mut Handed,
    out: &mut SystemSlices<'_>,
    range: &mut Range,
) {
    let Near { yardstick, month } = *near;
    let (mut highest_state, mut latest_day) = (0, NO_NEAR_DAY);
    let Handed { last, support, months } = handed;
    let given = given.states.iter().zip(last.iter().zip(support.iter()));
    let out = out.outcome.iter_mut().zip(out.reason.iter_mut()).zip(months);
    for ((state, (last, support)), ((outcome, reason), months)) in given.zip(out) {
        highest_state = highest_state.max(*state);
        latest_day = latest_day.max(*last).max(*support);
        let facts = Facts::new(*state, [*last, *support], NO_NEAR_DAY, &yardstick);
        let code = facts.choose(if STRICT { Cleanup::Strict } else { Cleanup::ProtectPaid }, CODES);
        *outcome = outcome_of(code);
        *reason = reason_of(code);
        // The sign of a code is all ones, or none.
        *months = code.wrapping_shr(15) & month_index_near(*support).wrapping_sub(month);
    }
    (range.highest_state, range.latest_day) = (highest_state, latest_day);
}

#[inline(always)]
fn write_wide(given: &Block<'_>, handed: &Handed, out: &mut SystemSlices<'_>) {
    const SUPPORTED: u8 = Class::Supported as u8;
    for ((reason, support), end) in out.reason.iter().zip(given.support).zip(out.end_date.iter_mut()) {
        *end = end_date(*reason == SUPPORTED, *support);
    }
    for (months, tokens) in handed.months.iter().zip(out.tokens.iter_mut()) {
        *tokens = (*months).into();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NO_DAY, NO_STATE, SystemColumns};
    use super::*;
    use crate::calendar::Date;
    use crate::migration::Policy;

    /// Whether rows are near of which two, in the two columns of days, have these values.
    fn are_near(state: u8, [last_day, support_day]: [i32; 2]) -> bool {
        const ALL: usize = 2 * ROWS + 5;
        let on = Date::from_day_number(19_441).unwrap();
        let near = Near::new(&Yardstick::new(on, &Policy::default()), 0).unwrap();
        let near_at = |row: usize| {
            let (mut states, mut last, mut support) = ([0; ALL], [19_000; ALL], [NO_DAY; ALL]);
            (states[row], last[row], support[row.saturating_add(1)]) = (state, last_day, support_day);
            let given = Block { states: &states, last: &last, support: &support };
            classify(&given, &near, &mut SystemColumns::with_rows(ALL).as_slices())
        };
        let [first, others @ ..] = [0, ROWS - 2, ROWS, ALL - 2].map(near_at);
        assert_eq!(others, [first; 3], "{state} {last_day} {support_day}");
        first
    }

    #[test]
    fn rows_are_near_if_each_is_right_and_no_day_is_negative_or_far() {
        for day in [NO_DAY, 0, 1, 19_441, *NEAR.end()] {
            assert!(are_near(3, [day, NO_DAY]) && are_near(0, [NO_DAY, day]), "{day}");
        }
        for day in [NO_DAY + 1, Date::MIN.day_number(), -1, *NEAR.end() + 1, 65_536, i32::MAX] {
            assert!(!are_near(0, [day, 0]) && !are_near(0, [0, day]) && !are_near(0, [day, day]), "{day}");
        }
        assert!(![STATES, NO_STATE].into_iter().any(|state| are_near(state, [0, 0])));
    }
}
