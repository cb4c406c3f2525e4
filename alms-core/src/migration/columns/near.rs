//! Rows as nearly all are: each one right, and its days near the migration date. A day has 16 bits here.
//!
//! Twice as many of them fit into a vector as of the days that columns have. The compiler makes a vector as wide as the
//! widest number of a loop allows: so one loop makes each column of days narrow, one decides on narrow numbers alone, and
//! one writes each wide column. What they hand on stays in the first cache. Like all loops over rows, these have no branch.

use super::code::NO_DAY;
use super::lanes::{Block, CODES, STATES, end_date, outcome_of, reason_of};
use super::output::SystemSlices;
use crate::calendar::{Date, NEAR, month_index_near};
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
    /// Days, counted from the number after NO_DAY, which itself becomes the largest of all.
    lowest_day: u32,
    latest_day: i16,
}

impl Range {
    const NOTHING: Self = Self { highest_state: 0, lowest_day: u32::MAX, latest_day: NO_NEAR_DAY };

    /// Every row is right, and no date lies after the near days.
    const fn is_near(self) -> bool {
        (self.highest_state < STATES)
            & (self.lowest_day >= above_null(Date::MIN.day_number()))
            & (self.latest_day as i32 <= *NEAR.end())
    }
}

#[inline(always)]
const fn above_null(days: i32) -> u32 {
    days.wrapping_sub(NO_DAY.wrapping_add(1)).cast_unsigned()
}

/// What one loop hands on to the next, for as many rows as the first cache holds beside their columns.
struct Handed {
    last: [i16; Self::ROWS],
    support: [i16; Self::ROWS],
    /// The months between the migration date and the end of support; 0 where no support counts.
    months: [i16; Self::ROWS],
}

impl Handed {
    const ROWS: usize = 128;

    const NOTHING: Self = Self { last: [0; Self::ROWS], support: [0; Self::ROWS], months: [0; Self::ROWS] };
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
    let rows = given.states.len();
    let mut handed = Handed::NOTHING;
    let mut start = 0;
    while start < rows {
        let end = rows.min(start.saturating_add(Handed::ROWS));
        let (given, mut out) = (given.rows(start, end), out.rows(start, end));
        let mut range = Range::NOTHING;
        make_narrow(&given, &mut handed, &mut range);
        decide::<STRICT>(&given, near, &mut handed, &mut out, &mut range);
        if !range.is_near() {
            return false;
        }
        write_wide(&given, &handed, &mut out);
        start = end;
    }
    true
}

#[inline(always)]
fn make_narrow(given: &Block<'_>, handed: &mut Handed, range: &mut Range) {
    let last = narrow_column(given.last, &mut handed.last);
    let support = narrow_column(given.support, &mut handed.support);
    range.lowest_day = last.min(support);
}

/// Writes days in 16 bits, and gives the lowest as [`Range`] counts them.
#[inline(always)]
fn narrow_column(days: &[i32], narrowed: &mut [i16]) -> u32 {
    let mut lowest_day = u32::MAX;
    for (days, narrowed) in days.iter().zip(narrowed) {
        lowest_day = lowest_day.min(above_null(*days));
        *narrowed = narrow(*days);
    }
    lowest_day
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
