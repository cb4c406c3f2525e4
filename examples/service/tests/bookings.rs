//! Bookings: once each, the preview the same, the stock what the bookings say, across restarts and processes.

mod support;

use serde_json::{Value, json};
use std::thread;
use support::{Service, databases, error, execute, grant, transfer};

#[test]
fn the_preview_is_the_booking_and_a_repetition_gives_it_again() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let (status, preview) = service.post("/bookings/preview", &transfer("t1", 2));
        assert_eq!(status, 200, "{preview}");
        assert_eq!(service.balance("c1"), 20);
        assert_eq!(service.book(&transfer("t1", 2)), preview);
        // 20 + 2 x 12, 96 - 2 x 12.
        assert_eq!((service.balance("c1"), service.balance("p1")), (44, 72));
        assert_eq!(preview["effects"][0]["balance_after"], 44);
        // Whatever happened since, and wherever the service starts again.
        service.book(&grant("g1", "c1", 5));
        assert_eq!(service.post("/bookings", &transfer("t1", 2)), (200, preview.clone()));
        drop(service);
        let service = Service::start(&database);
        assert_eq!(service.post("/bookings", &transfer("t1", 2)), (200, preview.clone()));
        assert_eq!((service.balance("c1"), service.balance("p1")), (49, 72));
        let (status, stored) = service.get("/bookings/t1");
        assert_eq!((status, &stored["sequence"], &stored["receipt"]), (200, &json!(1), &preview));
        assert_eq!(stored["booking"], transfer("t1", 2));
    }
}

#[test]
fn a_key_is_for_one_booking() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        service.book(&transfer("t1", 2));
        let other = service.post("/bookings", &transfer("t1", 3));
        assert_eq!(error(&other), (409, "key_reused", Some("ORD-7"), "key"));
        // Also where a rule would refuse the other one anyway.
        let other = service.post("/bookings", &transfer("t1", 0));
        assert_eq!(error(&other), (409, "key_reused", Some("ORD-7"), "key"));
        assert_eq!(service.get("/health").1["bookings"], 1);
    }
}

#[test]
fn what_a_rule_refuses_leaves_nothing() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let refused = service.post("/bookings", &transfer("t1", 9));
        assert_eq!(error(&refused), (422, "insufficient_tokens", Some("ORD-3"), ""));
        assert_eq!((service.balance("c1"), service.balance("p1")), (20, 96));
        let unknown = service.post("/bookings", &grant("g1", "nobody", 5));
        assert_eq!(error(&unknown), (422, "unknown_account", Some("ACC-1"), "account"));
        assert_eq!(error(&service.get("/bookings/t1")), (404, "unknown_booking", Some("ORD-7"), "key"));
        // The key stayed free.
        service.book(&transfer("t1", 8));
        assert_eq!(service.balance("p1"), 0);
    }
}

#[test]
fn a_suspended_account_at_exactly_zero_stays_suspended() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let use_of_may = json!({"key": "may", "on": "2023-05-31", "type": "consumption", "account": "c1",
            "month": "2023-05", "peak": 25});
        service.book(&use_of_may);
        service.book(&grant("g1", "c1", 5));
        let stock = json!({"balance": 0, "status": "suspended"});
        assert_eq!(service.get("/accounts/c1").1["stock"], stock);
        drop(service);
        // The status is not one of the balance: it needs the bookings.
        let service = Service::start(&database);
        let receipt = service.book(&grant("g2", "c1", 1));
        assert_eq!(receipt["result"]["reactivated"], json!(["c1"]));
    }
}

/// Twenty at once for a stock that has enough for eight, each sent twice at once, to two services on one database.
#[test]
fn nobody_overdraws_a_stock_at_once() {
    for database in databases() {
        let (one, other) = (Service::start(&database), Service::start(&database));
        one.with_partner_and_customer();
        let answers: Vec<[(u16, Value); 2]> = thread::scope(|scope| {
            let twice = |number: u32| {
                let booking = transfer(&format!("t{number}"), 1);
                [&one, &other].map(|service| {
                    let booking = booking.clone();
                    scope.spawn(move || service.post("/bookings", &booking))
                })
            };
            let running: Vec<_> = (0..20).map(twice).collect();
            running.into_iter().map(|pair| pair.map(|thread| thread.join().unwrap())).collect()
        });
        let mut booked = 0;
        for [first, second] in &answers {
            let statuses = [first.0.min(second.0), first.0.max(second.0)];
            match statuses {
                [200, 201] => {
                    assert_eq!(first.1, second.1);
                    booked += 1;
                }
                [422, 422] => assert_eq!(error(first).1, "insufficient_tokens"),
                _ => panic!("{first:?} {second:?}"),
            }
        }
        assert_eq!(booked, 8);
        assert_eq!((one.balance("p1"), other.balance("c1")), (0, 116));
        assert_eq!(one.get("/health").1, json!({"accounts": 2, "bookings": 8}));
        assert_eq!(one.get("/health"), other.get("/health"));
    }
}

/// Somebody else writes into the table and does not take the lock: the unique key still holds.
#[test]
fn the_unique_key_holds_against_those_who_take_no_lock() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let stored = grant("g1", "c1", 5).to_string();
        execute(
            &database.url,
            &format!("INSERT INTO bookings (sequence, key, booking) VALUES (1, 'g1', '{stored}')"),
        );
        let answer = service.post("/bookings", &grant("g1", "c1", 5));
        assert_eq!(error(&answer), (503, "unavailable", None, ""));
        assert_eq!(service.balance("c1"), 20);
    }
}

#[test]
fn accounts_are_created_once() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        service.book(&grant("g1", "c1", 5));
        let again = service.post("/accounts", &support::account("c1", "customer", 20, &json!(["p1"])));
        assert_eq!((again.0, &again.1["stock"]["balance"]), (200, &json!(25)));
        let other = service.post("/accounts", &support::account("c1", "customer", 21, &json!(["p1"])));
        assert_eq!(error(&other), (409, "uid_taken", Some("ACC-3"), "uid"));
        let mut named = support::account("c2", "customer", 0, &json!([]));
        named["name"] = json!("Account c1");
        assert_eq!(error(&service.post("/accounts", &named)), (409, "name_taken", Some("ACC-3"), "name"));
        assert_eq!(error(&service.get("/accounts/c2")), (404, "unknown_account", Some("ACC-1"), "uid"));
    }
}

/// An account that comes later: its partner was there before it, and a customer before its partner.
#[test]
fn accounts_find_each_other_in_any_order() {
    for database in databases() {
        let (service, other) = (Service::start(&database), Service::start(&database));
        let create = |uid: &str, kind: &str, partners: &Value| {
            assert_eq!(service.post("/accounts", &support::account(uid, kind, 96, partners)).0, 201);
        };
        create("c1", "customer", &json!(["p1"]));
        assert_eq!(error(&other.post("/bookings", &transfer("t1", 1))).1, "unknown_account");
        create("p1", "reseller", &json!([]));
        other.book(&transfer("t1", 1));
        assert_eq!(service.balance("c1"), 108);
    }
}
