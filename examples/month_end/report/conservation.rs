//! That no token is lost: the journal's movements against the balances.

use super::heading;
use alms_core::calendar::{Date, Month, Months};
use alms_core::tokens::{JournalLine, Ledger, Party, Tokens};
use std::io::{self, Write};

/// Prints the sum for the month and from the first booking on (ORD-7).
pub(super) fn print(out: &mut dyn Write, ledger: &Ledger, month: Month) -> io::Result<()> {
    heading(out, "Tokens in = tokens out, in the journal of the whole ledger (ORD-7)")?;
    let opening = total(ledger.accounts().map(|account| account.holder.opening));
    let day_before = month.plus(Months::from(1).negated()).map(Month::last_day).ok();
    let before = day_before.map_or(opening, |day| stock(ledger, day));
    let whole = Period { from: Date::MIN, until: month.last_day(), opening };
    let booked = Period { from: month.first_day(), opening: before, ..whole };
    booked.print(out, ledger, &format!("In {month}"))?;
    whole.print(out, ledger, "From the start")
}

/// A time that begins with so many tokens.
struct Period {
    from: Date,
    until: Date,
    opening: i64,
}

impl Period {
    fn print(&self, out: &mut dyn Write, ledger: &Ledger, name: &str) -> io::Result<()> {
        let Self { opening, until, .. } = *self;
        let lines = || ledger.journal().filter(|line| (self.from..=until).contains(&line.effective));
        let vendor = lines().map(from_vendor).fold(0, i64::saturating_add);
        let used = lines().map(used).fold(0, i64::saturating_add);
        let stock = stock(ledger, until);
        let adds_up = opening.saturating_add(vendor).saturating_sub(used) == stock;
        let verdict = if adds_up { "" } else { "  DOES NOT ADD UP" };
        writeln!(
            out,
            "{name:14}  {opening} + {vendor} from the vendor - {used} used = {stock} in stock{verdict}"
        )
    }
}

/// What a movement takes from the vendor, or gives back after an edit.
fn from_vendor(line: JournalLine<'_>) -> i64 {
    match (line.posting.from, line.posting.to) {
        (Party::Vendor, _) => line.posting.tokens.get(),
        (_, Party::Vendor) => line.posting.tokens.get().saturating_neg(),
        _ => 0,
    }
}

/// What a movement uses up.
fn used(line: JournalLine<'_>) -> i64 {
    if line.posting.to == Party::Consumption { line.posting.tokens.get() } else { 0 }
}

/// All stocks at the end of a day.
fn stock(ledger: &Ledger, on: Date) -> i64 {
    total(ledger.standings_as_of(on).into_iter().map(|standing| standing.balance))
}

fn total(tokens: impl Iterator<Item = Tokens>) -> i64 {
    tokens.map(Tokens::get).fold(0, i64::saturating_add)
}
