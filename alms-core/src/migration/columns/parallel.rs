//! The passes on several threads.

use super::adjacent::{self, Task};
use super::engine::Engine;
use super::group::Run;
use super::output::{AccountRow, AccountSlices, SystemSlices};
use super::scattered::{self, Shares};
use super::settle::Settler;
use super::tally::Tally;

/// Rows of a task that is not worth dividing.
const ROWS_MIN: usize = 65_536;

/// Plans runs on the threads of the current pool.
pub(super) fn plan_runs(
    settler: &Settler<'_>,
    task: Task<'_>,
    mut accounts: AccountSlices<'_>,
    in_order: bool,
) {
    if in_order {
        in_the_order_of_accounts(settler, task, accounts, 0);
    } else {
        for (account, figures) in in_any_order(settler, task) {
            accounts.set(account as usize, &figures);
        }
    }
}

/// Accounts in the order of their rows: each half of the rows writes to its half of the accounts.
fn in_the_order_of_accounts(
    settler: &Settler<'_>,
    task: Task<'_>,
    mut accounts: AccountSlices<'_>,
    first: u32,
) {
    match halves(task) {
        Err(task) => {
            let place = |account: u32| account.saturating_sub(first) as usize;
            adjacent::plan(settler, task, |account, figures: &AccountRow| {
                accounts.set(place(account), figures);
            });
        }
        Ok((task, later)) => {
            let known = settler.fleet.grouping.accounts();
            let is_known = |run: &&Run| (run.account as usize) < known;
            let middle = later.runs.iter().find(is_known).map_or(first, |run| run.account);
            let (accounts, later_accounts) = accounts.split_at(middle.saturating_sub(first) as usize);
            rayon::join(
                || in_the_order_of_accounts(settler, task, accounts, first),
                || in_the_order_of_accounts(settler, later, later_accounts, middle),
            );
        }
    }
}

/// Accounts in another order than their rows: their figures are collected, and put in place at the end.
fn in_any_order(settler: &Settler<'_>, task: Task<'_>) -> Vec<(u32, AccountRow)> {
    match halves(task) {
        Err(task) => {
            let mut collected = Vec::with_capacity(task.runs.len());
            adjacent::plan(settler, task, |account, figures: &AccountRow| {
                collected.push((account, *figures))
            });
            collected
        }
        Ok((task, later)) => {
            let (mut collected, others) =
                rayon::join(|| in_any_order(settler, task), || in_any_order(settler, later));
            collected.extend(others);
            collected
        }
    }
}

/// Two tasks of about as many rows; the task itself if it is small, or a single account.
fn halves(task: Task<'_>) -> Result<(Task<'_>, Task<'_>), Task<'_>> {
    let end = task.runs.last().map_or(task.start, |run| run.end);
    if end.saturating_sub(task.start) < ROWS_MIN {
        return Err(task);
    }
    let middle = task.start.midpoint(end);
    let runs = task.runs.partition_point(|run| run.end <= middle);
    match task.runs.split_at_checked(runs) {
        Some((runs @ [.., last], later @ [_, ..])) => {
            let (out, later_out) = task.out.split_at(last.end.saturating_sub(task.start));
            let start = last.end;
            Ok((Task { runs, start: task.start, out }, Task { runs: later, start, out: later_out }))
        }
        _ => Err(task),
    }
}

/// Classifies scattered rows and counts them for every account.
pub(super) fn count(settler: &Settler<'_>, codes: &[u32], start: usize, out: SystemSlices<'_>) -> Vec<Tally> {
    let accounts = settler.fleet.grouping.accounts();
    // A task has tallies of its own for all accounts: few tasks, and each with many more rows than accounts.
    let threads = rayon::current_num_threads();
    let share = settler.fleet.grouping.rows().checked_div(threads).unwrap_or_default();
    count_tasks(settler, (codes, start), out, share.max(accounts.saturating_mul(4)).max(ROWS_MIN))
}

fn count_tasks(
    settler: &Settler<'_>,
    (codes, start): (&[u32], usize),
    mut out: SystemSlices<'_>,
    rows_max: usize,
) -> Vec<Tally> {
    let middle = codes.len() / 2;
    match codes.split_at_checked(middle) {
        Some((codes, later)) if middle.saturating_add(later.len()) > rows_max => {
            let (out, later_out) = out.split_at(middle);
            let (mut tallies, others) = rayon::join(
                || count_tasks(settler, (codes, start), out, rows_max),
                || count_tasks(settler, (later, start.saturating_add(middle)), later_out, rows_max),
            );
            tallies.iter_mut().zip(&others).for_each(|(tally, other)| tally.merge(other));
            tallies
        }
        _ => {
            let mut tallies = vec![Tally::default(); settler.fleet.grouping.accounts()];
            scattered::count(settler, codes, start, &mut out, &mut tallies);
            tallies
        }
    }
}

/// Gives scattered rows their share.
pub(super) fn assign_each(codes: &[u32], shares: &Shares, mut out: SystemSlices<'_>) {
    let middle = codes.len() / 2;
    match codes.split_at_checked(middle) {
        Some((codes, later)) if middle >= ROWS_MIN => {
            let (out, later_out) = out.split_at(middle);
            rayon::join(|| assign_each(codes, shares, out), || assign_each(later, shares, later_out));
        }
        _ => scattered::assign_each(Engine::Best, codes, shares, &mut out),
    }
}
