//! Rows in any order: a pass that counts for every account, and one that assigns.

use super::code::RowError;
use super::engine::Engine;
use super::group::{MISSING, UNKNOWN};
use super::kernel::{BLOCK, Scratch, Share, Tally, assign, classify};
use super::lanes::BASIC;
use super::output::{AccountRow, SystemSlices};
use super::settle::Settler;

/// The first pass: classifies the rows from `start` on, of which `codes` says the accounts, and counts them.
pub(super) fn count(
    settler: &Settler<'_>,
    codes: &[u32],
    start: usize,
    out: &mut SystemSlices<'_>,
    tallies: &mut [Tally],
) {
    let (engine, systems) = (settler.engine(), &settler.fleet.systems);
    let measure = settler.measure(None);
    let one_day = settler.fleet.accounts.on.is_none();
    let mut scratch = Scratch::new(&settler.fleet.systems);
    for (block, codes) in codes.chunks(BLOCK).enumerate() {
        let from = block.saturating_mul(BLOCK);
        let to = from.saturating_add(codes.len());
        let mut rows = out.rows(from, to);
        let (from, to) = (start.saturating_add(from), start.saturating_add(to));
        if one_day {
            classify(engine, systems, (from, to), &measure, &mut rows, &mut scratch);
        } else {
            classify_each(settler, codes, from, &mut rows, &mut scratch);
        }
        let dated = rows.outcome.iter().zip(rows.end_date.iter()).zip(rows.tokens.iter());
        for (account, ((outcome, end_date), tokens)) in codes.iter().zip(dated) {
            if let Some(tally) = tallies.get_mut(*account as usize) {
                tally.add_row(*outcome, *end_date, *tokens);
            }
        }
        if let Some(models) = systems.models {
            for (account, model) in codes.iter().zip(models.get(from..to).unwrap_or_default()) {
                if let Some(tally) = tallies.get_mut(*account as usize) {
                    tally.add_models(std::slice::from_ref(model));
                }
            }
        }
    }
}

/// Classifies row by row, where accounts have their own dates.
fn classify_each(
    settler: &Settler<'_>,
    codes: &[u32],
    start: usize,
    out: &mut SystemSlices<'_>,
    scratch: &mut Scratch,
) {
    for (index, account) in codes.iter().enumerate() {
        let next = index.saturating_add(1);
        let measure = settler.measure(settler.own_day(*account));
        let rows = (start.saturating_add(index), start.saturating_add(next));
        classify(
            settler.engine(),
            &settler.fleet.systems,
            rows,
            &measure,
            &mut out.rows(index, next),
            scratch,
        );
    }
}

/// Between the passes: the figures of every account, and what its rows get.
pub(super) fn settle(
    settler: &Settler<'_>,
    tallies: &[Tally],
    mut put: impl FnMut(u32, &AccountRow),
) -> Vec<Share> {
    let settled = (0..).zip(tallies).map(|(account, tally)| {
        let (figures, share) = settler.settle(account, tally);
        put(account, &figures);
        share
    });
    settled.collect()
}

/// The second pass over rows of which `codes` says the accounts.
pub(super) fn assign_each(engine: Engine, codes: &[u32], shares: &[Share], out: &mut SystemSlices<'_>) {
    for (row, account) in codes.iter().enumerate() {
        let share = match *account {
            UNKNOWN => Share::Error(RowError::UnknownAccount),
            MISSING => Share::Error(RowError::MissingAccount),
            account => shares.get(account as usize).copied().unwrap_or(Share::Nothing),
        };
        match share {
            Share::Basic { end_date, tokens } => {
                if out.outcome.get(row) == Some(&BASIC) {
                    write(out.end_date, row, end_date);
                    write(out.tokens, row, tokens);
                }
            }
            share => assign(engine, share, &mut out.rows(row, row.saturating_add(1))),
        }
    }
}

#[inline(always)]
fn write(column: &mut [i32], row: usize, value: i32) {
    if let Some(place) = column.get_mut(row) {
        *place = value;
    }
}
