//! Rows of which each account's follow each other: both passes over an account while its rows are in the cache.

use super::code::RowError;
use super::group::{MISSING, Run, UNKNOWN};
use super::kernel::{BLOCK, Scratch, Share, assign, classify};
use super::measure::Measure;
use super::output::{AccountRow, SystemSlices};
use super::settle::Settler;
use super::tally::Tally;

/// Runs that follow each other, with the rows that they end at.
pub(super) struct Task<'a> {
    pub(super) runs: &'a [Run],
    /// The row at which the first run begins.
    pub(super) start: usize,
    /// Their rows.
    pub(super) out: SystemSlices<'a>,
}

/// Plans the accounts of the runs; `put` takes the figures of each.
pub(super) fn plan(settler: &Settler<'_>, task: Task<'_>, mut put: impl FnMut(u32, &AccountRow)) {
    let Task { runs, start: first, mut out } = task;
    let mut start = first;
    let mut rest = runs;
    let mut scratch = Scratch::new(&settler.fleet.systems);
    while let Some(run) = rest.first() {
        let own_day = settler.own_day(run.account);
        let measure = settler.measure(own_day);
        let (batch, later) =
            rest.split_at_checked(batch_len(settler, rest, start, own_day)).unwrap_or((rest, &[]));
        let end = batch.last().map_or(start, |run| run.end);
        let mut rows = out.rows(start.saturating_sub(first), end.saturating_sub(first));
        let batch = Batch { runs: batch, start, measure: &measure };
        plan_batch(settler, &batch, &mut rows, &mut scratch, &mut put);
        (start, rest) = (end, later);
    }
}

/// How many runs there are on the same day whose rows are in the cache together; at least the first.
fn batch_len(settler: &Settler<'_>, runs: &[Run], start: usize, own_day: Option<i32>) -> usize {
    let full = start.saturating_add(BLOCK);
    let one_day = settler.fleet.accounts.on.is_none();
    let others = runs.iter().skip(1);
    let fits = |run: &&Run| run.end <= full && (one_day || settler.own_day(run.account) == own_day);
    others.take_while(fits).count().saturating_add(1)
}

/// Runs whose accounts migrate on one day.
struct Batch<'a> {
    runs: &'a [Run],
    start: usize,
    measure: &'a Measure,
}

/// Plans the accounts of runs on one day.
fn plan_batch(
    settler: &Settler<'_>,
    batch: &Batch<'_>,
    out: &mut SystemSlices<'_>,
    scratch: &mut Scratch,
    put: &mut impl FnMut(u32, &AccountRow),
) {
    let Batch { runs, start, measure } = *batch;
    if let [run] = runs {
        let tally = count_by_block(settler, (start, run.end), measure, out, scratch);
        return settle_run(settler, run, tally, (start, out), put);
    }
    let (engine, systems) = (settler.engine(), &settler.fleet.systems);
    let end = runs.last().map_or(start, |run| run.end);
    let usual = classify(engine, systems, (start, end), measure, out, scratch);
    let mut from = start;
    for run in runs {
        let mut rows = out.rows(from.saturating_sub(start), run.end.saturating_sub(start));
        let mut tally = Tally::default();
        tally.add(engine, &rows, usual);
        settle_run(settler, run, tally, (from, &mut rows), put);
        from = run.end;
    }
}

/// Classifies rows and counts them. Each block while it is in the cache, which may not hold all of them.
fn count_by_block(
    settler: &Settler<'_>,
    (start, end): (usize, usize),
    measure: &Measure,
    out: &mut SystemSlices<'_>,
    scratch: &mut Scratch,
) -> Tally {
    let (engine, systems) = (settler.engine(), &settler.fleet.systems);
    let mut tally = Tally::default();
    let mut from = start;
    while from < end {
        let to = end.min(from.saturating_add(BLOCK));
        let mut rows = out.rows(from.saturating_sub(start), to.saturating_sub(start));
        let usual = classify(engine, systems, (from, to), measure, &mut rows, scratch);
        tally.add(engine, &rows, usual);
        from = to;
    }
    tally
}

/// Settles the account of a run that is classified and counted, and gives its rows, which begin at `start`, their share.
fn settle_run(
    settler: &Settler<'_>,
    run: &Run,
    mut tally: Tally,
    (start, rows): (usize, &mut SystemSlices<'_>),
    put: &mut impl FnMut(u32, &AccountRow),
) {
    if let Some(models) = settler.fleet.systems.models {
        tally.add_models(models.get(start..run.end).unwrap_or_default());
    }
    let share = match run.account {
        UNKNOWN => Share::Error(RowError::UnknownAccount),
        MISSING => Share::Error(RowError::MissingAccount),
        account => {
            let figures = settler.settle(account, &tally);
            put(account, &figures);
            Share::of(&figures)
        }
    };
    assign(settler.engine(), share, rows);
}

#[cfg(test)]
mod tests {
    use super::super::{Accounts, Days, Fleet, Grouping, Integers, NO_DAY, Scenario, Systems};
    use super::*;
    use crate::calendar::Date;
    use crate::migration::Policy;

    /// How many accounts whose rows end there are planned together.
    fn together(ends: &[usize], on: Option<&[i32]>) -> usize {
        let groups = Grouping::adjacent(ends).unwrap();
        let days = vec![NO_DAY; groups.rows()];
        let systems = Systems {
            states: &vec![0; groups.rows()],
            last_communication: Days::new(&days),
            support_end: Days::new(&days),
            models: None,
            repeats: None,
        };
        let tokens = vec![0; ends.len()];
        let accounts = Accounts { tokens: Integers::new(&tokens), on: on.map(Days::new) };
        let fleet = Fleet::try_new(&groups, systems, accounts).unwrap();
        let scenario = Scenario { on: Some(Date::MAX), policy: Policy::default() };
        let settler = Settler::new(&fleet, &scenario);
        let runs: Vec<Run> = (0..).zip(ends).map(|(account, end)| Run { account, end: *end }).collect();
        batch_len(&settler, &runs, 0, settler.own_day(0))
    }

    #[test]
    fn accounts_on_one_day_whose_rows_the_cache_holds_are_planned_together() {
        assert_eq!(together(&[1_000, BLOCK, BLOCK + 1], None), 2);
        assert_eq!(together(&[BLOCK + 1, BLOCK + 2], None), 1);
        assert_eq!(together(&[1, 2, 3, 4], Some(&[7, 7, 7, 8])), 3);
        assert_eq!(together(&[1, 2, 3], Some(&[7, NO_DAY, 7])), 1);
    }
}
