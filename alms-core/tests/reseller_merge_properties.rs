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

/// A request in which avc accounts have routers of several regions, and nothing is kept before others.
fn with_routers() -> impl Strategy<Value = Value> {
    let region = select(vec![Value::Null, json!("north_america"), json!("global"), json!("global")]);
    let instance = select(vec![Value::Null, json!("na"), json!("eu"), json!("eu"), json!("ca"), json!("au")]);
    (request(), vec((any::<u8>(), region), 80), instance).prop_map(|(mut request, routers, instance)| {
        request["instance"] = instance;
        request.as_object_mut().expect("an object").remove("keep");
        let mut routers = routers.into_iter();
        for account in request["merge"].as_array_mut().expect("accounts") {
            let is_avc = account["format"] == "avc";
            for system in account["systems"].as_array_mut().expect("systems").iter_mut().filter(|_| is_avc) {
                let Some((chance, region)) = routers.next() else { continue };
                if chance < 40 {
                    system["model"] = json!("XR80");
                    system["sku_region"] = region;
                }
            }
        }
        request
    })
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
        let staying = texts(&plan["systems"], "serial");
        let mut repeated = 0;
        for account in all(&request) {
            for serial in texts(&account["systems"], "serial") {
                let stays = staying.contains(&serial);
                let serial = serial.as_str().expect("a serial").to_owned();
                repeated += usize::from(stays && owners.contains_key(&serial));
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

    /// MIG-18: no warning but that of the limit itself speaks of a system without a place.
    #[test]
    fn warnings_speak_of_systems_that_have_a_place(request in request()) {
        let plan = planned(&request);
        let left = texts(&plan["over_limit"], "serial");
        for warning in plan["warnings"].as_array().expect("warnings") {
            if warning["code"] != "over_limit" {
                let subjects = warning["subjects"].as_array().expect("subjects");
                prop_assert!(subjects.iter().all(|subject| !left.contains(subject)), "{warning}");
            }
        }
    }

    /// XRS-2, MIG-18: each router that stays matches the instance after the move; an unknown region is a warning.
    #[test]
    fn the_instance_takes_every_router_that_stays(request in with_routers()) {
        let instance = match &request["instance"] {
            Value::Null => request["account"]["instance"].clone(),
            asked => asked.clone(),
        };
        // The first 20 serials, in the order of the accounts, each once.
        let mut staying: Vec<Value> = Vec::new();
        let (mut refused, mut unknown) = (Vec::new(), Vec::new());
        for system in all(&request).iter().flat_map(|one| one["systems"].as_array().expect("systems").clone()) {
            let serial = system["serial"].clone();
            if staying.len() == 20 || staying.contains(&serial) {
                continue;
            }
            staying.push(serial.clone());
            let region = system.get("sku_region").cloned().unwrap_or(Value::Null);
            let takes = match (region.as_str(), instance.as_str()) {
                _ if system["model"] != "XR80" => true,
                (_, Some("ca" | "au")) => false,
                (Some("north_america"), at) => at == Some("na"),
                (Some("global"), at) => at == Some("eu"),
                _ => true,
            };
            if !takes {
                refused.push(serial);
            } else if system["model"] == "XR80" && region.is_null() {
                unknown.push(serial);
            }
        }
        let result = call("migration.plan_reseller", &request);
        if refused.is_empty() {
            let plan = result.expect("a plan");
            let warnings = plan["warnings"].as_array().expect("warnings");
            let said: Vec<Value> = warnings
                .iter()
                .filter(|warning| warning["code"] == "unknown_sku_region")
                .flat_map(|warning| warning["subjects"].as_array().expect("subjects").clone())
                .collect();
            prop_assert_eq!(said, unknown);
        } else {
            let code = result.expect_err("refused");
            let unverified = instance == "ca" || instance == "au";
            prop_assert_eq!(code, if unverified { "instance_unverified" } else { "instance_mismatch" });
        }
    }

    #[test]
    fn what_is_applied_is_what_was_planned(request in request()) {
        let plan = planned(&request);
        let administrator = request["account"]["administrators"].get(0).cloned();
        let by = administrator.unwrap_or(json!("J. Doe"));
        let consent = json!({"by": by, "on": "2024-11-10", "fingerprint": plan["fingerprint"]});
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
