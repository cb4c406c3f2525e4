//! Accounts with token stocks and their bookings, as they are read and written.

use super::account_view::{Accounts, Holding};
use super::booking::{BookingDoc, BookingList};
use crate::account::Kind;
use crate::rule::{RuleId, RuleSet};
use crate::tokens::{Booking, Holder, Ledger, LedgerError, Recorded, Status};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Id, Text};
use alms_json::{Json, Write};

/// An account of a ledger that is written.
#[derive(Write)]
struct HolderDoc<'a> {
    uid: Id<'a>,
    name: Id<'a>,
    kind: Choice<'a, Kind>,
    administrators: Vec<Id<'a>>,
    partners: Vec<Id<'a>>,
    opening: Count<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Choice<'a, Status>>,
}

impl<'a> HolderDoc<'a> {
    fn of(holder: &'a Holder) -> Self {
        Self {
            uid: Text::of(&holder.uid),
            name: Text::of(&holder.name),
            kind: holder.kind.into(),
            administrators: holder.administrators.iter().map(Text::of).collect(),
            partners: holder.partners.iter().map(Text::of).collect(),
            opening: holder.opening.into(),
            status: holder.status.map(Choice::from),
        }
    }
}

/// A ledger without bookings.
pub(in crate::wire) fn opened(accounts: Accounts<Holding>, fired: &mut RuleSet) -> Result<Ledger, Error> {
    *fired = fired.with(RuleId::Acc1);
    accounts.read().and_then(|holders| Ok(Ledger::open(holders)?)).at("accounts")
}

/// A ledger with its bookings, none of which may be refused: it is what a host has stored.
pub(in crate::wire) fn ledger(
    accounts: Accounts<Holding>,
    bookings: BookingList,
    fired: &mut RuleSet,
) -> Result<Ledger, Error> {
    let mut ledger = opened(accounts, fired)?;
    let bookings = bookings.read().at("bookings")?;
    ledger.reserve(bookings.len());
    for (index, read) in bookings.into_iter().enumerate() {
        read.book(&mut ledger, fired).at_index(index).at("bookings")?;
    }
    Ok(ledger)
}

/// A ledger as it is written: the input of `tokens.replay` that leads to it.
#[derive(Write)]
pub(in crate::wire) struct WrittenLedgerDoc<'a> {
    accounts: Vec<HolderDoc<'a>>,
    bookings: WrittenBookings<'a>,
}

impl<'a> WrittenLedgerDoc<'a> {
    pub(in crate::wire) fn of(ledger: &'a Ledger) -> Self {
        Self {
            accounts: ledger.accounts().map(|account| HolderDoc::of(account.holder)).collect(),
            bookings: WrittenBookings(ledger),
        }
    }
}

/// The bookings of a ledger, each one written as soon as it is there.
struct WrittenBookings<'a>(&'a Ledger);

impl Write for WrittenBookings<'_> {
    fn write(&self, json: &mut Json<'_>) {
        json.list(self.0.bookings().map(WrittenBooking::of));
    }
}

struct WrittenBooking(Booking);

impl WrittenBooking {
    fn of(booking: Recorded<'_>) -> Self {
        Self(Booking { key: booking.key.clone(), on: booking.on, entry: booking.entry() })
    }
}

impl Write for WrittenBooking {
    fn write(&self, json: &mut Json<'_>) {
        BookingDoc::of(&self.0).write(json);
    }
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        let LedgerError::DuplicateAccount { index, uid } = &error;
        Error::new(error.code(), &error)
            .by_rule(RuleId::Acc1)
            .with("uid", uid.as_str())
            .at("uid")
            .at_index(*index)
    }
}

#[cfg(test)]
mod tests {
    use crate::wire::{ledger_from_json, ledger_to_json};

    /// A booking of every type, orders with every way to name the customer, in the form that is written.
    const LEDGER: &str = concat!(
        r#"{"accounts":[{"uid":"p1","name":"Partner","kind":"reseller","administrators":[],"partners":[],"opening":24},"#,
        r#"{"uid":"c1","name":"Acme \"Buses\"","kind":"customer","administrators":["ann@acme.example"],"partners":["p1"],"opening":-3}],"#,
        r#""bookings":[{"key":"o1","on":"2023-05-02","type":"order","po_number":"PO 1","partner":"p1","packs":2},"#,
        r#"{"key":"o2","on":"2023-05-02","type":"order","po_number":"PO 2","partner":"p1","packs":1,"customer_name":"Acme \"Buses\"","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"o3","on":"2023-05-02","type":"order","po_number":"PO 3","partner":"p1","packs":1,"customer_uid":"c1","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"o4","on":"2023-05-02","type":"order","po_number":"PO 4","partner":"p1","packs":1,"customer_name":"Acme \"Buses\"","customer_uid":"c1","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"t1","on":"2023-05-03","type":"transfer","po_number":"C 1","partner":"p1","customer":"c1","packs":1},"#,
        r#"{"key":"n1","on":"2023-05-03","type":"credit_note","partner":"p1","customer":"c1","tokens":5},"#,
        r#"{"key":"n2","on":"2023-05-03","type":"debit_note","partner":"p1","customer":"c1","tokens":4},"#,
        r#"{"key":"g1","on":"2023-05-04","type":"grant","account":"c1","tokens":6},"#,
        r#"{"key":"r1","on":"2023-05-04","type":"registration","account":"c1","serial":"LA1","model":"RV55"},"#,
        r#"{"key":"e1","on":"2023-05-05","type":"edit","target":"o1","packs":3},"#,
        r#"{"key":"d1","on":"2023-05-06","type":"delete","target":"t1"},"#,
        r#"{"key":"u1","on":"2023-06-01","type":"consumption","account":"c1","month":"2023-05","peak":7}]}"#,
    );

    #[test]
    fn a_ledger_is_written_as_it_was_read() {
        let ledger = ledger_from_json(LEDGER).unwrap();
        assert_eq!(ledger_to_json(&ledger), LEDGER);
        // p1: 24 + 36 (o1 after e1) - 5 + 4; c1: -3 + 3 x 12 + 5 - 4 + 6 + 12 - 7.
        let balances: Vec<i64> = ledger.accounts().map(|account| account.standing.balance.get()).collect();
        assert_eq!(balances, [59, 45]);
    }

    #[test]
    fn a_ledger_with_a_refused_booking_is_none() {
        let error = ledger_from_json(&LEDGER.replace(r#""target":"t1""#, r#""target":"t2""#)).unwrap_err();
        assert_eq!((error.path(), error.code()), ("bookings[10].target", "unknown_booking"));
    }
}
