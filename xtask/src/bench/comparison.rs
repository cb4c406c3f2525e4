//! Programs that do the same work, as criterion measured them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Programs that do the same work on several sizes of input.
pub(super) struct Comparison {
    /// The group of benchmarks.
    group: &'static str,
    /// What a row is, and what a nanosecond is per.
    about: &'static str,
    /// The inputs.
    rows: &'static [&'static str],
    /// The program that the others are measured against.
    floor: &'static str,
    /// The others.
    programs: &'static [&'static str],
}

/// Everything that is measured.
pub(super) const COMPARISONS: [Comparison; 5] = [
    Comparison {
        group: "migration",
        about: "A plan of one account, per system (`fleet`: accounts of 1 to 500 systems)",
        rows: &["1", "10", "100", "500", "fleet"],
        floor: "plain_chrono_loop",
        programs: &["plan", "call_json"],
    },
    Comparison {
        group: "ledger",
        about: "The token stock, per booking, by the number of bookings",
        rows: &["10000", "100000", "1000000"],
        floor: "plain_map",
        programs: &["book", "preview", "replay_json"],
    },
    Comparison {
        group: "customers",
        about: "The reseller's Customers page, per system, by the number of systems (250 to a customer)",
        rows: &["50000", "500000"],
        floor: "plain_pass",
        programs: &["page", "filtered_and_sorted"],
    },
    Comparison {
        group: "columns",
        about: "Whole fleets, per system, by the number of systems",
        rows: &["1000000", "10000000"],
        floor: "floor",
        programs: &["best", "portable", "two_threads", "group_sorted", "group_shuffled", "best_shuffled"],
    },
    Comparison {
        group: "columns_by_size",
        about: "Whole fleets, per system: does it stay linear? Up to 10^5 systems all columns are in the second cache, and beyond, the floor rises as well",
        rows: &SIZES,
        floor: "floor",
        programs: &["best"],
    },
];

/// The sizes of fleets.
pub(super) const SIZES: [&str; 5] = ["10000", "100000", "1000000", "10000000", "100000000"];

impl Comparison {
    /// A row per input that was measured: nanoseconds, and how many times those of the floor.
    pub(super) fn table(&self, measured: &Path) -> Result<String> {
        let columns = self.programs.iter().map(|program| format!(" `{program}` | ratio |"));
        let mut text = format!("\n{}, in nanoseconds:\n\n", self.about);
        text += &format!("| {} | `{}` |{}\n", self.group, self.floor, columns.collect::<String>());
        text += &format!("|---|--:|{}\n", "--:|--:|".repeat(self.programs.len()));
        let rows: Vec<String> = self.rows.iter().filter_map(|row| self.row(measured, row).ok()).collect();
        if rows.is_empty() {
            anyhow::bail!("nothing of {} was measured", self.group);
        }
        Ok(text + &rows.concat())
    }

    fn row(&self, measured: &Path, row: &str) -> Result<String> {
        let time = |program: &str| per_element(measured, self.group, program, row);
        let floor = time(self.floor)?;
        let mut text = format!("| {row} | {floor:.2} |");
        for program in self.programs {
            let time = time(program)?;
            text += &format!(" {time:.2} | {:.2} |", time / floor);
        }
        Ok(text + "\n")
    }
}

/// The median of a benchmark in nanoseconds, divided by the number of things it went over.
pub(super) fn per_element(measured: &Path, group: &str, program: &str, row: &str) -> Result<f64> {
    let folder = measured.join(group).join(program).join(row).join("new");
    let number = |file: &str, pointer: &str| -> Result<f64> {
        let path = folder.join(file);
        let text =
            fs::read_to_string(&path).with_context(|| format!("{} was not measured", path.display()))?;
        let json: Value = serde_json::from_str(&text)?;
        json.pointer(pointer)
            .and_then(Value::as_f64)
            .with_context(|| format!("{} lacks {pointer}", path.display()))
    };
    let median = number("estimates.json", "/median/point_estimate")?;
    Ok(median / number("benchmark.json", "/throughput/Elements")?)
}
