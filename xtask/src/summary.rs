//! The table at the end of `cargo xtask test` and `cargo xtask campaign`.

use std::time::Duration;

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{CellAlignment, Table};

use crate::counts::Counts;

/// What came of one step.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The step's name.
    pub(crate) step: &'static str,
    /// Its tests; none for a step that is no test runner.
    pub(crate) counts: Counts,
    /// What it found, in a few words.
    pub(crate) found: String,
    /// How long it took.
    pub(crate) time: Duration,
}

/// Prints a row per step, what it found under `title`, and as the last line `N passed, M failed`, which it gives.
pub(crate) fn print(title: &str, outcomes: &[Outcome]) -> Counts {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY).set_header(["step", title, "seconds"]);
    for outcome in outcomes {
        let seconds = format!("{:.1}", outcome.time.as_secs_f64());
        table.add_row([outcome.step.to_owned(), outcome.found.clone(), seconds]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let counts = outcomes.iter().fold(Counts::default(), |sum, outcome| sum.plus(outcome.counts));
    println!("\n{table}\n{counts}");
    counts
}

/// The tests of a step, in a few words.
pub(crate) fn tests_of(Counts { passed, failed }: Counts) -> String {
    match (passed, failed) {
        (0, 0) => String::new(),
        (0, _) => "failed".to_owned(),
        (_, 0) => passed.to_string(),
        _ => format!("{passed}, {failed} failed"),
    }
}
