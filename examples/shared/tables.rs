//! Tables and headings of a report that is kept.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use std::fmt::Display;
use std::io::{self, Write};

/// What is kept in a file is as wide as a page.
const COLUMNS: u16 = 80;

/// A table with these headings, as wide as the terminal allows or a page is.
pub(crate) fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings);
    if table.width().is_none() {
        table.set_width(COLUMNS);
    }
    table
}

/// A number, aligned as numbers are.
pub(crate) fn number(value: impl ToString) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

/// "1 token", "3 tokens".
pub(crate) fn counted<T: Display + PartialEq + From<u8>>(count: T, singular: &str) -> String {
    if count == T::from(1) { format!("1 {singular}") } else { format!("{count} {singular}s") }
}

/// A heading of a part.
pub(crate) fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{text}")
}
