//! One account on its way: a legacy account is migrated, and what the migration leaves is fed as it is to everything
//! that follows: notifications, renewals, a lapse, a reactivation, a quote, an alignment, a calendar.
//!
//! The account is the second published example, migrated on 15 May 2023. All dates are worked out by hand.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use alms_core::wire;
use serde_json::{Value, json};

fn call(operation: &str, input: &Value) -> Value {
    let answer =
        wire::call(operation, &input.to_string()).unwrap_or_else(|error| panic!("{error} for {input}"));
    serde_json::from_str(&answer).expect("the library writes JSON")
}

/// The legacy account: 60 tokens, 13 systems.
fn account() -> Value {
    let system =
        |serial: &str, state: &str, last: Option<&str>, support: Option<&str>, warranty: Option<&str>| {
            json!({"serial": serial, "model": "RV55", "state": state, "last_communication": last,
            "support_end": support, "warranty_end": warranty})
        };
    let recent = Some("2023-05-01");
    let mut systems = vec![
        system("MAINT", "maintenance", recent, None, None),
        system("NEVER", "active", None, None, None),
        system("SILENT", "active", Some("2022-04-30"), None, None),
        system("AUG31", "active", recent, Some("2023-08-31"), Some("2023-08-31")),
        system("AUG01", "active", recent, Some("2023-08-01"), None),
        system("JAN", "active", recent, Some("2023-01-31"), None),
    ];
    systems.extend((0..7).map(|n| system(&format!("NONE{n}"), "active", recent, None, None)));
    json!({"uid": "a1", "name": "Example", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 60,
        "systems": systems})
}

/// The subscriptions that the migration leaves: 1 in inventory, 2 AirLink Complete, 8 AirLink Basic.
fn migrated() -> Value {
    let account = account();
    let plan = call("migration.plan", &json!({"account": account, "on": "2023-05-15"}));
    let consent =
        json!({"by": "owner@customer.example", "on": "2023-05-15", "fingerprint": plan["fingerprint"]});
    let applied = call("migration.apply", &json!({"account": account, "plan": plan, "consent": consent}));
    assert_eq!(applied["account"]["format"], "avc");
    applied["subscriptions"].clone()
}

fn of<'a>(subscriptions: &'a Value, serial: &str) -> &'a Value {
    let list = subscriptions.as_array().expect("a list");
    list.iter().find(|subscription| subscription["serial"] == serial).expect("a subscription")
}

/// The subscriptions with an event added to one.
fn with(subscriptions: &Value, serial: &str, event: Value) -> Value {
    let mut subscriptions = subscriptions.clone();
    let list = subscriptions.as_array_mut().expect("a list");
    let held = list.iter_mut().find(|subscription| subscription["serial"] == serial).expect("a subscription");
    match held.get_mut("events").and_then(Value::as_array_mut) {
        Some(events) => events.push(event),
        None => held["events"] = json!([event]),
    }
    subscriptions
}

fn state(subscription: &Value, on: &str, late: &str) -> Value {
    call("subscriptions.state", &json!({"subscription": subscription, "on": on, "late": late}))
}

#[test]
fn the_migration_leaves_eleven_subscriptions() {
    let subscriptions = migrated();
    assert_eq!(subscriptions.as_array().map(Vec::len), Some(11));
    // (60 - 2 x 3) / 8 = 6.75, down to 6 months from 15 May.
    for (serial, offer, end) in [
        ("MAINT", "AirLink Basic", None),
        ("AUG31", "AirLink Complete", Some("2023-08-31")),
        ("AUG01", "AirLink Complete", Some("2023-08-01")),
        ("JAN", "AirLink Basic", Some("2023-11-15")),
        ("NONE6", "AirLink Basic", Some("2023-11-15")),
    ] {
        let subscription = of(&subscriptions, serial);
        assert_eq!(subscription["offer"], offer, "{serial}");
        assert_eq!(subscription["end_date"], json!(end), "{serial}");
    }
}

/// Who is notified when, month by month, if nobody renews.
#[test]
fn a_year_of_notifications() {
    let subscriptions = migrated();
    let basic: Vec<&str> = vec!["JAN", "NONE0", "NONE1", "NONE2", "NONE3", "NONE4", "NONE5", "NONE6"];
    let ended: Vec<&str> = [vec!["AUG01", "AUG31"], basic.clone()].concat();
    let nobody: Vec<&str> = Vec::new();
    // The day, the days left of the first and the last one due, who is due, who has lapsed.
    let months = vec![
        // 16 days of May, 30, 31 and 1: 78 days to 1 August, 108 to the 31st.
        ("2023-05-15", Some((78, 78)), vec!["AUG01"], nobody.clone()),
        // 29 + 31 + 1 = 61; the 31st is 91 days ahead, a day too many.
        ("2023-06-01", Some((61, 61)), vec!["AUG01"], nobody.clone()),
        ("2023-06-02", Some((60, 90)), vec!["AUG01", "AUG31"], nobody.clone()),
        ("2023-07-01", Some((31, 61)), vec!["AUG01", "AUG31"], nobody.clone()),
        // On the end date the service has lapsed. 15 November is 30 + 30 + 31 + 15 = 106 days ahead.
        ("2023-08-01", Some((30, 30)), vec!["AUG31"], vec!["AUG01"]),
        // 29 + 31 + 15 = 75.
        ("2023-09-01", Some((75, 75)), basic.clone(), vec!["AUG01", "AUG31"]),
        ("2023-10-01", Some((45, 45)), basic.clone(), vec!["AUG01", "AUG31"]),
        ("2023-11-01", Some((14, 14)), basic, vec!["AUG01", "AUG31"]),
        ("2023-12-01", None, nobody.clone(), ended.clone()),
        ("2024-01-01", None, nobody.clone(), ended.clone()),
        ("2024-02-01", None, nobody.clone(), ended.clone()),
        ("2024-03-01", None, nobody.clone(), ended.clone()),
        ("2024-04-01", None, nobody.clone(), ended.clone()),
        ("2024-05-01", None, nobody, ended),
    ];
    for (on, days, wanted_due, wanted_lapsed) in months {
        let due = call("subscriptions.due", &json!({"subscriptions": subscriptions, "on": on}));
        let serials = |list: &str| -> Vec<String> {
            let rows = due[list].as_array().expect("a list").iter();
            rows.map(|row| row["serial"].as_str().expect("a serial").to_owned()).collect()
        };
        assert_eq!(serials("due"), wanted_due, "{on}");
        assert_eq!(serials("lapsed"), wanted_lapsed, "{on}");
        let rows = due["due"].as_array().expect("a list");
        let first_and_last = rows.first().zip(rows.last());
        let left = |row: &Value| row["days_left"].as_i64().expect("days");
        assert_eq!(first_and_last.map(|(first, last)| (left(first), left(last))), days, "{on}");
        assert_eq!(due["summary"]["inventory"], 1, "{on}");
        assert_eq!(due["summary"]["other"], 0, "{on}");
    }
}

/// In time: 31 August 2023 + 1 year, by the purchase order alone and in the history.
#[test]
fn a_renewal_in_time() {
    let subscriptions = migrated();
    let held = of(&subscriptions, "AUG31");
    let renewed = call("subscriptions.renew", &json!({"subscription": held, "years": 1, "on": "2023-08-20"}));
    // Without a day of registration nobody knows the limit of the warranty: it ends as it was to end.
    let expected = json!({"end_date": "2024-08-31", "warranty_end": "2023-08-31", "reactivated": false,
        "terms_from": "2023-08-31", "rules": ["SUB-2", "SUB-6"], "subscription": renewed["subscription"]});
    assert_eq!(renewed, expected);

    let event = json!({"on": "2023-08-20", "type": "renewal", "years": 1, "offer": "AirLink Premium"});
    let subscriptions = with(&subscriptions, "AUG31", event);
    let held = of(&subscriptions, "AUG31");
    let before = state(held, "2023-08-30", "from_order");
    assert_eq!(before["offer"], "AirLink Complete");
    assert_eq!(before["next_offer"], json!({"offer": "AirLink Premium", "from": "2023-08-31"}));
    assert_eq!((&before["end_date"], &before["warranty"]), (&json!("2024-08-31"), &json!(true)));
    let after = state(held, "2023-08-31", "from_order");
    assert_eq!((&after["state"], &after["offer"]), (&json!("active"), &json!("AirLink Premium")));
    assert_eq!(after["warranty"], false);
    // 90 days before 31 August 2024: 31 in August, 31 in July, 28 in June, which leaves its 2nd.
    assert_eq!(after["notification"], json!({"from": "2024-06-02", "due": false}));
    assert_eq!(state(held, "2024-06-02", "from_order")["notification"]["due"], true);
    assert_eq!(state(held, "2024-06-01", "from_order")["notification"]["due"], false);
}

/// Suspended from the end date on; the account stays open; an order in October brings it back.
#[test]
fn a_lapse_and_a_reactivation() {
    let subscriptions = migrated();
    let held = of(&subscriptions, "AUG01");
    let last_day = state(held, "2023-07-31", "from_order");
    assert_eq!((&last_day["state"], &last_day["support"]), (&json!("active"), &json!(true)));
    for on in ["2023-08-01", "2023-10-09"] {
        let lapsed = state(held, on, "from_order");
        assert_eq!(lapsed["state"], "suspended", "{on}");
        assert_eq!((&lapsed["service"], &lapsed["support"]), (&json!(false), &json!(false)), "{on}");
        assert_eq!(lapsed["account_access"], true, "{on}");
        assert_eq!(lapsed["rules"][0], "SUB-3", "{on}");
    }
    let event = json!({"on": "2023-10-10", "type": "renewal", "years": 1});
    let renewed = with(&subscriptions, "AUG01", event);
    // From the order 10 October 2024, from the lapsed end 1 August 2024.
    // Both begin a chain: the order on its day, the support date as it is.
    for (late, from, end) in
        [("from_order", "2023-10-10", "2024-10-10"), ("from_end", "2023-08-01", "2024-08-01")]
    {
        let order = json!({"subscription": held, "years": 1, "on": "2023-10-10", "late": late});
        let renewal = call("subscriptions.renew", &order);
        let expected = json!({"end_date": end, "warranty_end": null, "terms_from": from, "reactivated": true,
            "rules": ["SUB-4"], "subscription": renewal["subscription"]});
        assert_eq!(renewal, expected, "{late}");
        let told = state(&renewal["subscription"], "2023-10-10", late);
        assert_eq!((&told["state"], &told["end_date"]), (&json!("active"), &json!(end)), "{late}");

        let back = state(of(&renewed, "AUG01"), "2023-10-10", late);
        assert_eq!((&back["state"], &back["end_date"]), (&json!("active"), &json!(end)), "{late}");
        assert_eq!(back["rules"], json!(["SUB-4"]), "{late}");
        let effect = json!({"from": from, "end_date": end, "warranty_end": null, "reactivated": true,
            "rules": ["SUB-4"]});
        assert_eq!(back["events"][0]["effect"], effect, "{late}");
        // It had not happened on the day before.
        assert_eq!(state(of(&renewed, "AUG01"), "2023-10-09", late)["state"], "suspended", "{late}");
        assert_eq!(state(of(&renewed, "AUG01"), end, late)["state"], "suspended", "{late}");
    }
}

/// MIG-3: what was in maintenance waits in inventory for its purchase order.
#[test]
fn an_activation_from_inventory() {
    let subscriptions = migrated();
    let waiting = state(of(&subscriptions, "MAINT"), "2023-08-31", "from_order");
    assert_eq!((&waiting["state"], &waiting["end_date"]), (&json!("inventory"), &Value::Null));
    let event = json!({"on": "2023-09-01", "type": "activation", "years": 3, "offer": "AirLink Complete"});
    let subscriptions = with(&subscriptions, "MAINT", event);
    let active = state(of(&subscriptions, "MAINT"), "2023-09-01", "from_order");
    assert_eq!((&active["state"], &active["end_date"]), (&json!("active"), &json!("2026-09-01")));
    assert_eq!((&active["offer"], &active["rules"]), (&json!("AirLink Complete"), &json!(["MIG-3"])));
    assert_eq!(active["events"][0]["effect"]["reactivated"], false);
}

/// The account on 10 October 2023: AUG31 renewed in time, AUG01 lapsed, the rest as the migration left it.
fn in_october() -> Value {
    with(&migrated(), "AUG31", json!({"on": "2023-08-20", "type": "renewal", "years": 1}))
}

#[test]
fn a_quote_for_the_rest_of_the_year() {
    let price = |offer: &str, amount: &str| json!({"offer": offer, "months": 12, "price": {"amount": amount, "currency": "USD"}});
    let quote = call(
        "subscriptions.quote",
        &json!({"subscriptions": in_october(), "on": "2023-10-10", "due_until": "2023-12-31",
            "renew": {"years": 1}, "prices": [price("AirLink Basic", "30.00"), price("AirLink Complete", "99.00")],
            "discount": {"percent": "10"}}),
    );
    let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
    let sum =
        |list, discount, total| json!({"list": usd(list), "discount": usd(discount), "total": usd(total)});
    let line = |offer: &str, quantity: i64, unit: &str, mut sum: Value| {
        sum["offer"] = json!(offer);
        sum["months"] = json!(12);
        sum["quantity"] = json!(quantity);
        sum["unit_price"] = usd(unit);
        sum
    };
    let lines = [
        line("AirLink Basic", 8, "30.00", sum("240.00", "24.00", "216.00")),
        line("AirLink Complete", 1, "99.00", sum("99.00", "9.90", "89.10")),
    ];
    assert_eq!(quote["lines"], json!(lines));
    assert_eq!(quote["total"], sum("339.00", "33.90", "305.10"));
    let month = |month: &str, systems: i64, list: &str| json!({"month": month, "systems": systems, "list": usd(list)});
    let months = [month("2023-10", 0, "0.00"), month("2023-11", 8, "240.00"), month("2023-12", 0, "0.00")];
    assert_eq!(quote["months"], json!(months));
    assert_eq!(quote["lapsed"], json!({"systems": 1, "list": usd("99.00")}));
    // Late, from the order; in time, from the end.
    let lapsed = of(&quote["systems"], "AUG01");
    assert_eq!((&lapsed["new_end_date"], &lapsed["reactivated"]), (&json!("2024-10-10"), &json!(true)));
    let in_time = of(&quote["systems"], "JAN");
    assert_eq!((&in_time["new_end_date"], &in_time["reactivated"]), (&json!("2024-11-15"), &json!(false)));
    let reasons =
        [(of(&quote["skipped"], "MAINT"), "inventory"), (of(&quote["skipped"], "AUG31"), "not_due")];
    assert!(reasons.iter().all(|(skipped, reason)| skipped["reason"] == *reason), "{}", quote["skipped"]);
}

#[test]
fn one_end_for_all() {
    let unit = |name: &str, length: i64, amount: &str| json!({"name": name, "length": length, "price": {"amount": amount, "currency": "USD"}});
    let answer = call(
        "subscriptions.align",
        &json!({"subscriptions": in_october(), "on": "2023-10-10", "date": "2024-12-31", "method": "terms",
            "units": [unit("year", 12, "99.00"), unit("month", 1, "10.00")]}),
    );
    // 31 August 2024 and 4 months. 10 October 2023 and 15 months: 14 end on 10 December 2024. 15 November 2023 and 14
    // months: 13 end on 15 December 2024. A year and the rest by the month is cheaper than months alone.
    for (serial, gets, end, surplus) in
        [("AUG31", 4, "2024-12-31", 0), ("AUG01", 15, "2025-01-10", 10), ("NONE3", 14, "2025-01-15", 15)]
    {
        let system = of(&answer["systems"], serial);
        assert_eq!(system["gets"], gets, "{serial}");
        assert_eq!(system["new_end_date"], end, "{serial}");
        assert_eq!(system["surplus_days"], surplus, "{serial}");
    }
    // 4 + 15 + 8 x 14 months: 9 years and 4 + 3 + 8 x 2 months.
    assert_eq!((&answer["needed"], &answer["left_over"]), (&json!(131), &json!(0)));
    let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
    let lines = json!([
        {"name": "year", "quantity": 9, "unit_price": usd("99.00"), "amount": usd("891.00")},
        {"name": "month", "quantity": 23, "unit_price": usd("10.00"), "amount": usd("230.00")},
    ]);
    assert_eq!((&answer["lines"], &answer["total"]), (&lines, &usd("1121.00")));
    assert_eq!(of(&answer["skipped"], "MAINT")["reason"], "inventory");
}

#[cfg(feature = "files")]
#[test]
fn a_calendar_of_the_renewals() {
    let answer = call("subscriptions.to_ics", &json!({"subscriptions": migrated(), "on": "2023-06-01"}));
    let ics = answer["ics"].as_str().expect("a text");
    let lines =
        |start: &str| -> Vec<&str> { ics.split("\r\n").filter(|line| line.starts_with(start)).collect() };
    let days = ["20230801", "20230831", "20231115"].map(|day| format!("DTSTART;VALUE=DATE:{day}"));
    assert_eq!(lines("DTSTART"), days);
    // 61 days, 91 and 167: a reminder 90 days before lies ahead of the last two.
    let alarms: Vec<usize> =
        ics.split("BEGIN:VEVENT").skip(1).map(|event| event.matches("VALARM").count()).collect();
    assert_eq!(alarms, [0, 2, 2]);
    assert_eq!(lines("TRIGGER"), ["TRIGGER:-P90D", "TRIGGER:-P90D"]);
}
