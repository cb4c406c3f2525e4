//! How the passes run: in the order of the rows, and on how many threads.

use super::adjacent::{self, Task};
use super::engine::Engine;
use super::group::Layout;
use super::output::{AccountRow, AccountSlices, SystemSlices};
use super::scattered;
use super::settle::Settler;
use super::tally::Tally;

/// Plans a fleet whose columns have the right lengths.
pub(super) fn plan(settler: &Settler<'_>, systems: SystemSlices<'_>, mut accounts: AccountSlices<'_>) {
    match &settler.fleet.grouping.layout {
        Layout::Adjacent { runs, without_rows, in_order } => {
            for account in without_rows {
                let figures = settler.settle(*account, &Tally::default());
                accounts.set(*account as usize, &figures);
            }
            plan_runs(settler, Task { runs, start: 0, out: systems }, accounts, *in_order);
        }
        Layout::Scattered(codes) => plan_scattered(settler, codes, systems, accounts),
    }
}

#[cfg_attr(not(feature = "rayon"), expect(unused_variables, reason = "only threads care for the order"))]
fn plan_runs(settler: &Settler<'_>, task: Task<'_>, mut accounts: AccountSlices<'_>, in_order: bool) {
    match settler.engine() {
        #[cfg(feature = "rayon")]
        Engine::Parallel => super::parallel::plan_runs(settler, task, accounts, in_order),
        Engine::Best | Engine::Portable => {
            adjacent::plan(settler, task, |account, figures| accounts.set(account as usize, figures));
        }
    }
}

fn plan_scattered(
    settler: &Settler<'_>,
    codes: &[u32],
    mut systems: SystemSlices<'_>,
    mut accounts: AccountSlices<'_>,
) {
    let tallies = match settler.engine() {
        #[cfg(feature = "rayon")]
        Engine::Parallel => super::parallel::count(settler, codes, 0, systems.rows(0, codes.len())),
        Engine::Best | Engine::Portable => {
            let mut tallies = vec![Tally::default(); settler.fleet.grouping.accounts()];
            scattered::count(settler, codes, 0, &mut systems, &mut tallies);
            tallies
        }
    };
    let put = |account: u32, figures: &AccountRow| accounts.set(account as usize, figures);
    let shares = scattered::settle(settler, &tallies, put);
    match settler.engine() {
        #[cfg(feature = "rayon")]
        Engine::Parallel => super::parallel::assign_each(codes, &shares, systems),
        engine @ (Engine::Best | Engine::Portable) => {
            scattered::assign_each(engine, codes, &shares, &mut systems);
        }
    }
}
