use super::{Cell, table};
use crate::text::PoNumber;
use crate::tokens::{Party, StockUpdate};

/// A list of stock updates as CSV (ORD-6).
///
/// ```
/// assert_eq!(
///     alms_core::export::updates_csv(&[]),
///     "Date,Kind,PO Number,Product,Packs,Tokens,Counterparty,State,Key\n"
/// );
/// ```
pub fn updates_csv(updates: &[StockUpdate<'_>]) -> String {
    let header = ["Date", "Kind", "PO Number", "Product", "Packs", "Tokens", "Counterparty", "State", "Key"];
    table(header, updates.iter().map(row))
}

fn row(update: &StockUpdate<'_>) -> [Cell; 9] {
    [
        Cell::value(Some(update.on)),
        Cell::value(Some(update.kind)),
        Cell::text(update.po_number.map_or("", PoNumber::as_str)),
        Cell::text(update.product.unwrap_or_default()),
        Cell::value(update.packs),
        Cell::value(Some(update.tokens)),
        counterparty(update.counterparty),
        Cell::value(Some(update.state.name())),
        Cell::text(update.key.as_str()),
    ]
}

fn counterparty(party: Party<'_>) -> Cell {
    match party {
        Party::Account(uid) => Cell::text(uid.as_str()),
        party => Cell::value(Some(party.name())),
    }
}
