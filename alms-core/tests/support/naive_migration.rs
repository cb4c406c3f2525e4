//! `migration.plan` a second time, straight from the rulebook and from nothing else.
//!
//! Each rule is written down where the rulebook has it, with no regard for speed or for sharing: the
//! library is compared with this on random documents, so what matters is that a reader can check it
//! against the rulebook line by line. It takes well-formed documents only.

use super::naive_calendar::{Day, FIRST};
use serde_json::{Value, json};

/// The four settings of a plan, with the rulebook's defaults filled in.
struct Policy {
    month_rounding: String,
    complete_renewal: Value,
    cleanup: String,
    inactive_months: i64,
}

/// What happens to a system, by the rule that decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    /// MIG-3
    Maintenance,
    /// MIG-4
    Complete,
    /// MIG-7
    NeverCommunicated,
    /// MIG-8
    SilentTooLong,
    /// MIG-13
    KeptInventory,
    /// MIG-9
    Basic,
}

/// What every Basic system gets (MIG-9, MIG-10).
struct Grant {
    months: i128,
    days: i128,
    end: Day,
    /// The quotient is a whole number, so that no rounding took place.
    whole: bool,
}

/// The document that `migration.plan` returns for `input`, without `rulebook`, `fingerprint` and the
/// warnings' `message`, or the code of its error.
pub fn plan(input: &Value) -> Result<Value, String> {
    let account = &input["account"];
    let systems = account["systems"].as_array().expect("a list of systems");
    let on = Day::parse(input["on"].as_str().expect("a date"));
    let policy = policy_of(&input["policy"]);

    // MIG-2, MIG-18, MIG-17
    if account["format"] == "avc" {
        return Err("already_migrated".to_owned());
    }
    if account["kind"] == "reseller" {
        return Err("reseller_account".to_owned());
    }
    if systems.iter().any(|system| system["model"].as_str().expect("a model").starts_with("XR")) {
        return Err("xr_in_legacy_account".to_owned());
    }

    let decisions: Vec<Decision> = systems.iter().map(|system| decide(system, on, &policy)).collect();
    let count = |wanted: Decision| decisions.iter().filter(|decision| **decision == wanted).count() as i128;

    // MIG-5, MIG-15: what the complete systems take, as far as the pool reaches.
    let opening = i128::from(account["tokens"].as_i64().expect("tokens"));
    let pool = opening.max(0);
    let written_off = pool - opening;
    let mut demand = 0_i128;
    for (system, decision) in systems.iter().zip(&decisions) {
        if *decision == Decision::Complete {
            demand += i128::from(complete_tokens(system, on));
        }
    }
    let complete = demand.min(pool);
    let shortfall = demand - complete;
    let rest = pool - complete;

    // MIG-9, MIG-10: what is left, shared by the Basic systems.
    let basic_systems = count(Decision::Basic);
    let grant = if basic_systems == 0 { None } else { Some(grant_of(rest, basic_systems, on, &policy)) };
    let basic = grant.as_ref().map_or(0, |grant| grant.months * basic_systems);
    let by_days = policy.month_rounding == "pro_rata_days" && grant.is_some();
    let pro_rata = if by_days { rest - basic } else { 0 };
    let unallocated = (rest - basic - pro_rata).max(0);
    let overgranted = (basic + pro_rata - rest).max(0);

    // The systems, in the input's order.
    let mut results = Vec::new();
    for (system, decision) in systems.iter().zip(&decisions) {
        let end = match decision {
            Decision::Complete => Some(complete_end(system, &policy)),
            Decision::Basic => grant.as_ref().map(|grant| grant.end),
            _ => None,
        };
        if end.is_some_and(|end| !end.in_range()) {
            return Err("date_out_of_range".to_owned());
        }
        let (outcome, offer, state) = match decision {
            Decision::NeverCommunicated | Decision::SilentTooLong => ("deleted", Value::Null, Value::Null),
            Decision::Maintenance | Decision::KeptInventory => {
                ("inventory", json!("AirLink Basic"), json!("inventory"))
            }
            Decision::Complete => ("airlink_complete", json!("AirLink Complete"), json!("active")),
            Decision::Basic => ("airlink_basic", json!("AirLink Basic"), json!("active")),
        };
        let tokens = match decision {
            Decision::Complete => i128::from(complete_tokens(system, on)),
            Decision::Basic => grant.as_ref().map_or(0, |grant| grant.months),
            _ => 0,
        };
        results.push(json!({
            "serial": system["serial"],
            "outcome": outcome,
            "offer": offer,
            "state": state,
            "end_date": end.map(Day::text),
            "tokens": integer(tokens),
            "rules": rules_of(system, *decision, on, &policy, grant.as_ref()),
        }));
    }

    // The warnings, each with the systems that it is about, in the input's order.
    let serials = |wanted: &dyn Fn(&Value, Decision) -> bool| -> Vec<Value> {
        let chosen = systems.iter().zip(&decisions).filter(|(system, decision)| wanted(system, **decision));
        chosen.map(|(system, _)| system["serial"].clone()).collect()
    };
    let is_basic = |_: &Value, decision: Decision| decision == Decision::Basic;
    let nothing_granted = grant.as_ref().is_some_and(|grant| grant.months == 0 && grant.days == 0);
    let very_long = grant.as_ref().is_some_and(|grant| grant.months > 60);
    let mut warnings = Vec::new();
    let mut about_systems = |code: &str, rule: &str, serials: Vec<Value>| {
        if !serials.is_empty() {
            warnings.push(json!({"code": code, "rule": rule, "systems": serials}));
        }
    };
    about_systems(
        "protected_from_cleanup",
        "MIG-12",
        serials(&|system, decision| {
            decision == Decision::Complete && would_be_cleaned_up(system, on, &policy)
        }),
    );
    let valid_support = |system: &Value| date(system, "support_end").is_some_and(|end| end >= on);
    about_systems(
        "support_deleted",
        "MIG-12",
        serials(&|system, decision| {
            valid_support(system)
                && system["state"] != "maintenance"
                && decision != Decision::Complete
                && would_be_cleaned_up(system, on, &policy)
        }),
    );
    about_systems(
        "support_in_maintenance",
        "MIG-3",
        serials(&|system, _| system["state"] == "maintenance" && valid_support(system)),
    );
    about_systems(
        "support_activates_inventory",
        "MIG-4",
        serials(&|system, decision| decision == Decision::Complete && system["state"] == "inventory"),
    );
    // MIG-4: no day of service is left if the service ends on the day of the migration.
    about_systems(
        "ends_on_migration_date",
        "MIG-4",
        serials(&|system, decision| decision == Decision::Complete && complete_end(system, &policy) == on),
    );
    // MIG-4, OFF-2: AirLink Complete is for five series, by the catalogue of 2022; AirLink Basic for every device.
    let series = ["LX", "ES", "GX", "RV", "MP"];
    let fits = |model: &str| {
        let number = |name: &&str| {
            model.strip_prefix(*name).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        model.is_empty() || series.iter().any(number)
    };
    let has_catalogue = on.text().as_str() >= "2022-01-01";
    about_systems(
        "offer_not_for_model",
        "OFF-2",
        serials(&|system, decision| {
            has_catalogue
                && decision == Decision::Complete
                && !fits(system["model"].as_str().expect("a model"))
        }),
    );
    about_systems("inventory_kept", "MIG-13", serials(&|_, decision| decision == Decision::KeptInventory));
    about_systems(
        "communication_after_migration",
        "MIG-8",
        serials(&|system, _| date(system, "last_communication").is_some_and(|last| last > on)),
    );
    if opening < 0 {
        warnings.push(json!({"code": "negative_pool", "rule": "MIG-15", "systems": []}));
    }
    if shortfall > 0 {
        let takers =
            serials(&|system, decision| decision == Decision::Complete && complete_tokens(system, on) >= 1);
        warnings.push(json!({"code": "token_shortfall", "rule": "MIG-15", "systems": takers}));
    }
    if nothing_granted {
        warnings.push(json!({"code": "zero_months", "rule": "MIG-15", "systems": serials(&is_basic)}));
    }
    if very_long {
        warnings.push(json!({"code": "long_term", "rule": "MIG-15", "systems": serials(&is_basic)}));
    }
    if basic_systems == 0 && rest > 0 {
        warnings.push(json!({"code": "unallocated_without_basic", "rule": "MIG-15", "systems": []}));
    }
    if account["kind"] == "free_tier" || account["kind"] == "transition" {
        warnings.push(json!({"code": "free_account", "rule": "ACC-8", "systems": []}));
    }

    Ok(json!({
        "account": account["uid"],
        "on": on.text(),
        "policy": {
            "month_rounding": policy.month_rounding,
            "complete_renewal": policy.complete_renewal,
            "cleanup": policy.cleanup,
            "inactive_months": policy.inactive_months,
        },
        "systems": results,
        "tokens": {
            "opening": integer(opening),
            "written_off": integer(written_off),
            "complete": integer(complete),
            "basic": integer(basic),
            "pro_rata": integer(pro_rata),
            "unallocated": integer(unallocated),
            "overgranted": integer(overgranted),
            "shortfall": integer(shortfall),
        },
        "basic": grant.map(|grant| json!({
            "systems": integer(basic_systems),
            "months": {"numerator": integer(rest), "denominator": integer(basic_systems)},
            "granted_months": integer(grant.months),
            "granted_days": integer(grant.days),
            "end_date": grant.end.text(),
        })),
        "summary": {
            "deleted": integer(count(Decision::NeverCommunicated) + count(Decision::SilentTooLong)),
            "inventory": integer(count(Decision::Maintenance) + count(Decision::KeptInventory)),
            "airlink_complete": integer(count(Decision::Complete)),
            "airlink_basic": integer(basic_systems),
        },
        "warnings": warnings,
    }))
}

/// The policy of a document: absent and null are the default.
fn policy_of(given: &Value) -> Policy {
    let or = |field: &str, default: Value| -> Value {
        if given[field].is_null() { default } else { given[field].clone() }
    };
    Policy {
        month_rounding: or("month_rounding", json!("down")).as_str().expect("a text").to_owned(),
        complete_renewal: match or("complete_renewal", json!("support_date")) {
            // No years added is the support date itself.
            years if years["support_date_plus_years"] == 0 => json!("support_date"),
            renewal => renewal,
        },
        cleanup: or("cleanup", json!("protect_paid")).as_str().expect("a text").to_owned(),
        inactive_months: or("inactive_months", json!(12)).as_i64().expect("a count"),
    }
}

/// The order of the decisions.
fn decide(system: &Value, on: Day, policy: &Policy) -> Decision {
    if system["state"] == "maintenance" {
        return Decision::Maintenance;
    }
    if policy.cleanup == "protect_paid" && has_support(system, on) {
        return Decision::Complete;
    }
    if never_communicated(system) {
        return Decision::NeverCommunicated;
    }
    if silent_too_long(system, on, policy) {
        return Decision::SilentTooLong;
    }
    if policy.cleanup == "strict" && has_support(system, on) {
        return Decision::Complete;
    }
    if system["state"] == "inventory" {
        return Decision::KeptInventory;
    }
    Decision::Basic
}

/// The deciding rule, then the others that had a say, by number.
fn rules_of(
    system: &Value,
    decision: Decision,
    on: Day,
    policy: &Policy,
    grant: Option<&Grant>,
) -> Vec<String> {
    let expired_support = date(system, "support_end").is_some_and(|end| end < on);
    let mut rules = Vec::new();
    match decision {
        Decision::Maintenance => rules.push("MIG-3"),
        Decision::Complete => {
            rules.push("MIG-4");
            rules.push("MIG-5");
            if years_added(policy) >= 1 {
                rules.push("MIG-11");
            }
            // Under `strict` a system that MIG-7 or MIG-8 meets never gets here.
            if would_be_cleaned_up(system, on, policy) {
                rules.push("MIG-12");
            }
        }
        Decision::NeverCommunicated | Decision::SilentTooLong => {
            rules.push(if decision == Decision::NeverCommunicated { "MIG-7" } else { "MIG-8" });
            // Under `strict` clean-up decides before anybody asks for support.
            if expired_support && policy.cleanup != "strict" {
                rules.push("MIG-6");
            }
            // Under `protect_paid` a system with valid support never gets here.
            if has_support(system, on) {
                rules.push("MIG-12");
            }
        }
        Decision::KeptInventory => {
            rules.push("MIG-13");
            if expired_support {
                rules.push("MIG-6");
            }
        }
        Decision::Basic => {
            let grant = grant.expect("a Basic system has a grant");
            rules.push("MIG-9");
            if expired_support {
                rules.push("MIG-6");
            }
            if policy.month_rounding != "down" && !grant.whole {
                rules.push("MIG-10");
            }
            if (grant.months == 0 && grant.days == 0) || grant.months > 60 {
                rules.push("MIG-15");
            }
        }
    }
    rules.into_iter().map(str::to_owned).collect()
}

/// MIG-4, MIG-6: the support end date counts when it is the migration date or later.
fn has_support(system: &Value, on: Day) -> bool {
    date(system, "support_end").is_some_and(|end| end >= on)
}

/// MIG-7
fn never_communicated(system: &Value) -> bool {
    date(system, "last_communication").is_none()
}

/// MIG-8: more than the allowed months before the migration date; exactly that many stays.
fn silent_too_long(system: &Value, on: Day, policy: &Policy) -> bool {
    let cutoff = on.add_months(-i128::from(policy.inactive_months)).max(FIRST);
    date(system, "last_communication").is_some_and(|last| last < cutoff)
}

/// MIG-12: what the clean-up would take, were it asked first.
fn would_be_cleaned_up(system: &Value, on: Day, policy: &Policy) -> bool {
    never_communicated(system) || silent_too_long(system, on, policy)
}

/// MIG-5: the month ends between the migration date and the support end date.
fn complete_tokens(system: &Value, on: Day) -> i64 {
    on.month_changes_until(date(system, "support_end").expect("a complete system has support"))
}

/// MIG-4, MIG-11: the date remains, or moves on by the policy's years.
fn complete_end(system: &Value, policy: &Policy) -> Day {
    let support_end = date(system, "support_end").expect("a complete system has support");
    support_end.add_months(12 * i128::from(years_added(policy)))
}

/// MIG-11
fn years_added(policy: &Policy) -> i64 {
    if policy.complete_renewal == "support_date" {
        return 0;
    }
    policy.complete_renewal["support_date_plus_years"].as_i64().expect("a number of years")
}

/// MIG-9, MIG-10: the quotient `rest` ÷ `systems`, made months and days.
fn grant_of(rest: i128, systems: i128, on: Day, policy: &Policy) -> Grant {
    let whole_months = rest / systems;
    let left_over = rest % systems;
    let (months, days) = match policy.month_rounding.as_str() {
        "down" => (whole_months, 0),
        // Halves go up.
        "nearest" if 2 * left_over >= systems => (whole_months + 1, 0),
        "nearest" => (whole_months, 0),
        "up" if left_over > 0 => (whole_months + 1, 0),
        "up" => (whole_months, 0),
        "pro_rata_days" => {
            // The fraction × the days up to the next monthly date, counted from the migration date.
            let from = on.add_months(whole_months);
            let to = on.add_months(whole_months + 1);
            (whole_months, left_over * i128::from(from.days_until(to)) / systems)
        }
        other => panic!("no such rounding: {other}"),
    };
    let end = on.add_months(months).add_days(i64::try_from(days).expect("less than a month"));
    Grant { months, days, end, whole: left_over == 0 }
}

/// An optional date of a system: absent and null are the same.
fn date(system: &Value, field: &str) -> Option<Day> {
    system[field].as_str().map(Day::parse)
}

/// A JSON integer.
fn integer(number: i128) -> Value {
    json!(i64::try_from(number).expect("within the wire form's limits"))
}
