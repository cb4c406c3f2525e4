//! What was promised, and what was measured.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::comparison::{SIZES, per_element};
use super::in_turn::ratio;

/// Where the programs on whole fleets were measured in turn, besides with everything else.
pub(super) struct Elsewhere {
    pub(super) avx2: Option<PathBuf>,
    pub(super) huge_pages: PathBuf,
}

/// The targets of what is measured in Rust, met or missed; the other programs say theirs themselves.
pub(super) fn table(measured: &Path, elsewhere: &Elsewhere) -> Result<String> {
    let time = |group: &str, program: &str, row: &str| per_element(measured, group, program, row);
    let book = time("ledger", "book", "1000000")?;
    let replay = 10.0 * time("ledger", "replay_json", "1000000")? / time("ledger", "replay_json", "100000")?;
    let avx2 = elsewhere.avx2.as_ref().map(|avx2| ratio(avx2, "portable", "floor")).transpose()?;
    let avx2 = avx2.map(|ratio| at_most("fleet of 10^7, AVX2 alone, times the floor", ratio, 2.5));
    let best = ratio(measured, "best", "floor")?;
    let rows = [
        at_most("fleet of 10^7, best instructions, times the floor", best, 2.5),
        avx2.unwrap_or_default(),
        at_most(
            "fleet of 10^7, portable instructions, times the floor",
            ratio(measured, "portable", "floor")?,
            7.0,
        ),
        at_least(
            "fleet of 10^7, two threads, times as fast as one",
            ratio(measured, "best", "two_threads")?,
            1.7,
        ),
        at_most("fleets of 10^6 to 10^8, dearest system by cheapest", spread(measured)?, 1.5),
        at_most("a booking among a million with balance and key check, ns", book, 150.0),
        at_most("replay of ten times the bookings (10^6), times as long", replay, 12.0),
    ];
    let table = format!("| | target | measured | |\n|---|--:|--:|---|\n{}", rows.concat());
    Ok(table + "\n" + &huge_pages(&elsewhere.huge_pages)?)
}

/// What has no target: columns as NumPy has them.
fn huge_pages(measured: &Path) -> Result<String> {
    let (best, threads) = (ratio(measured, "best", "floor")?, ratio(measured, "best", "two_threads")?);
    Ok(format!(
        "In pages of 2 MB a fleet of 10^7 takes {best:.2} times the floor with the best instructions, and two threads plan it \
         {threads:.2} times as fast as one.\n"
    ))
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
