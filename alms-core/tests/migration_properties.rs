//! What must hold for every migration, whatever the numbers: no token is lost, nobody is treated by
//! accident of order, no plan is booked that somebody did not agree to as it stands.
//!
//! The differential test would miss a mistake that both implementations make. These properties are the
//! promises themselves (MIG-1, MIG-2, MIG-9, MIG-14, MIG-16, MIG-19), stated without any of the rules
//! that lead to them.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::naive_calendar::Day;
use support::{accounts, call, call_text, cases};

const OTHER_FINGERPRINT: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// The plan of a document that `migration.plan` has no reason to refuse.
fn plan(input: &Value) -> Value {
    call("migration.plan", input).unwrap_or_else(|code| panic!("no plan but `{code}` for {input}"))
}

/// The input of `migration.apply`, with the consent of an administrator, if there is one, that names this very plan.
fn application(account: &Value, plan: &Value) -> Value {
    let by = account["administrators"].get(0).cloned().unwrap_or(json!("owner@customer.example"));
    json!({
        "account": account,
        "plan": plan,
        "consent": {"by": by, "on": plan["on"], "fingerprint": plan["fingerprint"]},
    })
}

fn apply(account: &Value, plan: &Value) -> Result<Value, String> {
    call("migration.apply", &application(account, plan))
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list but {value}"))
}

fn list_mut(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text but {value}"))
}

fn integer(value: &Value) -> i128 {
    i128::from(value.as_i64().unwrap_or_else(|| panic!("no integer but {value}")))
}

fn date(value: &Value) -> Option<Day> {
    value.as_str().map(Day::parse)
}

/// The systems of a plan by serial.
fn by_serial(systems: &Value) -> BTreeMap<&str, &Value> {
    list(systems).iter().map(|system| (text(&system["serial"]), system)).collect()
}

/// The systems of a plan with one outcome.
fn with_outcome<'plan>(plan: &'plan Value, outcome: &str) -> Vec<&'plan Value> {
    list(&plan["systems"]).iter().filter(|system| system["outcome"] == outcome).collect()
}

/// The document with one setting of its policy replaced.
fn with_policy(input: &Value, field: &str, setting: Value) -> Value {
    let mut input = input.clone();
    if !input["policy"].is_object() {
        input["policy"] = json!({});
    }
    input["policy"][field] = setting;
    input
}

/// The value without its null fields: the contract calls absent and null the same.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, field)| !field.is_null());
            Value::Object(kept.map(|(name, field)| (name.clone(), without_nulls(field))).collect())
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// MIG-16: every token of the opening balance is in exactly one place, and the statement is the
    /// sum of what the systems got.
    #[test]
    fn tokens_in_are_tokens_out(input in accounts::plannable()) {
        let plan = plan(&input);
        let tokens = |field: &str| integer(&plan["tokens"][field]);
        prop_assert_eq!(
            tokens("opening") + tokens("written_off"),
            tokens("complete") + tokens("basic") + tokens("pro_rata") + tokens("unallocated")
                - tokens("overgranted")
        );
        prop_assert_eq!(&plan["tokens"]["opening"], &input["account"]["tokens"]);
        prop_assert_eq!(tokens("written_off"), (-tokens("opening")).max(0));
        for (field, amount) in plan["tokens"].as_object().expect("a statement") {
            prop_assert!(field == "opening" || integer(amount) >= 0, "{} is negative", field);
        }
        prop_assert!(tokens("unallocated") == 0 || tokens("overgranted") == 0, "left over and overspent");
        prop_assert!(tokens("complete") <= tokens("opening").max(0), "`complete` exceeds the pool");
        if tokens("shortfall") > 0 {
            prop_assert_eq!(tokens("complete"), tokens("opening").max(0), "a shortfall empties the pool");
        }

        let sum = |outcome: &str| -> i128 {
            with_outcome(&plan, outcome).iter().map(|system| integer(&system["tokens"])).sum()
        };
        prop_assert_eq!(sum("airlink_basic"), tokens("basic"));
        prop_assert_eq!(sum("airlink_complete"), tokens("complete") + tokens("shortfall"));
        prop_assert_eq!(sum("deleted") + sum("inventory"), 0);
    }

    /// Every system of the input is in the plan, once, at its place, and the summary counts them.
    #[test]
    fn every_system_is_in_the_plan_once(input in accounts::plannable()) {
        let plan = plan(&input);
        let serials = |systems: &Value| -> Vec<Value> {
            list(systems).iter().map(|system| system["serial"].clone()).collect()
        };
        prop_assert_eq!(serials(&plan["systems"]), serials(&input["account"]["systems"]));
        for outcome in ["deleted", "inventory", "airlink_complete", "airlink_basic"] {
            let counted = json!(with_outcome(&plan, outcome).len());
            prop_assert_eq!(&plan["summary"][outcome], &counted, "{}", outcome);
        }
        let counted: i128 = plan["summary"].as_object().expect("counts").values().map(integer).sum();
        prop_assert_eq!(counted, list(&plan["systems"]).len() as i128);
        match plan["basic"].as_object() {
            None => prop_assert_eq!(&plan["summary"]["airlink_basic"], &json!(0)),
            Some(basic) => {
                prop_assert_eq!(&basic["systems"], &plan["summary"]["airlink_basic"]);
                prop_assert_eq!(&basic["months"]["denominator"], &basic["systems"]);
                for system in with_outcome(&plan, "airlink_basic") {
                    prop_assert_eq!(&system["end_date"], &basic["end_date"], "the same for all (MIG-9)");
                    prop_assert_eq!(&system["tokens"], &basic["granted_months"]);
                }
            }
        }
    }

    /// The order in which systems are listed is nobody's decision, so nothing may hang on it.
    #[test]
    fn the_order_of_the_systems_does_not_matter(
        input in accounts::plannable(),
        keys in proptest::collection::vec(any::<u32>(), 40),
    ) {
        let mut other = input.clone();
        let systems = list_mut(&mut other["account"]["systems"]);
        let mut keyed: Vec<(u32, Value)> = keys.into_iter().zip(systems.drain(..)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        systems.extend(keyed.into_iter().map(|(_, system)| system));

        let (plan, other) = (plan(&input), plan(&other));
        prop_assert_eq!(by_serial(&plan["systems"]), by_serial(&other["systems"]));
        for field in ["tokens", "basic", "summary", "fingerprint"] {
            prop_assert_eq!(&plan[field], &other[field], "{}", field);
        }
        let warnings = |plan: &Value| -> Vec<Value> {
            let sorted = |warning: &Value| {
                let mut serials: Vec<&str> = list(&warning["systems"]).iter().map(text).collect();
                serials.sort_unstable();
                json!([warning["code"], serials])
            };
            list(&plan["warnings"]).iter().map(sorted).collect()
        };
        prop_assert_eq!(warnings(&plan), warnings(&other));
    }

    /// Buying a token never hurts: no date comes earlier, no system is treated differently.
    #[test]
    fn one_more_token_never_hurts(input in accounts::plannable()) {
        let mut richer = input.clone();
        richer["account"]["tokens"] = json!(integer(&input["account"]["tokens"]) as i64 + 1);
        let (before, after) = (plan(&input), plan(&richer));
        for (before, after) in list(&before["systems"]).iter().zip(list(&after["systems"])) {
            prop_assert_eq!(&before["outcome"], &after["outcome"]);
            prop_assert_eq!(date(&before["end_date"]).is_some(), date(&after["end_date"]).is_some());
            let (earlier, later) = (date(&before["end_date"]), date(&after["end_date"]));
            prop_assert!(earlier <= later, "{} became {}", before, after);
        }
        prop_assert_ne!(&before["fingerprint"], &after["fingerprint"]);
    }

    /// `down` and `pro_rata_days` never grant what was not paid for (MIG-10). The bound is the pool and
    /// the length of the month that is cut, not the formula that the library uses.
    #[test]
    fn rounding_down_never_grants_more_than_was_paid_for(
        input in accounts::plannable(),
        by_days in any::<bool>(),
    ) {
        let rounding = if by_days { "pro_rata_days" } else { "down" };
        let plan = plan(&with_policy(&input, "month_rounding", json!(rounding)));
        prop_assert_eq!(&plan["tokens"]["overgranted"], &json!(0));
        if let Some(basic) = plan["basic"].as_object() {
            let (systems, rest) = (integer(&basic["systems"]), integer(&basic["months"]["numerator"]));
            let (months, days) = (integer(&basic["granted_months"]), integer(&basic["granted_days"]));
            prop_assert!(months * systems <= rest, "more than was paid for");
            prop_assert!(rest - months * systems < systems, "a whole month that was paid for is missing");
            let on = Day::parse(text(&plan["on"]));
            let (from, to) = (on.add_months(months), on.add_months(months + 1));
            let month = i128::from(from.days_until(to));
            let paid = (rest - months * systems) * month;
            prop_assert!(days * systems <= paid, "more days than were paid for");
            if by_days {
                prop_assert!(paid - days * systems < systems, "a whole day that was paid for is missing");
            } else {
                prop_assert_eq!(days, 0);
            }
            prop_assert_eq!(date(&basic["end_date"]), Some(from.add_days(days as i64)));
        }
    }

    /// `up` and `nearest` may grant more than there is, but less than a month per system, `nearest` at
    /// most half of one; and neither leaves a month ungranted that the rounding gives.
    #[test]
    fn rounding_up_overgrants_less_than_a_month(input in accounts::plannable(), up in any::<bool>()) {
        let rounding = if up { "up" } else { "nearest" };
        let plan = plan(&with_policy(&input, "month_rounding", json!(rounding)));
        if let Some(basic) = plan["basic"].as_object() {
            let systems = integer(&basic["systems"]);
            let left = integer(&plan["tokens"]["unallocated"]);
            let over = integer(&plan["tokens"]["overgranted"]);
            let granted = integer(&basic["granted_months"]) * systems;
            prop_assert_eq!(granted, integer(&basic["months"]["numerator"]) - left + over);
            if up {
                prop_assert!(over < systems, "a month too many");
                prop_assert_eq!(left, 0, "`up` leaves nothing");
            } else {
                prop_assert!(2 * over <= systems, "rounded up below the half");
                prop_assert!(2 * left < systems, "rounded down at or above the half");
            }
        } else {
            prop_assert_eq!(&plan["tokens"]["overgranted"], &json!(0));
        }
    }

    /// More support never costs anything while it is valid; support that has run out counts as none,
    /// however long ago (MIG-6); and support never takes a date away from a system that had none.
    ///
    /// Left out on purpose: from no valid support to some. A Basic system with many tokens behind it
    /// may then end earlier, because the rulebook lets the support date remain (MIG-4).
    #[test]
    fn later_support_never_ends_a_system_earlier(
        input in accounts::plannable(),
        chosen in any::<Index>(),
        days in 1_i64..=800,
    ) {
        let input = with_policy(&input, "cleanup", json!("protect_paid"));
        let systems = list(&input["account"]["systems"]);
        prop_assume!(!systems.is_empty());
        let index = chosen.index(systems.len());
        let on = Day::parse(text(&input["on"]));
        let support_end = date(&systems[index]["support_end"]);
        let later = support_end.unwrap_or(on.add_days(-1)).add_days(days);
        let mut extended = input.clone();
        extended["account"]["systems"][index]["support_end"] = json!(later.text());

        let (before, after) = (plan(&input), plan(&extended));
        let (before, after) = (&before["systems"][index], &after["systems"][index]);
        let was_valid = support_end.is_some_and(|end| end >= on);
        if was_valid || before["end_date"].is_null() {
            let (earlier, later) = (date(&before["end_date"]), date(&after["end_date"]));
            prop_assert!(earlier <= later, "{} became {}", before, after);
        }
        if was_valid {
            prop_assert_eq!(&before["outcome"], &after["outcome"]);
        }
        if later < on {
            for field in ["outcome", "end_date", "tokens", "state"] {
                prop_assert_eq!(&before[field], &after[field], "expired support changed {}", field);
            }
        }
    }

    /// MIG-4, MIG-5, MIG-11: "the dates will remain" to the day, or come so many years later to the month,
    /// and neither changes how many tokens the system takes.
    #[test]
    fn support_dates_remain(input in accounts::plannable(), years in 1_i64..=10) {
        let with_years = json!({"support_date_plus_years": years});
        let plain = plan(&with_policy(&input, "complete_renewal", json!("support_date")));
        let renewed = plan(&with_policy(&input, "complete_renewal", with_years));
        prop_assert_eq!(&plain["tokens"], &renewed["tokens"]);
        let inputs = by_serial(&input["account"]["systems"]);
        let renewed = by_serial(&renewed["systems"]);
        let on = Day::parse(text(&input["on"]));
        for system in with_outcome(&plain, "airlink_complete") {
            let serial = text(&system["serial"]);
            prop_assert_eq!(&system["end_date"], &inputs[serial]["support_end"], "{}", serial);
            let end = date(&system["end_date"]).expect("a date");
            prop_assert!(end >= on, "complete without valid support");
            let months = (end.year - on.year) * 12 + end.month - on.month;
            prop_assert_eq!(&system["tokens"], &json!(months));
            let later = date(&renewed[serial]["end_date"]).expect("a date");
            prop_assert_eq!((later.year, later.month), (end.year + years, end.month));
            prop_assert!(later.day == end.day || later == later.month_end());
        }
    }

    /// The contract: absent and null are the same; so is any white space and any order of fields. The
    /// output is the same to the byte, which is what makes a fingerprint comparable between runtimes.
    #[test]
    fn what_means_the_same_gives_the_same_text(input in accounts::plannable()) {
        let planned = call_text("migration.plan", &input.to_string());
        prop_assert!(planned.is_ok(), "no plan but {:?}", planned);
        let same = [
            ("the same text", input.to_string()),
            ("indented", serde_json::to_string_pretty(&input).expect("JSON")),
            ("fields in the opposite order", with_fields_reversed(&input)),
            ("nulls left out", without_nulls(&input).to_string()),
            ("nulls written out", with_all_nulls(&input).to_string()),
        ];
        for (what, text) in same {
            prop_assert_eq!(&call_text("migration.plan", &text), &planned, "{}: {}", what, text);
        }
    }

    /// MIG-19: the fingerprint covers the account, the date and each policy. (The account has a property
    /// of its own below: whatever changes makes the plan stale.)
    #[test]
    fn the_fingerprint_covers_date_and_policy(input in accounts::plannable()) {
        let before = plan(&input);
        let years = |count: u32| json!({"support_date_plus_years": count});
        let changes = [
            ("month_rounding", json!("up"), json!("nearest")),
            ("complete_renewal", years(2), years(3)),
            ("cleanup", json!("strict"), json!("protect_paid")),
            ("inactive_months", json!(18), json!(19)),
        ];
        for (field, one, other) in changes {
            let setting = if before["policy"][field] == one { other } else { one };
            let after = plan(&with_policy(&input, field, setting));
            prop_assert_ne!(&before["fingerprint"], &after["fingerprint"], "{}", field);
        }
        let mut tomorrow = input.clone();
        tomorrow["on"] = json!(Day::parse(text(&input["on"])).next().text());
        prop_assert_ne!(&before["fingerprint"], &plan(&tomorrow)["fingerprint"], "on");
    }
}

proptest! {
    #![proptest_config(cases(400))]

    /// MIG-14, MIG-11 and the first promise of the design: what is booked is what was planned. Every
    /// system is kept or exported, never both; who runs the account and who sells to it stays.
    #[test]
    fn what_is_applied_is_what_was_planned(input in accounts::plannable()) {
        let account = &input["account"];
        let plan = plan(&input);
        let applied = apply(account, &plan).unwrap_or_else(|code| panic!("`{code}` for {input}"));
        let after = &applied["account"];
        prop_assert_eq!(&after["format"], "avc");

        let inputs = by_serial(&account["systems"]);
        let planned = by_serial(&plan["systems"]);
        let kept = by_serial(&after["systems"]);
        let exported = by_serial(&applied["export"]);
        prop_assert_eq!(kept.len(), list(&after["systems"]).len(), "a system twice in the account");
        prop_assert_eq!(exported.len(), list(&applied["export"]).len(), "a system twice in the export");
        prop_assert_eq!(kept.len() + exported.len(), inputs.len());
        for (serial, input) in &inputs {
            let deleted = planned[serial]["outcome"] == "deleted";
            prop_assert_eq!(kept.contains_key(serial), !deleted, "{}", serial);
            prop_assert_eq!(exported.contains_key(serial), deleted, "{}", serial);
            if deleted {
                // MIG-14: exactly as it was, with its account, so that it can be registered again.
                let mut wanted = (*input).clone();
                wanted["account"] = account["uid"].clone();
                prop_assert_eq!(without_nulls(exported[serial]), without_nulls(&wanted));
            } else {
                prop_assert_eq!(&kept[serial]["model"], &input["model"]);
                prop_assert_eq!(&kept[serial]["last_communication"], &input["last_communication"]);
                prop_assert_eq!(&kept[serial]["state"], &planned[serial]["state"]);
            }
        }

        let subscriptions = by_serial(&applied["subscriptions"]);
        prop_assert_eq!(subscriptions.len(), list(&applied["subscriptions"]).len(), "a system twice");
        prop_assert!(subscriptions.keys().eq(kept.keys()), "one subscription for each system that stays");
        for (serial, subscription) in &subscriptions {
            for field in ["end_date", "offer", "rules"] {
                prop_assert_eq!(&subscription[field], &planned[serial][field], "{} of {}", field, serial);
            }
            // A term of no days is over on its day.
            let is_over = subscription["end_date"] == plan["on"];
            let state = if is_over { &json!("suspended") } else { &planned[serial]["state"] };
            prop_assert_eq!(&subscription["state"], state, "{}", serial);
            prop_assert_eq!(&subscription["model"], &inputs[serial]["model"]);
            prop_assert_eq!(&subscription["warranty_end"], &inputs[serial]["warranty_end"]);
            prop_assert!(date(&subscription["start_date"]) <= date(&plan["on"]), "starts too late");
        }
        for field in ["partners", "users", "administrators"] {
            prop_assert_eq!(members(&after[field]), members(&account[field]), "{}", field);
        }
        for field in ["uid", "name", "instance", "kind", "created"] {
            prop_assert_eq!(&after[field], &account[field], "{}", field);
        }
        for field in ["offer_class", "branding", "configuration"] {
            prop_assert_eq!(&after[field], &account[field], "{}", field);
        }
    }

    /// MIG-2: the account that a migration returns is an account, and it is not migrated again.
    #[test]
    fn a_migrated_account_is_not_migrated_again(input in accounts::plannable()) {
        let plan = plan(&input);
        let applied = apply(&input["account"], &plan).expect("applied");
        let mut again = input.clone();
        again["account"] = applied["account"].clone();
        prop_assert_eq!(call("migration.plan", &again), Err("already_migrated".to_owned()));
        prop_assert!(apply(&applied["account"], &plan).is_err(), "booked twice");
    }

    /// MIG-14: what was deleted can be registered again, so it can be read again.
    #[test]
    fn exported_systems_can_be_planned_again(input in accounts::plannable()) {
        let first = plan(&input);
        let applied = apply(&input["account"], &first).expect("applied");
        let mut again = input.clone();
        again["account"]["systems"] = applied["export"].clone();
        let second = plan(&again);
        // The same systems on the same day meet the same verdict.
        prop_assert_eq!(&second["summary"]["deleted"], &first["summary"]["deleted"]);
    }

    /// MIG-1: the consent is an administrator's, in capitals or not, where the account names any, unless the policy says
    /// otherwise; and of a day up to the migration date.
    #[test]
    fn an_administrator_consents_before_the_migration(input in accounts::plannable(), any in any::<bool>()) {
        let plan = plan(&input);
        let mut asked = application(&input["account"], &plan);
        asked["consent_by"] = if any { json!("anyone") } else { Value::Null };
        asked["consent"]["by"] = json!(text(&asked["consent"]["by"]).to_uppercase());
        prop_assert!(call("migration.apply", &asked).is_ok());

        asked["consent"]["by"] = json!("a stranger");
        let names_any = !input["account"]["administrators"].as_array().is_none_or(Vec::is_empty);
        let refused = Err("consent_not_by_administrator".to_owned());
        let result = call("migration.apply", &asked);
        if names_any && !any { prop_assert_eq!(result, refused.clone()) } else { prop_assert!(result.is_ok()) }
        asked["consent_by"] = json!("administrators");
        prop_assert_eq!(call("migration.apply", &asked), refused);

        let day: alms_core::calendar::Date = text(&plan["on"]).parse().unwrap();
        if let Ok(later) = day.add_days(1) {
            let mut late = application(&input["account"], &plan);
            late["consent"]["on"] = json!(later.to_string());
            prop_assert_eq!(call("migration.apply", &late), Err("consent_after_migration".to_owned()));
        }
    }

    /// MIG-1: no consent, or consent to something else, books nothing.
    #[test]
    fn without_consent_to_this_plan_nothing_is_booked(input in accounts::plannable()) {
        let plan = plan(&input);
        let right = application(&input["account"], &plan);
        prop_assert!(call("migration.apply", &right).is_ok());
        let mut other = right.clone();
        other["consent"]["fingerprint"] = json!(OTHER_FINGERPRINT);
        prop_assert_eq!(call("migration.apply", &other), Err("consent_mismatch".to_owned()));
        let mut null = right.clone();
        null["consent"] = Value::Null;
        prop_assert_eq!(call("migration.apply", &null), Err("consent_required".to_owned()));
        let mut absent = right;
        absent.as_object_mut().expect("an object").remove("consent");
        prop_assert_eq!(call("migration.apply", &absent), Err("consent_required".to_owned()));
    }

    /// MIG-19: an account in which anything has changed since the plan is not migrated by that plan.
    #[test]
    fn an_account_that_changed_since_is_refused(input in accounts::plannable(), chosen in any::<Index>()) {
        let plan = plan(&input);
        for (what, account) in changed_accounts(&input["account"], chosen) {
            let refused = apply(&account, &plan);
            prop_assert_eq!(refused, Err("stale_plan".to_owned()), "{} changed: {}", what, account);
        }
    }

    /// MIG-19: a plan that was edited is no plan, even under the fingerprint that was consented to.
    #[test]
    fn a_plan_that_was_altered_is_refused(input in accounts::plannable(), chosen in any::<Index>()) {
        let plan = plan(&input);
        for (what, altered) in altered_plans(&plan, chosen) {
            let refused = apply(&input["account"], &altered);
            prop_assert_eq!(refused, Err("stale_plan".to_owned()), "{} altered: {}", what, altered);
        }
    }
}

/// A small document with one system of each outcome, for what does not need to be random.
fn one_of_each() -> Value {
    let system = |serial: &str, state: &str, last_communication: Option<&str>, support_end: Option<&str>| {
        json!({"serial": serial, "model": "RV55", "state": state,
            "last_communication": last_communication, "support_end": support_end, "warranty_end": null})
    };
    let recent = Some("2023-05-01");
    json!({
        "account": {"uid": "C1", "name": "Example", "instance": "na", "format": "legacy", "kind": "customer",
            "tokens": 10, "systems": [
                system("DELETED", "active", None, None),
                system("INVENTORY", "maintenance", recent, None),
                system("COMPLETE", "active", recent, Some("2023-08-31")),
                system("BASIC", "active", recent, None),
            ]},
        "on": "2023-05-15",
    })
}

/// MIG-19: an outcome that was altered alone leaves the plan at odds with itself (another outcome has
/// another offer). That is no malformed document but an altered plan, and is refused as one.
#[test]
fn an_altered_outcome_is_refused_like_any_other_alteration() {
    let input = one_of_each();
    let plan = plan(&input);
    let outcomes = ["deleted", "inventory", "airlink_complete", "airlink_basic"];
    for (index, planned) in outcomes.iter().enumerate() {
        assert_eq!(plan["systems"][index]["outcome"], *planned);
        for outcome in outcomes.iter().filter(|outcome| *outcome != planned) {
            let mut altered = plan.clone();
            altered["systems"][index]["outcome"] = json!(outcome);
            let refused = apply(&input["account"], &altered);
            assert_eq!(refused, Err("stale_plan".to_owned()), "{planned} altered to {outcome}");
        }
    }
}

/// MIG-19: who consents to a fingerprint consents to one plan. So two plans that are not the same to the
/// reader never share one, not even where their policies differ in words only.
#[test]
fn equal_fingerprints_mean_equal_plans() {
    let input = one_of_each();
    let plain = plan(&with_policy(&input, "complete_renewal", json!("support_date")));
    let no_years = plan(&with_policy(&input, "complete_renewal", json!({"support_date_plus_years": 0})));
    assert_eq!(plain["systems"], no_years["systems"], "no years added, no date changed");
    assert_eq!(plain["fingerprint"] == no_years["fingerprint"], plain == no_years, "{plain} and {no_years}");
}

/// The account with one thing changed, in every way that applies to it.
fn changed_accounts(account: &Value, chosen: Index) -> Vec<(&'static str, Value)> {
    let mut changed = Vec::new();
    let mut change = |what: &'static str, edit: &dyn Fn(&mut Value)| {
        let mut other = account.clone();
        edit(&mut other);
        assert_ne!(&other, account, "the edit of {what} changes nothing");
        changed.push((what, other));
    };
    change("a token more", &|account| account["tokens"] = json!(integer(&account["tokens"]) as i64 + 1));
    change("the name", &|account| account["name"] = json!(format!("{}x", text(&account["name"]))));
    change("the uid", &|account| account["uid"] = json!(format!("{}x", text(&account["uid"]))));
    change("the instance", &|account| {
        account["instance"] = if account["instance"] == "na" { json!("eu") } else { json!("na") };
    });
    change("the kind", &|account| {
        account["kind"] = if account["kind"] == "customer" { json!("transition") } else { json!("customer") };
    });
    for people in ["partners", "administrators", "users"] {
        let newcomer = if people == "partners" { "P99999" } else { "newcomer@added.example" };
        change(people, &|account| {
            if !account[people].is_array() {
                account[people] = json!([]);
            }
            list_mut(&mut account[people]).push(json!(newcomer));
        });
        if account[people].as_array().is_some_and(|people| !people.is_empty()) {
            change(people, &|account| {
                list_mut(&mut account[people]).remove(0);
            });
        }
    }
    change("a system more", &|account| {
        list_mut(&mut account["systems"])
            .push(json!({"serial": "ADDED", "model": "RV55", "state": "active"}));
    });
    for field in ["offer_class", "branding", "configuration"] {
        change(field, &|account| account[field] = json!(format!("{}x", account[field])));
    }
    change("the day of creation", &|account| account["created"] = json!("2004-05-06"));
    let count = list(&account["systems"]).len();
    if count > 0 {
        let index = chosen.index(count);
        change("a system less", &|account| {
            list_mut(&mut account["systems"]).remove(index);
        });
        change("a serial", &|account| account["systems"][index]["serial"] = json!("RENAMED"));
        change("a model", &|account| {
            let model = &mut account["systems"][index]["model"];
            *model = if *model == "RV55" { json!("MP70") } else { json!("RV55") };
        });
        change("a state", &|account| {
            let state = &mut account["systems"][index]["state"];
            *state = if *state == "active" { json!("suspended") } else { json!("active") };
        });
        for field in ["last_communication", "support_end", "warranty_end"] {
            change(field, &|account| {
                let day = &mut account["systems"][index][field];
                let other = match date(day) {
                    None => Day::parse("2001-02-03"),
                    Some(day) if day.year < 2000 => day.next(),
                    Some(day) => day.previous(),
                };
                *day = json!(other.text());
            });
        }
    }
    changed
}

/// The plan with one thing altered and its fingerprint kept, in every way that applies to it.
fn altered_plans(plan: &Value, chosen: Index) -> Vec<(&'static str, Value)> {
    let mut altered = Vec::new();
    let mut alter = |what: &'static str, edit: &dyn Fn(&mut Value)| {
        let mut other = plan.clone();
        edit(&mut other);
        assert_ne!(&other, plan, "the edit of {what} changes nothing");
        altered.push((what, other));
    };
    let one_more = |value: &mut Value| *value = json!(integer(value) as i64 + 1);
    let next_day = |value: &mut Value| {
        *value = json!(date(value).map_or_else(|| "2031-01-01".to_owned(), |day| day.next().text()));
    };
    alter("the migration date", &|plan| next_day(&mut plan["on"]));
    for field in ["unallocated", "shortfall", "basic"] {
        alter("the token statement", &|plan| one_more(&mut plan["tokens"][field]));
    }
    alter("the summary", &|plan| one_more(&mut plan["summary"]["airlink_complete"]));
    alter("the rounding", &|plan| {
        let rounding = &mut plan["policy"]["month_rounding"];
        *rounding = if *rounding == "up" { json!("down") } else { json!("up") };
    });
    alter("the added years", &|plan| {
        let renewal = &mut plan["policy"]["complete_renewal"];
        let one = json!({"support_date_plus_years": 1});
        *renewal = if *renewal == one { json!("support_date") } else { one };
    });
    alter("the inactive months", &|plan| one_more(&mut plan["policy"]["inactive_months"]));
    if !plan["basic"].is_null() {
        alter("the common end date", &|plan| next_day(&mut plan["basic"]["end_date"]));
        alter("the granted months", &|plan| one_more(&mut plan["basic"]["granted_months"]));
    }
    // Which offers fit which models depends on the catalogue of whoever planned, and is no part of what is applied.
    if list(&plan["warnings"]).iter().any(|warning| warning["code"] != "offer_not_for_model") {
        alter("the warnings", &|plan| plan["warnings"] = json!([]));
    }
    let count = list(&plan["systems"]).len();
    if count > 0 {
        let index = chosen.index(count);
        alter("an end date", &|plan| next_day(&mut plan["systems"][index]["end_date"]));
        alter("tokens", &|plan| one_more(&mut plan["systems"][index]["tokens"]));
        alter("a system that is to be deleted or kept", &|plan| {
            let system = &mut plan["systems"][index];
            let (outcome, offer, state) = if system["outcome"] == "deleted" {
                (json!("inventory"), json!("AirLink Basic"), json!("inventory"))
            } else {
                (json!("deleted"), Value::Null, Value::Null)
            };
            system["outcome"] = outcome;
            system["offer"] = offer;
            system["state"] = state;
            system["end_date"] = Value::Null;
        });
        alter("a system left out", &|plan| {
            list_mut(&mut plan["systems"]).remove(index);
        });
    }
    altered
}

/// The members of an optional list, in order; absent, null and empty are the same.
fn members(list: &Value) -> Vec<Value> {
    list.as_array().cloned().unwrap_or_default()
}

/// The document with `null` for every optional field that is absent.
fn with_all_nulls(input: &Value) -> Value {
    let mut input = input.clone();
    let fill = |value: &mut Value, fields: &[&str]| {
        for field in fields {
            let _ = value.as_object_mut().expect("an object").entry(*field).or_insert(Value::Null);
        }
    };
    fill(&mut input, &["policy"]);
    if input["policy"].is_object() {
        fill(&mut input["policy"], &["month_rounding", "complete_renewal", "cleanup", "inactive_months"]);
    }
    fill(&mut input["account"], &["administrators", "users", "partners"]);
    fill(&mut input["account"], &["created", "offer_class", "branding", "configuration"]);
    for system in list_mut(&mut input["account"]["systems"]) {
        fill(system, &["last_communication", "support_end", "warranty_end"]);
    }
    input
}

/// The document's text with the fields of every object in the opposite order.
fn with_fields_reversed(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .rev()
                .map(|(name, field)| format!("{}:{}", json!(name), with_fields_reversed(field)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(with_fields_reversed).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
