//! Plans and comparisons for a person, and as CSV.

mod comparison;
mod plan;
mod statement;

pub(crate) use comparison::{comparison, comparison_csv};
pub(crate) use plan::{plan, plan_csv};

use alms_core::calendar::Date;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// A table with these headings, as wide as the terminal allows.
fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings);
    table
}

/// A number, aligned as numbers are.
fn number(value: impl ToString) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

/// A date for a cell.
fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.to_string())
}

/// "1 system", "3 systems".
fn counted(count: usize, singular: &str) -> String {
    if count == 1 { format!("1 {singular}") } else { format!("{count} {singular}s") }
}
