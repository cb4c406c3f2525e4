//! `cargo xtask bench`: the benchmarks, and what they say in one table.

#![expect(clippy::float_arithmetic, reason = "measured times are no money")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use comfy_table::{Cell, CellAlignment, Table};
use serde_json::Value;

use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

/// Programs that do the same work on several sizes of input.
struct Comparison {
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
const COMPARISONS: [Comparison; 5] = [
    Comparison {
        group: "migration",
        about: "per system (`fleet`: accounts of 1 to 500 systems)",
        rows: &["1", "10", "100", "500", "fleet"],
        floor: "plain_chrono_loop",
        programs: &["plan", "call_json"],
    },
    Comparison {
        group: "ledger",
        about: "per booking, by the number of bookings",
        rows: &["10000", "100000", "1000000"],
        floor: "plain_map",
        programs: &["book", "preview", "replay_json"],
    },
    Comparison {
        group: "customers",
        about: "per system, by the number of systems (250 to a customer)",
        rows: &["50000", "500000"],
        floor: "plain_pass",
        programs: &["page", "filtered_and_sorted"],
    },
    Comparison {
        group: "columns",
        about: "per system, by the number of systems (accounts of 1 to 500)",
        rows: &["1000000", "10000000"],
        floor: "floor",
        programs: &["best", "portable", "two_threads", "group_sorted", "group_shuffled", "best_shuffled"],
    },
    Comparison {
        group: "columns_by_size",
        about: "per system, by the number of systems: does it stay linear?",
        rows: &["10000", "100000", "1000000", "10000000"],
        floor: "floor",
        programs: &["best"],
    },
];

/// Runs the benchmarks; `arguments` are passed on. Then prints the times and their ratios to the floor.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    run_command(cargo(workspace.root()).args(["bench", "--package", "alms-benches"]).args(arguments))?;
    let measured = workspace.target().join("criterion");
    COMPARISONS.iter().try_for_each(|comparison| comparison.print(&measured))
}

impl Comparison {
    /// A row per input: nanoseconds, and how many times those of the floor.
    fn print(&self, measured: &Path) -> Result<()> {
        let mut table = Table::new();
        let columns = self.programs.iter().flat_map(|program| [*program, "ratio"]);
        table.set_header([self.group, self.floor].into_iter().chain(columns));
        for row in self.rows {
            let time =
                |program: &str| per_element(&measured.join(self.group).join(program).join(row).join("new"));
            let floor = time(self.floor)?;
            let mut cells = vec![floor.to_string()];
            for program in self.programs {
                let time = time(program)?;
                cells.extend([time.to_string(), format!("{} x", Time(time.0 / floor.0))]);
            }
            let cells = cells.into_iter().map(|text| Cell::new(text).set_alignment(CellAlignment::Right));
            table.add_row(std::iter::once(Cell::new(row)).chain(cells));
        }
        println!("\nNanoseconds {} (medians of one run)\n{table}", self.about);
        Ok(())
    }
}

/// Nanoseconds.
struct Time(f64);

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1}", self.0)
    }
}

/// The median of a benchmark, divided by the number of things it went over.
fn per_element(folder: &Path) -> Result<Time> {
    let number = |file: &str, pointer: &str| -> Result<f64> {
        let path = folder.join(file);
        let text =
            fs::read_to_string(&path).with_context(|| format!("{} was not measured", path.display()))?;
        let json: Value = serde_json::from_str(&text)?;
        json.pointer(pointer)
            .and_then(Value::as_f64)
            .with_context(|| format!("{} lacks {pointer}", path.display()))
    };
    Ok(Time(
        number("estimates.json", "/median/point_estimate")?
            / number("benchmark.json", "/throughput/Elements")?,
    ))
}
