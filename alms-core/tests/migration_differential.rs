//! `migration.plan` against a second implementation that was written from the rulebook alone.
//!
//! The vectors and the unit tests say what the library does where its author thought to look. Here
//! ten thousand random accounts are planned twice, and every figure, date, rule and warning has to
//! agree. `ALMS_CASES=1000000` compares a million.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{accounts, call, naive_migration};

/// The library's plan without what the naive implementation does not know: the name of the rulebook,
/// the hash and the wording.
fn library_plan(input: &Value) -> Result<Value, String> {
    let mut plan = call("migration.plan", input)?;
    let fields = plan.as_object_mut().expect("a plan is an object");
    assert!(
        fields.remove("rulebook").is_some_and(|rulebook| rulebook.is_string()),
        "the plan names its rulebook"
    );
    let fingerprint = fields.remove("fingerprint").expect("the plan has a fingerprint");
    let digits =
        fingerprint.as_str().and_then(|text| text.strip_prefix("sha256:")).expect("`sha256:` and digits");
    assert!(
        digits.len() == 64 && digits.bytes().all(|digit| b"0123456789abcdef".contains(&digit)),
        "{digits}"
    );
    for warning in fields["warnings"].as_array_mut().expect("a list of warnings") {
        let message = warning.as_object_mut().expect("a warning is an object").remove("message");
        assert!(
            message.is_some_and(|text| text.as_str().is_some_and(|text| !text.is_empty())),
            "a warning says why"
        );
    }
    Ok(plan)
}

proptest! {
    #![proptest_config(support::differential_cases(10_000))]

    #[test]
    fn the_library_plans_what_the_rulebook_says(input in accounts::everything()) {
        prop_assert_eq!(library_plan(&input), naive_migration::plan(&input), "input document: {}", input);
    }
}

/// A differential test proves nothing about a case that its generator never draws.
#[test]
fn the_generator_reaches_every_outcome_rule_warning_and_error() {
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    let strategy = accounts::everything();
    for _ in 0..4_000 {
        let input = strategy.new_tree(&mut runner).expect("a document").current();
        match naive_migration::plan(&input) {
            Err(code) => {
                seen.insert(code);
            }
            Ok(plan) => {
                for system in plan["systems"].as_array().expect("systems") {
                    let rules: Vec<&str> = texts(&system["rules"]);
                    seen.insert(rules.join(" "));
                }
                for warning in plan["warnings"].as_array().expect("warnings") {
                    seen.extend(texts(&json!([warning["code"]])).into_iter().map(str::to_owned));
                }
                for field in ["written_off", "pro_rata", "unallocated", "overgranted", "shortfall"] {
                    if plan["tokens"][field] != 0 {
                        seen.insert(format!("tokens.{field}"));
                    }
                }
            }
        }
    }
    let wanted = [
        // Every list of rules that the order of the decisions allows.
        "MIG-3",
        "MIG-4 MIG-5",
        "MIG-4 MIG-5 MIG-11",
        "MIG-4 MIG-5 MIG-12",
        "MIG-4 MIG-5 MIG-11 MIG-12",
        "MIG-7",
        "MIG-7 MIG-6",
        "MIG-7 MIG-12",
        "MIG-8",
        "MIG-8 MIG-6",
        "MIG-8 MIG-12",
        "MIG-13",
        "MIG-13 MIG-6",
        "MIG-9",
        "MIG-9 MIG-6",
        "MIG-9 MIG-10",
        "MIG-9 MIG-15",
        "MIG-9 MIG-6 MIG-10",
        "MIG-9 MIG-6 MIG-15",
        "MIG-9 MIG-10 MIG-15",
        "MIG-9 MIG-6 MIG-10 MIG-15",
        // Every warning.
        "protected_from_cleanup",
        "support_deleted",
        "support_in_maintenance",
        "support_activates_inventory",
        "ends_on_migration_date",
        "offer_not_for_model",
        "inventory_kept",
        "communication_after_migration",
        "negative_pool",
        "token_shortfall",
        "zero_months",
        "long_term",
        "unallocated_without_basic",
        "free_account",
        // Every error.
        "already_migrated",
        "reseller_account",
        "xr_in_legacy_account",
        "date_out_of_range",
        // Every way a token can go.
        "tokens.written_off",
        "tokens.pro_rata",
        "tokens.unallocated",
        "tokens.overgranted",
        "tokens.shortfall",
    ];
    let missing: Vec<_> = wanted.into_iter().filter(|wanted| !seen.contains(*wanted)).collect();
    assert!(missing.is_empty(), "never generated: {missing:?}");
    let surprising: Vec<_> = seen.iter().filter(|seen| !wanted.contains(&seen.as_str())).collect();
    assert!(surprising.is_empty(), "not in the list above: {surprising:?}");
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// Plans a document both ways, checks that they agree, and returns the plan.
fn both(input: &Value) -> Value {
    let naive = naive_migration::plan(input);
    assert_eq!(library_plan(input), naive, "input document: {input}");
    naive.expect("a plan")
}

fn system(serial: &str, state: &str, last_communication: Option<&str>, support_end: Option<&str>) -> Value {
    json!({"serial": serial, "model": "RV55", "state": state,
        "last_communication": last_communication, "support_end": support_end, "warranty_end": null})
}

fn document(tokens: i64, on: &str, systems: Vec<Value>, policy: Value) -> Value {
    json!({
        "account": {"uid": "C1", "name": "Example", "instance": "na", "format": "legacy", "kind": "customer",
            "tokens": tokens, "systems": systems},
        "on": on,
        "policy": policy,
    })
}

/// The first example of the source document, under every rounding, as the rulebook works it out.
#[test]
fn the_first_published_example() {
    let mut systems = vec![system("OLD", "active", Some("2022-03-24"), None)];
    systems.extend((0..40).map(|n| system(&format!("S{n:02}"), "active", Some("2023-03-01"), None)));
    // rounding, granted months and days, end date, basic, pro rata, unallocated, overgranted
    let cases = [
        ("down", 6, 0, "2023-09-25", [240, 0, 21, 0]),
        ("nearest", 7, 0, "2023-10-25", [280, 0, 0, 19]),
        ("up", 7, 0, "2023-10-25", [280, 0, 0, 19]),
        ("pro_rata_days", 6, 15, "2023-10-10", [240, 21, 0, 0]),
    ];
    for (rounding, months, days, end, [basic, pro_rata, unallocated, overgranted]) in cases {
        let plan = both(&document(261, "2023-03-25", systems.clone(), json!({"month_rounding": rounding})));
        assert_eq!(
            plan["basic"],
            json!({"systems": 40, "months": {"numerator": 261, "denominator": 40},
                "granted_months": months, "granted_days": days, "end_date": end}),
            "{rounding}"
        );
        assert_eq!(
            plan["tokens"],
            json!({"opening": 261, "written_off": 0, "complete": 0, "basic": basic, "pro_rata": pro_rata,
                "unallocated": unallocated, "overgranted": overgranted, "shortfall": 0}),
            "{rounding}"
        );
        assert_eq!(
            plan["summary"],
            json!({"deleted": 1, "inventory": 0, "airlink_complete": 0, "airlink_basic": 40})
        );
        assert_eq!(plan["systems"][0]["outcome"], "deleted");
        assert_eq!(plan["systems"][40]["end_date"], end);
    }
}

/// The second example of the source document; it prints "May 2023", the 15th stands for it here.
#[test]
fn the_second_published_example() {
    let recent = Some("2023-05-01");
    let mut systems = vec![
        system("MAINT", "maintenance", recent, None),
        system("NEVER", "active", None, None),
        system("SILENT", "active", Some("2022-04-30"), None),
        system("AUG1", "active", recent, Some("2023-08-31")),
        system("AUG2", "active", recent, Some("2023-08-01")),
        system("JAN", "active", recent, Some("2023-01-31")),
    ];
    systems.extend((0..7).map(|n| system(&format!("NONE{n}"), "active", recent, None)));
    let plan = both(&document(60, "2023-05-15", systems.clone(), Value::Null));
    let column = |field: &str| -> Vec<Value> {
        plan["systems"]
            .as_array()
            .expect("systems")
            .iter()
            .take(7)
            .map(|system| system[field].clone())
            .collect()
    };
    assert_eq!(
        json!(column("outcome")),
        json!([
            "inventory",
            "deleted",
            "deleted",
            "airlink_complete",
            "airlink_complete",
            "airlink_basic",
            "airlink_basic"
        ])
    );
    assert_eq!(
        json!(column("end_date")),
        json!([null, null, null, "2023-08-31", "2023-08-01", "2023-11-15", "2023-11-15"])
    );
    assert_eq!(json!(column("tokens")), json!([0, 0, 0, 3, 3, 6, 6]));
    assert_eq!(
        json!(column("rules")),
        json!([
            ["MIG-3"],
            ["MIG-7"],
            ["MIG-8"],
            ["MIG-4", "MIG-5"],
            ["MIG-4", "MIG-5"],
            ["MIG-9", "MIG-6"],
            ["MIG-9"]
        ])
    );
    assert_eq!(
        plan["tokens"],
        json!({"opening": 60, "written_off": 0, "complete": 6, "basic": 48, "pro_rata": 0, "unallocated": 6,
            "overgranted": 0, "shortfall": 0})
    );
    assert_eq!(plan["basic"]["months"], json!({"numerator": 54, "denominator": 8}));
    assert_eq!(plan["warnings"], json!([]));

    // The same as the source prints it: a year more, for the same tokens.
    let printed = both(&document(
        60,
        "2023-05-15",
        systems,
        json!({"complete_renewal": {"support_date_plus_years": 1}}),
    ));
    assert_eq!(printed["systems"][3]["end_date"], "2024-08-31");
    assert_eq!(printed["systems"][3]["rules"], json!(["MIG-4", "MIG-5", "MIG-11"]));
    assert_eq!(printed["tokens"], plan["tokens"]);
}

/// One system on each side of every date boundary, both clean-up policies, worked out by hand: 12
/// months before 29 February 2024 is 28 February 2023, and that day stays.
#[test]
fn the_boundaries_by_hand() {
    let systems = vec![
        system("STAYS", "active", Some("2023-02-28"), None),
        system("GOES", "active", Some("2023-02-27"), None),
        system("PAID", "suspended", None, Some("2024-02-29")),
        system("LAPSED", "suspended", None, Some("2024-02-28")),
        system("SHELF", "inventory", Some("2024-02-29"), None),
        system("SHELFPAID", "inventory", Some("2024-03-01"), Some("2024-04-01")),
        system("MAINTPAID", "maintenance", None, Some("2030-01-01")),
    ];
    let plan = |cleanup: &str| both(&document(5, "2024-02-29", systems.clone(), json!({"cleanup": cleanup})));
    let outcomes = |plan: &Value| -> Vec<(String, Value)> {
        let systems = plan["systems"].as_array().expect("systems");
        systems.iter().map(|system| (texts(&system["rules"]).join(" "), system["end_date"].clone())).collect()
    };
    let protect_paid = plan("protect_paid");
    // SHELFPAID takes the month ends of February and March; STAYS gets the other 3 of 5 tokens.
    assert_eq!(
        outcomes(&protect_paid),
        [
            ("MIG-9".to_owned(), json!("2024-05-29")),
            ("MIG-8".to_owned(), Value::Null),
            ("MIG-4 MIG-5 MIG-12".to_owned(), json!("2024-02-29")),
            ("MIG-7 MIG-6".to_owned(), Value::Null),
            ("MIG-13".to_owned(), Value::Null),
            ("MIG-4 MIG-5".to_owned(), json!("2024-04-01")),
            ("MIG-3".to_owned(), Value::Null),
        ]
    );
    assert_eq!(
        protect_paid["warnings"],
        json!([
            {"code": "protected_from_cleanup", "rule": "MIG-12", "systems": ["PAID"]},
            {"code": "support_in_maintenance", "rule": "MIG-3", "systems": ["MAINTPAID"]},
            {"code": "support_activates_inventory", "rule": "MIG-4", "systems": ["SHELFPAID"]},
            {"code": "ends_on_migration_date", "rule": "MIG-4", "systems": ["PAID"]},
            {"code": "inventory_kept", "rule": "MIG-13", "systems": ["SHELF"]},
            {"code": "communication_after_migration", "rule": "MIG-8", "systems": ["SHELFPAID"]},
        ])
    );
    let strict = plan("strict");
    assert_eq!(outcomes(&strict)[2], ("MIG-7 MIG-12".to_owned(), Value::Null));
    assert_eq!(
        strict["warnings"][0],
        json!({"code": "support_deleted", "rule": "MIG-12", "systems": ["PAID"]})
    );
    assert_eq!(strict["warnings"].as_array().map(Vec::len), Some(5));
}

/// MIG-15 by hand: too few tokens, a negative pool, no Basic system, a term of more than 60 months.
#[test]
fn the_pool_runs_short_or_over() {
    let basic = || system("BASIC", "active", Some("2023-05-01"), None);
    let complete = || system("PAID", "active", Some("2023-05-01"), Some("2023-08-31"));

    let short = both(&document(2, "2023-05-31", vec![basic(), complete()], Value::Null));
    assert_eq!(short["systems"][0]["end_date"], "2023-05-31");
    assert_eq!(short["systems"][0]["rules"], json!(["MIG-9", "MIG-15"]));
    assert_eq!(
        (&short["systems"][1]["end_date"], &short["systems"][1]["tokens"]),
        (&json!("2023-08-31"), &json!(3))
    );
    assert_eq!((&short["tokens"]["complete"], &short["tokens"]["shortfall"]), (&json!(2), &json!(1)));
    assert_eq!(
        short["warnings"],
        json!([
            {"code": "token_shortfall", "rule": "MIG-15", "systems": ["PAID"]},
            {"code": "zero_months", "rule": "MIG-15", "systems": ["BASIC"]},
        ])
    );

    let negative = both(&document(-7, "2023-05-31", vec![basic()], json!({"month_rounding": "up"})));
    assert_eq!((&negative["tokens"]["opening"], &negative["tokens"]["written_off"]), (&json!(-7), &json!(7)));
    assert_eq!(negative["basic"]["months"], json!({"numerator": 0, "denominator": 1}));
    assert_eq!(negative["warnings"][0]["code"], "negative_pool");

    let nobody =
        both(&document(5, "2023-05-31", vec![complete()], json!({"month_rounding": "pro_rata_days"})));
    assert_eq!((&nobody["basic"], &nobody["tokens"]["unallocated"]), (&Value::Null, &json!(2)));
    assert_eq!(
        nobody["warnings"],
        json!([{"code": "unallocated_without_basic", "rule": "MIG-15", "systems": []}])
    );

    let sixty = both(&document(60, "2023-05-31", vec![basic()], Value::Null));
    assert_eq!((&sixty["systems"][0]["end_date"], &sixty["warnings"]), (&json!("2028-05-31"), &json!([])));
    let more = both(&document(61, "2023-05-31", vec![basic()], Value::Null));
    assert_eq!(more["systems"][0]["end_date"], "2028-06-30");
    assert_eq!(more["warnings"], json!([{"code": "long_term", "rule": "MIG-15", "systems": ["BASIC"]}]));
}

/// The four refusals, in their order when several apply, and the last date that is still a date.
#[test]
fn the_refusals_and_their_order() {
    let refusal = |input: &Value| {
        let naive = naive_migration::plan(input);
        assert_eq!(library_plan(input), naive, "input document: {input}");
        naive.expect_err("a refusal")
    };
    let mut input =
        document(1, "9999-12-01", vec![system("S", "active", Some("9999-12-01"), None)], Value::Null);
    assert_eq!(refusal(&input), "date_out_of_range");
    input["account"]["systems"][0]["model"] = json!("XR80");
    assert_eq!(refusal(&input), "xr_in_legacy_account");
    input["account"]["kind"] = json!("reseller");
    assert_eq!(refusal(&input), "reseller_account");
    input["account"]["format"] = json!("avc");
    assert_eq!(refusal(&input), "already_migrated");

    let last = document(1, "9999-11-30", vec![system("S", "active", Some("9999-11-30"), None)], Value::Null);
    assert_eq!(both(&last)["systems"][0]["end_date"], "9999-12-30");
}

/// The month that `pro_rata_days` cuts may end after the last date, as long as what it grants does not.
#[test]
fn half_of_the_last_month() {
    let on = "9999-12-15";
    let systems = vec![system("A", "active", Some(on), None), system("B", "active", Some(on), None)];
    let halves = document(1, on, systems, json!({"month_rounding": "pro_rata_days"}));
    assert_eq!(both(&halves)["systems"][0]["end_date"], "9999-12-30");
}
