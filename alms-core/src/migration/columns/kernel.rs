//! The two passes over rows: what a row is by itself, and what it gets once its account is settled.

use super::code::{ModelCheck, NO_DAY, NO_OUTCOME, RowError};
use super::engine::Engine;
use super::input::{Days, Systems};
use super::lanes;
use super::measure::Measure;
use super::output::{AccountRow, SystemSlices};
use super::row::Block;

/// Rows that are worked on at a time: their columns, 20 bytes a row, stay in a second cache of 1 MB. With fewer, memory is
/// idle more often: nothing is read ahead while the accounts of a block are settled.
pub(super) const BLOCK: usize = 32768;

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

/// The first pass over rows `start` to `end`, which `out` holds. Whether all of them are right, and no end date late.
pub(super) fn classify(
    engine: Engine,
    systems: &Systems<'_>,
    (start, end): (usize, usize),
    measure: &Measure,
    out: &mut SystemSlices<'_>,
    scratch: &mut Scratch,
) -> bool {
    let mut usual = true;
    let mut from = start;
    while from < end {
        let to = end.min(from.saturating_add(BLOCK));
        let mut out = out.rows(from.saturating_sub(start), to.saturating_sub(start));
        let given = Block {
            states: systems.states.get(from..to).unwrap_or_default(),
            last: systems.last_communication.marked(engine, (from, to), &mut scratch.last),
            support: systems.support_end.marked(engine, (from, to), &mut scratch.support),
        };
        usual &= lanes::classify(engine, &given, measure, &mut out);
        if let Some(models) = systems.models {
            usual &= refuse_models(models.get(from..to).unwrap_or_default(), &mut out);
        }
        if let Some(repeats) = systems.repeats {
            usual &= refuse_repeats(repeats.get(from..to).unwrap_or_default(), &mut out);
        }
        from = to;
    }
    usual
}

/// Marks rows whose model is out of range, unless they have another error. Whether there was no such model.
fn refuse_models(models: &[u8], out: &mut SystemSlices<'_>) -> bool {
    const REFUSED: u8 = ModelCheck::OutOfRange as u8;
    if models.iter().copied().fold(0, u8::max) < REFUSED {
        return true;
    }
    for (row, _) in models.iter().enumerate().filter(|(_, model)| **model >= REFUSED) {
        refuse(row, RowError::OutOfRange, out);
    }
    false
}

/// Marks rows that repeat a serial, unless they have another error. Whether there was none.
fn refuse_repeats(repeats: &[bool], out: &mut SystemSlices<'_>) -> bool {
    if !repeats.contains(&true) {
        return true;
    }
    for (row, _) in repeats.iter().enumerate().filter(|(_, repeats)| **repeats) {
        refuse(row, RowError::DuplicateSerial, out);
    }
    false
}

/// Gives a row this error, unless it has another.
fn refuse(row: usize, error: RowError, out: &mut SystemSlices<'_>) {
    let mut out = out.rows(row, row.saturating_add(1));
    if !out.reason.iter().any(|code| RowError::is_code(*code)) {
        fail(&mut out, error);
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

impl Share {
    /// What the rows of an account with these figures get.
    #[inline(always)]
    pub(super) const fn of(figures: &AccountRow) -> Self {
        match figures.error {
            0 => Self::Basic { end_date: figures.basic_end_date, tokens: figures.granted_months },
            _ => Self::Nothing,
        }
    }
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
