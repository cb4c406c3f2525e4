//! What was promised, and what was measured.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::comparison::{SIZES, per_element};
use super::in_turn::{Ratio, ratio};
use Target::{AtLeast, AtMost};

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
    let small = |program: &str| {
        Ok::<_, anyhow::Error>(time("columns", program, "1000000")? / time("columns", "floor", "1000000")?)
    };
    let avx2 = elsewhere.avx2.as_ref().map(|avx2| ratio(avx2, "portable", "floor")).transpose()?;
    let avx2 = avx2.map(|ratio| in_rounds("fleet of 10^7, AVX2 alone, times the floor", ratio, AtMost(2.5)));
    let (best, portable) = (ratio(measured, "best", "floor")?, ratio(measured, "portable", "floor")?);
    let threads = ratio(measured, "best", "two_threads")?;
    let rows = [
        in_rounds("fleet of 10^7, best instructions, times the floor", best, AtMost(2.5)),
        avx2.unwrap_or_default(),
        in_rounds("fleet of 10^7, portable instructions, times the floor", portable, AtMost(7.0)),
        in_rounds("fleet of 10^7, two threads, times as fast as one", threads, AtLeast(1.7)),
        once("fleet of 10^6, best instructions, times the floor", small("best")?, AtMost(2.5)),
        once("fleet of 10^6, portable instructions, times the floor", small("portable")?, AtMost(7.0)),
        once("fleets of 10^6 to 10^8, dearest system by cheapest", spread(measured)?, AtMost(1.5)),
        once("a booking among a million with balance and key check, ns", book, AtMost(150.0)),
        once("replay of ten times the bookings (10^6), times as long", replay, AtMost(12.0)),
    ];
    let table = format!("| | target | measured | |\n|---|--:|--:|---|\n{}", rows.concat());
    Ok(table + "\n" + &huge_pages(&elsewhere.huge_pages)?)
}

/// What has no target: columns as NumPy has them.
fn huge_pages(measured: &Path) -> Result<String> {
    let (best, threads) = (ratio(measured, "best", "floor")?, ratio(measured, "best", "two_threads")?);
    let (best, threads) = (best.median, threads.median);
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

#[derive(Clone, Copy)]
enum Target {
    AtMost(f64),
    AtLeast(f64),
}

fn once(what: &str, measured: f64, target: Target) -> String {
    row(what, (measured, &format!("{measured:.2}")), target)
}

/// The median decides; how far the rounds are apart says how much that is worth.
fn in_rounds(what: &str, ratio: Ratio, target: Target) -> String {
    let Ratio { median, lowest, highest } = ratio;
    row(what, (median, &format!("{median:.2} ({lowest:.2} to {highest:.2})")), target)
}

fn row(what: &str, (measured, text): (f64, &str), target: Target) -> String {
    let (limit, met) = match target {
        AtMost(limit) => (format!("≤ {limit}"), measured <= limit),
        AtLeast(limit) => (format!("≥ {limit}"), measured >= limit),
    };
    format!("| {what} | {limit} | {text} | {} |\n", if met { "met" } else { "**missed**" })
}
