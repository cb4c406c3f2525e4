//! Twelve months as a chart of text: two bars and the stock a month.

use alms_core::calendar::Month;
use alms_core::tokens::Tokens;
use std::io::{self, Write};

/// The longest bar.
const BAR_COLUMNS: i64 = 20;

/// The figures of a month.
pub(super) struct MonthBars {
    pub(super) month: Month,
    pub(super) bars: [Tokens; 2],
    pub(super) stock: Tokens,
}

/// Prints a line a month, all bars on one scale.
pub(super) fn print(out: &mut dyn Write, headings: [&str; 2], months: &[MonthBars]) -> io::Result<()> {
    let values = || months.iter().flat_map(|month| month.bars.map(Tokens::get));
    let longest = values().max().unwrap_or_default();
    let digits = |value: Tokens| value.to_string().len();
    let figures = months.iter().flat_map(|month| month.bars.into_iter().chain([month.stock]));
    let width = figures.map(digits).max().unwrap_or_default().max("Stock".len());
    let column = width.saturating_add(1).saturating_add(usize::try_from(BAR_COLUMNS).unwrap_or_default());
    let [first, second] = headings;
    let stock = "Stock";
    writeln!(out, "{:7}  {first:column$}  {second:column$}  {stock:>width$}", "Month")?;
    for MonthBars { month, bars: [first, second], stock } in months {
        let cell = |tokens: &Tokens| format!("{tokens:>width$} {}", bar(tokens.get(), longest));
        let (first, second) = (cell(first), cell(second));
        writeln!(out, "{month:7}  {first:column$}  {second:column$}  {stock:>width$}")?;
    }
    Ok(())
}

/// As long as `value` is of `longest`; whatever is more than nothing can be seen.
fn bar(value: i64, longest: i64) -> String {
    let blocks = value.saturating_mul(BAR_COLUMNS).checked_div(longest).unwrap_or_default();
    let blocks = if value > 0 { blocks.max(1) } else { 0 };
    "█".repeat(usize::try_from(blocks).unwrap_or_default())
}
