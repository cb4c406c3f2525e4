//! A typed error says the code that the wire form gives for the same mistake.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::account::{Account, AccountData, Format, Instance, Kind, System, SystemState, Systems};
use alms_core::calendar::{Date, Month, Months};
use alms_core::migration::{Policy, explain, plan};
use alms_core::money::{Currency, Decimal};
use alms_core::text::{Serial, Text};
use alms_core::tokens::{PositiveTokens, Tokens};
use alms_core::{ErrorCode, wire};
use serde_json::{Value, json};
use std::path::Path;

/// The code that an operation gives.
fn wire_code(operation: &str, input: &Value) -> String {
    wire::call(operation, &input.to_string()).unwrap_err().code().to_owned()
}

/// The code of a value that is read as JSON, which is how every document reads it.
fn read_code<T: serde::de::DeserializeOwned>(value: &Value) -> String {
    alms_core::json::from_str::<T>(&value.to_string()).err().unwrap().code().to_owned()
}

/// A legacy account of these kinds and models.
fn account(format: Format, kind: Kind, model: &str) -> Account {
    let system = System::new("LA1".parse().unwrap(), model.parse().unwrap(), SystemState::Active);
    let systems = Systems::try_new(vec![system]).unwrap();
    let names = ("c1".parse().unwrap(), "Acme".parse().unwrap());
    Account::try_new(AccountData {
        systems,
        ..AccountData::new(names.0, names.1, Instance::Na, format, kind)
    })
    .unwrap()
}

fn on() -> Date {
    "2023-05-15".parse().unwrap()
}

#[test]
fn a_refused_plan_has_one_code_through_both_doors() {
    for (account, code) in [
        (account(Format::Avc, Kind::Customer, "RV55"), ErrorCode::AlreadyMigrated),
        (account(Format::Legacy, Kind::Reseller, "RV55"), ErrorCode::ResellerAccount),
        (account(Format::Legacy, Kind::Customer, "XR80"), ErrorCode::XrInLegacyAccount),
    ] {
        let typed = plan(&account, on(), &Policy::default()).unwrap_err();
        let account: Value = serde_json::from_str(&wire::account_to_json(&account)).unwrap();
        let wire = wire_code("migration.plan", &json!({"account": account, "on": "2023-05-15"}));
        assert_eq!((typed.code(), wire.as_str()), (code, code.as_str()));
    }
}

#[test]
fn an_unknown_serial_has_one_code_through_both_doors() {
    let account = account(Format::Legacy, Kind::Customer, "RV55");
    let planned = plan(&account, on(), &Policy::default()).unwrap();
    let typed = explain(&account, &planned, "LA2").unwrap_err();
    let account: Value = serde_json::from_str(&wire::account_to_json(&account)).unwrap();
    let wire =
        wire_code("migration.explain", &json!({"account": account, "on": "2023-05-15", "serial": "LA2"}));
    assert_eq!((typed.code(), wire.as_str()), (ErrorCode::UnknownSerial, "unknown_serial"));
}

#[test]
fn a_refused_value_has_one_code_through_both_doors() {
    macro_rules! texts {
        ($($type:ty: $($text:expr),+;)+) => {$($(
            let typed = $text.parse::<$type>().unwrap_err().code();
            assert_eq!(typed.as_str(), read_code::<$type>(&json!($text)), "{}", $text);
        )+)+};
    }
    let long = "x".repeat(257);
    texts! {
        Date: "2023-5-1", "2023-02-30", "1899-12-31";
        Month: "2023", "2023-13", "1899-12";
        Decimal: "1e3", "99999999999999999999999999999999";
        Currency: "usd";
        Serial: "", "LA 1", long.as_str();
        Text: long.as_str();
        Kind: "owner";
        alms_core::billing::Country: "UK";
        alms_core::migration::Fingerprint: "sha256:0";
    }
    let beyond = 1_000_000_000_000_001_i64;
    assert_eq!(Tokens::try_new(beyond).unwrap_err().code().as_str(), read_code::<Tokens>(&json!(beyond)));
    assert_eq!(Months::try_new(beyond).unwrap_err().code().as_str(), read_code::<Months>(&json!(beyond)));
    for count in [0, beyond] {
        let typed = PositiveTokens::try_new(count).unwrap_err().code();
        assert_eq!(typed.as_str(), read_code::<PositiveTokens>(&json!(count)), "{count}");
    }
    let day = alms_core::subscriptions::DayOfMonth::try_new(29).unwrap_err();
    assert_eq!(day.code().as_str(), read_code::<alms_core::subscriptions::DayOfMonth>(&json!(29)));
}

/// The sources of the core, with the names of its files.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// `struct Name` or `enum Name` behind a derive.
fn name_of(item: &str) -> Option<&str> {
    let item = item.split_once("\npub ")?.1;
    let name = item.strip_prefix("enum ").or_else(|| item.strip_prefix("struct "))?;
    name.split(|c: char| !c.is_alphanumeric()).next()
}

/// An error that somebody adds says its code, and the list of its variants stays open.
#[test]
fn every_public_error_says_its_code_and_stays_open() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut seen = 0;
    for file in &files {
        for (position, _) in file.match_indices("thiserror::Error)]") {
            let (before, item) = file.split_at(position);
            let Some(name) = name_of(item) else { continue };
            seen += 1;
            // What is wrong with one row of a file has its code as a field.
            let block = format!("\nimpl {name} {{\n");
            let methods = file.split(block.as_str()).skip(1);
            let says =
                |methods: &str| methods.split("\n}").next().unwrap().contains("pub const fn code(&self)");
            assert!(name == "RowError" || methods.clone().any(says), "{name} has no code()");
            let is_open = before.trim_end_matches(|c| c != '\n').ends_with("#[non_exhaustive]\n");
            assert!(
                is_open || !item.split("\npub ").nth(1).unwrap().starts_with("enum"),
                "{name} is not open"
            );
        }
    }
    assert!(seen > 60, "{seen}");
}
