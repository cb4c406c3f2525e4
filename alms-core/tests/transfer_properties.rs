//! What must hold for every transfer between a reseller and a partnered account (RES-5, RES-6).

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use support::naive_calendar::Day;
use support::{call, cases};

const OFFERS: [&str; 4] =
    ["AirLink Basic", "AirLink Premium", "AirLink Complete", "AirLink Management Service (ALMS)"];

/// A system of the reseller: model, offer, days since registration (`None`: not known), wish.
type Given = (&'static str, &'static str, Option<u32>, Option<&'static str>);

fn system() -> impl Strategy<Value = Given> {
    let models = vec!["RV55", "LX60", "XR80", "Raven XE"];
    let days = option::weighted(0.9, prop_oneof![4 => 0_u32..400, 1 => 364_u32..368, 1 => 0_u32..1500]);
    let wish = option::weighted(0.2, select(OFFERS.to_vec()));
    (select(models), select(OFFERS.to_vec()), days, wish)
}

/// An allocation: offer, quantity, the number of the system that it was bought for.
fn allocation() -> impl Strategy<Value = Value> {
    (select(OFFERS.to_vec()), 0_u32..4, 1_u32..6, option::weighted(0.3, 0_usize..6)).prop_map(
        |(offer, quantity, years, system)| {
            let serial = system.map(|number| format!("S{number}"));
            json!({"offer": offer, "quantity": quantity, "years": years, "serial": serial})
        },
    )
}

fn account(uid: &str, kind: &str, partners: &[&str]) -> Value {
    json!({"uid": uid, "format": "avc", "kind": kind, "instance": "na", "partners": partners})
}

const ON: &str = "2024-06-15";

fn days_before(days: u32) -> String {
    Day::parse(ON).add_days(-i64::from(days)).text()
}

fn systems(given: &[Given]) -> Vec<Value> {
    let system = |(number, (model, offer, days, wish)): (usize, &Given)| {
        json!({
            "subscription": {
                "serial": format!("S{number}"), "model": model, "offer": offer, "registered": days.map(days_before),
                "end_date": "2030-01-01", "warranty_end": null, "renews_every_months": 60
            },
            "sku_region": "north_america", "offer": wish
        })
    };
    given.iter().enumerate().map(system).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// The level of support of an offer: its type.
fn level(offer: &str) -> &str {
    match offer {
        "AirLink Premium" => "premium",
        "AirLink Complete" | "AirLink Complete (XR80)" => "standard",
        _ => "none",
    }
}

proptest! {
    #![proptest_config(cases(300))]

    /// There and back: no system is lost, none appears, each keeps serial, model, type of offer and first registration.
    #[test]
    fn a_transfer_there_and_back_keeps_the_fleet(given in vec(system(), 0..6), allocations in vec(allocation(), 0..4)) {
        let (reseller, customer) = (account("r1", "reseller", &[]), account("c1", "customer", &["r1"]));
        let there = call("reseller.transfer", &json!({
            "from": reseller, "to": customer, "on": ON, "systems": systems(&given), "allocations": allocations
        })).unwrap();
        let went: Vec<&Value> = list(&there["results"]).iter().filter(|result| result["ok"] == true).collect();
        let returning: Vec<Value> = went.iter().map(|result| json!({
            "subscription": result["subscription"], "first_registered": result["first_registered"],
            "sku_region": "north_america"
        })).collect();
        let back = call("reseller.transfer", &json!({
            "from": customer, "to": reseller, "on": "2024-07-01", "systems": returning
        })).unwrap();
        prop_assert_eq!(list(&back["results"]).len(), went.len());
        for (came, went) in list(&back["results"]).iter().zip(&went) {
            prop_assert_eq!(&came["ok"], &json!(true), "{}", came);
            prop_assert_eq!(&came["first_registered"], &went["first_registered"]);
            let number: usize = came["serial"].as_str().unwrap()[1..].parse().unwrap();
            let (model, offer, days, _) = given[number];
            prop_assert_eq!(&came["serial"], &went["serial"]);
            prop_assert_eq!(&came["subscription"]["model"], model);
            prop_assert_eq!(level(came["subscription"]["offer"].as_str().unwrap()), level(offer));
            prop_assert_eq!(&came["first_registered"], &json!(days.map(days_before)));
            prop_assert_eq!(&came["subscription"]["end_date"], "2029-07-01");
        }
    }

    /// Every system is answered once, and what was bought is used once.
    #[test]
    fn allocations_are_conserved(given in vec(system(), 0..6), allocations in vec(allocation(), 0..4)) {
        let output = call("reseller.transfer", &json!({
            "from": account("r1", "reseller", &[]), "to": account("c1", "customer", &["r1"]), "on": ON,
            "systems": systems(&given), "allocations": allocations
        })).unwrap();
        let results = list(&output["results"]);
        prop_assert_eq!(results.len(), given.len());
        for (position, (state, bought)) in list(&output["allocations"]).iter().zip(&allocations).enumerate() {
            let used: Vec<&Value> = results.iter().filter(|result| result["allocation"] == json!(position)).collect();
            let quantity = bought["quantity"].as_u64().unwrap();
            prop_assert_eq!(state["left"].as_u64().unwrap() + used.len() as u64, quantity);
            for result in used {
                prop_assert_eq!(&result["subscription"]["offer"], &bought["offer"]);
                prop_assert!(bought["serial"].is_null() || bought["serial"] == result["serial"]);
            }
        }
        for (result, (_, offer, days, wish)) in results.iter().zip(&given) {
            let codes: Vec<&str> = list(&result["errors"]).iter().map(|error| error["code"].as_str().unwrap()).collect();
            prop_assert_eq!(result["ok"].as_bool().unwrap(), codes.is_empty());
            let other_type = wish.is_some_and(|wish| level(wish) != level(offer));
            prop_assert!(!other_type || codes.contains(&"offer_type_mismatch"));
            // 15 June 2023 lies 366 days before, as 2024 has a leap day: the first day without the year.
            let in_year = days.is_some_and(|days| days < 366);
            prop_assert!(!in_year || (result["allocation"].is_null() && !codes.contains(&"service_allocation_missing")));
            prop_assert!(in_year || result["ok"] == false || result["allocation"].is_u64());
        }
    }

    /// The refused systems change nothing: the others alone give the same.
    #[test]
    fn the_good_systems_alone_give_the_same(given in vec(system(), 0..8), allocations in vec(allocation(), 0..4), full in 0_u32..16) {
        let mut trial = account("f1", "free_tier", &["r1"]);
        trial["systems"] = json!(full);
        let mut request = json!({
            "from": account("r1", "reseller", &[]), "to": trial, "on": ON, "systems": systems(&given), "allocations": allocations
        });
        let output = call("reseller.transfer", &request).unwrap();
        let good: Vec<Value> = list(&output["results"]).iter().filter(|result| result["ok"] == true).cloned().collect();
        prop_assert!(full as usize + good.len() <= 15);
        let alone = list(&request["systems"]).iter().zip(list(&output["results"]));
        let alone: Vec<Value> = alone.filter(|(_, result)| result["ok"] == true).map(|(system, _)| system.clone()).collect();
        request["systems"] = json!(alone);
        let again = call("reseller.transfer", &request).unwrap();
        prop_assert_eq!(list(&again["results"]), &good);
        prop_assert_eq!(&again["allocations"], &output["allocations"]);
    }
}
