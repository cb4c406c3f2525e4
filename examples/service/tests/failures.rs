//! What fails beside the service, and passes: a full disk, somebody else's lock, too many who wait.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use alms_service::{Limits, Settings};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _};
use std::num::NonZeroU32;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use support::{Database, Service, databases, error, execute, grant, settings, sqlite, transfer};
use tokio::runtime::Runtime;

/// A disk that is full: everything that is booked meanwhile is answered with 503, and what is read is read. Once there is
/// room the same service books again.
#[test]
fn a_full_disk_passes() {
    let database = sqlite();
    {
        // Some pages that are given back later: what a full disk gets by removing other files.
        let service = Service::start(&database);
        service.with_partner_and_customer();
        execute(
            &database.url,
            "CREATE TABLE ballast (bytes BLOB); INSERT INTO ballast VALUES (zeroblob(400000))",
        );
    }
    let quota = Settings { pages_max: NonZeroU32::new(150), ..settings(&database) };
    let service = Service::start_with(quota, Limits::default());
    let (mut booked, mut refused) = (0, 0);
    for number in 0..2_000 {
        let answer = service.post("/bookings", &grant(&format!("g{number}"), "c1", 1));
        match answer.0 {
            201 => {
                assert_eq!(refused, 0, "it is full");
                booked += 1;
            }
            _ => {
                assert_eq!(error(&answer), (503, "unavailable", None, ""));
                refused += 1;
            }
        }
        if refused > 20 {
            break;
        }
    }
    assert!(booked > 10 && refused > 20, "{booked} {refused}");
    assert_eq!(service.balance("c1"), 20 + booked);
    assert_eq!(service.get("/health").1["bookings"], booked);
    execute(&database.url, "DROP TABLE ballast");
    for number in 0..20 {
        service.book(&grant(&format!("later {number}"), "c1", 1));
    }
    // The one that was refused for want of room is free to be booked.
    service.book(&grant(&format!("g{booked}"), "c1", 1));
    assert_eq!(service.balance("c1"), 20 + booked + 21);
}

/// Holds the ledger's lock as another process would, until it is told to let go.
fn with_lock<T>(database: &Database, act: impl FnOnce() -> T) -> T {
    let (locked, is_locked) = mpsc::channel();
    let (let_go, may_go) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
            Runtime::new().unwrap().block_on(async {
                let mut connection = AnyConnection::connect(&database.url).await.unwrap();
                let lock = if database.url.starts_with("sqlite") {
                    "BEGIN IMMEDIATE"
                } else {
                    "BEGIN; SELECT 1 FROM head WHERE id = 1 FOR UPDATE"
                };
                sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
                locked.send(()).unwrap();
                may_go.recv().ok();
                sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.unwrap();
            });
        });
        is_locked.recv().unwrap();
        let done = act();
        let_go.send(()).unwrap();
        done
    })
}

/// Everybody behind a lock waits until the own deadline, not until those before have waited; readers do not wait.
#[test]
fn waiting_does_not_add_up() {
    for database in databases() {
        let answer_time = Duration::from_secs(2);
        let service = Service::start_with(Settings { answer_time, ..settings(&database) }, Limits::default());
        service.with_partner_and_customer();
        service.book(&transfer("t1", 1));
        with_lock(&database, || {
            thread::scope(|scope| {
                let start = Instant::now();
                let waiting: Vec<_> = (0..5)
                    .map(|number| {
                        let service = &service;
                        scope.spawn(move || service.post("/bookings", &grant(&format!("g{number}"), "c1", 1)))
                    })
                    .collect();
                thread::sleep(Duration::from_millis(300));
                let reading = Instant::now();
                assert_eq!(service.balance("c1"), 32);
                assert_eq!(service.get("/bookings/t1").0, 200);
                assert_eq!(service.post("/bookings/preview", &grant("x", "c1", 1)).0, 200);
                assert_eq!(service.get("/resellers/p1/customers?on=2023-05-01").0, 200);
                assert!(reading.elapsed() < Duration::from_secs(1), "{:?}", reading.elapsed());
                for waiting in waiting {
                    assert_eq!(error(&waiting.join().unwrap()), (503, "unavailable", None, ""));
                }
                let waited = start.elapsed();
                assert!(waited >= answer_time && waited < answer_time * 2, "{waited:?}");
            });
        });
        // Those who were sent away have left nothing behind.
        service.book(&grant("g0", "c1", 1));
        assert_eq!(service.balance("c1"), 33);
    }
}

/// A booking whose lock comes free in time is booked.
#[test]
fn a_short_lock_is_waited_for() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        thread::scope(|scope| {
            let booked = with_lock(&database, || {
                let booked = scope.spawn(|| service.post("/bookings", &grant("g1", "c1", 1)));
                thread::sleep(Duration::from_millis(1_200));
                assert!(!booked.is_finished());
                booked
            });
            assert_eq!(booked.join().unwrap().0, 201);
        });
    }
}

/// Whoever would be too far back in the queue is sent away at once, not after a deadline.
#[test]
fn the_queue_has_an_end() {
    for database in databases() {
        let answer_time = Duration::from_secs(3);
        let limited = Settings { queue_max: 2, answer_time, ..settings(&database) };
        let service = Service::start_with(limited, Limits::default());
        service.with_partner_and_customer();
        let times: Vec<(Duration, (u16, Value))> = with_lock(&database, || {
            thread::scope(|scope| {
                let book = |number: u32| {
                    let service = &service;
                    scope.spawn(move || {
                        let start = Instant::now();
                        let answer = service.post("/bookings", &grant(&format!("g{number}"), "c1", 1));
                        (start.elapsed(), answer)
                    })
                };
                let waiting: Vec<_> = (0..10).map(book).collect();
                waiting.into_iter().map(|waiting| waiting.join().unwrap()).collect()
            })
        });
        let at_once = times.iter().filter(|(time, _)| *time < Duration::from_secs(2)).count();
        // One holds the turn, two wait.
        assert_eq!(at_once, 7, "{times:?}");
        assert!(times.iter().all(|(_, answer)| error(answer).0 == 503));
        assert_eq!(service.get("/health").1, json!({"accounts": 2, "bookings": 0}));
    }
}

/// A long piece of work does not keep others from being answered, not even on one thread.
#[test]
fn heavy_answers_are_made_beside_the_others() {
    let database = sqlite();
    let service = Service::start_on(1, settings(&database), Limits::default());
    service.with_partner_and_customer();
    let systems: Vec<Value> = (0..9_000)
        .map(|number| json!({"serial": format!("S{number}"), "model": "RV55", "state": "active", "last_communication": "2023-05-01"}))
        .collect();
    let mut large = support::account("big", "customer", 50_000, &json!([]));
    large["systems"] = json!(systems);
    assert_eq!(service.post("/accounts", &large).0, 201);
    let mut slowest = Duration::ZERO;
    let mut whole = Duration::ZERO;
    thread::scope(|scope| {
        let planning = scope.spawn(|| {
            let start = Instant::now();
            for day in 1..6 {
                let answer = service.post("/accounts/big/plans", &json!({"on": format!("2023-06-{day:02}")}));
                assert_eq!(answer.0, 201);
            }
            start.elapsed() / 5
        });
        while !planning.is_finished() {
            let start = Instant::now();
            assert_eq!(service.get("/health").0, 200);
            slowest = slowest.max(start.elapsed());
        }
        whole = planning.join().unwrap();
    });
    println!("a plan {whole:?}, health meanwhile {slowest:?} at most");
    // On the one thread that answers, it would wait for most of a plan.
    assert!(slowest < whole / 3, "a plan {whole:?}, health meanwhile {slowest:?}");
}
