//! Scalars by serde's traits: what a host stores is what the wire form says, and both refuse in the same words.
#![expect(clippy::panic, reason = "a test fails loudly")]

use alms_core::account::{Kind, Model};
use alms_core::billing::Country;
use alms_core::calendar::{Date, Month, Months};
use alms_core::json::{self, Fault};
use alms_core::migration::Fingerprint;
use alms_core::money::{Currency, Decimal};
use alms_core::rule::RuleId;
use alms_core::subscriptions::DayOfMonth;
use alms_core::text::{BookingKey, OfferName, Serial, Text, Uid};
use alms_core::tokens::{Packs, Peak, PositiveTokens, Tokens};
use alms_core::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Read and written again by alms-json and by serde_json: the same text.
fn stored<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) {
    let value: T = json::from_str(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    assert_eq!(json::to_string(&value).as_deref(), Ok(text));
    assert_eq!(serde_json::from_str::<T>(text).ok().as_ref(), Some(&value), "{text}");
    assert_eq!(serde_json::to_string(&value).ok().as_deref(), Some(text));
}

/// Refused by both; gives the fault.
fn refused<T: DeserializeOwned + Debug>(text: &str) -> Fault {
    let fault = json::from_str::<T>(text).err().unwrap_or_else(|| panic!("{text} is read"));
    let error = serde_json::from_str::<T>(text).err().map(|error| error.to_string());
    assert!(error.is_some(), "{text}");
    fault
}

#[test]
fn what_is_written_is_read() {
    stored::<Date>(r#""2024-02-29""#);
    stored::<Month>(r#""2024-02""#);
    stored::<Decimal>(r#""-20.00""#);
    stored::<Currency>(r#""JPY""#);
    stored::<Country>(r#""DE""#);
    stored::<Fingerprint>(&format!(r#""sha256:{}""#, "0a".repeat(32)));
    stored::<Serial>(r#""LA\"1""#);
    stored::<Text>(r#""""#);
    stored::<Model>(r#""""#);
    stored::<Months>("-12");
    stored::<Tokens>("-1000000000000000");
    stored::<PositiveTokens>("1");
    stored::<Packs>("5");
    stored::<Peak>("0");
    stored::<DayOfMonth>("28");
    for kind in Kind::ALL {
        stored::<Kind>(&format!(r#""{kind}""#));
    }
    for rule in RuleId::ALL {
        stored::<RuleId>(&format!(r#""{rule}""#));
    }
}

#[test]
fn a_refusal_says_what_is_wrong_and_what_to_do() {
    let said = |fault: Fault| {
        (fault.code().to_owned(), fault.rule().map(str::to_owned), fault.message().into_owned())
    };
    let (code, rule, message) = said(refused::<Serial>(r#""LA 1""#));
    assert_eq!((code.as_str(), rule.as_deref()), ("invalid_input", Some("SER-3")));
    assert_eq!(message, "`LA 1` holds a blank, which a serial number cannot have; remove it");
    assert_eq!(said(refused::<Uid>(r#""""#)).2, "`` is empty; give a text");
    assert_eq!(said(refused::<OfferName>("7")).2, "`7` is not a text; write a text here");
    let long = format!("\"{}\"", "a".repeat(257));
    assert_eq!(said(refused::<BookingKey>(&long)).0, "out_of_range");
    assert_eq!(said(refused::<PositiveTokens>("0")).0, "not_positive");
    assert_eq!(said(refused::<PositiveTokens>("0")).1.as_deref(), Some("ORD-5"));
    assert_eq!(
        said(refused::<Peak>("-1")).2,
        "`-1` is out of range; give a number from 0 to 1000000000000000"
    );
    assert_eq!(said(refused::<Packs>("99999999999999999999")).0, "out_of_range");
    assert!(said(refused::<Packs>("99999999999999999999")).2.starts_with("`99999999999999999999` is"));
    assert_eq!(
        said(refused::<Months>("1.5")).2,
        "`1.5` is not a whole number; write it in digits, without quotes, decimals or exponent"
    );
    assert_eq!(said(refused::<DayOfMonth>("29")).2, "`29` is out of range; give a number from 1 to 28");
    let fault = refused::<Kind>(r#""Kunde""#);
    assert!(fault.message().starts_with("`Kunde` is not known; use one of `customer`"));
    assert!(fault.context().contains_key("expected"));
}

/// What an operation refuses, it refuses in the words of the scalar.
#[test]
fn a_door_is_not_a_wording() {
    for text in
        [r#""2023-02-30""#, r#""2023-3-1""#, r#""1899-12-31""#, r#""""#, r#""a\u001bb""#, "3", "null", "[]"]
    {
        let input = format!(r#"{{"date": {text}, "months": 1}}"#);
        same(&wire::call("calendar.add_months", &input).unwrap_err(), &refused::<Date>(text), "date");
    }
    for text in ["1.0", "1e3", r#""1""#, "1000000000000001", "-99999999999999999999999", "true", "{}"] {
        let input = format!(r#"{{"date": "2023-01-31", "months": {text}}}"#);
        same(&wire::call("calendar.add_months", &input).unwrap_err(), &refused::<Months>(text), "months");
    }
    for text in [r#""""#, r#""XXX""#, r#""usd""#, "7"] {
        let input = format!(r#"{{"packs": 1, "list_price": {{"amount": "20.00", "currency": {text}}}}}"#);
        same(
            &wire::call("orders.price", &input).unwrap_err(),
            &refused::<Currency>(text),
            "list_price.currency",
        );
    }
    for text in [r#""UK""#, r#""de""#, r#""""#, "7", "[\"DE\"]"] {
        let input = format!(r#"{{"country": {text}, "on": "2026-01-01"}}"#);
        same(&wire::call("billing.options", &input).unwrap_err(), &refused::<Country>(text), "country");
    }
}

fn same(error: &wire::Error, fault: &Fault, path: &str) {
    let placed = fault.clone().at(path);
    assert_eq!(error.path(), placed.path());
    assert_eq!((error.code(), error.message()), (placed.code(), &*placed.message()));
    assert_eq!(error.rule().map(RuleId::as_str), placed.rule());
}
