//! `cargo xtask bench`: the benchmarks, and what they say in one table.

#![expect(clippy::float_arithmetic, reason = "measured times are no money")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use comfy_table::{Cell, CellAlignment, Table};
use serde_json::Value;

use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

/// What the others are measured against.
const FLOOR: &str = "plain_chrono_loop";

/// The programs that are measured.
const PROGRAMS: [&str; 3] = [FLOOR, "plan", "call_json"];

/// Runs the benchmarks; `arguments` are passed on. Then prints time per system and the ratio to the floor.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    run_command(cargo(workspace.root()).args(["bench", "--package", "alms-benches"]).args(arguments))?;
    print_ratios(&workspace.target().join("criterion").join("migration"))
}

/// A row per set of accounts: nanoseconds per system, and how many times those of the plain loop.
fn print_ratios(folder: &Path) -> Result<()> {
    let mut table = Table::new();
    table.set_header(["systems", "plain chrono loop", "plan", "ratio", "call_json", "ratio"]);
    for systems in ["1", "10", "100", "500", "fleet"] {
        let mut times = Vec::new();
        for program in PROGRAMS {
            times.push(per_system(&folder.join(program).join(systems).join("new"))?);
        }
        let [floor, plan, json] = times.as_slice() else { continue };
        let ratio = |time: &Time| format!("{} x", Time(time.0 / floor.0));
        let cells = [floor.to_string(), plan.to_string(), ratio(plan), json.to_string(), ratio(json)];
        let cells = cells.map(|text| Cell::new(text).set_alignment(CellAlignment::Right));
        table.add_row(std::iter::once(Cell::new(systems)).chain(cells));
    }
    println!("\nNanoseconds per system (medians of one run; `fleet`: accounts of 1 to 500 systems)\n{table}");
    Ok(())
}

/// Nanoseconds.
struct Time(f64);

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1}", self.0)
    }
}

/// The median of a benchmark, divided by the number of systems it went over.
fn per_system(folder: &Path) -> Result<Time> {
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
