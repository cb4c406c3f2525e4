//! The life of subscriptions against a second implementation that was written from the rules alone.
//!
//! Ten thousand random histories or fleets for each operation; the whole output has to agree.
//! `ALMS_CASES=1000000` compares a million.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/naive_subscriptions.rs"]
mod naive_subscriptions;

#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/subscriptions.rs"]
mod subscriptions;

use alms_core::wire;
use naive_subscriptions::Answer;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(support::differential_cases(10_000))]

    #[test]
    fn the_state_on_a_day(input in subscriptions::state()) {
        agree("subscriptions.state", &input, |_| naive_subscriptions::state(&input))?;
    }

    #[test]
    fn what_is_due(input in subscriptions::due()) {
        agree("subscriptions.due", &input, |_| naive_subscriptions::due(&input))?;
    }

    #[test]
    fn invoices_in_advance(input in subscriptions::invoices()) {
        agree("subscriptions.invoices", &input, |_| naive_subscriptions::invoices(&input))?;
    }

    #[test]
    fn a_quote(input in subscriptions::quote()) {
        agree("subscriptions.quote", &input, |answer| naive_subscriptions::quote(&input, answer))?;
    }

    #[test]
    fn an_alignment(input in subscriptions::align()) {
        agree("subscriptions.align", &input, |answer| naive_subscriptions::align(&input, answer))?;
    }

    #[test]
    fn a_renewal(input in subscriptions::renew()) {
        agree("subscriptions.renew", &input, |_| naive_subscriptions::renew(&input))?;
    }
}

/// The library's answer is the model's, or its error is one of the model's.
fn agree(operation: &str, input: &Value, model: impl Fn(&Value) -> Answer) -> Result<(), TestCaseError> {
    match library(operation, input) {
        Ok(answer) => {
            let model = model(&answer);
            let Ok(model) = model else {
                return Err(TestCaseError::fail(format!("{answer} instead of {model:?} for {input}")));
            };
            let (mut answer, mut model) = (trimmed(answer), trimmed(model));
            refusals_in_short(&mut answer, &mut model)?;
            prop_assert_eq!(&answer, &model, "{}", difference(&answer, &model, input));
        }
        Err(error) => {
            let faults = model(&Value::Null).err().unwrap_or_default();
            let said = faults.iter().any(|fault| fault.in_short() == in_short(&error));
            prop_assert!(said, "{} instead of {:?} for {}", error, faults, input);
            prop_assert!(error["message"] != "" && error["context"].is_object(), "{}", error);
        }
    }
    Ok(())
}

/// An error as it is compared: code, rule, path, and the months that would do.
fn in_short(error: &Value) -> Value {
    json!([error["code"], error["rule"], error["path"], error["context"]["months_needed"]])
}

/// The output document of an operation, or the whole object of its error.
fn library(operation: &str, input: &Value) -> Result<Value, Value> {
    let parsed = |text: &str| -> Value { serde_json::from_str(text).expect("the library writes JSON") };
    let input = serde_json::to_string(input).expect("a document");
    match wire::call(operation, &input) {
        Ok(text) => {
            let mut answer = parsed(&text);
            // The model has no subscription of a day: `subscription_snapshots` tests it.
            let _ = answer.as_object_mut().and_then(|fields| fields.remove("subscription"));
            Ok(answer)
        }
        Err(error) => Err(parsed(&error.to_json())),
    }
}

/// The errors of events in short; where the model has several for an event, that of the library if it is one of them.
fn refusals_in_short(answer: &mut Value, model: &mut Value) -> Result<(), TestCaseError> {
    let refused = |value: &Value| value["ok"] == false;
    let none = Vec::new;
    let library = answer
        .get_mut("events")
        .and_then(Value::as_array_mut)
        .map_or_else(none, |list| list.iter_mut().collect());
    let model = model
        .get_mut("events")
        .and_then(Value::as_array_mut)
        .map_or_else(none, |list| list.iter_mut().collect());
    for (event, expected) in
        library.into_iter().zip(model).filter(|(left, right)| refused(left) && refused(right))
    {
        let error = &event["error"];
        prop_assert!(error["message"] != "" && error["context"].is_object(), "{}", error);
        event["error"] = in_short(error);
        let possible =
            expected.as_object_mut().and_then(|fields| fields.remove("errors")).unwrap_or_default();
        let said = list(&possible).contains(&event["error"]);
        expected["error"] = if said { event["error"].clone() } else { possible };
    }
    Ok(())
}

/// Without nulls, which are the same as absent fields. Exact amounts may have more decimals than they need beyond
/// their currency's; one form is compared.
fn trimmed(value: Value) -> Value {
    match value {
        Value::Object(fields) if fields.contains_key("currency") && fields.contains_key("amount") => {
            let parts = naive_subscriptions::parse(fields["amount"].as_str().expect("a text"));
            let trimmed = naive_subscriptions::amount_in(parts, &fields["currency"]);
            let longer = fields["amount"].as_str().map(str::len) > trimmed["amount"].as_str().map(str::len);
            if longer { trimmed } else { Value::Object(fields) }
        }
        Value::Object(fields) => {
            let said = fields.into_iter().filter(|(_, field)| !field.is_null());
            said.map(|(name, field)| (name, trimmed(field))).collect()
        }
        Value::Array(items) => items.into_iter().map(trimmed).collect(),
        other => other,
    }
}

/// The first fields that differ, and the input.
fn difference(answer: &Value, model: &Value, input: &Value) -> String {
    let mut places = Vec::new();
    collect(answer, model, String::new(), &mut places);
    places.truncate(5);
    format!("{places:#?} for {input}")
}

fn collect(answer: &Value, model: &Value, path: String, places: &mut Vec<String>) {
    match (answer, model) {
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            left.iter()
                .for_each(|(name, field)| collect(field, &right[name], format!("{path}.{name}"), places));
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let pairs = left.iter().zip(right).enumerate();
            pairs.for_each(|(index, (left, right))| collect(left, right, format!("{path}[{index}]"), places));
        }
        _ if answer == model => {}
        _ => places.push(format!("{path}: library {answer}, model {model}")),
    }
}

/// Answers worked out by hand: both implementations may not share a mistake in them.
#[test]
fn both_give_the_answers_of_the_rulebook() {
    let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
    let price = |months: i64, amount: &str| json!({"offer": "O", "months": months, "price": usd(amount)});
    let direct = json!({"serial": "A", "offer": "O", "billing": "direct", "registered": "2024-01-10"});
    let from_end = json!({"registered": "2023-01-15"});
    let cases = [
        // SUB-2: 29 February 2024 + 12 months, + 36: four years after the registration.
        (
            "subscriptions.renew",
            json!({"subscription": {"registered": "2024-02-29"}, "months": 36, "on": "2025-01-10"}),
            json!({"end_date": "2028-02-29", "warranty_end": "2028-02-29", "reactivated": false, "rules": ["SUB-2"], "terms_from": "2024-02-29"}),
        ),
        // SUB-4: 11 days late: more than the 10 of grace; 11 days before the order is the lapsed end itself.
        (
            "subscriptions.renew",
            json!({"subscription": from_end, "months": 12, "on": "2024-01-26", "late": {"backdated": {}}}),
            json!({"end_date": "2025-01-15", "warranty_end": "2025-01-15", "reactivated": true, "rules": ["SUB-4"], "terms_from": "2023-01-15"}),
        ),
        // 200 days late: from 180 days before 2 August 2024, 4 February; the gap ends the warranty.
        (
            "subscriptions.renew",
            json!({"subscription": from_end, "months": 12, "on": "2024-08-02", "late": {"backdated": {}}}),
            json!({"end_date": "2025-02-04", "reactivated": true, "rules": ["SUB-4", "SUB-6"], "terms_from": "2024-02-04"}),
        ),
        // SUB-7: from 10 to 15 January 2025 are 5 of the 31 days from 15 December; then whole months of 31.00.
        (
            "subscriptions.invoices",
            json!({"subscriptions": [direct], "from": "2025-01-01", "until": "2025-01-31",
            "prices": [price(1, "31.00")], "invoice_day": {"day": 15}}),
            json!({"invoices": [
                {"on": "2025-01-10", "total": usd("5.00"), "lines": [{"offer": "O", "months": 1, "quantity": 1, "serials": ["A"],
                    "start_date": "2025-01-10", "end_date": "2025-01-15", "unit_price": usd("31.00"), "amount": usd("5.00"),
                    "days": {"numerator": 5, "denominator": 31}}]},
                {"on": "2025-01-15", "total": usd("31.00"), "lines": [{"offer": "O", "months": 1, "quantity": 1, "serials": ["A"],
                    "start_date": "2025-01-15", "end_date": "2025-02-15", "unit_price": usd("31.00"), "amount": usd("31.00")}]},
            ]}),
        ),
    ];
    for (operation, input, expected) in &cases {
        let model = match *operation {
            "subscriptions.renew" => naive_subscriptions::renew(input),
            _ => naive_subscriptions::invoices(input),
        };
        assert_eq!(trimmed(model.expect("an answer")), *expected, "the model, for {input}");
    }
    for (operation, input, expected) in &cases {
        let library = trimmed(library(operation, input).expect("an answer"));
        assert_eq!(library, *expected, "the library, for {input}");
    }
}

/// What `what_happens` must find in a few thousand random documents.
const REACHED: &[&str] = &[
    "not_started",
    "inventory",
    "active",
    "suspended",
    "terminated",
    "rule SUB-1",
    "rule SUB-2",
    "rule SUB-3",
    "rule SUB-4",
    "rule SUB-5",
    "rule SUB-6",
    "rule SUB-7",
    "rule MIG-3",
    "rule RES-1",
    "another offer to follow",
    "a termination to come",
    "renewal true",
    "activation true",
    "offer_change true",
    "termination true",
    "reactivated",
    "termination before_start",
    "renewal no_end_date",
    "offer_change no_end_date",
    "activation not_in_inventory",
    "renewal billing_mismatch",
    "renewal term_over_before_order",
    "renewal true before the start",
    "activation true before the start",
    "period_change true",
    "period_change before_start",
    "period_change invalid_term",
    "period_change pre_paid_term",
    "period_change billing_mismatch",
    "period_change no_end_date",
    "withdrawal true",
    "withdrawal nothing_to_withdraw",
    "a later declaration",
    "backdated renewal",
    "state: start_before_registration",
    "state: end_before_start",
    "state: first_registered_after_registration",
    "state: invalid_input",
    "state: date_out_of_range",
    "direct from the start",
    "inventory without being told",
    "warranty at its limit",
    "warranty lost",
    "a chain of a leap day",
    "renew: renewed",
    "renew: late",
    "renew: term_over_before_order",
    "renew: billing_mismatch",
    "renew: no_end_date",
    "renew: end_before_start",
    "renew: invalid_input",
    "due: duplicate_serial",
    "due: end_before_start",
    "offer_change pre_paid_term",
    "termination pre_paid_term",
    "renewal date_out_of_range",
    "state: date_out_of_range",
    "due: due",
    "due: lapsed",
    "invoices: 1 line",
    "invoices: 2 lines",
    "invoices: more systems in a line",
    "invoices: out_of_range",
    "invoices: missing_price",
    "invoices: a short period",
    "invoices: a short year",
    "invoices: whole periods on the account's day",
    "quote: 1 line",
    "quote: 2 lines",
    "quote: more than one term for a system",
    "quote: not_due",
    "quote: covered",
    "quote: inventory",
    "quote: renews_by_itself",
    "quote: terminated",
    "quote: term_over_before_order",
    "quote: two subscriptions of a system",
    "quote: reactivated",
    "quote: lapsed",
    "quote: out_of_range",
    "quote: missing_price",
    "quote: invalid_discount",
    "align terms: more than one unit for a system",
    "align terms: bought, left over",
    "align packs: bought, left over",
    "align packs: bought",
    "align pooled_days: bought, left over",
    "align pooled_days: gives",
    "align pooled_days: 0 systems",
    "align terms: covered",
    "align terms: out_of_range",
];

/// A differential test proves nothing about a case that its generator never draws.
#[test]
fn the_generators_reach_every_state_refusal_and_purchase() {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    let mut draw = |strategy: &dyn Fn(&mut TestRunner) -> Value, words: &dyn Fn(&Value) -> Vec<String>| {
        for _ in 0..1_500 {
            let input = strategy(&mut runner);
            words(&input).into_iter().for_each(|word| *seen.entry(word).or_default() += 1);
        }
    };
    macro_rules! draw {
        ($name:ident, $words:expr) => {
            let strategy = subscriptions::$name();
            draw(&|runner| strategy.new_tree(runner).expect("a document").current(), &$words);
        };
    }
    draw!(state, state_words);
    draw!(renew, |input: &Value| words("renew", naive_subscriptions::renew(input), renew_words(input)));
    draw!(due, |input: &Value| words("due", naive_subscriptions::due(input), due_words));
    draw!(invoices, |input: &Value| words("invoices", naive_subscriptions::invoices(input), |answer| {
        invoice_words(input, answer)
    }));
    draw!(quote, |input: &Value| words(
        "quote",
        naive_subscriptions::quote(input, &Value::Null),
        quote_words
    ));
    draw!(align, |input: &Value| {
        let name = format!("align {}", input["method"].as_str().unwrap_or("terms"));
        words(&name, naive_subscriptions::align(input, &Value::Null), align_words)
    });
    let missing: Vec<_> = REACHED.iter().filter(|wanted| !seen.contains_key(**wanted)).collect();
    assert!(missing.is_empty(), "never generated: {missing:?}, but {seen:#?}");
}

/// What happens in an answer; a refusal counts where it is the only one possible.
fn words(operation: &str, answer: Answer, of: impl Fn(&Value) -> Vec<String>) -> Vec<String> {
    let words = match answer {
        Ok(answer) => of(&answer),
        Err(faults) => {
            let mut codes: Vec<_> = faults.iter().map(|fault| fault.code.to_owned()).collect();
            codes.dedup();
            if codes.len() == 1 { codes } else { Vec::new() }
        }
    };
    words.into_iter().map(|word| format!("{operation}: {word}")).collect()
}

fn state_words(input: &Value) -> Vec<String> {
    let answer = naive_subscriptions::state(input);
    let Ok(state) = &answer else { return words("state", answer, |_| Vec::new()) };
    let doc = &input["subscription"];
    let mut words = vec![text(&state["state"]).to_owned()];
    let mut when = |holds: bool, word: &str| words.extend(holds.then(|| word.to_owned()));
    when(!state["next_offer"].is_null(), "another offer to follow");
    when(!state["terminates_on"].is_null() && state["state"] == "active", "a termination to come");
    when(state["state"] == "inventory" && doc["state"].is_null(), "inventory without being told");
    let direct = doc["billing"] == "direct" && doc["end_date"].is_null() && doc["start_date"].is_string();
    when(direct && state["state"] == "active" && state["included_year"] == false, "direct from the start");
    when(
        state["warranty_end"].as_str() < state["end_date"].as_str()
            && list(&state["rules"]).contains(&json!("SUB-6")),
        "warranty at its limit",
    );
    when(
        state["state"] == "active" && state["warranty_end"].is_null() && doc["warranty_end"].is_string(),
        "warranty lost",
    );
    let leap = |date: &Value| date.as_str().is_some_and(|date| date.ends_with("02-29"));
    when(
        leap(&state["end_date"]) && !leap(&doc["end_date"]) && state["renews_by_itself"] == false,
        "a chain of a leap day",
    );
    words.extend(list(&state["rules"]).iter().map(|rule| format!("rule {}", text(rule))));
    // Refused events have no place in a list that is sorted: their days and types are enough.
    let mut events = list(&doc["events"]).to_vec();
    events.sort_by_key(|event| text(&event["on"]).to_owned());
    for (event, given) in list(&state["events"]).iter().zip(&events) {
        words.extend(event_words(input, event, given));
    }
    words
}

fn event_words(input: &Value, event: &Value, given: &Value) -> Vec<String> {
    let kind = if given["withdraw"] == true { "withdrawal" } else { text(&event["type"]) };
    let Some(errors) = event["errors"].as_array() else {
        let mut words = vec![format!("{kind} true")];
        let start =
            ["start_date", "registered"].into_iter().find_map(|field| input["subscription"][field].as_str());
        words.extend((event["on"].as_str() < start).then(|| format!("{kind} true before the start")));
        words.extend((event["effect"]["reactivated"] == true).then(|| "reactivated".to_owned()));
        let from = text(&event["effect"]["from"]);
        words.extend((given["effective"].as_str() == Some(from)).then(|| "a later declaration".to_owned()));
        let backdated = event["effect"]["reactivated"] == true && input["late"].is_object();
        words.extend((backdated && from < text(&event["on"])).then(|| "backdated renewal".to_owned()));
        return words;
    };
    let mut codes: Vec<String> = errors.iter().map(|error| format!("{kind} {}", text(&error[0]))).collect();
    codes.dedup();
    if codes.len() == 1 { codes } else { Vec::new() }
}

fn renew_words(input: &Value) -> impl Fn(&Value) -> Vec<String> {
    let leap = text(&input["on"]).ends_with("02-29");
    move |answer| {
        let mut words = vec![if answer["reactivated"] == true { "late" } else { "renewed" }.to_owned()];
        words.extend(leap.then(|| "on a leap day".to_owned()));
        words
    }
}

fn due_words(due: &Value) -> Vec<String> {
    let kinds = ["due", "lapsed"].into_iter().filter(|kind| due[*kind] != json!([]));
    kinds.map(str::to_owned).collect()
}

fn line_words(lines: &Value) -> Vec<String> {
    match list(lines).len() {
        0 => Vec::new(),
        1 => vec!["1 line".to_owned()],
        _ => vec!["2 lines".to_owned()],
    }
}

fn invoice_words(input: &Value, answer: &Value) -> Vec<String> {
    let day = input["invoice_day"]["day"].as_i64().map(|day| format!("{day:02}"));
    let mut words = Vec::new();
    for invoice in list(&answer["invoices"]) {
        words.extend(line_words(&invoice["lines"]));
        let several = list(&invoice["lines"]).iter().any(|line| line["quantity"] != 1);
        words.extend(several.then(|| "more systems in a line".to_owned()));
        for line in list(&invoice["lines"]) {
            let short = !line["days"].is_null();
            words.extend((short && line["months"] == 1).then(|| "a short period".to_owned()));
            words.extend((short && line["months"] == 12).then(|| "a short year".to_owned()));
            let whole = !short && day == line["start_date"].as_str().map(|start| start[8..].to_owned());
            words.extend(whole.then(|| "whole periods on the account's day".to_owned()));
        }
    }
    words
}

fn skipped_words(answer: &Value) -> Vec<String> {
    list(&answer["skipped"]).iter().map(|system| text(&system["reason"]).to_owned()).collect()
}

fn quote_words(quote: &Value) -> Vec<String> {
    let mut words = line_words(&quote["lines"]);
    words.extend(skipped_words(quote));
    words.extend((quote["lapsed"]["systems"] != 0).then(|| "lapsed".to_owned()));
    let mut serials: Vec<&str> =
        list(&quote["systems"]).iter().map(|system| text(&system["serial"])).collect();
    serials.dedup();
    words.extend(
        (serials.len() < list(&quote["systems"]).len()).then(|| "two subscriptions of a system".to_owned()),
    );
    for system in list(&quote["systems"]) {
        let several = list(&system["terms"]).len() > 1;
        words.extend(several.then(|| "more than one term for a system".to_owned()));
        words.extend((system["reactivated"] == true).then(|| "reactivated".to_owned()));
    }
    words
}

fn align_words(answer: &Value) -> Vec<String> {
    let mut words = skipped_words(answer);
    if answer["lines"] != json!([]) {
        words.push(if answer["left_over"] == 0 { "bought" } else { "bought, left over" }.to_owned());
    }
    let systems = list(&answer["systems"]);
    words.extend(systems.is_empty().then(|| "0 systems".to_owned()));
    let several = systems.iter().any(|system| list(&system["units"]).len() > 1);
    words.extend(several.then(|| "more than one unit for a system".to_owned()));
    words.extend(systems.iter().any(|system| system["gets"].as_i64() < Some(0)).then(|| "gives".to_owned()));
    words
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
