//! Accounts: the library against a second reading of the rulebook, in random cases; and the check of XR Series routers
//! against their registration.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails loudly"
)]

mod support;

#[path = "support/naive_accounts.rs"]
mod naive_accounts;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use support::{call, differential_cases};

const INSTANCES: [&str; 4] = ["na", "eu", "ca", "au"];
const KINDS: [&str; 4] = ["customer", "reseller", "free_tier", "transition"];
const EMAILS: [&str; 5] =
    ["ann@a.example", "Ann@A.example", "bob@b.example", "rep@p.example", "REP@p.example"];
const UIDS: [&str; 5] = ["c1", "c2", "p1", "p2", "n1"];

fn email() -> impl Strategy<Value = Value> {
    select(EMAILS.to_vec()).prop_map(|one| json!(one))
}

fn partnership() -> impl Strategy<Value = Value> {
    (select(UIDS.to_vec()), option::of(select(vec!["operator", "read_only"])))
        .prop_map(|(partner, profile)| json!({"partner": partner, "profile": profile}))
}

/// Partnerships with every partner once, of which at most one is of record.
fn partnerships() -> impl Strategy<Value = Value> {
    (vec(partnership(), 0..4), option::of(0_usize..3)).prop_map(|(list, of_record)| {
        let mut once: Vec<Value> = Vec::new();
        for one in list {
            if once.iter().all(|known| known["partner"] != one["partner"]) {
                once.push(one);
            }
        }
        if let Some(one) = of_record.and_then(|place| once.get_mut(place)) {
            one["of_record"] = json!(true);
        }
        json!(once)
    })
}

fn listed(uid: &'static str) -> impl Strategy<Value = Value> {
    let kind = if uid.starts_with('p') {
        vec!["reseller", "reseller", "reseller", "customer"]
    } else {
        KINDS.to_vec()
    };
    let people = || subsequence(EMAILS.to_vec(), 0..3);
    (select(kind), select(INSTANCES.to_vec()), people(), people(), partnerships(), option::of(any::<bool>())).prop_map(
        move |(kind, instance, administrators, users, partnerships, agreement)| {
            json!({"uid": uid, "name": format!("Name {uid}"), "instance": instance, "format": "avc", "kind": kind,
                "administrators": administrators, "users": users, "partnerships": partnerships, "agreement": agreement})
        },
    )
}

fn directory() -> impl Strategy<Value = Value> {
    (listed("c1"), listed("c2"), listed("p1"), listed("p2")).prop_map(|(a, b, c, d)| json!([a, b, c, d]))
}

fn channel() -> impl Strategy<Value = Value> {
    let with = select(vec!["partner_link", "connectivity_link", "reseller"]);
    let partner = select(vec!["p1", "p1", "p2", "c1", "p9"]);
    prop_oneof![
        4 => (with, partner).prop_map(|(kind, partner)| json!({"type": kind, "partner": partner})),
        1 => select(vec!["sign_up", "vendor"]).prop_map(|kind| json!({"type": kind})),
    ]
}

fn creation() -> impl Strategy<Value = Value> {
    let account = (
        select(vec!["n1", "n1", "n1", "c1"]),
        select(vec!["New", "New", "New", "Name c2", "name c2"]),
        prop_oneof![3 => Just(json!("new@n.example")), 1 => email()],
        option::of(select(INSTANCES.to_vec())),
        option::of(select(vec!["avc", "avc", "legacy"])),
        option::of(select(KINDS.to_vec())),
    );
    let on = select(vec!["2021-12-31", "2022-01-01", "2024-05-01"]);
    (account, channel(), on, directory()).prop_map(
        |((uid, name, administrator, instance, format, kind), channel, on, directory)| {
            json!({"account": {"uid": uid, "name": name, "administrator": administrator, "instance": instance,
            "format": format, "kind": kind}, "channel": channel, "on": on, "directory": directory})
        },
    )
}

fn commission() -> impl Strategy<Value = Value> {
    let partners = option::of(subsequence(vec!["p1", "p2", "p3"], 0..3));
    let of_record = option::of(select(vec!["p1", "p2"]));
    (any::<bool>(), partners, of_record, option::of(channel()), option::of(partnerships())).prop_map(
        |(agreement, partners, of_record, channel, partnerships)| {
            // Either form names the partner of record; two that differ are refused, which is no question here.
            let of_record = if partnerships.is_some() { None } else { of_record };
            json!({"partner": "p1", "agreement": agreement, "account": {"partners": partners,
                "partner_of_record": of_record, "channel": channel, "partnerships": partnerships}})
        },
    )
}

fn conversion() -> impl Strategy<Value = Value> {
    let ticket = prop_oneof![
        1 => Just(Value::Null),
        3 => Just(json!({"number": "T", "accounts": ["x", "a1"]})),
        1 => Just(json!({"number": "T", "accounts": ["x"]})),
    ];
    let systems = select(vec![0_usize, 0, 0, 1, 20, 21]);
    let kinds = (
        select(vec!["customer", "customer", "free_tier", "reseller", "transition"]),
        option::of(select(KINDS.to_vec())),
    );
    (kinds, systems, ticket, option::of(any::<bool>())).prop_map(|((kind, to), systems, ticket, authorized)| {
        let system = |number: usize| json!({"serial": format!("S{number}"), "model": "RV55", "state": "active"});
        let systems: Vec<Value> = (0..systems).map(system).collect();
        json!({"account": {"uid": "a1", "name": "A", "instance": "na", "format": "avc", "kind": kind, "tokens": 0,
            "users": ["u@a.example"], "systems": systems}, "to": to, "ticket": ticket, "authorized": authorized})
    })
}

fn a_step() -> impl Strategy<Value = Value> {
    let kinds =
        vec!["request", "request", "grant", "grant", "refuse", "link", "assign_profile", "end", "end"];
    let named = select(vec![vec!["c1", "p1"], vec!["c1", "p1", "x"], vec!["p1"], vec!["c1"]]);
    (select(kinds), 1_u32..6, email(), option::of(select(vec!["operator"])), named).prop_map(
        |(kind, day, by, profile, named)| {
            let mut step = json!({"type": kind, "on": format!("2024-05-0{day}"), "by": by});
            match kind {
                "grant" => step["profile"] = json!(profile),
                "assign_profile" => step["profile"] = json!("operator"),
                "link" => step["ticket"] = json!({"number": "T-1", "accounts": named}),
                _ => {}
            }
            step
        },
    )
}

fn partnering() -> impl Strategy<Value = Value> {
    (directory(), vec(a_step(), 0..4), a_step()).prop_map(|(directory, mut steps, step)| {
        // Mostly in their order.
        if steps.len() != 2 {
            steps.sort_by(|a, b| a["on"].as_str().cmp(&b["on"].as_str()));
        }
        json!({"customer": "c1", "partner": "p1", "directory": directory, "steps": steps, "step": step})
    })
}

const OFFERS: [&str; 7] = [
    "AirLink Basic",
    "AirLink Complete",
    "AirLink Complete (XR80)",
    "AirLink Premium",
    "AirLink Connectivity 1 GB (EU)",
    "ECC SIM Cards – AT&T",
    "Unheard Of",
];

fn registration() -> impl Strategy<Value = Value> {
    let account = (
        select(vec!["avc", "avc", "legacy"]),
        select(KINDS.to_vec()),
        select(INSTANCES.to_vec()),
        select(vec!["pre_paid", "direct"]),
        option::of(select(vec![0, 14, 15, 19, 20])),
    );
    let system = (
        select(vec!["XR80", "AirLink XR90"]),
        option::of(select(vec!["north_america", "global"])),
        option::of(select(OFFERS.to_vec())),
        select(vec!["2024-01-10", "9999-06-01"]),
    );
    (account, system).prop_map(|((format, kind, instance, billing, systems), (model, region, offer, on))| {
        json!({"account": {"format": format, "kind": kind, "instance": instance, "billing": billing, "systems": systems},
            "model": model, "sku_region": region, "offer": offer, "on": on})
    })
}

fn codes(errors: &Value) -> Vec<String> {
    let errors = errors.as_array().expect("a list of errors");
    errors.iter().map(|error| error["code"].as_str().expect("a code").to_owned()).collect()
}

proptest! {
    #![proptest_config(differential_cases(1_500))]

    #[test]
    fn an_account_comes_into_being_as_the_rulebook_says(input in creation()) {
        let output = call("accounts.create", &input).expect("an answer");
        match naive_accounts::create(&input) {
            Err(faults) => {
                prop_assert_eq!(codes(&output["errors"]), faults);
                prop_assert!(output["ok"] == false && output["created"].is_null());
            }
            Ok(wanted) => {
                let created = &output["created"];
                prop_assert_eq!(&output["errors"], &json!([]));
                for field in ["format", "instance", "kind"] {
                    prop_assert_eq!(&created["account"][field], &wanted[field]);
                }
                prop_assert_eq!(&created["partnerships"], &wanted["partnerships"]);
                prop_assert_eq!(&created["partner_of_record"], &wanted["partner_of_record"]);
                prop_assert_eq!(json!(!created["activate_by"].is_null()), wanted["activated_later"].clone());
                // What comes out goes in again: the partner of record earns what the agreement and the link say.
                if let Some(partner) = created["partner_of_record"].as_str() {
                    let asked = json!({"partner": partner, "agreement": true,
                        "account": {"partnerships": created["partnerships"], "channel": input["channel"]}});
                    let has = call("accounts.commission", &asked).expect("an answer");
                    prop_assert_eq!(has["commission"] == true, input["channel"]["type"] == "connectivity_link");
                }
            }
        }
    }

    #[test]
    fn a_partner_has_what_the_rulebook_says(input in commission()) {
        let mut output = call("accounts.commission", &input).expect("an answer");
        output.as_object_mut().expect("an object").remove("rules");
        prop_assert_eq!(output, naive_accounts::commission(&input));
    }

    #[test]
    fn an_account_is_converted_as_the_rulebook_says(input in conversion()) {
        let output = call("accounts.convert", &input);
        match naive_accounts::convert(&input) {
            Err(code) => prop_assert_eq!(output, Err(code)),
            Ok(kind) => {
                let converted = output.expect("an account");
                prop_assert_eq!(&converted["account"]["kind"], &json!(kind));
                for field in ["uid", "users", "format", "instance"] {
                    prop_assert_eq!(&converted["account"][field], &input["account"][field]);
                }
                let count = |account: &Value| account["systems"].as_array().map(Vec::len);
                prop_assert_eq!(count(&converted["account"]), count(&input["account"]));
            }
        }
    }

    #[test]
    fn a_partnership_goes_as_the_rulebook_says(input in partnering()) {
        let output = call("accounts.partnership", &input);
        match naive_accounts::step(&input) {
            Err(code) => prop_assert_eq!(output, Err(code)),
            Ok((state, partnerships)) => {
                let case = output.expect("a case");
                prop_assert_eq!(&case["state"], &json!(state));
                prop_assert_eq!(&case["partnerships"], &json!(partnerships));
            }
        }
    }

    /// XRS-3: what registration refuses, the check lists, in the same order; and nothing else.
    #[test]
    fn the_check_of_a_router_lists_what_its_registration_refuses(asked in registration()) {
        let Value::Object(mut device) = asked.clone() else { panic!("{asked}") };
        let (account, on) = (device.remove("account").expect("an account"), device.remove("on").expect("a day"));
        let checked = call("xr.check", &json!({"account": account, "devices": [device], "on": on})).expect("a check");
        let offer = device.remove("offer");
        device.insert("serial".to_owned(), json!("X1"));
        let registered = call("subscriptions.register", &json!({"account": account, "system": device, "offer": offer, "on": on}));
        let registered = registered.expect("an answer");
        prop_assert_eq!(codes(&checked["devices"][0]["errors"]), codes(&registered["errors"]));
        prop_assert_eq!(&checked["eligible"], &registered["ok"]);
    }
}
