//! How the passes run: with which instructions, and on how many threads.

use super::adjacent::{self, Task};
use super::group::Layout;
use super::kernel::{Share, Tally};
use super::output::{AccountRow, AccountSlices, SystemSlices};
use super::scattered;
use super::settle::Settler;
use multiversion::multiversion;

/// How a fleet is planned; the answers are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Engine {
    /// On this thread, with the best instructions that the processor has.
    #[default]
    Best,
    /// On this thread, with the instructions that the program was compiled for: for measuring, and for doubts.
    Portable,
    /// On the threads of the current rayon pool, with the best instructions.
    #[cfg(feature = "rayon")]
    Parallel,
}

/// Plans a fleet whose columns have the right lengths.
pub(super) fn plan(
    engine: Engine,
    settler: &Settler<'_>,
    systems: SystemSlices<'_>,
    mut accounts: AccountSlices<'_>,
) {
    match &settler.fleet.grouping.layout {
        Layout::Adjacent { runs, without_rows, in_order } => {
            for account in without_rows {
                let (figures, _) = settler.settle(*account, &Tally::default());
                accounts.set(*account as usize, &figures);
            }
            plan_runs(engine, settler, Task { runs, start: 0, out: systems }, accounts, *in_order);
        }
        Layout::Scattered(codes) => plan_scattered(engine, settler, codes, systems, accounts),
    }
}

fn plan_runs(
    engine: Engine,
    settler: &Settler<'_>,
    task: Task<'_>,
    mut accounts: AccountSlices<'_>,
    in_order: bool,
) {
    let put = |account: u32, figures: &AccountRow| accounts.set(account as usize, figures);
    match engine {
        Engine::Best => runs_dispatched(settler, task, put),
        Engine::Portable => adjacent::plan(settler, task, put),
        #[cfg(feature = "rayon")]
        Engine::Parallel => super::parallel::plan_runs(settler, task, accounts, in_order),
    }
    // Only threads care for the order.
    let _ = in_order;
}

fn plan_scattered(
    engine: Engine,
    settler: &Settler<'_>,
    codes: &[u32],
    mut systems: SystemSlices<'_>,
    mut accounts: AccountSlices<'_>,
) {
    let put = |account: u32, figures: &AccountRow| accounts.set(account as usize, figures);
    let mut tallies = vec![Tally::default(); settler.fleet.grouping.accounts()];
    match engine {
        Engine::Portable => scattered::count(settler, codes, 0, &mut systems, &mut tallies),
        _ => count_dispatched(settler, codes, 0, &mut systems, &mut tallies),
    }
    let shares = scattered::settle(settler, &tallies, put);
    match engine {
        Engine::Portable => scattered::assign_each(codes, &shares, &mut systems),
        _ => assign_dispatched(codes, &shares, &mut systems),
    }
}

/// [`adjacent::plan`] with the best instructions.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt"))]
pub(super) fn runs_dispatched(settler: &Settler<'_>, task: Task<'_>, put: impl FnMut(u32, &AccountRow)) {
    adjacent::plan(settler, task, put);
}

/// [`scattered::count`] with the best instructions.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt"))]
pub(super) fn count_dispatched(
    settler: &Settler<'_>,
    codes: &[u32],
    start: usize,
    out: &mut SystemSlices<'_>,
    tallies: &mut [Tally],
) {
    scattered::count(settler, codes, start, out, tallies);
}

/// [`scattered::assign_each`] with the best instructions.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt"))]
pub(super) fn assign_dispatched(codes: &[u32], shares: &[Share], out: &mut SystemSlices<'_>) {
    scattered::assign_each(codes, shares, out);
}
