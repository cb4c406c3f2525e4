//! What was promised, and what was measured.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::comparison::{SIZES, per_element};

/// The targets of what is measured in Rust, met or missed; the other programs say theirs themselves. `avx2` is what a fleet
/// takes with AVX2 alone, in times of the floor.
pub(super) fn table(measured: &Path, avx2: Option<f64>) -> Result<String> {
    let time = |group: &str, program: &str, row: &str| per_element(measured, group, program, row);
    let columns = |program: &str| time("columns", program, "10000000");
    let book = time("ledger", "book", "1000000")?;
    let replay = 10.0 * time("ledger", "replay_json", "1000000")? / time("ledger", "replay_json", "100000")?;
    let [best, portable] =
        [columns("best")?, columns("portable")?].map(|time| Ok::<_, anyhow::Error>(time / columns("floor")?));
    let avx2 = avx2.map(|ratio| at_most("fleet of 10^7, AVX2 alone, times the floor", ratio, 2.5));
    let rows = [
        at_most("fleet of 10^7, best instructions, times the floor", best?, 2.5),
        avx2.unwrap_or_default(),
        at_most("fleet of 10^7, portable instructions, times the floor", portable?, 7.0),
        at_least(
            "fleet of 10^7, two threads, times as fast as one",
            columns("best")? / columns("two_threads")?,
            1.7,
        ),
        at_most("fleets of 10^6 to 10^8, dearest system by cheapest", spread(measured)?, 1.5),
        at_most("a booking among a million with balance and key check, ns", book, 150.0),
        at_most("replay of ten times the bookings (10^6), times as long", replay, 12.0),
    ];
    Ok(format!("| | target | measured | |\n|---|--:|--:|---|\n{}", rows.concat()))
}

/// The dearest system by the cheapest, of fleets that no cache holds: below, what rises is the floor.
fn spread(measured: &Path) -> Result<f64> {
    let [_, _, large @ ..] = &SIZES;
    let times = large.iter().filter_map(|size| per_element(measured, "columns_by_size", "best", size).ok());
    let times: Vec<f64> = times.collect();
    let dearest = times.iter().copied().reduce(f64::max).context("no fleet was measured")?;
    let cheapest = times.iter().copied().reduce(f64::min).context("no fleet was measured")?;
    Ok(dearest / cheapest)
}

fn at_most(what: &str, measured: f64, limit: f64) -> String {
    row(what, &format!("≤ {limit}"), measured, measured <= limit)
}

fn at_least(what: &str, measured: f64, limit: f64) -> String {
    row(what, &format!("≥ {limit}"), measured, measured >= limit)
}

fn row(what: &str, target: &str, measured: f64, met: bool) -> String {
    format!("| {what} | {target} | {measured:.2} | {} |\n", if met { "met" } else { "**missed**" })
}
