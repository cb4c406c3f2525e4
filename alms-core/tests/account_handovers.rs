//! What comes out goes in again: the accounts, bookings and files that one operation gives are taken by the next one as they
//! are. No field is renamed, dropped or added on the way; what a request has beside them says what is asked.
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use alms_core::wire;
use serde_json::{Value, json};

fn call(operation: &str, input: &Value) -> Value {
    let answer = wire::call(operation, &input.to_string())
        .unwrap_or_else(|error| panic!("{operation}: {error} for {input}"));
    serde_json::from_str(&answer).expect("the library writes JSON")
}

/// A legacy account of partner p1 with 60 tokens: one system to delete, one with support, two without.
fn legacy() -> Value {
    let system = |serial: &str, last: &str, support: Option<&str>| {
        json!({"serial": serial, "model": "RV55", "state": "active", "last_communication": last,
            "support_end": support, "warranty_end": support})
    };
    json!({"uid": "c1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 60,
        "administrators": ["ann@acme.example"], "users": ["uwe@acme.example"],
        "partnerships": [{"partner": "p1", "profile": "operator", "of_record": true}],
        "billing": "pre_paid", "last_login": "2023-05-14",
        "systems": [system("OLD", "2022-01-31", None), system("LA1", "2023-05-01", Some("2023-08-31")),
            system("LA2", "2023-05-01", None), system("LA3", "2023-05-01", None)]})
}

/// What the migration of 15 May 2023 leaves.
fn applied() -> Value {
    let account = legacy();
    let plan = call("migration.plan", &json!({"account": account, "on": "2023-05-15"}));
    let consent = json!({"by": "ann@acme.example", "on": "2023-05-15", "fingerprint": plan["fingerprint"]});
    call("migration.apply", &json!({"account": account, "plan": plan, "consent": consent}))
}

/// An account of partner p1's reseller.
fn reseller() -> Value {
    json!({"uid": "p1", "name": "Partner", "instance": "na", "format": "avc", "kind": "reseller", "tokens": 0,
        "administrators": ["rep@partner.example"], "channel_managers": ["cbm@vendor.example"], "systems": []})
}

/// The codes of everything that stands in the way.
fn codes(errors: &Value) -> Vec<&str> {
    errors.as_array().expect("a list").iter().filter_map(|error| error["code"].as_str()).collect()
}

#[test]
fn a_migrated_account_keeps_what_was_known_of_it() {
    let account = &applied()["account"];
    assert_eq!((&account["format"], &account["tokens"]), (&json!("avc"), &json!(0)));
    assert_eq!(account["partnerships"], json!([{"partner": "p1", "profile": "operator", "of_record": true}]));
    assert_eq!((&account["billing"], &account["last_login"]), (&json!("pre_paid"), &json!("2023-05-14")));
}

#[test]
fn a_migrated_account_goes_into_a_directory() {
    let account = &applied()["account"];
    let found =
        call("accounts.lookup", &json!({"uid": "c1", "viewer": "p1", "directory": [account, reseller()]}));
    assert_eq!(
        (&found["accounts"][0]["sight"], &found["accounts"][0]["profile"]),
        (&json!("partner"), &json!("operator"))
    );
    let step =
        json!({"type": "assign_profile", "on": "2023-06-01", "by": "ann@acme.example", "profile": "viewer"});
    let case = call(
        "accounts.partnership",
        &json!({"customer": "c1", "partner": "p1", "directory": [account, reseller()], "step": step}),
    );
    assert_eq!(case["partnerships"], json!([{"partner": "p1", "profile": "viewer", "of_record": true}]));
    // An account with this name is there.
    let wanted =
        json!({"uid": "c2", "name": "Acme Buses", "instance": "na", "administrators": ["bea@acme.example"]});
    let created = call(
        "accounts.create",
        &json!({"account": wanted, "channel": {"type": "sign_up"}, "on": "2023-06-01", "directory": [account]}),
    );
    assert_eq!(codes(&created["errors"]), ["name_taken"]);
}

#[test]
fn a_migrated_account_is_checked_and_converted() {
    let account = &applied()["account"];
    let verdict = call("accounts.check", &json!({"account": account, "on": "2023-06-01"}));
    assert_eq!((&verdict["ok"], &verdict["systems"]), (&json!(true), &json!(3)));
    let ticket = json!({"number": "T-1", "accounts": ["c1"]});
    let request = json!({"account": account, "to": "reseller", "ticket": ticket, "authorized": true});
    let converted = call("accounts.convert", &request);
    assert_eq!(
        (&converted["account"]["kind"], &converted["account"]["billing"]),
        (&json!("reseller"), &json!("pre_paid"))
    );
    let commission =
        call("accounts.commission", &json!({"partner": "p1", "agreement": true, "account": account}));
    assert_eq!(commission["partner_of_record"], json!(true));
}

#[test]
fn a_migrated_account_goes_to_offers_billing_and_xr() {
    let account = &applied()["account"];
    let offers = call("offers.for_model", &json!({"account": account, "model": "RV55", "on": "2023-06-01"}));
    assert_eq!(offers["default"], "AirLink Complete");
    let options = call("billing.options", &json!({"account": account, "country": "US", "on": "2023-06-01"}));
    assert_eq!(options["errors"], json!([]));
    let device = json!({"serial": "XR1", "model": "XR80", "sku_region": "north_america"});
    let check = call("xr.check", &json!({"account": account, "devices": [device], "on": "2023-06-01"}));
    assert_eq!(check["eligible"], json!(true));
}

#[test]
fn a_migrated_account_takes_new_systems() {
    let account = &applied()["account"];
    let system = json!({"serial": "LA9", "model": "RV55"});
    let registered =
        call("subscriptions.register", &json!({"account": account, "system": system, "on": "2023-06-01"}));
    assert_eq!(
        (&registered["ok"], &registered["subscription"]["end_date"]),
        (&json!(true), &json!("2024-06-01"))
    );
    let csv = "Serial,Model,Account\nLA9,RV55,c1\n";
    let bulk =
        call("reseller.bulk_register", &json!({"csv": csv, "on": "2023-06-01", "accounts": [account]}));
    assert_eq!(bulk["registered"][0]["systems"], json!(4), "three that were left, and the new one");
    assert_eq!(bulk["accounts"][0]["systems"][3]["serial"], "LA9");
}

#[test]
fn a_migrated_account_gives_and_takes_systems() {
    let applied = applied();
    let (account, subscriptions) =
        (&applied["account"], applied["subscriptions"].as_array().expect("a list"));
    let complete = subscriptions.iter().find(|one| one["serial"] == "LA1").expect("a subscription");
    let request = json!({"from": account, "to": reseller(), "on": "2023-06-01", "systems": [{"subscription": complete}]});
    let given = call("reseller.transfer", &request);
    assert_eq!(given["summary"], json!({"systems": 1, "transferred": 1, "refused": 0}));
    let back = json!({"from": reseller(), "to": account, "on": "2023-07-01",
        "systems": [{"subscription": given["results"][0]["subscription"]}],
        "allocations": [{"offer": "AirLink Complete", "months": 12, "quantity": 2}]});
    let back = call("reseller.transfer", &back);
    assert_eq!(back["results"][0]["ok"], json!(true), "{back}");
}

#[test]
fn a_migrated_account_goes_on_the_customers_page_and_is_notified() {
    let account = &applied()["account"];
    let page =
        call("reseller.customers", &json!({"reseller": "p1", "on": "2023-06-01", "customers": [account]}));
    let row = &page["rows"][0];
    assert_eq!(
        (&row["profile"], &row["total_systems"], &row["last_login"]),
        (&json!("operator"), &json!(3), &json!("2023-05-14"))
    );
    // LA1 ends with its support, within the third window of 90 days but one day.
    let request = json!({"customer": account, "on": "2023-06-03", "column": "window_3"});
    let systems = call("reseller.customer_systems", &request);
    assert_eq!(systems["systems"][0]["serial"], "LA1");
    let request = json!({"on": "2023-06-03", "resellers": [reseller()], "customers": [account]});
    let told = call("reseller.notifications", &request);
    assert_eq!(told["messages"][0]["cc"], json!(["cbm@vendor.example"]), "{told}");
    // The file that is attached is one that can be read.
    let file = call("systems.from_csv", &json!({"csv": told["messages"][0]["attachment"]["csv"]}));
    assert_eq!((&file["errors_total"], &file["subscriptions"][0]["serial"]), (&json!(0), &json!("LA1")));
}

#[test]
fn a_migrated_account_is_one_of_a_ledger() {
    let account = &applied()["account"];
    let replayed = call("tokens.replay", &json!({"accounts": [account], "bookings": []}));
    assert_eq!(
        (&replayed["accounts"][0]["uid"], &replayed["accounts"][0]["balance"]),
        (&json!("c1"), &json!(0))
    );
    let again = call("tokens.replay", &json!({"accounts": replayed["accounts"], "bookings": []}));
    assert_eq!(again, replayed);
    let booking = json!({"key": "o1", "on": "2023-06-01", "type": "order", "po_number": "PO 1", "partner": "p1", "packs": 1});
    let preview = json!({"accounts": [account, reseller()], "bookings": [], "booking": booking});
    assert_eq!(call("tokens.preview", &preview)["result"]["ok"], json!(true));
}

#[test]
fn a_balance_of_zero_keeps_its_status() {
    let holder = json!({"uid": "c1", "name": "Acme", "kind": "customer", "opening": -12});
    let grant = json!({"key": "g1", "on": "2023-05-04", "type": "grant", "account": "c1", "tokens": 12});
    let replayed = call("tokens.replay", &json!({"accounts": [holder], "bookings": [grant]}));
    assert_eq!(replayed["accounts"][0]["status"], "suspended");
    let again = call("tokens.replay", &json!({"accounts": replayed["accounts"], "bookings": []}));
    assert_eq!(again["accounts"], replayed["accounts"]);
    let contradiction = json!({"accounts": [{"uid": "c1", "name": "Acme", "kind": "customer", "balance": 5, "status": "suspended"}],
        "bookings": []});
    let error = wire::call("tokens.replay", &contradiction.to_string()).expect_err("a contradiction");
    assert_eq!((error.code(), error.path()), ("invalid_input", "accounts[0].status"));
}

#[test]
fn a_created_account_goes_into_a_directory_and_takes_systems() {
    let wanted = json!({"uid": "c2", "name": "Bolt Taxis", "administrator": "bea@bolt.example"});
    let channel = json!({"type": "reseller", "partner": "p1"});
    let request =
        json!({"account": wanted, "channel": channel, "on": "2023-06-01", "directory": [reseller()]});
    let created = call("accounts.create", &request);
    let account = &created["created"]["account"];
    let found =
        call("accounts.lookup", &json!({"name": "Bolt Taxis", "viewer": "p1", "directory": [account]}));
    assert_eq!(found["accounts"][0]["sight"], "partner");
    let csv = "Serial,Model,Account\nLA1,RV55,c2\n";
    let bulk =
        call("reseller.bulk_register", &json!({"csv": csv, "on": "2023-06-02", "accounts": [account]}));
    assert_eq!(bulk["summary"]["registered"], json!(1));
    // What is registered goes on the Customers page.
    let page = call(
        "reseller.customers",
        &json!({"reseller": "p1", "on": "2024-05-01", "customers": bulk["accounts"]}),
    );
    assert_eq!(
        (&page["rows"][0]["total_systems"], &page["rows"][0]["window_2"]),
        (&json!(1), &json!(1)),
        "{page}"
    );
    // And a second file finds it there.
    let again = call(
        "reseller.bulk_register",
        &json!({"csv": csv, "on": "2023-06-03", "accounts": bulk["accounts"],
        "fleet": [{"serial": "LA1", "account": "c2"}]}),
    );
    assert_eq!(again["rows"][0]["errors"][0]["code"], "already_registered");
}

#[test]
fn registrations_and_use_are_booked_once() {
    let account =
        json!({"uid": "c1", "name": "Acme", "instance": "na", "format": "legacy", "kind": "customer"});
    let csv = "Serial,Model,Account\nGX1,GX450,c1\n";
    let bulk =
        call("reseller.bulk_register", &json!({"csv": csv, "on": "2023-05-03", "accounts": [account]}));
    let registered = bulk["registered"][0]["bookings"].as_array().expect("a list");
    assert_eq!(registered[0]["key"], "registration:2023-05-03:c1:GX1");
    let counts = json!([{"account": "c1", "on": "2023-05-04", "active": 7}, {"account": "c1", "on": "2023-05-20", "active": 9}]);
    let metered = call("tokens.meter", &json!({"counts": counts}));
    let used = metered["bookings"].as_array().expect("a list");
    assert_eq!((&used[0]["key"], &used[0]["on"]), (&json!("consumption:c1:2023-05"), &json!("2023-05-31")));
    // A pack of 12 less 9; a second run of the same bookings changes nothing.
    let bookings: Vec<&Value> = registered.iter().chain(used).chain(registered).chain(used).collect();
    let replayed = call("tokens.replay", &json!({"accounts": [account], "bookings": bookings}));
    assert_eq!(replayed["accounts"][0]["balance"], json!(3));
    assert!(replayed["results"].as_array().expect("a list").iter().all(|result| result["ok"] == true));
}

#[test]
fn transferred_systems_and_what_is_left_of_allocations_go_on() {
    let customer =
        json!({"uid": "c1", "format": "avc", "kind": "customer", "instance": "na", "partners": ["p1"]});
    let subscription = json!({"serial": "LA1", "model": "RV55", "offer": "AirLink Complete", "registered": "2023-01-15",
        "end_date": "2028-01-15", "warranty_end": "2024-01-15", "billing": "free", "renews_every_months": 60});
    let bought = json!({"offer": "AirLink Complete", "months": 36, "quantity": 2});
    let first = call(
        "reseller.transfer",
        &json!({"from": reseller(), "to": customer, "on": "2024-05-01",
        "systems": [{"subscription": subscription}], "allocations": [bought]}),
    );
    assert_eq!(first["allocations"][0]["left"], json!(1));
    let back = call(
        "reseller.transfer",
        &json!({"from": customer, "to": reseller(), "on": "2024-06-01",
        "systems": [{"subscription": first["results"][0]["subscription"]}]}),
    );
    assert_eq!(back["results"][0]["ok"], json!(true), "{back}");
    // One service is left: it serves the system once more, and no third time.
    let second = call(
        "reseller.transfer",
        &json!({"from": reseller(), "to": customer, "on": "2024-07-01",
        "systems": [{"subscription": back["results"][0]["subscription"]}], "allocations": first["allocations"]}),
    );
    assert_eq!(second["allocations"][0]["left"], json!(0), "{second}");
}

#[test]
fn a_merged_reseller_transfers_its_systems() {
    let system =
        json!({"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2024-11-01"});
    let account = json!({"uid": "p1", "name": "Partner", "instance": "na", "format": "legacy", "kind": "reseller", "tokens": 0,
        "administrators": ["rep@one.example"], "systems": [system]});
    let plan = call("migration.plan_reseller", &json!({"account": account, "on": "2024-11-15"}));
    let consent = json!({"by": "rep@one.example", "on": "2024-11-10", "fingerprint": plan["fingerprint"]});
    let applied =
        call("migration.apply_reseller", &json!({"account": account, "plan": plan, "consent": consent}));
    let subscription = &applied["subscriptions"][0];
    let state = call("subscriptions.state", &json!({"subscription": subscription, "on": "2025-01-01"}));
    assert_eq!((&state["state"], &state["end_date"]), (&json!("active"), &json!("2029-11-15")));
    let customer =
        json!({"uid": "c1", "format": "avc", "kind": "customer", "instance": "na", "partners": ["p1"]});
    let transfer = call(
        "reseller.transfer",
        &json!({"from": applied["account"], "to": customer, "on": "2025-01-01",
        "systems": [{"subscription": subscription}],
        "allocations": [{"offer": "AirLink Complete", "months": 12, "quantity": 1}]}),
    );
    assert_eq!(transfer["results"][0]["ok"], json!(true), "{transfer}");
}

#[test]
fn a_linked_account_is_an_account() {
    let person = |uid: &str, format: &str, email: &str| {
        json!({"uid": uid, "name": uid, "instance": "na", "format": format, "kind": "customer", "administrators": [email],
            "billing": "direct", "partnerships": [{"partner": "p1", "profile": "operator"}], "system_count": 4})
    };
    let linked = call(
        "accounts.link",
        &json!({"legacy": person("l1", "legacy", "ann@acme.example"),
        "avc": person("c1", "avc", "ann+xr@acme.example"), "extra_email": "ann+xr@acme.example", "partner_link": "p1"}),
    );
    let account = &linked["linked"]["account"];
    assert_eq!(account["administrators"], json!(["ann@acme.example"]));
    assert_eq!((&account["billing"], &account["system_count"]), (&json!("direct"), &json!(4)));
    let found = call("accounts.lookup", &json!({"email": "ann@acme.example", "directory": [account]}));
    assert_eq!(found["status"], "unique");
    let offers = call("offers.for_model", &json!({"account": account, "model": "RV55", "on": "2023-06-01"}));
    assert_eq!(offers["billing"], "direct");
}

#[test]
fn a_quote_becomes_events() {
    let subscription =
        json!({"serial": "LA1", "model": "RV55", "offer": "AirLink Complete", "registered": "2023-01-15"});
    let price =
        json!({"offer": "AirLink Complete", "months": 36, "price": {"amount": "90.00", "currency": "USD"}});
    let quote = call(
        "subscriptions.quote",
        &json!({"subscriptions": [subscription], "on": "2023-12-20",
        "due_until": "2024-03-31", "renew": {"months": 36}, "prices": [price]}),
    );
    let quoted = &quote["systems"][0];
    assert_eq!(quoted["new_end_date"], "2027-01-15");
    let mut ordered = subscription;
    ordered["events"] = json!([quoted["event"]]);
    let state = call("subscriptions.state", &json!({"subscription": ordered, "on": "2023-12-20"}));
    assert_eq!(
        (&state["end_date"], &state["events"][0]["ok"]),
        (&quoted["new_end_date"], &json!(true)),
        "{state}"
    );
}

#[test]
fn deleted_systems_are_registered_again() {
    let applied = applied();
    assert_eq!(applied["export"][0]["account"], "c1");
    let file = call("systems.to_csv", &json!({"systems": applied["export"]}));
    let request = json!({"csv": file["csv"], "on": "2023-06-01", "accounts": [applied["account"]]});
    let bulk = call("reseller.bulk_register", &request);
    assert_eq!((&bulk["rows"][0]["serial"], &bulk["rows"][0]["ok"]), (&json!("OLD"), &json!(true)), "{bulk}");
    // The file is still one of the systems grid.
    let read = call("systems.from_csv", &json!({"csv": file["csv"]}));
    assert_eq!((&read["systems"][0]["serial"], &read["errors_total"]), (&json!("OLD"), &json!(0)));
}

#[test]
fn two_stocks_or_counts_that_differ_are_refused() {
    let with = |field: &str, value: Value| {
        let mut account = legacy();
        account[field] = value;
        wire::call("migration.plan", &json!({"account": account, "on": "2023-05-15"}).to_string())
    };
    assert!(with("balance", json!(60)).is_ok());
    let path = |result: Result<String, wire::Error>| result.expect_err("a contradiction").path().to_owned();
    assert_eq!(path(with("opening", json!(61))), "account.opening");
    assert_eq!(path(with("system_count", json!(3))), "account.system_count");
    assert_eq!(path(with("status", json!("suspended"))), "account.status");
    assert_eq!(path(with("partner_of_record", json!("p2"))), "account.partnerships");
    assert_eq!(path(with("systems", json!(4))), "account.systems");
    assert_eq!(path(with("custom", json!([{"name": "X"}]))), "account.custom[0].kind");
    assert_eq!(
        path(with("allocations", json!([{"offer": "X", "quantity": 1, "left": 2}]))),
        "account.allocations[0].left"
    );
    assert_eq!(path(with("sytems", json!([]))), "account.sytems");
}

#[test]
fn a_number_in_place_of_systems_is_whole() {
    let refused = |systems: &str| {
        let request = format!(
            r#"{{"account": {{"format": "avc", "kind": "customer", "instance": "na", "systems": {systems}}}, "model": "RV55", "on": "2023-06-01"}}"#
        );
        let error = wire::call("offers.for_model", &request).expect_err("no number of systems");
        assert_eq!(error.path(), "account.systems", "{error}");
        (error.code(), error.message().to_owned())
    };
    for written in ["1.5", "4e3", r#"{"b": 2}"#, "\"4\""] {
        let message = format!("`{written}` is not a list of systems; write a list of systems here");
        assert_eq!(refused(written), ("invalid_input", message));
    }
    for beyond in ["-1", "10000001", "99999999999999999999"] {
        assert_eq!(refused(beyond).0, "out_of_range");
    }
}
