//! Rows in any order: a pass that counts for every account, and one that assigns.

use super::code::{NO_DAY, RowError};
use super::engine::Engine;
use super::group::{MISSING, UNKNOWN};
use super::kernel::{BLOCK, Scratch, Share, assign, classify};
use super::output::{AccountRow, SystemSlices};
use super::row::BASIC;
use super::settle::Settler;
use super::tally::Tally;
use crate::calendar::Date;

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
        tally_rows(codes, rows.outcome, rows.tokens, tallies);
        tally_ends(codes, rows.end_date, tallies);
        if let Some(models) = systems.models {
            for (account, model) in codes.iter().zip(models.get(from..to).unwrap_or_default()) {
                if let Some(tally) = tallies.get_mut(*account as usize) {
                    tally.add_models(std::slice::from_ref(model));
                }
            }
        }
    }
}

/// Counts rows for their accounts.
// By itself: where it is part of a long function, its few values are not kept in registers.
#[inline(never)]
fn tally_rows(codes: &[u32], outcomes: &[u8], tokens: &[i32], tallies: &mut [Tally]) {
    for (account, (outcome, tokens)) in codes.iter().zip(outcomes.iter().zip(tokens)) {
        if let Some(tally) = tallies.get_mut(*account as usize) {
            tally.add_row(*outcome, *tokens);
        }
    }
}

/// Counts end dates for the accounts of the rows, where one of them is too late for a date: the others decide nothing.
fn tally_ends(codes: &[u32], ends: &[i32], tallies: &mut [Tally]) {
    let last = ends.iter().copied().fold(NO_DAY, i32::max);
    if last > Date::MAX.day_number() {
        for (account, end) in codes.iter().zip(ends) {
            if let Some(tally) = tallies.get_mut(*account as usize) {
                tally.add_end(*end);
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

/// What the rows of every account get.
pub(super) struct Shares {
    /// What is added to an AirLink Basic row: days to [`NO_DAY`], and tokens; nothing where the account is not planned.
    grants: Vec<(i32, i32)>,
    /// The accounts that are not planned.
    not_planned: Vec<bool>,
}

impl Shares {
    /// Nobody needs to look for rows that have no share.
    fn are_all(&self, codes: &[u32]) -> bool {
        let accounts = self.grants.len();
        let highest = codes.iter().copied().fold(0, u32::max);
        (highest as usize) < accounts && !self.not_planned.contains(&true)
    }
}

/// Between the passes: the figures of every account, and what its rows get.
pub(super) fn settle(
    settler: &Settler<'_>,
    tallies: &[Tally],
    mut put: impl FnMut(u32, &AccountRow),
) -> Shares {
    let mut shares =
        Shares { grants: Vec::with_capacity(tallies.len()), not_planned: Vec::with_capacity(tallies.len()) };
    for (account, tally) in (0..).zip(tallies) {
        let figures = settler.settle(account, tally);
        put(account, &figures);
        let grant = match Share::of(&figures) {
            Share::Basic { end_date, tokens } => Some((end_date.wrapping_sub(NO_DAY), tokens)),
            Share::Nothing | Share::Error(_) => None,
        };
        shares.grants.push(grant.unwrap_or_default());
        shares.not_planned.push(grant.is_none());
    }
    shares
}

/// The second pass over rows of which `codes` says the accounts.
pub(super) fn assign_each(engine: Engine, codes: &[u32], shares: &Shares, out: &mut SystemSlices<'_>) {
    grant(codes, &shares.grants, out);
    if !shares.are_all(codes) {
        withhold(engine, codes, shares, out);
    }
}

/// Gives every AirLink Basic row what its account grants.
// By itself, as `tally_rows`.
#[inline(never)]
fn grant(codes: &[u32], grants: &[(i32, i32)], out: &mut SystemSlices<'_>) {
    let rows = out.outcome.iter().zip(out.end_date.iter_mut().zip(out.tokens.iter_mut()));
    for (account, (outcome, (end_date, tokens))) in codes.iter().zip(rows) {
        // As in `lanes`, a write whatever the row is: there is no order in which a processor could foresee it.
        let (later, months) = grants.get(*account as usize).copied().unwrap_or_default();
        let mask = i32::from(*outcome == BASIC).wrapping_neg();
        *end_date = end_date.wrapping_add(mask & later);
        *tokens = tokens.wrapping_add(mask & months);
    }
}

/// Rows of no account, and of accounts that are not planned.
#[cold]
fn withhold(engine: Engine, codes: &[u32], shares: &Shares, out: &mut SystemSlices<'_>) {
    for (row, account) in codes.iter().enumerate() {
        if shares.not_planned.get(*account as usize) != Some(&false) {
            let share = match *account {
                UNKNOWN => Share::Error(RowError::UnknownAccount),
                MISSING => Share::Error(RowError::MissingAccount),
                _ => Share::Nothing,
            };
            assign(engine, share, &mut out.rows(row, row.saturating_add(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_share_are_looked_for_only_where_there_may_be_some() {
        let shares =
            |not_planned: [bool; 2]| Shares { grants: vec![(1, 1); 2], not_planned: not_planned.to_vec() };
        assert!(shares([false, false]).are_all(&[0, 1, 0]));
        assert!(!shares([false, true]).are_all(&[0, 1, 0]));
        for no_account in [2, MISSING, UNKNOWN] {
            assert!(!shares([false, false]).are_all(&[0, no_account, 1]));
        }
    }
}
