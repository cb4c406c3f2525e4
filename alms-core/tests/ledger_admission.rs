//! A ledger that gets its accounts one by one, between bookings, comes to the same as one that has them from the start.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use alms_core::account::Kind;
use alms_core::tokens::{Holder, Ledger, Refusal, Tokens};
use alms_core::wire::{booking_from_json, booking_to_json, receipt_to_json};

fn holder(uid: &str, kind: Kind, opening: i64, partners: &[&str]) -> Holder {
    Holder {
        uid: uid.parse().unwrap(),
        name: uid.parse().unwrap(),
        kind,
        administrators: vec![],
        partners: partners.iter().map(|uid| uid.parse().unwrap()).collect(),
        opening: Tokens::try_new(opening).unwrap(),
        status: None,
    }
}

const TO_C1: &str = r#"{"key":"t1","on":"2023-05-16","type":"transfer","po_number":"1","partner":"p1","customer":"c1","packs":1}"#;
const TO_C2: &str = r#"{"key":"t2","on":"2023-05-16","type":"transfer","po_number":"2","partner":"p1","customer":"c2","packs":2}"#;

#[test]
fn partners_are_found_whoever_comes_first() {
    let holders = [
        // The customer before its partner, the partner before another customer; an account that is its own partner.
        holder("c1", Kind::Customer, -3, &["p1", "c1"]),
        holder("p1", Kind::Reseller, 96, &[]),
        holder("c2", Kind::Customer, 0, &["p1"]),
    ];
    let mut whole = Ledger::open(holders.to_vec()).unwrap();
    let mut grown = Ledger::default();
    let [first, second, third] = holders;
    grown.admit(first).unwrap();
    let transfer = booking_from_json(TO_C1, &grown).unwrap();
    assert!(matches!(grown.book(transfer.clone()), Err(Refusal::UnknownAccount { .. })));
    grown.admit(second).unwrap();
    let receipt = grown.book(transfer.clone()).unwrap();
    assert_eq!(whole.book(transfer).unwrap(), receipt);
    grown.admit(third).unwrap();
    for ledger in [&mut whole, &mut grown] {
        let transfer = booking_from_json(TO_C2, ledger).unwrap();
        assert_eq!(booking_to_json(&transfer), TO_C2);
        ledger.book(transfer).unwrap();
    }
    let standings =
        |ledger: &Ledger| -> Vec<_> { ledger.accounts().map(|account| account.standing).collect() };
    assert_eq!(standings(&whole), standings(&grown));
    // 96 - 12 - 24.
    assert_eq!(grown.account(&"p1".parse().unwrap()).unwrap().standing.balance.get(), 60);
    let key = "t1".parse().unwrap();
    assert_eq!(receipt_to_json(&whole, &key, &receipt), receipt_to_json(&grown, &key, &receipt));
}

#[test]
fn a_uid_is_admitted_once() {
    let mut ledger = Ledger::default();
    ledger.admit(holder("c1", Kind::Customer, 5, &[])).unwrap();
    assert!(ledger.admit(holder("c1", Kind::Customer, 7, &[])).is_err());
    let balances: Vec<i64> = ledger.accounts().map(|account| account.standing.balance.get()).collect();
    assert_eq!(balances, [5]);
}

#[test]
fn a_known_key_is_refused_before_what_is_wrong_otherwise() {
    let mut ledger =
        Ledger::open(vec![holder("p1", Kind::Reseller, 96, &[]), holder("c1", Kind::Customer, 0, &["p1"])])
            .unwrap();
    let none = TO_C1.replace(r#""packs":1"#, r#""packs":0"#);
    assert_eq!(booking_from_json(&none, &ledger).unwrap_err().code(), "not_positive");
    ledger.book(booking_from_json(TO_C1, &ledger).unwrap()).unwrap();
    assert_eq!(booking_from_json(&none, &ledger).unwrap_err().code(), "key_reused");
}
