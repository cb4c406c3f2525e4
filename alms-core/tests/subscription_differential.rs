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
}

/// The library's answer is the model's, or its error is one of the model's.
fn agree(operation: &str, input: &Value, model: impl Fn(&Value) -> Answer) -> Result<(), TestCaseError> {
    match library(operation, input) {
        Ok(answer) => {
            let answer = trimmed(refusals_in_short(answer)?);
            let model = model(&answer);
            let Ok(model) = &model else {
                return Err(TestCaseError::fail(format!("{answer} instead of {model:?} for {input}")));
            };
            prop_assert_eq!(&answer, model, "{}", difference(&answer, model, input));
        }
        Err(error) => {
            let faults = model(&Value::Null).err().unwrap_or_default();
            let said = |(code, rule, path): &(&str, Option<&str>, String)| {
                error["code"] == *code && error["rule"] == json!(rule) && error["path"] == *path
            };
            prop_assert!(faults.iter().any(said), "{} instead of {:?} for {}", error, faults, input);
            prop_assert!(error["message"] != "" && error["context"].is_object(), "{}", error);
        }
    }
    Ok(())
}

/// The output document of an operation, or the whole object of its error.
fn library(operation: &str, input: &Value) -> Result<Value, Value> {
    let parsed = |text: &str| serde_json::from_str(text).expect("the library writes JSON");
    let input = serde_json::to_string(input).expect("a document");
    match wire::call(operation, &input) {
        Ok(text) => Ok(parsed(&text)),
        Err(error) => Err(parsed(&error.to_json())),
    }
}

/// Errors as code, rule and path.
fn refusals_in_short(mut answer: Value) -> Result<Value, TestCaseError> {
    for event in answer.get_mut("events").and_then(Value::as_array_mut).into_iter().flatten() {
        if event["ok"] == false {
            let error = &event["error"];
            prop_assert!(error["message"] != "" && error["context"].is_object(), "{}", error);
            event["error"] = json!([error["code"], error["rule"], error["path"]]);
        }
    }
    Ok(answer)
}

/// Exact amounts may have more decimals than they need beyond their currency's; one form is compared.
fn trimmed(value: Value) -> Value {
    match value {
        Value::Object(fields) if fields.contains_key("currency") && fields.contains_key("amount") => {
            let parts = naive_subscriptions::parse(fields["amount"].as_str().expect("a text"));
            let trimmed = naive_subscriptions::amount_in(parts, &fields["currency"]);
            let longer = fields["amount"].as_str().map(str::len) > trimmed["amount"].as_str().map(str::len);
            if longer { trimmed } else { Value::Object(fields) }
        }
        Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, trimmed(field))).collect(),
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
    "renewal before_start",
    "termination before_start",
    "activation terminated",
    "renewal terminated",
    "renewal no_end_date",
    "offer_change no_end_date",
    "activation not_in_inventory",
    "renewal billing_mismatch",
    "offer_change first_year",
    "termination first_year",
    "offer_change pre_paid_term",
    "termination pre_paid_term",
    "renewal date_out_of_range",
    "state out of range",
    "due: due",
    "due: lapsed",
    "due: before_start",
    "invoices: 1 line",
    "invoices: 2 lines",
    "invoices: more systems in a line",
    "invoices: out_of_range",
    "invoices: missing_price",
    "quote: 1 line",
    "quote: 2 lines",
    "quote: more than one term for a system",
    "quote: not_due",
    "quote: covered",
    "quote: inventory",
    "quote: renews_by_itself",
    "quote: terminated",
    "quote: not_started",
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
    draw!(due, |input: &Value| words("due", naive_subscriptions::due(input), due_words));
    draw!(invoices, |input: &Value| words("invoices", naive_subscriptions::invoices(input), invoice_words));
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
        Err(faults) if faults.len() == 1 => vec![faults[0].0.to_owned()],
        Err(_) => Vec::new(),
    };
    words.into_iter().map(|word| format!("{operation}: {word}")).collect()
}

fn state_words(input: &Value) -> Vec<String> {
    let Ok(state) = naive_subscriptions::state(input) else { return vec!["state out of range".to_owned()] };
    let mut words = vec![text(&state["state"]).to_owned()];
    words.extend(list(&state["rules"]).iter().map(|rule| format!("rule {}", text(rule))));
    words.extend((!state["next_offer"].is_null()).then(|| "another offer to follow".to_owned()));
    let to_come = !state["terminates_on"].is_null() && state["state"] == "active";
    words.extend(to_come.then(|| "a termination to come".to_owned()));
    for event in list(&state["events"]) {
        let outcome = event["error"][0].as_str().unwrap_or("true");
        words.push(format!("{} {outcome}", text(&event["type"])));
        words.extend((event["effect"]["reactivated"] == true).then(|| "reactivated".to_owned()));
    }
    words
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

fn invoice_words(answer: &Value) -> Vec<String> {
    let mut words = Vec::new();
    for invoice in list(&answer["invoices"]) {
        words.extend(line_words(&invoice["lines"]));
        let several = list(&invoice["lines"]).iter().any(|line| line["quantity"] != 1);
        words.extend(several.then(|| "more systems in a line".to_owned()));
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
