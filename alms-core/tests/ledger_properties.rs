//! What must hold for every ledger, whatever is booked: no token appears or disappears, nobody lends what
//! it has not got, and every view of a ledger shows the same stock.
//!
//! The differential test would miss a mistake that both implementations make. These properties compare
//! the library with itself: the preview with the booking, the simulation with the replay, the statement
//! with the list of orders (TOK-2 to TOK-9, ORD-3, ORD-6, ORD-7, RES-7). Only the balance as of a day and
//! what moved it come from the naive ledger.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

#[expect(dead_code, reason = "the differential test of the ledger uses the rest")]
#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/naive_ledger.rs"]
mod naive_ledger;

use naive_ledger::{Ledger, random};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::naive_calendar::{Day, days_in_month};
use support::{call, cases};

const KINDS: [&str; 9] = [
    "order",
    "wholesale",
    "transfer",
    "credit_note",
    "debit_note",
    "grant",
    "withdrawal",
    "registration",
    "consumption",
];

const FLOWS: [&str; 6] = ["purchased", "sold", "adjusted", "granted", "registered", "consumed"];

/// The output of an operation that has no reason to refuse the document.
fn must(operation: &str, input: &Value) -> Value {
    call(operation, input).unwrap_or_else(|code| panic!("`{code}` from `{operation}` for {input}"))
}

fn replay(accounts: &Value, bookings: &[Value]) -> Value {
    must("tokens.replay", &json!({"accounts": accounts, "bookings": bookings}))
}

/// The bookings that `tokens.replay` takes, retries included.
fn taken(document: &Value) -> Vec<Value> {
    let replayed = replay(&document["accounts"], list(&document["bookings"]));
    let results = list(&document["bookings"]).iter().zip(list(&replayed["results"]));
    results.filter(|(_, result)| result["ok"] == true).map(|(booking, _)| booking.clone()).collect()
}

/// A document as a stored ledger: only what was taken.
fn stored(document: &Value) -> Value {
    json!({"accounts": document["accounts"], "bookings": taken(document)})
}

/// The document with some more fields.
fn with(document: &Value, more: &Value) -> Value {
    let mut document = document.clone();
    for (name, value) in more.as_object().expect("fields") {
        document[name] = value.clone();
    }
    document
}

/// The balances and states by account.
fn by_uid(accounts: &Value) -> BTreeMap<&str, (i128, &str)> {
    list(accounts)
        .iter()
        .map(|row| (text(&row["uid"]), (integer(&row["balance"]), text(&row["status"]))))
        .collect()
}

/// What a result says apart from its wording and its place in the list.
fn verdict(result: &Value) -> Value {
    json!({"key": result["key"], "ok": result["ok"], "reactivated": result["reactivated"],
        "code": result["error"]["code"], "rule": result["error"]["rule"]})
}

fn verdicts(replayed: &Value) -> Vec<Value> {
    list(&replayed["results"]).iter().map(verdict).collect()
}

/// What an account gains by some postings.
fn gained(postings: &Value, uid: &str) -> i128 {
    let account = json!({"party": "account", "account": uid});
    let mut gained = 0;
    for posting in list(postings) {
        if posting["to"] == account {
            gained += integer(&posting["tokens"]);
        }
        if posting["from"] == account {
            gained -= integer(&posting["tokens"]);
        }
    }
    gained
}

proptest! {
    #![proptest_config(cases(500))]

    /// ORD-7: for each account the sum of the postings is the balance, and what all accounts together
    /// gained is what the vendor gave less what was used up.
    #[test]
    fn the_postings_are_the_balances(document in random::tame()) {
        let document = stored(&document);
        let entries = &must("tokens.journal", &document)["entries"];
        let replayed = replay(&document["accounts"], list(&document["bookings"]));
        let (mut openings, mut balances) = (0, 0);
        for (account, row) in list(&document["accounts"]).iter().zip(list(&replayed["accounts"])) {
            let opening = account["opening"].as_i64().map_or(0, i128::from);
            let balance = integer(&row["balance"]);
            prop_assert_eq!(opening + gained(entries, text(&row["uid"])), balance, "{} of {}", row, document);
            openings += opening;
            balances += balance;
        }
        let total = |side: &str, party: &str| -> i128 {
            let those = list(entries).iter().filter(|entry| entry[side]["party"] == party);
            those.map(|entry| integer(&entry["tokens"])).sum()
        };
        prop_assert_eq!(total("from", "consumption"), 0, "consumption gives back nothing");
        let given = total("from", "vendor") - total("to", "vendor");
        prop_assert_eq!(balances, openings + given - total("to", "consumption"), "{}", document);
        for entry in list(entries) {
            prop_assert!(integer(&entry["tokens"]) > 0, "{} of {}", entry, document);
        }
    }

    /// A refused booking changes nothing, and its key stays free.
    #[test]
    fn a_refused_booking_changes_nothing(document in random::tame()) {
        let accounts = &document["accounts"];
        let all = replay(accounts, list(&document["bookings"]));
        let kept = replay(accounts, &taken(&document));
        prop_assert_eq!(&kept["accounts"], &all["accounts"], "{}", document);
        let good: Vec<Value> = verdicts(&all).into_iter().filter(|verdict| verdict["ok"] == true).collect();
        prop_assert_eq!(verdicts(&kept), good.clone(), "{}", document);

        let mut more = list(&document["bookings"]).to_vec();
        let is_free = |key: &Value| good.iter().all(|verdict| verdict["key"] != *key);
        let first_free = list(&all["results"]).iter().map(|result| &result["key"]).find(|key| is_free(key));
        if let Some(key) = first_free {
            more.push(json!({"key": key, "type": "grant", "on": "2023-07-01", "tokens": 1,
                "account": accounts[0]["uid"]}));
            let results = &replay(accounts, &more)["results"];
            prop_assert_eq!(&results[more.len() - 1]["ok"], &json!(true), "{} in {}", key, document);
        }
    }

    /// ORD-7: a ledger that is sent twice is booked once, and the answers are the same again.
    #[test]
    fn a_retry_books_nothing(document in random::tame()) {
        let accounts = &document["accounts"];
        let bookings = taken(&document);
        let once = replay(accounts, &bookings);
        let twice = replay(accounts, &[bookings.clone(), bookings].concat());
        prop_assert_eq!(&twice["accounts"], &once["accounts"], "{}", document);
        prop_assert_eq!(verdicts(&twice), [verdicts(&once), verdicts(&once)].concat(), "{}", document);
        for verdict in verdicts(&twice) {
            prop_assert_eq!(&verdict["ok"], &json!(true), "{}", document);
        }
    }

    /// ORD-7: the tokens are those of the first time, also for a ledger that is stored with its retries.
    #[test]
    fn a_journal_has_no_retries(document in random::tame()) {
        let document = stored(&document);
        let mut twice = document.clone();
        twice["bookings"] = json!([list(&document["bookings"]), list(&document["bookings"])].concat());
        prop_assert_eq!(must("tokens.journal", &twice), must("tokens.journal", &document), "{}", document);
    }

    /// ORD-3: whatever was booked so far, no booking has pushed a reseller's stock below zero.
    #[test]
    fn no_reseller_gives_what_it_has_not_got(document in random::tame()) {
        let accounts = &document["accounts"];
        let bookings = list(&document["bookings"]);
        let mut before = replay(accounts, &[]);
        for count in 1..=bookings.len() {
            let after = replay(accounts, &bookings[..count]);
            for (index, account) in list(accounts).iter().enumerate() {
                let balance = |replayed: &Value| integer(&replayed["accounts"][index]["balance"]);
                let fell = account["kind"] == "reseller" && balance(&after) < balance(&before);
                prop_assert!(!fell || balance(&after) >= 0, "{} after {} of {}", account, count, document);
            }
            before = after;
        }
    }

    /// ORD-3: the preview and the booking are the same computation.
    #[test]
    fn the_preview_is_the_booking(document in random::tame()) {
        let bookings = list(&document["bookings"]);
        let results = &replay(&document["accounts"], bookings)["results"];
        let mut ledger = json!({"accounts": document["accounts"], "bookings": []});
        let mut previews: BTreeMap<&str, Value> = BTreeMap::new();
        for (index, (booking, result)) in bookings.iter().zip(list(results)).enumerate() {
            let preview = must("tokens.preview", &with(&ledger, &json!({"booking": booking})));
            prop_assert_eq!(verdict(&preview["result"]), verdict(result), "{} of {}", booking, document);
            if result["ok"] == false {
                let path = |result: &Value| text(&result["error"]["path"]).to_owned();
                let place = path(result).replace(&format!("bookings[{index}]"), "booking");
                prop_assert_eq!(path(&preview["result"]), place, "{} of {}", booking, document);
                prop_assert_eq!(&preview["effects"], &json!([]), "{} of {}", booking, document);
                prop_assert_eq!(&preview["postings"], &json!([]), "{} of {}", booking, document);
            } else if let Some(first) = previews.get(text(&booking["key"])) {
                prop_assert_eq!(&preview, first, "retry {} of {}", booking, document);
            } else {
                let before = replay(&ledger["accounts"], list(&ledger["bookings"]));
                ledger["bookings"].as_array_mut().expect("bookings").push(booking.clone());
                let after = replay(&ledger["accounts"], list(&ledger["bookings"]));
                effects_lead_from_to(&preview, &before["accounts"], &after["accounts"])
                    .map_err(|what| TestCaseError::fail(format!("{what}: {booking} of {document}")))?;
                previews.insert(text(&booking["key"]), preview);
            }
        }
    }

    /// Two partners with their customers in one ledger: neither notices the other.
    #[test]
    fn unrelated_accounts_do_not_meet(
        one in random::tame(),
        other in random::tame(),
        turns in vec(any::<bool>(), 60),
    ) {
        let other = renamed(&other);
        let (mut bookings, mut owners) = (Vec::new(), Vec::new());
        let (mut ones, mut others) = (list(&one["bookings"]).iter(), list(&other["bookings"]).iter());
        for turn in turns {
            let next = if turn { ones.next() } else { others.next() };
            owners.extend(next.map(|_| turn));
            bookings.extend(next.cloned());
        }
        owners.extend(ones.clone().map(|_| true).chain(others.clone().map(|_| false)));
        bookings.extend(ones.chain(others).cloned());
        let accounts = json!([list(&one["accounts"]), list(&other["accounts"])].concat());
        let together = replay(&accounts, &bookings);
        let mut alone = Vec::new();
        for (document, owner) in [(&one, true), (&other, false)] {
            let replayed = replay(&document["accounts"], list(&document["bookings"]));
            let results = verdicts(&together).into_iter().zip(&owners);
            let own: Vec<Value> = results.filter(|(_, of)| **of == owner).map(|(own, _)| own).collect();
            prop_assert_eq!(own, verdicts(&replayed), "{} with {}", one, other);
            alone.extend(list(&replayed["accounts"]).to_vec());
        }
        prop_assert_eq!(&together["accounts"], &json!(alone), "{} with {}", one, other);
    }

    /// A simulation is a replay of the planned bookings and of the consumption that the usage makes.
    #[test]
    fn a_simulation_books_what_a_replay_books(
        document in random::tame(),
        first in 2_i64..=6,
        months in 1_i64..=6,
        usage in vec((any::<Index>(), proptest::option::of(-1_i64..=6), 0_i64..=20), 0..=8),
    ) {
        let simulation = simulation(&document, first, months, &usage);
        let simulated = must("tokens.simulate", &simulation);
        let (bookings, ends) = simulated_bookings(&simulation, first, months);
        let accounts = &document["accounts"];
        let replayed = replay(accounts, &bookings);
        let standing = |account: &Value| {
            json!({"uid": account["uid"], "balance": account["balance"], "status": account["status"]})
        };
        let standings: Vec<Value> = list(&replayed["accounts"]).iter().map(standing).collect();
        prop_assert_eq!(list(&simulated["accounts"]), standings, "{}", simulation);
        prop_assert_eq!(list(&simulated["months"]).len(), ends.len(), "{}", simulation);
        for (row, end) in list(&simulated["months"]).iter().zip(&ends) {
            prop_assert_eq!(&row["end"], &json!(end.day.text()), "{}", simulation);
            prop_assert_eq!(&row["month"], &json!(month_of(end.day)), "{}", simulation);
            let then = replay(accounts, &bookings[..end.count]);
            for (index, account) in list(&row["accounts"]).iter().enumerate() {
                let booked = standing(&then["accounts"][index]);
                let found = json!({"uid": account["account"], "balance": account["balance"],
                    "status": account["status"]});
                prop_assert_eq!(found, booked, "{} of {}", row["month"], simulation);
                if let Some(consumed) = end.consumed[index] {
                    prop_assert_eq!(&account["consumed"], &json!(consumed), "{} of {}", account, simulation);
                }
            }
        }
        // The same verdict on each planned booking, in the order in which they were given.
        let results = verdicts(&replayed);
        let mut found: Vec<Value> = verdicts(&simulated);
        let mut wanted: Vec<Value> = Vec::new();
        for (booking, result) in bookings.iter().zip(&results).skip(list(&simulation["bookings"]).len()) {
            if !text(&booking["key"]).starts_with("simulated") {
                wanted.push(result.clone());
            }
        }
        let order = |verdict: &Value| verdict.to_string();
        found.sort_by_key(order);
        wanted.sort_by_key(order);
        prop_assert_eq!(found, wanted, "{}", simulation);
    }

    /// TOK-4, TOK-9: a month closes with what it opened with and what moved; the next opens with that.
    #[test]
    fn a_statement_adds_up(document in random::tame(), on in day(), peaks in peaks()) {
        let document = stored(&document);
        let (ledger, _) = naive_ledger::replay(&document).expect("a ledger");
        for account in list(&document["accounts"]) {
            let statement = statement(&document, account, on, &peaks);
            adds_up(&statement, account, on, &document, &ledger)
                .map_err(|what| TestCaseError::fail(format!("{what} on {}: {document}", on.text())))?;
        }
    }

    /// TOK-4, TOK-5: what a statement expects is counted down from the month's end, and is the forecast of its figures.
    #[test]
    fn a_statement_forecasts_from_its_figures(document in random::tame(), on in day(), peaks in peaks()) {
        let document = stored(&document);
        let (ledger, _) = naive_ledger::replay(&document).expect("a ledger");
        for account in list(&document["accounts"]) {
            let statement = statement(&document, account, on, &peaks);
            let month = &statement["month"];
            let recorded = recorded_peak(&document, account, first_of_month(on).previous());
            let previous = if peaks[0].is_null() { recorded } else { peaks[0].clone() };
            prop_assert_eq!(&month["previous_peak"], &previous, "{} of {}", account, document);
            let booked = recorded_peak(&document, account, on);
            let current = if peaks[1].is_null() { booked.clone() } else { peaks[1].clone() };
            prop_assert_eq!(&month["current_peak"], &current, "{} of {}", account, document);

            let free = account["kind"] != "customer";
            let known = |peak: &Value| peak.as_i64().map(i128::from);
            let predicted = if free { Some(0) } else { known(&previous).max(known(&current)) };
            prop_assert_eq!(known(&month["predicted_use"]), predicted, "{} of {}", account, document);
            let at_end = ledger.balance_as_of(text(&account["uid"]), on.month_end());
            let expected = if booked.is_null() { predicted.map(|used| at_end - used) } else { Some(at_end) };
            prop_assert_eq!(known(&month["expected_end"]), expected, "{} of {}", account, document);

            let forecast = &statement["forecast"];
            let use_of = |month: Day| {
                let booked = if free { None } else { known(&recorded_peak(&document, account, month)) };
                booked.or(predicted)
            };
            let counted = counted_down(integer(&statement["balance"]), on, expected.zip(predicted), use_of);
            let found = json!([forecast["buy_by"], forecast["months_left"], forecast["month_ends"]]);
            prop_assert_eq!(found, counted, "{} on {} of {}", account, on.text(), document);

            // Where no use of a later month is booked, the same figures give the same forecast.
            let mut later = on.month_end().next();
            let mut known_later = false;
            for _ in 0..12 {
                known_later |= !free && !recorded_peak(&document, account, later).is_null();
                later = later.month_end().next();
            }
            if !known_later {
                let peak = |field: &str| if free { json!(0) } else { month[field].clone() };
                let figures = json!({"balance": statement["balance"], "status": statement["status"],
                    "on": on.text(), "expected_end": month["expected_end"], "last_months": 12,
                    "previous_peak": peak("previous_peak"), "current_peak": peak("current_peak")});
                prop_assert_eq!(forecast, &must("tokens.forecast", &figures), "{} of {}", account, document);
                let mut asked = figures.clone();
                let _ = asked.as_object_mut().expect("an object").remove("last_months");
                let advice = call("tokens.advice", &with(&asked, &json!({"months": 12})));
                let packs = advice.map_or(Value::Null, |advice| advice["packs"].clone());
                prop_assert_eq!(&forecast["packs_to_buy"], &packs, "{} of {}", account, document);
            }
        }
    }

    /// ORD-4: where bookings arrive in the order of their days, the page of a day is that of the bookings until then.
    #[test]
    fn a_page_of_a_day_is_that_of_the_prefix(document in random::tame(), on in day()) {
        let mut bookings = list(&document["bookings"]).to_vec();
        bookings.sort_by_key(|booking| date(&booking["on"]));
        let whole = stored(&json!({"accounts": document["accounts"], "bookings": bookings}));
        let mut until = whole.clone();
        let known = |booking: &Value| match booking["month"].as_str() {
            Some(month) => Day::parse(&format!("{month}-01")).month_end() <= on,
            None => date(&booking["on"]) <= on,
        };
        until["bookings"].as_array_mut().expect("bookings").retain(known);
        let (ledger, _) = naive_ledger::replay(&whole).expect("a ledger");
        for account in list(&whole["accounts"]) {
            let none = [Value::Null, Value::Null];
            let page = statement(&whole, account, on, &none);
            let prefix = statement(&until, account, on, &none);
            for part in ["balance", "status", "history", "updates"] {
                prop_assert_eq!(&page[part], &prefix[part], "{} on {} of {}", part, on.text(), whole);
            }
            for flow in FLOWS.into_iter().chain(["opening", "closing"]) {
                prop_assert_eq!(&page["month"][flow], &prefix["month"][flow], "{} of {}", flow, whole);
            }
            let filter = json!({"from": "1900-01-01", "kinds": KINDS});
            let asked = json!({"account": account["uid"], "on": on.text(), "filter": filter});
            let updates = must("orders.list", &with(&whole, &asked));
            prop_assert_eq!(&updates, &must("orders.list", &with(&until, &asked)), "{} of {}", on.text(), whole);
            let csv = must("orders.to_csv", &with(&whole, &asked));
            prop_assert_eq!(&csv, &must("orders.to_csv", &with(&until, &asked)), "{} of {}", on.text(), whole);
            // ORD-6: what is listed is the way from the opening to that day's stock.
            let sum: i128 = list(&updates["updates"]).iter().map(|update| integer(&update["tokens"])).sum();
            let opening = account["opening"].as_i64().map_or(0, i128::from);
            let balance = ledger.balance_as_of(text(&account["uid"]), on);
            prop_assert_eq!(opening + sum, balance, "{} on {} of {}", updates, on.text(), whole);
        }
    }

    /// TOK-9: a report of a month has the figures of that month's statements, a reseller's also those of
    /// its customers.
    #[test]
    fn a_report_adds_up(document in random::tame(), month in 1_i64..=7) {
        let document = stored(&document);
        let (ledger, _) = naive_ledger::replay(&document).expect("a ledger");
        let first = Day { year: 2023, month, day: 1 };
        for account in list(&document["accounts"]) {
            let asked = json!({"account": account["uid"], "month": month_of(first)});
            let report = must("tokens.report", &with(&document, &asked));
            let customers = customers_of(&document, account);
            let mut rows = vec![(&report["account"], account)];
            prop_assert_eq!(list(&report["customers"]).len(), customers.len(), "{}", report);
            rows.extend(list(&report["customers"]).iter().zip(customers));
            let mut total: BTreeMap<&str, i128> = BTreeMap::new();
            for (index, (row, account)) in rows.into_iter().enumerate() {
                prop_assert_eq!(&row["uid"], &account["uid"], "{}", report);
                let wanted = month_flows(&ledger, text(&account["uid"]), first, first.month_end());
                for (field, tokens) in wanted.as_object().expect("flows") {
                    prop_assert_eq!(&row[field], tokens, "{} in {} of {}", field, row, document);
                }
                for field in FLOWS.into_iter().chain(["opening", "closing"]).filter(|_| index > 0) {
                    *total.entry(field).or_default() += integer(&row[field]);
                }
            }
            for (field, tokens) in total {
                prop_assert_eq!(integer(&report["total"][field]), tokens, "{} of {}", field, document);
            }
        }
    }

    /// ORD-6: a list of everything is the whole way from the opening to the balance.
    #[test]
    fn the_list_of_orders_adds_up(document in random::tame()) {
        let document = stored(&document);
        let replayed = replay(&document["accounts"], list(&document["bookings"]));
        for (account, row) in list(&document["accounts"]).iter().zip(list(&replayed["accounts"])) {
            let filter = json!({"from": "1900-01-01", "until": "9999-12-31", "kinds": KINDS});
            let asked = json!({"account": account["uid"], "on": "2023-12-31", "filter": filter});
            let updates = &must("orders.list", &with(&document, &asked))["updates"];
            let opening = account["opening"].as_i64().map_or(0, i128::from);
            let sum: i128 = list(updates).iter().map(|update| integer(&update["tokens"])).sum();
            prop_assert_eq!(opening + sum, integer(&row["balance"]), "{}: {} of {}", row, updates, document);
            let dates: Vec<Day> = list(updates).iter().map(|update| date(&update["on"])).collect();
            prop_assert!(dates.is_sorted(), "{} of {}", updates, document);
        }
    }

    /// RES-7: a row of the grid is what that customer's own statement says.
    #[test]
    fn a_subaccount_is_its_statement(document in random::tame(), on in day(), peaks in peaks()) {
        let document = stored(&document);
        for reseller in list(&document["accounts"]).iter().filter(|account| account["kind"] == "reseller") {
            let customers = customers_of(&document, reseller);
            let usage: Vec<Value> = customers.iter().map(|customer| json!({"account": customer["uid"],
                "active_systems": 3, "previous_peak": peaks[0], "current_peak": peaks[1]})).collect();
            let asked = json!({"reseller": reseller["uid"], "on": on.text(), "usage": usage});
            let grid = must("reseller.subaccounts", &with(&document, &asked));
            prop_assert_eq!(&grid["total"], &json!(customers.len()), "{} of {}", grid, document);
            prop_assert_eq!(list(&grid["rows"]).len(), customers.len(), "{} of {}", grid, document);
            for (row, customer) in list(&grid["rows"]).iter().zip(customers) {
                let statement = statement(&document, customer, on, &peaks);
                let forecast = &statement["forecast"];
                let wanted = json!({"uid": customer["uid"], "name": customer["name"],
                    "kind": customer["kind"], "balance": statement["balance"], "status": statement["status"],
                    "previous_peak": statement["month"]["previous_peak"],
                    "current_peak": statement["month"]["current_peak"],
                    "predicted_use": forecast["predicted_use"], "months_left": forecast["months_left"],
                    "buy_by": forecast["buy_by"]});
                for (field, value) in wanted.as_object().expect("a row") {
                    prop_assert_eq!(&row[field], value, "{} of {} in {}", field, row, document);
                }
            }
        }
    }
}

/// TOK-5 by counting: the date to buy by, the month ends that are covered, and the stock at each, at most 120.
fn counted_down(
    balance: i128,
    on: Day,
    known: Option<(i128, i128)>,
    use_of: impl Fn(Day) -> Option<i128>,
) -> Value {
    let mut end = on.month_end();
    let line = |end: Day, left: i128| json!({"date": end.text(), "balance": left as i64});
    if balance < 0 {
        let today = known.filter(|_| on == end).map(|(first, _)| line(end, first));
        return json!([on.text(), 0, today.into_iter().collect::<Vec<_>>()]);
    }
    let Some((mut left, predicted)) = known else { return json!([null, null, []]) };
    let mut lines = Vec::new();
    for covered in 0..2_000 {
        lines.push(line(end, left));
        if left < 0 {
            lines.truncate(120);
            return json!([end.text(), covered, lines]);
        }
        end = end.next().month_end();
        left -= use_of(end).expect("known");
    }
    assert_eq!(predicted, 0, "2000 months are enough for a use of one token");
    json!([null, null, []])
}

/// The effects of a preview are the way from the accounts before the booking to those after it.
fn effects_lead_from_to(preview: &Value, before: &Value, after: &Value) -> Result<(), String> {
    let (before, after) = (by_uid(before), by_uid(after));
    let effects = list(&preview["effects"]);
    for (uid, (balance, status)) in &after {
        let (old_balance, old_status) = before[uid];
        let change = balance - old_balance;
        let own: Vec<&Value> = effects.iter().filter(|effect| effect["account"] == **uid).collect();
        let wanted = json!({"account": uid, "change": change as i64,
            "balance_before": old_balance as i64, "balance_after": *balance as i64,
            "status_before": old_status, "status_after": status});
        let right = match own.as_slice() {
            [] => change == 0 && old_status == *status,
            [effect] => **effect == wanted,
            _ => false,
        };
        if !right {
            return Err(format!("effects {own:?} but {wanted}"));
        }
        if gained(&preview["postings"], uid) != change {
            return Err(format!("postings {} but {wanted}", preview["postings"]));
        }
        let reactivated = old_status == "suspended" && *status == "active";
        if list(&preview["result"]["reactivated"]).contains(&json!(uid)) != reactivated {
            return Err(format!("{} but {wanted}", preview["result"]));
        }
    }
    Ok(())
}

/// The document with other names for everything that could meet in a shared ledger.
fn renamed(document: &Value) -> Value {
    let named =
        ["uid", "name", "administrators", "partners", "key", "target", "partner", "customer", "account"];
    let more = ["serial", "customer_name", "customer_uid", "customer_admin"];
    let rename = |name: &Value| json!(format!("other {}", text(name)));
    let mut document = document.clone();
    for part in ["accounts", "bookings"] {
        for entry in document[part].as_array_mut().expect("a list") {
            for (field, value) in entry.as_object_mut().expect("an object") {
                if named.contains(&field.as_str()) || more.contains(&field.as_str()) {
                    *value = match value {
                        Value::Null => Value::Null,
                        Value::Array(names) => names.iter().map(rename).collect(),
                        ref name => rename(name),
                    };
                }
            }
        }
    }
    document
}

/// A document of `tokens.simulate`: what took effect before a month is booked, the rest is planned.
fn simulation(document: &Value, first: i64, months: i64, usage: &[(Index, Option<i64>, i64)]) -> Value {
    let (on, until) = (month(first), month(first + months - 1).month_end());
    let (mut past, mut planned) = (Vec::new(), Vec::new());
    for booking in list(&document["bookings"]) {
        let day = date(&booking["on"]);
        if day < on {
            past.push(booking.clone());
        } else if day <= until {
            planned.push(booking.clone());
        }
    }
    let past = stored(&json!({"accounts": document["accounts"], "bookings": past}));
    let mut entries: BTreeMap<(&str, Option<i64>), i64> = BTreeMap::new();
    for (account, from, peak) in usage {
        let uid = text(&account.get(list(&document["accounts"]))["uid"]);
        entries.insert((uid, from.map(|from| first + from)), *peak);
    }
    let usage: Vec<Value> = entries
        .iter()
        .map(|((uid, from), peak)| {
            let from = from.map(month).map(month_of);
            json!({"account": uid, "from": from, "peak": peak})
        })
        .collect();
    let asked = json!({"on": on.text(), "until": until.text(), "usage": usage, "planned": planned,
        "suspended_use": "counts"});
    with(&past, &asked)
}

/// The end of a simulated month: how many bookings there are by then, and what each account consumed at
/// the end, unless that was planned.
struct End {
    day: Day,
    count: usize,
    consumed: Vec<Option<i64>>,
}

/// The bookings that a simulation stands for.
fn simulated_bookings(simulation: &Value, first: i64, months: i64) -> (Vec<Value>, Vec<End>) {
    let mut bookings = list(&simulation["bookings"]).to_vec();
    let mut planned = list(&simulation["planned"]).to_vec();
    planned.sort_by_key(|booking| date(&booking["on"]));
    let mut ends = Vec::new();
    for number in first..first + months {
        let day = month(number).month_end();
        let due = planned.iter().take_while(|booking| date(&booking["on"]) <= day).count();
        bookings.extend(planned.drain(..due));
        let mut consumed = Vec::new();
        for account in list(&simulation["accounts"]) {
            // The use that is planned for a later day counts from this one (TOK-2).
            while recorded(simulation, &bookings, account, day).is_null() {
                let is_it = |booking: &Value| {
                    booking["type"] == "consumption"
                        && booking["account"] == account["uid"]
                        && booking["month"] == month_of(day)
                };
                let Some(next) = planned.iter().position(is_it) else { break };
                bookings.push(planned.remove(next));
            }
            let is_planned = !recorded(simulation, &bookings, account, day).is_null();
            // TOK-5 on the month's first day.
            let before = recorded(simulation, &bookings, account, month(number).previous()).as_i64();
            let peak = assumed_in(simulation, account, number).or(before);
            if let (Some(peak), false) = (peak, is_planned) {
                let uid = text(&account["uid"]);
                bookings.push(json!({"key": format!("simulated {uid} {number}"), "type": "consumption",
                    "on": day.text(), "account": uid, "month": month_of(day), "peak": peak}));
            }
            let paid = if account["kind"] == "customer" { peak.unwrap_or(0) } else { 0 };
            consumed.push(if is_planned { None } else { Some(paid) });
        }
        ends.push(End { day, count: bookings.len(), consumed });
    }
    (bookings, ends)
}

/// The peak that is booked for an account and the month of a day by these bookings, without those that are refused.
fn recorded(simulation: &Value, bookings: &[Value], account: &Value, day: Day) -> Value {
    let done = stored(&json!({"accounts": simulation["accounts"], "bookings": bookings}));
    recorded_peak(&done, account, day)
}

/// The usage of an account that is assumed for a simulated month: the latest entry that applies.
fn assumed_in(simulation: &Value, account: &Value, number: i64) -> Option<i64> {
    let applies = |entry: &&Value| {
        let started = entry["from"].as_str().is_none_or(|from| from <= month_of(month(number)).as_str());
        entry["account"] == account["uid"] && started
    };
    let entries = list(&simulation["usage"]).iter().filter(applies);
    let latest = entries.max_by_key(|entry| entry["from"].as_str().unwrap_or("").to_owned());
    latest.and_then(|entry| entry["peak"].as_i64())
}

fn statement(document: &Value, account: &Value, on: Day, peaks: &[Value; 2]) -> Value {
    let asked = json!({"account": account["uid"], "on": on.text(), "previous_peak": peaks[0],
        "current_peak": peaks[1]});
    must("tokens.statement", &with(document, &asked))
}

/// Twelve months and the current one, each adding up, each going on where the one before it ended.
fn adds_up(
    statement: &Value,
    account: &Value,
    on: Day,
    document: &Value,
    ledger: &Ledger<'_>,
) -> Result<(), String> {
    let uid = text(&account["uid"]);
    let mut months = vec![first_of_month(on)];
    for _ in 0..12 {
        months.push(first_of_month(months[months.len() - 1].previous()));
    }
    months.reverse();
    let mut rows = list(&statement["history"]).to_vec();
    rows.push(statement["month"].clone());
    let names: Vec<String> = months.iter().map(|first| month_of(*first)).collect();
    let found: Vec<&str> = rows.iter().map(|row| text(&row["month"])).collect();
    let reports: Vec<&str> = list(&statement["reports"]).iter().map(text).collect();
    if found != names || reports != names[..12] {
        return Err(format!("months {found:?}, reports {reports:?}"));
    }
    let mut opening = rows[0]["opening"].clone();
    for (row, first) in rows.iter().zip(months) {
        let last = on.min(first.month_end());
        let mut wanted = month_flows(ledger, uid, first, last);
        wanted["peak"] = recorded_peak(document, account, first);
        for (field, value) in wanted.as_object().expect("a month") {
            if row[field] != *value {
                return Err(format!("{field} of {uid} should be {value} in {row}"));
            }
        }
        let moved: i128 = FLOWS.iter().map(|flow| sign(flow) * integer(&row[*flow])).sum();
        if row["opening"] != opening || integer(&row["opening"]) + moved != integer(&row["closing"]) {
            return Err(format!("{uid} opens with {opening} in {row}"));
        }
        opening = row["closing"].clone();
    }
    let balance = json!(ledger.balance_as_of(uid, on) as i64);
    if statement["balance"] != balance || opening != balance {
        return Err(format!("{uid} has {} and closes with {opening}, not {balance}", statement["balance"]));
    }
    Ok(())
}

/// Whether a flow of a statement is a gain or a loss.
fn sign(flow: &str) -> i128 {
    if flow == "sold" || flow == "consumed" { -1 } else { 1 }
}

/// What the naive ledger has for a row of a statement or a report.
fn month_flows(ledger: &Ledger<'_>, uid: &str, first: Day, last: Day) -> Value {
    let mut flows = ledger.flows(uid, first, last);
    flows["opening"] = json!(ledger.balance_as_of(uid, first.previous()) as i64);
    flows["closing"] = json!(ledger.balance_as_of(uid, last) as i64);
    flows
}

/// The peak that was booked for an account and the month of a day.
fn recorded_peak(document: &Value, account: &Value, day: Day) -> Value {
    let is_it = |booking: &&Value| {
        booking["type"] == "consumption"
            && booking["account"] == account["uid"]
            && booking["month"] == month_of(day)
    };
    list(&document["bookings"]).iter().find(is_it).map_or(Value::Null, |booking| booking["peak"].clone())
}

/// The accounts that name a reseller among their partners.
fn customers_of<'a>(document: &'a Value, reseller: &Value) -> Vec<&'a Value> {
    let names = |account: &&Value| {
        reseller["kind"] == "reseller"
            && account["partners"].as_array().is_some_and(|partners| partners.contains(&reseller["uid"]))
    };
    list(&document["accounts"]).iter().filter(names).collect()
}

/// A day among the bookings or a few months later.
fn day() -> impl Strategy<Value = Day> {
    (1_i64..=14, 1_i64..=31).prop_map(|(number, day)| {
        let first = month(number);
        Day { day: day.min(days_in_month(first.year, first.month)), ..first }
    })
}

/// The peaks of the previous and the current month, each perhaps unknown.
fn peaks() -> impl Strategy<Value = [Value; 2]> {
    let peak = || proptest::option::of(0_i64..=25);
    (peak(), peak()).prop_map(|(previous, current)| [json!(previous), json!(current)])
}

/// The first day of the month with this number, counted from January 2023.
fn month(number: i64) -> Day {
    Day { year: 2023 + (number - 1).div_euclid(12), month: 1 + (number - 1).rem_euclid(12), day: 1 }
}

fn first_of_month(day: Day) -> Day {
    Day { day: 1, ..day }
}

/// `YYYY-MM`
fn month_of(day: Day) -> String {
    day.text()[..7].to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list but {value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text but {value}"))
}

fn integer(value: &Value) -> i128 {
    i128::from(value.as_i64().unwrap_or_else(|| panic!("no integer but {value}")))
}

fn date(value: &Value) -> Day {
    Day::parse(text(value))
}
