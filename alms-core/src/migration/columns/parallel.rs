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

/// The most rows of a task that gives scattered rows their share: of more, a half is worth a task.
const ROWS_MAX: usize = 131_072;

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

/// Two halves of the accounts of rows that are more than `rows_max`.
fn halved(codes: &[u32], rows_max: usize) -> Option<(&[u32], &[u32])> {
    if codes.len() > rows_max { codes.split_at_checked(codes.len() / 2) } else { None }
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
    match halved(codes, rows_max) {
        Some((codes, later)) => {
            let middle = codes.len();
            let (out, later_out) = out.split_at(middle);
            let (mut tallies, others) = rayon::join(
                || count_tasks(settler, (codes, start), out, rows_max),
                || count_tasks(settler, (later, start.saturating_add(middle)), later_out, rows_max),
            );
            tallies.iter_mut().zip(&others).for_each(|(tally, other)| tally.merge(other));
            tallies
        }
        None => {
            let mut tallies = vec![Tally::default(); settler.fleet.grouping.accounts()];
            scattered::count(settler, codes, start, &mut out, &mut tallies);
            tallies
        }
    }
}

/// Gives scattered rows their share.
pub(super) fn assign_each(codes: &[u32], shares: &Shares, mut out: SystemSlices<'_>) {
    match halved(codes, ROWS_MAX) {
        Some((codes, later)) => {
            let (out, later_out) = out.split_at(codes.len());
            rayon::join(|| assign_each(codes, shares, out), || assign_each(later, shares, later_out));
        }
        None => scattered::assign_each(Engine::Best, codes, shares, &mut out),
    }
}

#[cfg(test)]
mod tests {
    use super::super::SystemColumns;
    use super::*;

    /// Where both halves of accounts that end there start, where their accounts end, and how many rows they write.
    fn halves_of(ends: &[usize]) -> Option<[(usize, Vec<usize>, usize); 2]> {
        let runs: Vec<Run> = (0..).zip(ends).map(|(account, end)| Run { account, end: *end }).collect();
        let mut columns = SystemColumns::with_rows(*ends.last().unwrap());
        let task = Task { runs: &runs, start: 0, out: columns.as_slices() };
        let half = |Task { runs, start, out }: Task<'_>| {
            (start, runs.iter().map(|run| run.end).collect(), out.outcome.len())
        };
        halves(task).ok().map(|(task, later)| [half(task), half(later)])
    }

    #[test]
    fn accounts_are_divided_into_halves_of_as_many_rows() {
        let halves = [(0, vec![10_000, 32_768], 32_768), (32_768, vec![40_000, 65_536], 32_768)];
        assert_eq!(halves_of(&[10_000, 32_768, 40_000, 65_536]), Some(halves));
        assert_eq!(halves_of(&[10_000, 32_767, 40_000, 65_535]), None, "too few rows");
        assert_eq!(halves_of(&[100_000]), None, "one account");
    }

    #[test]
    fn scattered_rows_are_divided_into_halves_where_they_are_too_many() {
        assert_eq!(halved(&[1, 2, 3, 4, 5], 4), Some(([1, 2].as_slice(), [3, 4, 5].as_slice())));
        assert_eq!(halved(&[1, 2, 3, 4], 4), None);
    }
}
