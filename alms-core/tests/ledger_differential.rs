//! `tokens.replay`, `tokens.journal` and `tokens.forecast` against a second implementation that was
//! written from the rulebook alone.
//!
//! Ten thousand random ledgers are booked twice, and every result, balance, state and posting has to
//! agree; as many forecasts are counted down month by month. `ALMS_CASES=1000000` compares a million.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

#[expect(dead_code, reason = "the other tests of the ledger use the rest")]
#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/naive_ledger.rs"]
mod naive_ledger;

use alms_core::wire;
use naive_ledger::{Fault, Ledger, Outcome, Place, random};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{accounts, call};

proptest! {
    #![proptest_config(support::differential_cases(10_000))]

    #[test]
    fn the_library_books_what_the_rulebook_says(document in random::everything()) {
        replayed_alike(&document)?;
    }

    #[test]
    fn the_library_forecasts_what_the_rulebook_says(input in forecast_input()) {
        forecast_alike(&input)?;
    }
}

/// Replays a document both ways and compares all there is; what is no booking fails the call, and is left out then.
fn replayed_alike(document: &Value) -> Result<(), TestCaseError> {
    let bookings = list(&document["bookings"]);
    let faults: Vec<Vec<Fault>> = bookings.iter().map(naive_ledger::malformed).collect();
    let Some(first) = faults.iter().position(|faults| !faults.is_empty()) else {
        return booked_alike(document);
    };
    let wellformed = bookings.iter().zip(&faults).filter(|(_, faults)| faults.is_empty());
    let wellformed: Vec<&Value> = wellformed.map(|(booking, _)| booking).collect();
    let rest = json!({"accounts": document["accounts"], "bookings": wellformed});
    // Two accounts of one UID are said first.
    if naive_ledger::replay(&rest).is_ok() {
        let error = library("tokens.replay", document).expect_err("a value that is none");
        let path = format!("bookings[{first}]");
        let reported = faults[first].iter().any(|fault| is_reported(&error, fault, &path));
        prop_assert!(reported, "{}, expected one of {:?}, in {}", error, faults[first], document);
    }
    booked_alike(&rest)
}

/// Replays a document of bookings both ways.
fn booked_alike(document: &Value) -> Result<(), TestCaseError> {
    let (ledger, outcomes) = match naive_ledger::replay(document) {
        Ok(replayed) => replayed,
        Err((code, path)) => {
            let error = library("tokens.replay", document).expect_err("an account twice");
            let wanted = json!([code, "ACC-1", path]);
            prop_assert_eq!(json!([error["code"], error["rule"], error["path"]]), wanted, "{}", document);
            return Ok(());
        }
    };
    let replayed = match library("tokens.replay", document) {
        Ok(replayed) => replayed,
        Err(error) => {
            return Err(TestCaseError::fail(format!("the whole call fails: {error} for {document}")));
        }
    };
    prop_assert_eq!(list(&replayed["results"]).len(), outcomes.len(), "{}", document);
    for (index, (result, outcome)) in list(&replayed["results"]).iter().zip(&outcomes).enumerate() {
        let key = &document["bookings"][index]["key"];
        agrees(result, key, outcome, &format!("bookings[{index}]"), document)?;
    }
    let standings = ledger.accounts();
    let described = list(&document["accounts"]).iter().zip(list(&standings).iter().cloned());
    let accounts: Vec<Value> =
        described.map(|(described, stands)| with_description(stands, described)).collect();
    let wanted = json!({"accounts": accounts, "results": replayed["results"]});
    prop_assert_eq!(replayed, wanted, "{}", document);
    journal_alike(document, &ledger, &outcomes)
}

/// An account as it stands, with what its description says of it: it goes into the next ledger.
fn with_description(mut account: Value, described: &Value) -> Value {
    for field in ["name", "kind"] {
        account[field] = described[field].clone();
    }
    for field in ["administrators", "partners"] {
        account[field] =
            described.get(field).filter(|list| !list.is_null()).cloned().unwrap_or_else(|| json!([]));
    }
    account
}

/// A stored ledger has no refused bookings: the first of them is the answer of the whole call.
fn journal_alike(document: &Value, ledger: &Ledger<'_>, outcomes: &[Outcome]) -> Result<(), TestCaseError> {
    let journal = library("tokens.journal", document);
    let Some(refused) = outcomes.iter().position(|outcome| matches!(outcome, Outcome::Refused(_))) else {
        prop_assert_eq!(journal, Ok(ledger.journal()), "{}", document);
        return Ok(());
    };
    let result = json!({"key": "", "ok": false, "error": journal.expect_err("a refused booking")});
    agrees(&result, &json!(""), &outcomes[refused], &format!("bookings[{refused}]"), document)?;

    let results = list(&document["bookings"]).iter().zip(outcomes);
    let taken = results.filter(|(_, outcome)| matches!(outcome, Outcome::Booked { .. }));
    let bookings: Vec<&Value> = taken.map(|(booking, _)| booking).collect();
    let stored = json!({"accounts": document["accounts"], "bookings": bookings});
    prop_assert_eq!(library("tokens.journal", &stored), Ok(ledger.journal()), "{}", stored);
    Ok(())
}

/// One of `results` against what became of that booking.
fn agrees(
    result: &Value,
    key: &Value,
    outcome: &Outcome,
    path: &str,
    document: &Value,
) -> Result<(), TestCaseError> {
    let faults = match outcome {
        Outcome::Booked { reactivated } => {
            let wanted = json!({"key": key, "ok": true, "reactivated": reactivated});
            prop_assert_eq!(result, &wanted, "{} of {}", path, document);
            return Ok(());
        }
        Outcome::Refused(faults) => faults,
    };
    let error = &result["error"];
    let shape = json!({"key": key, "ok": false, "error": error});
    prop_assert_eq!(result, &shape, "{} of {}, expected {:?}", path, document, faults);
    prop_assert!(
        faults.iter().any(|fault| is_reported(error, fault, path)),
        "{}: the library says {}, expected one of {:?}, in {}",
        path,
        error,
        faults,
        document
    );
    let message = error["message"].as_str().unwrap_or_default();
    prop_assert!(!message.is_empty() && error["context"].is_object(), "{}", error);
    Ok(())
}

/// Whether an error of the library is this fault of the booking at `path`.
fn is_reported(error: &Value, fault: &Fault, path: &str) -> bool {
    let place = error["path"].as_str().expect("a path");
    let separator = if path.is_empty() { "" } else { "." };
    error["code"] == fault.code
        && error["rule"] == json!(fault.rule)
        && match fault.place {
            Place::Booking => place == path,
            Place::Field(field) => place == format!("{path}{separator}{field}"),
            Place::Anywhere => place.starts_with(path),
        }
}

fn forecast_alike(input: &Value) -> Result<(), TestCaseError> {
    match (library("tokens.forecast", input), naive_ledger::forecast(input)) {
        (Err(error), Err(faults)) => prop_assert!(
            faults.iter().any(|fault| is_reported(&error, fault, "")),
            "the library says {}, expected one of {:?}, for {}",
            error,
            faults,
            input
        ),
        (answer, Ok(forecast)) => prop_assert_eq!(answer, Ok(forecast), "{}", input),
        (answer, Err(faults)) => prop_assert!(false, "{:?} instead of {:?} for {}", answer, faults, input),
    }
    Ok(())
}

/// The output document of an operation, or the whole object of its error.
fn library(operation: &str, input: &Value) -> Result<Value, Value> {
    let parsed = |text: &str| serde_json::from_str(text).expect("the library writes JSON");
    match wire::call(operation, &input.to_string()) {
        Ok(text) => Ok(parsed(&text)),
        Err(error) => Err(parsed(&error.to_json())),
    }
}

fn forecast_input() -> impl Strategy<Value = Value> {
    let limit = 1_000_000_000_000_000_i64;
    let extreme =
        select(vec![limit, limit - 1, limit + 1, -limit, -limit - 1, limit / 96_000, limit / 12, 97_000]);
    let balance = prop_oneof![
        8 => 0_i64..=400,
        3 => -40_i64..=12,
        2 => 400_i64..=100_000,
        1 => extreme.clone(),
        1 => -limit..=limit,
    ];
    let count = prop_oneof![9 => 0_i64..=20, 4 => 0_i64..=3, 1 => extreme, 1 => 0..=limit, 1 => -3_i64..=0];
    let optional = move || proptest::option::weighted(0.7, count.clone());
    let usual = (2020_i64..=2030, 1_i64..=12, 1_i64..=31).prop_map(|(year, month, day)| {
        let day = day.min(support::naive_calendar::days_in_month(year, month));
        support::naive_calendar::Day { year, month, day }
    });
    let on = prop_oneof![4 => usual, 3 => accounts::awkward_day(), 1 => accounts::any_day()];
    let end = prop_oneof![5 => -20_i64..=400, 1 => select(vec![limit, limit + 1, -limit])];
    let end = proptest::option::weighted(0.3, end);
    let status = proptest::option::weighted(0.3, select(vec!["active", "suspended"]));
    let known = (optional(), optional(), optional(), end);
    (balance, on, known, status, any::<bool>()).prop_map(
        |(balance, on, (previous, current, months, end), status, write_nulls)| {
            let mut input = json!({"balance": balance, "on": on.text()});
            // A status that contradicts the stock is refused: mostly it fits.
            let fits = match status {
                Some("active") => balance >= 0,
                Some(_) => balance <= 0,
                None => write_nulls,
            };
            if fits || balance % 5 == 0 {
                input["status"] = json!(status);
            }
            let fields = [
                ("previous_peak", previous),
                ("current_peak", current),
                ("last_months", months),
                ("expected_end", end),
            ];
            for (field, value) in fields {
                if value.is_some() || write_nulls {
                    input[field] = json!(value);
                }
            }
            input
        },
    )
}

/// What `what_happens` must find in a few thousand random documents.
const REACHED: &[&str] = &[
    // Every way to be booked.
    "booked order for a customer",
    "booked order",
    "booked transfer",
    "booked credit_note",
    "booked debit_note",
    "booked grant",
    "booked withdrawal",
    "booked registration",
    "booked consumption",
    "booked edit",
    "booked delete",
    "booked again",
    "reactivated 1",
    // Every refusal, by the type that was refused.
    "duplicate_account",
    "order: unknown_account ACC-1",
    "order: incomplete_identification ORD-1",
    "order: unknown_customer ORD-1",
    "order: ambiguous_customer ORD-1",
    "order: not_a_partner ORD-9",
    "order: not_positive ORD-1",
    "order: not_positive ORD-2",
    "order: out_of_range",
    "order: key_reused ORD-7",
    "order: invalid_input",
    "transfer: unknown_account ACC-1",
    "transfer: not_a_partner ORD-9",
    "transfer: not_positive ORD-3",
    "transfer: insufficient_tokens ORD-3",
    "credit_note: not_a_partner ORD-9",
    "credit_note: not_positive ORD-5",
    "credit_note: insufficient_tokens ORD-3",
    "debit_note: insufficient_tokens ORD-3",
    "debit_note: out_of_range",
    "order: invalid_discount ORD-8",
    "withdrawal: not_positive ORD-5",
    "withdrawal: insufficient_tokens ORD-3",
    "grant: not_positive ORD-5",
    "grant: unknown_account ACC-1",
    "registration: series_not_eligible TOK-7",
    "registration: already_registered TOK-7",
    "registration: out_of_range",
    "consumption: month_not_over TOK-2",
    "consumption: month_already_booked TOK-2",
    "consumption: out_of_range",
    "edit: not_editable ORD-4",
    "edit: not_positive ORD-4",
    "edit: unknown_booking ORD-4",
    "edit: already_deleted ORD-4",
    "edit: month_closed ORD-4",
    "edit: insufficient_tokens ORD-3",
    "edit: before_order ORD-4",
    "edit: invalid_input ORD-4",
    "edit: incomplete_identification ORD-1",
    "edit: unknown_customer ORD-1",
    "edit: not_a_partner ORD-9",
    "edit: invalid_discount ORD-8",
    "delete: before_order ORD-4",
    "delete: not_editable ORD-4",
    "delete: unknown_booking ORD-4",
    "delete: already_deleted ORD-4",
    "delete: month_closed ORD-4",
    "delete: insufficient_tokens ORD-3",
];

/// A differential test proves nothing about a case that its generator never draws.
#[test]
fn the_generator_reaches_every_booking_refusal_and_reactivation() {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    let strategy = random::everything();
    for _ in 0..3_000 {
        let document = strategy.new_tree(&mut runner).expect("a document").current();
        for word in what_happens(&document) {
            *seen.entry(word).or_default() += 1;
        }
    }
    let missing: Vec<_> = REACHED.iter().filter(|wanted| !seen.contains_key(**wanted)).collect();
    assert!(missing.is_empty(), "never generated: {missing:?}, but {seen:#?}");
}

#[test]
fn the_generator_reaches_every_kind_of_forecast() {
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    let strategy = forecast_input();
    let below_zero = |input: &Value| input["balance"].as_i64() < Some(0);
    for _ in 0..3_000 {
        let input = strategy.new_tree(&mut runner).expect("a document").current();
        seen.extend(match naive_ledger::forecast(&input) {
            Err(faults) => faults.iter().map(|fault| fault.code.to_owned()).collect(),
            Ok(forecast) => vec![
                format!("{} month ends", list(&forecast["month_ends"]).len().min(2)),
                format!("use known: {}", !forecast["predicted_use"].is_null()),
                format!("months left: {}", forecast["months_left"].as_i64().map_or(-1, |left| left.min(120))),
                format!("packs: {}", forecast["packs_to_buy"].as_i64().map_or(-1, |packs| packs.min(1))),
                format!(
                    "below zero, month end today: {}",
                    below_zero(&input) && forecast["month_ends"] != json!([])
                ),
            ],
        });
    }
    for wanted in [
        "out_of_range",
        "date_out_of_range",
        "invalid_input",
        "0 month ends",
        "1 month ends",
        "2 month ends",
        "use known: true",
        "use known: false",
        "months left: -1",
        "months left: 0",
        "months left: 1",
        "months left: 119",
        "months left: 120",
        "packs: -1",
        "packs: 0",
        "packs: 1",
        "below zero, month end today: true",
    ] {
        assert!(seen.contains(wanted), "never generated: {wanted}, but {seen:?}");
    }
}

/// The names of what the model does with a document. A refusal counts where it is the only one possible.
fn what_happens(document: &Value) -> Vec<String> {
    let Ok((_, outcomes)) = naive_ledger::replay(document) else {
        return vec!["duplicate_account".to_owned()];
    };
    let mut words = Vec::new();
    let mut taken: Vec<&Value> = Vec::new();
    for (booking, outcome) in list(&document["bookings"]).iter().zip(&outcomes) {
        let kind = booking["type"].as_str().expect("a type");
        match outcome {
            Outcome::Booked { .. } if taken.contains(&&booking["key"]) => {
                words.push("booked again".to_owned());
            }
            Outcome::Booked { reactivated } => {
                taken.push(&booking["key"]);
                let customer = !booking["customer_admin"].is_null();
                words.push(format!("booked {kind}{}", if customer { " for a customer" } else { "" }));
                words.push(format!("reactivated {}", reactivated.len()));
            }
            Outcome::Refused(faults) if faults.len() == 1 => {
                let rule = faults[0].rule.map_or(String::new(), |rule| format!(" {rule}"));
                words.push(format!("{kind}: {}{rule}", faults[0].code));
            }
            Outcome::Refused(_) => {}
        }
    }
    words
}

/// A document, what becomes of its bookings, and its accounts' balances afterwards, all by hand.
struct Example {
    document: Value,
    outcomes: Vec<&'static str>,
    balances: Vec<(i64, &'static str)>,
}

/// R0 partners C1 (12 below zero), C2 and the trial F1; C2 and C3 share a name and an administrator.
fn example(bookings: &[Value], outcomes: &[&'static str], balances: [(i64, &'static str); 5]) -> Example {
    let account = |uid: &str, name: &str, kind: &str, administrator: &str, partners: Value, opening: i64| {
        json!({"uid": uid, "name": name, "kind": kind, "administrators": [administrator],
            "partners": partners, "opening": opening})
    };
    let accounts = [
        account("R0", "Partner", "reseller", "r@partner.example", json!(null), 24),
        account("C1", "First", "customer", "c@first.example", json!(["R0"]), -12),
        account("C2", "Second", "customer", "c@second.example", json!(["R0"]), 0),
        account("C3", "Second", "customer", "c@second.example", json!([]), 0),
        account("F1", "Trial", "free_tier", "f@trial.example", json!(["R0"]), 0),
    ];
    let mut bookings = bookings.to_vec();
    for (index, booking) in bookings.iter_mut().enumerate() {
        if booking["key"].is_null() {
            booking["key"] = json!(format!("k{index}"));
        }
    }
    Example {
        document: json!({"accounts": accounts, "bookings": bookings}),
        outcomes: outcomes.to_vec(),
        balances: balances.to_vec(),
    }
}

/// ORD-1, ORD-2, ORD-9: who an order is for.
fn orders() -> Example {
    let order = |fields: Value| {
        let mut order =
            json!({"type": "order", "on": "2023-05-03", "po_number": "1", "partner": "R0", "packs": 1});
        for (name, value) in fields.as_object().expect("fields") {
            order[name] = value.clone();
        }
        order
    };
    let bookings = [
        order(json!({})),
        order(json!({"customer_uid": "C1", "customer_admin": "c@first.example"})),
        order(json!({"customer_name": "First", "customer_admin": "c@first.example"})),
        order(json!({"customer_name": "Second", "customer_admin": "c@second.example"})),
        order(json!({"customer_name": "Second", "customer_uid": "C2", "customer_admin": "c@second.example"})),
        order(json!({"customer_uid": "C1", "customer_admin": "c@second.example"})),
        order(json!({"customer_uid": "C1"})),
        order(json!({"customer_admin": "c@first.example"})),
        order(json!({"customer_uid": "C3", "customer_admin": "c@second.example"})),
        order(json!({"packs": 0})),
        order(json!({"packs": 0, "customer_uid": "C1", "customer_admin": "c@first.example"})),
        order(json!({"partner": "R9"})),
    ];
    let outcomes = [
        "booked",
        // −12 + 12 = 0 is not more than zero (TOK-6).
        "booked",
        "booked, reactivates C1",
        "ambiguous_customer ORD-1 bookings[3]",
        "booked",
        "unknown_customer ORD-1 bookings[5]",
        "incomplete_identification ORD-1 bookings[6]",
        "incomplete_identification ORD-1 bookings[7]",
        "not_a_partner ORD-9 bookings[8].partner",
        "not_positive ORD-2 bookings[9].packs",
        "not_positive ORD-1 bookings[10].packs",
        "unknown_account ACC-1 bookings[11].partner",
    ];
    let balances = [(36, "active"), (12, "active"), (12, "active"), (0, "active"), (0, "active")];
    example(&bookings, &outcomes, balances)
}

/// ORD-3, ORD-4: from the partner's 24 tokens.
fn transfers() -> Example {
    let bookings = [
        transfer("a", 3),
        transfer("a", 2),
        transfer("a", 2),
        transfer("a", 1),
        edit("a", "2023-05-31", 3),
        edit("a", "2023-05-31", 1),
        edit("a", "2023-06-01", 2),
        delete("a", "2023-05-30"),
        delete("a", "2023-05-31"),
        delete("a", "2023-05-31"),
        edit("k8", "2023-05-31", 2),
        edit("nothing", "2023-05-04", 2),
    ];
    let outcomes = [
        "insufficient_tokens ORD-3 bookings[0]",
        // The key is still free; −12 + 24.
        "booked, reactivates C1",
        "booked, reactivates C1",
        "key_reused ORD-7 bookings[3].key",
        "insufficient_tokens ORD-3 bookings[4]",
        // C1 is at 0, the partner at 12: by the net effect nobody was ever below zero.
        "booked",
        "month_closed ORD-4 bookings[6].on",
        // The day before its last edit.
        "before_order ORD-4 bookings[7].on",
        "booked",
        "already_deleted ORD-4 bookings[9].target",
        "not_editable ORD-4 bookings[10].target",
        "unknown_booking ORD-4 bookings[11].target",
    ];
    let balances = [(24, "active"), (-12, "suspended"), (0, "active"), (0, "active"), (0, "active")];
    example(&bookings, &outcomes, balances)
}

/// ORD-4, ORD-5: an order that is edited in every way, and tokens that the vendor takes back.
fn corrections() -> Example {
    let changed = |on: &str, changes: Value| {
        let mut edit = json!({"type": "edit", "target": "o", "on": on});
        for (name, value) in changes.as_object().expect("fields") {
            edit[name] = value.clone();
        }
        edit
    };
    let withdrawal = |account: &str, tokens: i64| {
        json!({"type": "withdrawal", "on": "2023-05-06",
        "account": account, "tokens": tokens, "reason": "booked twice"})
    };
    let bookings = [
        json!({"key": "o", "type": "order", "on": "2023-05-03", "po_number": "1", "partner": "R0", "packs": 2,
            "customer_uid": "C1", "customer_admin": "c@first.example"}),
        changed("2023-05-04", json!({"clear": ["customer_name", "customer_uid", "customer_admin"]})),
        changed(
            "2023-05-05",
            json!({"customer_uid": "C2", "customer_admin": "c@second.example", "packs": 1}),
        ),
        changed("2023-05-05", json!({"partner": "C3"})),
        changed("2023-05-04", json!({"packs": 3})),
        changed("2023-05-06", json!({"discount": {"amount": "21"}})),
        changed("2023-05-06", json!({"customer": "C1"})),
        changed("2023-05-06", json!({"clear": ["customer_admin"]})),
        changed("2023-05-06", json!({"customer_uid": "C1", "customer_admin": "c@first.example"})),
        withdrawal("C1", 5),
        withdrawal("R0", 25),
        withdrawal("R0", 24),
        json!({"type": "delete", "target": "o", "on": "2023-05-06"}),
    ];
    let outcomes = [
        "booked, reactivates C1",
        // For the partner's own stock, which is 48 then.
        "booked",
        // The partner gives 24 back, C2 gets 12.
        "booked",
        "not_a_partner ORD-9 bookings[3].partner",
        "before_order ORD-4 bookings[4].on",
        "invalid_discount ORD-8 bookings[5]",
        "invalid_input ORD-4 bookings[6].customer",
        "incomplete_identification ORD-1 bookings[7]",
        // −12 + 12 = 0 leaves C1 suspended.
        "booked",
        "booked",
        "insufficient_tokens ORD-3 bookings[10]",
        "booked",
        "booked",
    ];
    let balances = [(0, "active"), (-17, "suspended"), (0, "active"), (0, "active"), (0, "active")];
    example(&bookings, &outcomes, balances)
}

/// ORD-5: adjustments, which nobody edits.
fn notes() -> Example {
    let note = |kind: &str, tokens: i64| -> Value {
        json!({"type": kind, "on": "2023-06-01", "partner": "R0", "customer": "C1", "tokens": tokens})
    };
    let bookings = [
        note("credit_note", 25),
        note("credit_note", 24),
        note("debit_note", 30),
        note("debit_note", 0),
        delete("k2", "2023-06-01"),
        json!({"type": "grant", "on": "2023-06-01", "account": "C1", "tokens": 18}),
        json!({"type": "grant", "on": "2023-06-01", "account": "C1", "tokens": -1}),
    ];
    let outcomes = [
        "insufficient_tokens ORD-3 bookings[0]",
        "booked, reactivates C1",
        "booked",
        "not_positive ORD-5 bookings[3].tokens",
        "not_editable ORD-4 bookings[4].target",
        // −12 + 24 − 30 + 18 = 0 leaves it suspended.
        "booked",
        "not_positive ORD-5 bookings[6].tokens",
    ];
    let balances = [(30, "active"), (0, "suspended"), (0, "active"), (0, "active"), (0, "active")];
    example(&bookings, &outcomes, balances)
}

fn transfer(key: &str, packs: i64) -> Value {
    json!({"key": key, "type": "transfer", "on": "2023-05-03", "partner": "R0", "customer": "C1",
        "packs": packs, "po_number": "7"})
}

fn edit(target: &str, on: &str, packs: i64) -> Value {
    json!({"type": "edit", "target": target, "on": on, "packs": packs})
}

fn delete(target: &str, on: &str) -> Value {
    json!({"type": "delete", "target": target, "on": on})
}

/// TOK-2, TOK-3, TOK-7.
fn months_and_registrations() -> Example {
    let consumption = |account: &str, month: &str, peak: i64, on: &str| -> Value {
        json!({"type": "consumption", "account": account, "month": month, "peak": peak, "on": on})
    };
    let registration = |account: &str, serial: &str, model: &str| {
        json!({"type": "registration", "account": account, "serial": serial, "model": model,
            "on": "2023-05-03"})
    };
    let bookings = [
        consumption("C2", "2023-05", 5, "2023-05-30"),
        consumption("C2", "2023-05", 5, "2023-05-31"),
        consumption("C2", "2023-05", 6, "2023-06-30"),
        consumption("R0", "2023-05", 7, "2023-05-31"),
        consumption("F1", "2023-05", 7, "2023-05-31"),
        consumption("F1", "2023-05", 7, "2023-05-31"),
        consumption("C3", "2023-05", -1, "2023-05-31"),
        registration("C2", "S1", "RV55"),
        registration("C1", "S1", "RV55"),
        registration("C1", "S2", "XR80"),
        registration("C1", "S2", "MP70"),
        json!({"type": "grant", "on": "2023-05-04", "account": "C1", "tokens": 1}),
    ];
    let outcomes = [
        "month_not_over TOK-2 bookings[0].month",
        "booked",
        "month_already_booked TOK-2 bookings[2].month",
        "booked",
        "booked",
        "month_already_booked TOK-2 bookings[5].month",
        "out_of_range - bookings[6].peak",
        "booked, reactivates C2",
        "already_registered TOK-7 bookings[8].serial",
        "series_not_eligible TOK-7 bookings[9].model",
        "booked",
        "booked, reactivates C1",
    ];
    let balances = [(24, "active"), (1, "active"), (7, "active"), (0, "active"), (0, "active")];
    example(&bookings, &outcomes, balances)
}

fn examples() -> [Example; 5] {
    [orders(), transfers(), corrections(), notes(), months_and_registrations()]
}

#[test]
fn the_model_answers_the_examples() {
    for example in examples() {
        let (ledger, outcomes) = naive_ledger::replay(&example.document).expect("a ledger");
        let words: Vec<String> =
            outcomes.iter().enumerate().map(|(index, outcome)| in_words(index, outcome)).collect();
        assert_eq!(words, example.outcomes);
        let balances: Vec<Value> =
            example.balances.iter().map(|(balance, status)| json!([balance, status])).collect();
        let accounts = ledger.accounts();
        let found: Vec<Value> =
            list(&accounts).iter().map(|account| json!([account["balance"], account["status"]])).collect();
        assert_eq!(found, balances);
    }
}

#[test]
fn the_library_answers_the_examples() {
    for example in examples() {
        replayed_alike(&example.document).expect("the same");
    }
}

/// An outcome as the examples write it. Their bookings have one fault at most.
fn in_words(index: usize, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Booked { reactivated } if reactivated.is_empty() => "booked".to_owned(),
        Outcome::Booked { reactivated } => format!("booked, reactivates {}", reactivated.join(", ")),
        Outcome::Refused(faults) => {
            assert_eq!(faults.len(), 1, "{faults:?}");
            let place = match faults[0].place {
                Place::Field(field) => format!(".{field}"),
                _ => String::new(),
            };
            format!("{} {} bookings[{index}]{place}", faults[0].code, faults[0].rule.unwrap_or("-"))
        }
    }
}

/// The double entry of ORD-7 by hand: an order that is edited, then deleted.
#[test]
fn the_model_keeps_double_entry() {
    let order = json!({"key": "o", "type": "order", "on": "2023-05-03", "po_number": "1", "partner": "R0",
        "packs": 2, "customer_uid": "C1", "customer_admin": "c@first.example"});
    let edit = json!({"key": "e", "type": "edit", "on": "2023-05-04", "target": "o", "packs": 1});
    let delete = json!({"key": "d", "type": "delete", "on": "2023-05-05", "target": "o"});
    let consumption = json!({"key": "c", "type": "consumption", "on": "2023-05-09", "account": "C1",
        "month": "2023-04", "peak": 3});
    let balances = [(24, "active"), (-15, "suspended"), (0, "active"), (0, "active"), (0, "active")];
    let booked = example(&[order, edit, delete, consumption], &["booked"; 4], balances);
    let (ledger, _) = naive_ledger::replay(&booked.document).expect("a ledger");
    let vendor = json!({"party": "vendor", "account": null});
    let account = |uid: &str| json!({"party": "account", "account": uid});
    let entry = |key: &str, on: &str, kind: &str, from: &Value, to: &Value, tokens: i64| -> Value {
        json!({"key": key, "on": on, "effective": on, "type": kind, "from": from, "to": to, "tokens": tokens})
    };
    let (partner, customer) = (&account("R0"), &account("C1"));
    let mut entries = vec![
        entry("o", "2023-05-03", "order", &vendor, partner, 24),
        entry("o", "2023-05-03", "order", partner, customer, 24),
        entry("e", "2023-05-04", "edit", customer, partner, 24),
        entry("e", "2023-05-04", "edit", partner, &vendor, 24),
        entry("e", "2023-05-04", "edit", &vendor, partner, 12),
        entry("e", "2023-05-04", "edit", partner, customer, 12),
        entry("d", "2023-05-05", "delete", customer, partner, 12),
        entry("d", "2023-05-05", "delete", partner, &vendor, 12),
    ];
    let consumption = json!({"party": "consumption", "account": null});
    entries.push(json!({"key": "c", "on": "2023-05-09", "effective": "2023-04-30", "type": "consumption",
        "from": customer, "to": consumption, "tokens": 3}));
    assert_eq!(ledger.journal(), json!({"entries": entries}));
    let as_of = |day: &str| ledger.balance_as_of("C1", support::naive_calendar::Day::parse(day));
    let days = ["2023-04-29", "2023-04-30", "2023-05-03", "2023-05-04", "2023-05-05"];
    assert_eq!(days.map(as_of), [-12, -15, 9, -3, -15]);
}

/// TOK-5 by hand: the contract's example, and the edges that it words out.
fn forecasts() -> Vec<(Value, Value)> {
    let ends = |ends: &[(&str, i64)]| -> Vec<Value> {
        ends.iter().map(|(date, balance)| json!({"date": date, "balance": balance})).collect()
    };
    let contract = ends(&[
        ("2023-05-31", 52),
        ("2023-06-30", 44),
        ("2023-07-31", 36),
        ("2023-08-31", 28),
        ("2023-09-30", 20),
        ("2023-10-31", 12),
        ("2023-11-30", 4),
        ("2023-12-31", -4),
    ]);
    vec![
        (
            json!({"balance": 60, "on": "2023-05-10", "previous_peak": 8, "current_peak": 7,
                "last_months": 12}),
            json!({"predicted_use": 8, "buy_by": "2023-12-31", "months_left": 7, "month_ends": contract,
                "packs_to_buy": 3}),
        ),
        // The current month's peak counts once it is higher; the month end of the last day is today.
        (
            json!({"balance": 8, "on": "2024-02-29", "previous_peak": 3, "current_peak": 8}),
            json!({"predicted_use": 8, "buy_by": "2024-03-31", "months_left": 1,
                "month_ends": ends(&[("2024-02-29", 0), ("2024-03-31", -8)]), "packs_to_buy": null}),
        ),
        (
            json!({"balance": -1, "on": "2023-05-10", "current_peak": 0, "last_months": 6}),
            json!({"predicted_use": 0, "buy_by": "2023-05-10", "months_left": 0, "month_ends": [],
                "packs_to_buy": 1}),
        ),
        (
            json!({"balance": 0, "on": "2023-05-10", "previous_peak": 0, "last_months": 6}),
            json!({"predicted_use": 0, "buy_by": null, "months_left": null, "month_ends": [],
                "packs_to_buy": 0}),
        ),
        (
            json!({"balance": 5, "on": "2023-05-10", "previous_peak": null, "last_months": 6}),
            json!({"predicted_use": null, "buy_by": null, "months_left": null, "month_ends": [],
                "packs_to_buy": null}),
        ),
    ]
}

#[test]
fn the_model_forecasts_the_examples() {
    for (input, forecast) in forecasts() {
        assert_eq!(naive_ledger::forecast(&input), Ok(forecast), "{input}");
    }
    // 95,689 month ends are left from May 2023 to the end of 9999 (7,976 years of 12, and 8 months less one).
    let ends = 7_976 * 12 + 8;
    let last = |balance: i64| json!({"balance": balance, "on": "2023-05-10", "previous_peak": 1});
    let buy_by = |balance: i64| naive_ledger::forecast(&last(balance)).map(|found| found["buy_by"].clone());
    assert_eq!(buy_by(ends - 1), Ok(json!("9999-12-31")));
    let refused = buy_by(ends).expect_err("no such date");
    assert_eq!((refused[0].code, refused[0].rule), ("date_out_of_range", Some("TOK-5")));
}

#[test]
fn the_library_forecasts_the_examples() {
    for (input, forecast) in forecasts() {
        assert_eq!(call("tokens.forecast", &input), Ok(forecast), "{input}");
    }
}

/// A booking of the wrong shape has no result: the whole call fails and says where.
#[test]
fn a_booking_of_the_wrong_shape_fails_the_call() {
    let right = || json!({"key": "k", "type": "grant", "on": "2023-05-03", "account": "C1", "tokens": 1});
    let with = |field: &str, value: Value| {
        let mut booking = right();
        booking[field] = value;
        booking
    };
    let without = |field: &str| {
        let mut booking = right();
        let _ = booking.as_object_mut().expect("an object").remove(field);
        booking
    };
    let wrong = [
        (with("colour", json!("red")), "colour", "invalid_input"),
        (with("packs", json!(1)), "packs", "invalid_input"),
        (with("tokens", json!("1")), "tokens", "invalid_input"),
        (with("tokens", json!(1.5)), "tokens", "invalid_input"),
        (with("on", json!(20_230_503)), "on", "invalid_input"),
        (with("type", json!("gift")), "type", "invalid_input"),
        (with("key", json!("")), "key", "invalid_input"),
        (with("key", json!("k".repeat(257))), "key", "out_of_range"),
        (without("tokens"), "tokens", "invalid_input"),
        (without("account"), "account", "invalid_input"),
        (without("type"), "type", "invalid_input"),
        (without("key"), "key", "invalid_input"),
        (without("on"), "on", "invalid_input"),
    ];
    for (booking, field, code) in wrong {
        let mut document = example(&[right()], &[], [(0, ""); 5]).document;
        document["bookings"].as_array_mut().expect("bookings").push(booking);
        let error = library("tokens.replay", &document).expect_err("a wrong shape");
        let wanted = json!({"code": code, "rule": null, "path": format!("bookings[1].{field}")});
        for part in ["code", "rule", "path"] {
            assert_eq!(error[part], wanted[part], "{error} for {document}");
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
