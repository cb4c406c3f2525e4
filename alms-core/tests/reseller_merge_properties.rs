//! A merge of a reseller's accounts loses nobody and nothing: every user, system and partnership of every account is
//! in the plan once, and applying the plan gives what it says (MIG-18, RES-1).
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{call, cases};

const PEOPLE: [&str; 5] =
    ["ann@one.example", "ben@one.example", "cat@one.example", "Ann@ONE.example", "dan@one.example"];
const PARTNERS: [&str; 5] = ["p0", "p1", "d1", "d2", "d3"];

/// Serials overlap between accounts, but not within one.
fn systems() -> impl Strategy<Value = Vec<Value>> {
    let system = |number: u32, state: &str| json!({"serial": format!("S{number}"), "model": "RV55", "state": state, "last_communication": "2024-10-01"});
    let numbers = subsequence((0_u32..40).collect::<Vec<_>>(), 0..16).prop_shuffle();
    let states = vec(select(vec!["active", "active", "suspended", "inventory", "maintenance"]), 16);
    (numbers, states).prop_map(move |(numbers, states)| {
        numbers.into_iter().zip(states).map(|(number, state)| system(number, state)).collect()
    })
}

fn account() -> impl Strategy<Value = Value> {
    let people = || subsequence(PEOPLE.to_vec(), 0..4);
    let partners = subsequence(PARTNERS.to_vec(), 0..4);
    let format = select(vec!["legacy", "avc"]);
    (people(), people(), partners, format, systems()).prop_map(
        |(administrators, users, partners, format, systems)| {
            json!({"name": "Partner", "instance": "na", "format": format, "kind": "customer", "tokens": 0,
            "administrators": administrators, "users": users, "partners": partners, "systems": systems})
        },
    )
}

fn request() -> impl Strategy<Value = Value> {
    let instance = select(vec![Value::Null, json!("na"), json!("eu")]);
    (vec(account(), 1..5), instance, any::<prop::sample::Index>()).prop_map(
        |(mut accounts, instance, chosen)| {
            for (index, account) in accounts.iter_mut().enumerate() {
                account["uid"] = json!(format!("p{index}"));
            }
            let mut reseller = accounts.remove(0);
            reseller["kind"] = json!("reseller");
            reseller["format"] = json!("legacy");
            let mut request =
                json!({"account": reseller, "merge": accounts, "on": "2024-11-15", "instance": instance});
            let serials: Vec<Value> =
                all(&request).into_iter().flat_map(|one| texts(&one["systems"], "serial")).collect();
            if !serials.is_empty() {
                request["keep"] = json!([chosen.get(&serials)]);
            }
            request
        },
    )
}

/// The reseller's account, then the others.
fn all(request: &Value) -> Vec<Value> {
    std::iter::once(&request["account"])
        .chain(request["merge"].as_array().expect("accounts"))
        .cloned()
        .collect()
}

fn texts(list: &Value, field: &str) -> Vec<Value> {
    list.as_array().expect("a list").iter().map(|one| one[field].clone()).collect()
}

fn folded(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_lowercase()).collect()
}

fn planned(request: &Value) -> Value {
    call("migration.plan_reseller", request).unwrap_or_else(|code| panic!("`{code}` for {request}"))
}

fn strings(list: &Value) -> BTreeSet<String> {
    list.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn nobody_is_lost_and_nobody_loses_rights(request in request()) {
        let plan = planned(&request);
        let (administrators, users) = (folded(&plan["administrators"]), folded(&plan["users"]));
        let everybody: Vec<&String> = administrators.iter().chain(&users).collect();
        prop_assert_eq!(everybody.len(), everybody.iter().collect::<BTreeSet<_>>().len(), "somebody is there twice");
        let of = |field: &str| all(&request).iter().flat_map(|one| folded(&one[field])).collect::<BTreeSet<_>>();
        prop_assert_eq!(administrators.iter().cloned().collect::<BTreeSet<_>>(), of("administrators"));
        let mere_users: BTreeSet<String> = of("users").difference(&of("administrators")).cloned().collect();
        prop_assert_eq!(users.into_iter().collect::<BTreeSet<_>>(), mere_users);
    }

    #[test]
    fn no_system_is_lost(request in request()) {
        let plan = planned(&request);
        let places = plan["systems"].as_array().expect("systems").len();
        let left = plan["over_limit"].as_array().expect("systems").len();
        prop_assert!(places <= 20 && (left == 0 || places == 20), "{places} places, {left} without");
        // Each serial belongs to the first account that has it.
        let mut owners: BTreeMap<String, Value> = BTreeMap::new();
        let mut repeated = 0;
        for account in all(&request) {
            for serial in texts(&account["systems"], "serial") {
                let serial = serial.as_str().expect("a serial").to_owned();
                repeated += usize::from(owners.contains_key(&serial));
                owners.entry(serial).or_insert(account["uid"].clone());
            }
        }
        let listed = plan["systems"].as_array().into_iter().chain(plan["over_limit"].as_array()).flatten();
        let listed: Vec<(String, Value)> =
            listed.map(|one| (one["serial"].as_str().expect("a serial").to_owned(), one["account"].clone())).collect();
        prop_assert_eq!(listed.len(), owners.len());
        prop_assert_eq!(listed.into_iter().collect::<BTreeMap<_, _>>(), owners);
        let warnings = plan["warnings"].as_array().expect("warnings");
        let reported = warnings.iter().filter(|warning| warning["code"] == "duplicate_system").count();
        prop_assert_eq!(reported, repeated);
        // The chosen one has a place.
        if let Some(chosen) = request.get("keep") {
            prop_assert!(texts(&plan["systems"], "serial").contains(&chosen[0]));
        }
    }

    #[test]
    fn no_partnership_is_lost(request in request()) {
        let plan = planned(&request);
        let own: BTreeSet<String> = all(&request).iter().map(|one| one["uid"].as_str().expect("a UID").to_owned()).collect();
        let every: BTreeSet<String> = all(&request).iter().flat_map(|one| strings(&one["partners"])).collect();
        prop_assert_eq!(strings(&plan["partners"]), every.difference(&own).cloned().collect::<BTreeSet<_>>());
        prop_assert_eq!(plan["partners"].as_array().expect("partners").len(), strings(&plan["partners"]).len());
        let warnings = plan["warnings"].as_array().expect("warnings");
        let within = warnings.iter().filter(|warning| warning["code"] == "partnership_within");
        let within: BTreeSet<String> = within.flat_map(|warning| strings(&warning["subjects"])).collect();
        prop_assert_eq!(within, every.intersection(&own).cloned().collect::<BTreeSet<_>>());
    }

    #[test]
    fn what_is_applied_is_what_was_planned(request in request()) {
        let plan = planned(&request);
        let consent = json!({"by": "J. Doe", "on": "2024-11-10", "fingerprint": plan["fingerprint"]});
        let asked = json!({"account": request["account"], "merge": request["merge"], "plan": plan, "consent": consent});
        let applied = call("migration.apply_reseller", &asked).unwrap_or_else(|code| panic!("`{code}` for {asked}"));
        let account = &applied["account"];
        for field in ["administrators", "users", "partners", "instance"] {
            prop_assert_eq!(&account[field], &plan[field], "{}", field);
        }
        prop_assert_eq!(texts(&account["systems"], "serial"), texts(&plan["systems"], "serial"));
        prop_assert_eq!(texts(&applied["subscriptions"], "serial"), texts(&plan["systems"], "serial"));
        prop_assert!(texts(&applied["subscriptions"], "end_date").iter().all(|end| *end == plan["end_date"]));
        let left: Vec<Value> = texts(&applied["over_limit"], "system").iter().map(|one| one["serial"].clone()).collect();
        prop_assert_eq!(left, texts(&plan["over_limit"], "serial"));
    }
}
