use crate::rule::RuleSet;
use crate::text::BookingKey;
use crate::tokens::{Booking, Ledger, Receipt};
use crate::wire::doc::booking::BookingDoc;
use crate::wire::doc::ledger::{WrittenLedgerDoc, ledger};
use crate::wire::doc::replay::{LedgerDoc, Outcome, PreviewDoc};
use crate::wire::{Error, parse};
use alms_json::to_text;

/// A ledger in the wire form: the input of [`call`](crate::wire::call)`("tokens.replay", …)` that leads to it.
///
/// ```
/// use alms_core::wire;
/// let json = concat!(
///     r#"{"accounts":[{"uid":"c1","name":"Acme","kind":"customer","administrators":[],"partners":[],"opening":20}],"#,
///     r#""bookings":[{"key":"may","on":"2023-05-31","type":"consumption","account":"c1","month":"2023-05","peak":8}]}"#,
/// );
/// let ledger = wire::ledger_from_json(json)?;
/// assert_eq!(ledger.account(&"c1".parse()?)?.standing.balance.get(), 12);
/// assert_eq!(wire::ledger_to_json(&ledger), json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger_to_json(ledger: &Ledger) -> String {
    to_text(&WrittenLedgerDoc::of(ledger))
}

/// The ledger that a JSON document holds: its accounts, with its bookings booked in their order.
///
/// # Errors
/// [`Error`] when the document is not a ledger or one of its bookings is refused: what is stored was accepted.
pub fn ledger_from_json(json: &str) -> Result<Ledger, Error> {
    let document: LedgerDoc = parse::document(json)?;
    ledger(document.accounts, document.bookings, &mut RuleSet::default())
}

/// A booking in the wire form.
pub fn booking_to_json(booking: &Booking) -> String {
    to_text(&BookingDoc::of(booking))
}

/// The booking that a JSON document holds, for a host that keeps a ledger in memory and is sent one after another.
///
/// The ledger is asked only whether it knows the key: that of another booking is refused before anything else
/// is (ORD-7), also before packs of 0.
///
/// ```
/// use alms_core::{account::Kind, tokens::{Holder, Ledger, Tokens}, wire};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::ZERO, status: None };
/// let mut ledger = Ledger::open(vec![holder])?;
/// let json = r#"{"key":"g1","on":"2023-05-04","type":"grant","account":"c1","tokens":6}"#;
/// let booking = wire::booking_from_json(json, &ledger)?;
/// assert_eq!(wire::booking_to_json(&booking), json);
///
/// let preview = ledger.preview(&booking)?;
/// let receipt = ledger.book(booking.clone())?;
/// let answer = wire::receipt_to_json(&ledger, &booking.key, &receipt);
/// assert_eq!(answer, wire::receipt_to_json(&ledger, &booking.key, &preview));
/// assert!(answer.contains(r#""balance_before":0,"balance_after":6"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error`] as for `tokens.preview`, its path without the leading `booking`.
pub fn booking_from_json(json: &str, ledger: &Ledger) -> Result<Booking, Error> {
    parse::document::<BookingDoc<'_>>(json)?.read()?.checked(ledger)
}

/// What the booking with this key does, in the wire form, as [`call`](crate::wire::call)`("tokens.preview", …)` gives it.
pub fn receipt_to_json(ledger: &Ledger, key: &BookingKey, receipt: &Receipt) -> String {
    let outcome = Outcome::new(key.clone(), Ok(*receipt));
    to_text(&PreviewDoc::of(ledger, &outcome, Some(receipt)))
}
