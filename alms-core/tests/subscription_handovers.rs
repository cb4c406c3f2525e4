//! What one operation gives as a subscription goes into every other one as it is.
//!
//! All dates are worked out by hand from the rulebook.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use alms_core::wire;
use serde_json::{Value, json};

fn call(operation: &str, input: &Value) -> Value {
    let answer =
        wire::call(operation, &input.to_string()).unwrap_or_else(|error| panic!("{error} for {input}"));
    serde_json::from_str(&answer).expect("the library writes JSON")
}

fn legacy(uid: &str, kind: &str, tokens: i64, systems: &Value) -> Value {
    json!({"uid": uid, "name": uid, "instance": "na", "format": "legacy", "kind": kind, "tokens": tokens,
        "systems": systems})
}

/// 13 tokens for one system: 13 months from 25 March 2023.
fn applied() -> Value {
    let systems =
        json!([{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"}]);
    let account = legacy("c1", "customer", 13, &systems);
    let plan = call("migration.plan", &json!({"account": account, "on": "2023-03-25"}));
    let consent = json!({"by": "ann@acme.example", "on": "2023-03-25", "fingerprint": plan["fingerprint"]});
    let applied = call("migration.apply", &json!({"account": account, "plan": plan, "consent": consent}));
    applied["subscriptions"].clone()
}

/// MIG-18: five years from 15 November 2024, free.
fn applied_to_reseller() -> Value {
    let systems = json!([{"serial": "LA1", "model": "RV55", "state": "active"}, {"serial": "XR1", "model": "XR60",
        "state": "active", "sku_region": "north_america"}]);
    // An XR Series router cannot be in a legacy account, so it comes from one that is merged.
    let (own, other) = (json!([systems[0]]), json!([systems[1]]));
    let account = legacy("r1", "reseller", 0, &own);
    let mut merged = legacy("p2", "customer", 0, &other);
    merged["format"] = json!("avc");
    let merge = json!([merged]);
    let plan =
        call("migration.plan_reseller", &json!({"account": account, "merge": merge, "on": "2024-11-15"}));
    let consent = json!({"by": "rep@one.example", "on": "2024-11-15", "fingerprint": plan["fingerprint"]});
    let input = json!({"account": account, "merge": merge, "plan": plan, "consent": consent});
    call("migration.apply_reseller", &input)["subscriptions"].clone()
}

fn registered(account: &Value, first_registered: &Value) -> Value {
    let system = json!({"serial": "LA1", "model": "RV55", "first_registered": first_registered});
    let input = json!({"account": account, "system": system, "on": "2024-01-15"});
    json!([call("subscriptions.register", &input)["subscription"]])
}

fn customer(billing: &str) -> Value {
    json!({"format": "avc", "kind": "customer", "instance": "na", "billing": billing})
}

fn bulk_registered() -> Value {
    let account = json!({"uid": "c1", "format": "avc", "kind": "customer", "instance": "na"});
    let csv = "Serial,Model,Account\nLA1,RV55,c1\n";
    let bulk =
        call("reseller.bulk_register", &json!({"csv": csv, "on": "2024-01-15", "accounts": [account]}));
    assert_eq!(bulk["rows"][0]["subscription"], bulk["registered"][0]["subscriptions"][0]);
    bulk["registered"][0]["subscriptions"].clone()
}

fn reseller() -> Value {
    json!({"uid": "r1", "format": "avc", "kind": "reseller", "instance": "na"})
}

fn partnered() -> Value {
    json!({"uid": "c1", "format": "avc", "kind": "customer", "instance": "na", "partners": ["r1"]})
}

fn transferred(from: &Value, to: &Value, subscription: &Value, on: &str) -> Value {
    let systems = json!([{"subscription": subscription, "sku_region": "north_america"}]);
    let transfer = call("reseller.transfer", &json!({"from": from, "to": to, "on": on, "systems": systems}));
    assert_eq!(transfer["results"][0]["errors"], json!([]), "{subscription}");
    json!([transfer["results"][0]["subscription"]])
}

/// What is left of a free service's included year in the customer's account: until 15 January 2025.
fn transferred_to_customer() -> Value {
    let free = registered(&json!({"format": "avc", "kind": "reseller", "instance": "na"}), &Value::Null);
    transferred(&reseller(), &partnered(), &free[0], "2024-05-01")
}

fn renewed() -> Value {
    let prepaid = registered(&customer("pre_paid"), &Value::Null);
    let input = json!({"subscription": prepaid[0], "months": 36, "on": "2024-10-20"});
    json!([call("subscriptions.renew", &input)["subscription"]])
}

fn told() -> Value {
    let direct = registered(&customer("direct"), &Value::Null);
    let mut declared = direct[0].clone();
    declared["events"] = json!([{"on": "2024-02-01", "type": "termination", "effective": "2025-06-01"}]);
    json!([
        call("subscriptions.state", &json!({"subscription": declared, "on": "2025-03-01"}))["subscription"]
    ])
}

/// What gives subscriptions: its name, they, the day as of which they are known, the state and the end on that day.
fn givers() -> Vec<(&'static str, Value, &'static str, &'static str, Value)> {
    let none = Value::Null;
    vec![
        ("migration.apply", applied(), "2023-03-25", "active", json!("2024-04-25")),
        ("migration.apply_reseller", applied_to_reseller(), "2024-11-15", "active", json!("2029-11-15")),
        ("register", registered(&customer("pre_paid"), &none), "2024-01-15", "active", json!("2025-01-15")),
        (
            "register direct",
            registered(&customer("direct"), &none),
            "2024-01-15",
            "active",
            json!("2025-01-15"),
        ),
        // SER-1: the included year is used up, and an order has to come first.
        (
            "register again",
            registered(&customer("pre_paid"), &json!("2022-01-15")),
            "2024-01-15",
            "inventory",
            none,
        ),
        ("bulk_register", bulk_registered(), "2024-01-15", "active", json!("2025-01-15")),
        ("transfer", transferred_to_customer(), "2024-05-01", "active", json!("2025-01-15")),
        // 15 January 2025 + 36 months.
        ("renew", renewed(), "2024-10-20", "active", json!("2028-01-15")),
        // A period of a month that ends on the 15th; the termination waits for the next invoice after 1 June.
        ("state", told(), "2025-03-01", "active", json!("2025-03-15")),
    ]
}

const FIELDS: [&str; 18] = [
    "account",
    "as_of",
    "billing",
    "catalogue",
    "end_date",
    "events",
    "first_registered",
    "included_until",
    "model",
    "offer",
    "registered",
    "renews_every_months",
    "rules",
    "serial",
    "start_date",
    "state",
    "terms_from",
    "warranty_end",
];

#[test]
fn every_operation_gives_the_one_form() {
    for (giver, subscriptions, as_of, state, end) in givers() {
        for subscription in subscriptions.as_array().expect("a list") {
            let fields: Vec<&String> = subscription.as_object().expect("an object").keys().collect();
            assert_eq!(fields, FIELDS, "{giver}");
            assert_eq!(subscription["as_of"], as_of, "{giver}");
            assert_eq!(subscription["state"], state, "{giver}");
            assert_eq!(subscription["end_date"], end, "{giver}");
        }
    }
}

/// The state on the same day is what was given, and gives it again.
#[test]
fn into_state() {
    for (giver, subscriptions, as_of, state, end) in givers() {
        for subscription in subscriptions.as_array().expect("a list") {
            let told = call("subscriptions.state", &json!({"subscription": subscription, "on": as_of}));
            assert_eq!((&told["state"], &told["end_date"]), (&json!(state), &end), "{giver}: {subscription}");
            assert_eq!(told["offer"], subscription["offer"], "{giver}");
            assert_eq!(told["serial"], subscription["serial"], "{giver}");
            let again = json!({"subscription": told["subscription"], "on": as_of});
            let mut again = call("subscriptions.state", &again);
            // Of events of the past there is no outcome.
            again["events"] = told["events"].clone();
            assert_eq!(again, told, "{giver}");
        }
    }
}

/// 12 months after each end; what goes on by itself, and what is in inventory, takes no renewal.
#[test]
fn into_renew() {
    let refused = ["migration.apply_reseller", "register direct", "state"];
    for (giver, subscriptions, as_of, _, end) in givers() {
        for subscription in subscriptions.as_array().expect("a list") {
            let input = json!({"subscription": subscription, "months": 12, "on": as_of});
            let answer = wire::call("subscriptions.renew", &input.to_string());
            match answer {
                Ok(text) => {
                    let renewal: Value = serde_json::from_str(&text).expect("the library writes JSON");
                    let (year, rest) = end.as_str().expect("a day").split_at(4);
                    let next = year.parse::<i64>().expect("a year") + 1;
                    assert_eq!(renewal["end_date"], format!("{next}{rest}"), "{giver}");
                }
                Err(error) if end.is_null() => assert_eq!(error.code(), "no_end_date", "{giver}"),
                Err(error) => {
                    assert!(refused.contains(&giver), "{error} for {giver}");
                    assert_eq!(error.code(), "billing_mismatch", "{giver}");
                }
            }
        }
    }
}

/// Those that end by themselves within a year of their day are due; the others renew, wait or were renewed for longer.
#[test]
fn into_due_quote_align_invoices_ics_and_notifications() {
    let price = json!({"amount": "99.00", "currency": "USD"});
    for (giver, subscriptions, as_of, _, end) in givers() {
        let goes_on = ["migration.apply_reseller", "register direct", "state"].contains(&giver);
        let ends = !goes_on && !end.is_null();
        let due = call(
            "subscriptions.due",
            &json!({"subscriptions": subscriptions, "on": as_of, "within_days": 1_200}),
        );
        assert_eq!(due["due"].as_array().map(Vec::len), Some(usize::from(ends)), "{giver}");
        let ics = call("subscriptions.to_ics", &json!({"subscriptions": subscriptions, "on": as_of}));
        assert_eq!(ics["events"], i64::from(ends), "{giver}");
        let prices = json!([
            {"offer": "AirLink Basic", "months": 12, "price": price},
            {"offer": "AirLink Complete", "months": 12, "price": price},
            {"offer": "AirLink Complete", "months": 1, "price": price},
        ]);
        let quote = call(
            "subscriptions.quote",
            &json!({"subscriptions": subscriptions, "on": as_of, "due_until": "2028-12-31", "renew": {"months": 12},
                "prices": prices}),
        );
        assert_eq!(quote["systems"].as_array().map(Vec::len), Some(usize::from(ends)), "{giver}");
        let units = json!([{"name": "1 month", "length": 1, "price": price}]);
        let align = call(
            "subscriptions.align",
            &json!({"subscriptions": subscriptions, "on": as_of, "date": "2030-01-15", "units": units}),
        );
        assert_eq!(align["systems"].as_array().map(Vec::len), Some(usize::from(ends)), "{giver}");
        // SUB-7: monthly from 15 January 2025 on; in the one that was told on 1 March until the termination on 15 June.
        let invoices = call(
            "subscriptions.invoices",
            &json!({"subscriptions": subscriptions, "from": "2025-03-02", "until": "2025-07-31", "prices": prices}),
        );
        let wanted = match giver {
            "register direct" => 5,
            "state" => 3,
            _ => 0,
        };
        assert_eq!(invoices["invoices"].as_array().map(Vec::len), Some(wanted), "{giver}");
        let account = json!({"uid": "c1", "name": "c1", "administrators": ["ann@acme.example"], "partners": [],
            "subscriptions": subscriptions});
        let notifications =
            call("reseller.notifications", &json!({"on": as_of, "resellers": [], "customers": [account]}));
        assert_eq!(notifications["notices"], json!([]), "{giver}");
    }
}

/// RES-5: from the account that holds them to the other one; the offer of each model is of one type in both.
#[test]
fn into_transfer() {
    let of_customer = ["register", "bulk_register", "transfer", "renew"];
    for (giver, subscriptions, as_of, ..) in givers() {
        let (from, to) = match giver {
            "migration.apply_reseller" => {
                let mut direct = partnered();
                // Without an allocation a customer that pays in advance has no service left (RES-6).
                direct["billing"] = json!("direct");
                (reseller(), direct)
            }
            _ if of_customer.contains(&giver) => (partnered(), reseller()),
            _ => continue,
        };
        for subscription in subscriptions.as_array().expect("a list") {
            let came = transferred(&from, &to, subscription, as_of);
            assert_eq!(came[0]["account"], to["uid"], "{giver}");
            assert_eq!(came[0]["offer"], subscription["offer"], "{giver}");
            assert_eq!(came[0]["first_registered"], subscription["first_registered"], "{giver}");
            let back = json!({"subscription": came[0], "on": as_of});
            assert_eq!(call("subscriptions.state", &back)["state"], "active", "{giver}");
        }
    }
}

/// SUB-11: what a registration gave is what the system has in the next one.
#[test]
fn into_register() {
    for (giver, subscriptions, as_of, ..) in givers() {
        let system = json!({"serial": "LA1", "model": "RV55"});
        let input = json!({"account": customer("pre_paid"), "system": system, "on": as_of, "subscriptions": subscriptions});
        let again = call("subscriptions.register", &input);
        assert_eq!(again["errors"][0]["code"], "already_registered", "{giver}");
    }
}
