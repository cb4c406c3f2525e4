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
    let threads = ratio(measured, "10000000", "best", "two_threads")?;
    let apart = |program: &str, fleets: &[&str]| spread(measured, program, fleets);
    let (cached, larger) = SIZES.split_at(CACHED);
    let rows = [
        times_the_floor(measured, elsewhere, ("10^7", "10000000"))?,
        in_rounds("fleet of 10^7, two threads, times as fast as one", threads, AtLeast(1.7)),
        times_the_floor(measured, elsewhere, ("10^6", "1000000"))?,
        once("fleets of 10^4 to 10^6, dearest system by cheapest", apart("best", cached)?, AtMost(1.5)),
        once("fleets of 10^7 and 10^8, dearest system by cheapest", apart("best", larger)?, AtMost(1.5)),
        once("a booking among a million with balance and key check, ns", book, AtMost(150.0)),
        once("replay of ten times the bookings (10^6), times as long", replay, AtMost(12.0)),
    ];
    let table = format!("| | target | measured | |\n|---|--:|--:|---|\n{}", rows.concat());
    let caches = format!(
        "Between a fleet that the caches hold and one that is in memory lies what memory costs: of all these fleets the dearest \
         system costs {:.2} times the cheapest, and {:.2} times in the floor.\n\n",
        apart("best", &SIZES)?,
        apart("floor", &SIZES)?
    );
    Ok(table + "\n" + &caches + &huge_pages(&elsewhere.huge_pages)?)
}

/// A fleet of so many systems with all sets of instructions, each beside the floor.
fn times_the_floor(measured: &Path, elsewhere: &Elsewhere, (name, systems): (&str, &str)) -> Result<String> {
    let row = |instructions: &str, ratio, target| {
        in_rounds(&format!("fleet of {name}, {instructions}, times the floor"), ratio, target)
    };
    let best = ratio(measured, systems, "best", "floor")?;
    let portable = ratio(measured, systems, "portable", "floor")?;
    let avx2 = elsewhere.avx2.as_ref().map(|avx2| ratio(avx2, systems, "portable", "floor")).transpose()?;
    Ok([
        row("best instructions", best, AtMost(2.5)),
        avx2.map(|ratio| row("AVX2 alone", ratio, AtMost(2.5))).unwrap_or_default(),
        row("portable instructions", portable, AtMost(7.0)),
    ]
    .concat())
}

/// What has no target: columns as NumPy has them.
fn huge_pages(measured: &Path) -> Result<String> {
    const SYSTEMS: &str = "10000000";
    let (best, threads) =
        (ratio(measured, SYSTEMS, "best", "floor")?, ratio(measured, SYSTEMS, "best", "two_threads")?);
    let (best, threads) = (best.median, threads.median);
    Ok(format!(
        "In pages of 2 MB a fleet of 10^7 takes {best:.2} times the floor with the best instructions, and two threads plan it \
         {threads:.2} times as fast as one.\n"
    ))
}

/// So many of the sizes are those of fleets that a third-level cache of 32 MB holds.
const CACHED: usize = 3;

/// The dearest system by the cheapest, of fleets of these sizes, as far as they were measured.
fn spread(measured: &Path, program: &str, sizes: &[&str]) -> Result<f64> {
    let times = sizes.iter().filter_map(|size| per_element(measured, "columns_by_size", program, size).ok());
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

#[cfg(test)]
mod tests {
    use super::super::comparison::write_sample;
    use super::*;

    const SMALL: &str = "columns_in_turn_1000000";
    const LARGE: &str = "columns_in_turn_10000000";

    /// What was measured in a folder: groups, of each its programs with their times, in the order of the rows.
    type Measured<'a> = &'a [(&'a str, &'a [&'a str], &'a [(&'a str, &'a [u32])])];

    fn write(folder: &Path, measured: Measured<'_>) {
        for (group, rows, programs) in measured {
            for (program, times) in *programs {
                for (row, time) in rows.iter().zip(*times) {
                    write_sample(folder, group, program, row, *time);
                }
            }
        }
    }

    fn measured_and_met(line: &str) -> Option<(&str, &str)> {
        let mut cells = line.split('|').skip(3);
        Some((cells.next()?.split_whitespace().next()?, cells.next()?.trim()))
    }

    #[test]
    fn a_target_is_met_up_to_its_limit() {
        let folder = std::env::temp_dir().join(format!("alms-targets-{}", std::process::id()));
        let [all, avx2, huge_pages] = ["all", "avx2", "huge-pages"].map(|name| folder.join(name));
        write(
            &all,
            &[
                (SMALL, &["1"], &[("floor", &[10]), ("best", &[30]), ("portable", &[70])]),
                (LARGE, &["1"], &[("floor", &[10]), ("best", &[25]), ("portable", &[71])]),
                (LARGE, &["1"], &[("two_threads", &[15])]),
                ("columns_by_size", &SIZES, &[("floor", &[1, 1, 1, 2, 3]), ("best", &[10, 15, 12, 30, 46])]),
                ("ledger", &["100000", "1000000"], &[("book", &[1, 150]), ("replay_json", &[10, 13])]),
            ],
        );
        write(
            &avx2,
            &[
                (SMALL, &["1"], &[("floor", &[10]), ("portable", &[24])]),
                (LARGE, &["1"], &[("floor", &[10]), ("portable", &[26])]),
            ],
        );
        write(&huge_pages, &[(LARGE, &["1"], &[("floor", &[10]), ("best", &[20]), ("two_threads", &[8])])]);
        let text = table(&all, &Elsewhere { avx2: Some(avx2), huge_pages });
        std::fs::remove_dir_all(&folder).unwrap();
        let text = text.unwrap();
        let rows: Vec<_> = text.lines().skip(2).map_while(measured_and_met).collect();
        let (yes, no) = ("met", "**missed**");
        let large = [("2.50", yes), ("2.60", no), ("7.10", no), ("1.67", no)];
        let small = [("3.00", no), ("2.40", yes), ("7.00", yes)];
        let others = [("1.50", yes), ("1.53", no), ("150.00", yes), ("13.00", no)];
        assert_eq!(rows, [&large[..], &small[..], &others[..]].concat());
        assert!(text.contains("costs 4.60 times the cheapest, and 3.00 times in the floor"), "{text}");
        assert!(text.contains("takes 2.00 times the floor") && text.contains("2.50 times as fast"), "{text}");
    }
}
