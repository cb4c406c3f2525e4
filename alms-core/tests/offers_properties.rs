//! Catalogues: what loads can be used and reads back; every offer is listed or excluded, and never for another model.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod support;

use alms_core::wire;
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{call, cases};

/// Designations, and how a host may write them; the last column is the series.
const MODELS: &[(&str, &[&str], Option<&str>)] = &[
    ("XR80", &["XR80", "AirLink XR80", "xr80 5G", "airlink-xr80"], Some("XR")),
    ("XR90", &["XR90", "AirLink XR90"], Some("XR")),
    ("XR8", &["XR8"], Some("XR")),
    ("RV55", &["RV55", "AirLink RV55 LTE-A"], Some("RV")),
    ("RV50X", &["RV50X"], Some("RV")),
    ("MP70", &["mp70", "AirLink MP70"], Some("MP")),
    ("FX30", &["FX30", "fx30"], None),
    ("", &[""], None),
];

const SERIES: &[&str] = &["XR", "LX", "ES", "GX", "RV", "MP"];

/// A model as it is written, with its designation and series.
fn model() -> impl Strategy<Value = (&'static str, &'static str, Option<&'static str>)> {
    let written = |(designation, spellings, series): &'static (&str, &[&str], Option<&str>)| {
        select(*spellings).prop_map(move |spelling| (spelling, *designation, *series))
    };
    select(MODELS).prop_flat_map(move |model| {
        written(MODELS.iter().find(|one| one.0 == model.0).expect("it was selected from them"))
    })
}

/// `any`, or a few series and models.
fn devices() -> impl Strategy<Value = Value> {
    let names: Vec<&str> = MODELS.iter().map(|model| model.0).filter(|name| !name.is_empty()).collect();
    let named = (subsequence(SERIES.to_vec(), 0..3), subsequence(names, 0..3))
        .prop_map(|(series, models)| json!({"series": series, "models": models}));
    prop_oneof![Just(json!("any")), named]
}

fn terms() -> impl Strategy<Value = Value> {
    let months = |all: &[i64], wrong: i64| {
        let all: Vec<i64> = all.iter().copied().chain([wrong]).collect();
        // Rarely one that the billing model does not have.
        prop_oneof![9 => subsequence(all[..all.len() - 1].to_vec(), 1..all.len()), 1 => subsequence(all, 0..3)]
    };
    (option::of(months(&[12, 36, 60], 24)), option::of(months(&[1, 12], 36)))
        .prop_map(|(pre_paid, direct)| json!({"pre_paid": pre_paid, "direct": direct}))
}

fn product() -> impl Strategy<Value = Value> {
    let instances = subsequence(vec!["na", "eu", "ca", "au"], 1..5);
    let default_for = prop_oneof![4 => Just(Value::Null), 1 => devices()];
    (0_u8..30, select(&["support", "support", "support", "connectivity", "sim"]), terms(), devices(), default_for, instances)
        .prop_map(|(number, kind, terms, fits, default_for, instances)| {
            let connectivity = if kind == "support" { Value::Null } else { json!("data") };
            json!({
                "name": format!("Offer {number}"), "kind": kind, "terms": terms, "fits": fits, "default_for": default_for,
                "services": {"device_management": true, "support": "standard", "connectivity": connectivity},
                "instances": instances
            })
        })
}

fn catalogue() -> impl Strategy<Value = Value> {
    vec(product(), 0..8)
        .prop_map(|products| json!({"version": "v1", "effective": "2023-01-01", "products": products}))
}

fn account() -> impl Strategy<Value = Value> {
    let kinds = &["customer", "reseller", "free_tier", "transition"];
    (select(kinds), select(&["na", "eu", "ca", "au"]), select(&["pre_paid", "direct"])).prop_map(
        |(kind, instance, billing)| json!({"format": "avc", "kind": kind, "instance": instance, "billing": billing}),
    )
}

/// Catalogues most of which load: what is wrong with a random one is taken out.
fn good_catalogue() -> impl Strategy<Value = Value> {
    catalogue().prop_map(|mut catalogue| {
        let loaded = call("offers.load", &json!({"catalogue": catalogue})).unwrap();
        let faulty: BTreeSet<usize> = loaded["errors"].as_array().unwrap().iter().map(position).collect();
        let products = catalogue["products"].as_array().unwrap().iter().enumerate();
        catalogue["products"] =
            products.filter(|(index, _)| !faulty.contains(index)).map(|(_, one)| one.clone()).collect();
        catalogue
    })
}

/// The product that an error is about, from `catalogue.products[3].name`.
fn position(error: &Value) -> usize {
    let path = error["path"].as_str().unwrap();
    path.split(['[', ']']).nth(1).and_then(|number| number.parse().ok()).expect("a product is at fault")
}

fn names<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap()).collect()
}

/// Whether devices named so include a model: the rule in the test's own words.
fn includes(devices: &Value, designation: &str, series: Option<&str>) -> bool {
    if devices == "any" {
        return true;
    }
    let has = |field: &str, name: &str| devices[field].as_array().unwrap().iter().any(|one| one == name);
    has("models", designation) || series.is_some_and(|series| has("series", series))
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn every_offer_is_listed_or_excluded_once(
        catalogue in good_catalogue(), account in account(), (written, designation, series) in model()
    ) {
        let input = json!({"account": account, "model": written, "on": "2023-06-01", "catalogues": [catalogue]});
        let listing = call("offers.for_model", &input).unwrap();
        let (listed, excluded) = (names(&listing["offers"], "offer"), names(&listing["excluded"], "offer"));
        let all = names(&catalogue["products"], "name");
        let covered: BTreeSet<&str> = listed.iter().chain(&excluded).copied().collect();
        prop_assert_eq!(listed.len() + excluded.len(), all.len());
        prop_assert_eq!(covered, all.into_iter().collect());
        for product in catalogue["products"].as_array().unwrap() {
            // OFF-2: never for another model; and what fits has another reason not to be listed.
            let name = product["name"].as_str().unwrap();
            let fits = includes(&product["fits"], designation, series);
            prop_assert!(fits || !listed.contains(&name), "{name} is listed for {written}");
            let reasons = listing["excluded"].as_array().unwrap().iter().find(|one| one["offer"] == name);
            let codes: Vec<&str> = reasons.map_or_else(Vec::new, |one| names(&one["reasons"], "code"));
            prop_assert_eq!(codes.contains(&"model_mismatch"), !fits);
            prop_assert_eq!(codes.is_empty(), listed.contains(&name));
            // OFF-4 and PAY-4, in the test's own words.
            let billing = account["billing"].as_str().unwrap();
            prop_assert!(!listed.contains(&name) || product["terms"][billing].is_array());
            prop_assert!(!listed.contains(&name) || product["kind"] == "support" || account["kind"] != "reseller");
        }
        if let Some(default) = listing["default"].as_str() {
            let product = catalogue["products"].as_array().unwrap().iter().find(|one| one["name"] == default).unwrap();
            prop_assert!(listed.contains(&default));
            prop_assert!(includes(&product["default_for"], designation, series));
        }
    }

    #[test]
    fn what_loads_can_be_used_and_what_does_not_cannot(catalogue in catalogue(), account in account()) {
        let loaded = call("offers.load", &json!({"catalogue": catalogue})).unwrap();
        let used = call(
            "offers.for_model",
            &json!({"account": account, "model": "RV55", "on": "2023-06-01", "catalogues": [catalogue]}),
        );
        let first = loaded["errors"].as_array().unwrap().first().map(|error| error["code"].as_str().unwrap().to_owned());
        prop_assert_eq!(&loaded["ok"], &Value::Bool(first.is_none()));
        prop_assert_eq!(used.err(), first);
    }

    #[test]
    fn a_catalogue_that_loads_reads_back(catalogue in good_catalogue()) {
        let read = wire::catalogue_from_json(&catalogue.to_string()).unwrap();
        let written = wire::catalogue_to_json(&read);
        let again = wire::catalogue_from_json(&written);
        prop_assert_eq!(again.as_ref(), Ok(&read));
        let output = call("offers.catalogue", &json!({"on": "2023-06-01", "catalogues": [catalogue]})).unwrap();
        prop_assert_eq!(output, serde_json::from_str::<Value>(&written).unwrap());
    }

    #[test]
    fn registration_takes_what_is_listed_and_nothing_else(
        catalogue in good_catalogue(), account in account(), (written, ..) in model(), chosen in 0_u8..30
    ) {
        let offer = format!("Offer {chosen}");
        let listing = call(
            "offers.for_model",
            &json!({"account": account, "model": written, "on": "2023-06-01", "catalogues": [catalogue]}),
        ).unwrap();
        // The table takes every router on every instance, so that only the offer decides.
        let everywhere = json!(["na", "eu", "ca", "au"]);
        let mut input = json!({
            "account": account, "system": {"serial": "S1", "model": written, "sku_region": "global"},
            "on": "2023-06-01", "offer": offer, "catalogues": [catalogue],
            "compatibility": {"north_america": everywhere, "global": everywhere}
        });
        let registered = call("subscriptions.register", &input).unwrap();
        let listed = listing["offers"].as_array().unwrap().iter();
        let support = listed.filter(|one| one["kind"] == "support").any(|one| one["offer"] == offer.as_str());
        prop_assert_eq!(&registered["ok"], &Value::Bool(support), "{}", registered);
        // Without a choice it is the default.
        input["offer"] = Value::Null;
        let registered = call("subscriptions.register", &input).unwrap();
        prop_assert_eq!(&registered["subscription"]["offer"], &listing["default"]);
        let years = if account["kind"] == "reseller" { "2028-06-01" } else { "2024-06-01" };
        prop_assert!(listing["default"].is_null() || registered["subscription"]["end_date"] == years);
        // What a registration gives is a subscription to every other operation.
        if registered["ok"] == true {
            let subscription = &registered["subscription"];
            let on = json!({"on": "2023-07-01", "subscription": subscription});
            let state = call("subscriptions.state", &on).unwrap();
            prop_assert_eq!(&state["end_date"], &subscription["end_date"], "{}", state);
            let renewal = json!({"subscription": subscription, "years": 1, "on": "2023-07-01"});
            let refused = (subscription["billing"] != "pre_paid").then(|| "billing_mismatch".to_owned());
            prop_assert_eq!(call("subscriptions.renew", &renewal).err(), refused);
        }
    }

    #[test]
    fn a_region_is_eligible_where_the_table_says_so(
        instance in select(&["na", "eu", "ca", "au"]), region in select(&["north_america", "global"]),
        table in (btree_set(select(&["na", "eu", "ca", "au"]), 0..4), btree_set(select(&["na", "eu", "ca", "au"]), 0..4)),
    ) {
        let (america, global) = table;
        let own = if region == "global" { &global } else { &america };
        let output = call("xr.check", &json!({
            "account": {"format": "avc", "kind": "customer", "instance": instance},
            "devices": [{"model": "XR90", "sku_region": region}], "on": "2023-06-01",
            "compatibility": {"north_america": america, "global": global}
        })).unwrap();
        let device = &output["devices"][0];
        prop_assert_eq!(&output["eligible"], &Value::Bool(own.contains(instance)));
        let codes = names(&device["errors"], "code");
        let verified = america.contains(instance) || global.contains(instance);
        prop_assert_eq!(codes.contains(&"instance_unverified"), !verified);
        // A move leads to an instance that takes the router, and is there whenever one would help.
        let helps = !own.contains(instance) && !own.is_empty();
        prop_assert_eq!(device["move"].is_object(), helps);
        prop_assert!(!helps || own.contains(device["move"]["to"].as_str().unwrap()));
    }
}
