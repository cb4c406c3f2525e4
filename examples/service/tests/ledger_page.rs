//! docs/ledger.md, step by step, by two hosts on one database: the statements are those of the page.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use alms_core::tokens::{Holder, Ledger};
use alms_core::wire;
use serde_json::{Value, json};
use sqlx::{Any, AnyConnection, Connection as _, Row as _};
use std::thread;
use support::{Database, account, databases, grant};
use tokio::runtime::Runtime;

const PAGE: &str = include_str!("../../../docs/ledger.md");

/// The statements under a heading of the page, in their order.
fn statements(heading: &str) -> Vec<String> {
    let section = PAGE.split(&format!("\n## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = section.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines).filter(|line| !line.trim_start().starts_with("--"));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split(';').map(|statement| statement.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The statement of the page that begins so, its named places numbered in this order.
fn statement(heading: &str, opening: &str, places: &[&str]) -> String {
    let found = statements(heading).into_iter().find(|statement| statement.starts_with(opening)).unwrap();
    let numbered = (1..).zip(places);
    let sql =
        numbered.fold(found, |sql, (number, place)| sql.replace(&format!(":{place}"), &format!("${number}")));
    assert!(!sql.contains(':'), "{sql}");
    sql
}

fn query(sql: String) -> sqlx::query::Query<'static, Any, sqlx::any::AnyArguments> {
    sqlx::query(sqlx::AssertSqlSafe(sql))
}

/// A host, with its copy of the ledger and how much of it that is.
struct Host {
    connection: AnyConnection,
    is_sqlite: bool,
    ledger: Ledger,
    accounts: i64,
    bookings: i64,
}

/// What a host answers: the receipt, or the code of the error.
type Booked = Result<Value, String>;

impl Host {
    async fn start(url: &str) -> Self {
        let mut connection = AnyConnection::connect(url).await.unwrap();
        let is_sqlite = url.starts_with("sqlite");
        if is_sqlite {
            sqlx::raw_sql("PRAGMA busy_timeout = 10000").execute(&mut connection).await.unwrap();
        }
        let mut host = Self { connection, is_sqlite, ledger: Ledger::default(), accounts: 0, bookings: 0 };
        host.catch_up().await;
        host
    }

    /// "Starting", and the second step of "Booking".
    async fn catch_up(&mut self) {
        let accounts = query(statement("Starting", "SELECT account", &["known_accounts"]));
        for row in accounts.bind(self.accounts).fetch_all(&mut self.connection).await.unwrap() {
            let document: String = row.get(0);
            self.ledger.admit(holder(&document)).unwrap();
            self.accounts += 1;
        }
        let bookings = query(statement("Starting", "SELECT booking", &["known_bookings"]));
        for row in bookings.bind(self.bookings).fetch_all(&mut self.connection).await.unwrap() {
            let document: String = row.get(0);
            let booking = wire::booking_from_json(&document, &self.ledger).unwrap();
            self.ledger.book(booking).unwrap();
            self.bookings += 1;
        }
    }

    /// The first step: what the head says.
    async fn lock(&mut self) -> (i64, i64) {
        let begin = if self.is_sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
        sqlx::raw_sql(begin).execute(&mut self.connection).await.unwrap();
        let mut head = statement("Booking", "SELECT accounts, bookings FROM head", &[]);
        if self.is_sqlite {
            head = head.replace(" FOR UPDATE", "");
        }
        let head = query(head).fetch_one(&mut self.connection).await.unwrap();
        (head.get(0), head.get(1))
    }

    async fn end(&mut self, how: &'static str) {
        sqlx::raw_sql(how).execute(&mut self.connection).await.unwrap();
    }

    /// Adds an account; `false` for one whose UID or name is taken.
    async fn add(&mut self, account: &Value) -> bool {
        let (accounts, _) = self.lock().await;
        self.catch_up().await;
        let number = accounts + 1;
        let text = |field: &str| account[field].as_str().unwrap().to_owned();
        let insert =
            query("INSERT INTO accounts (number, uid, name, account) VALUES ($1, $2, $3, $4)".to_owned());
        let insert = insert.bind(number).bind(text("uid")).bind(text("name")).bind(account.to_string());
        if insert.execute(&mut self.connection).await.is_err() {
            self.end("ROLLBACK").await;
            return false;
        }
        let head = query("UPDATE head SET accounts = $1 WHERE id = 1".to_owned()).bind(number);
        head.execute(&mut self.connection).await.unwrap();
        self.end("COMMIT").await;
        self.ledger.admit(holder(&account.to_string())).unwrap();
        self.accounts = number;
        true
    }

    async fn book(&mut self, document: &Value) -> Booked {
        // 1, 2
        let head = self.lock().await;
        self.catch_up().await;
        assert_eq!((self.accounts, self.bookings), head);
        // 3
        let decided = wire::booking_from_json(&document.to_string(), &self.ledger).and_then(|booking| {
            let receipt = self.ledger.preview(&booking).map_err(wire::Error::from)?;
            Ok((wire::receipt_to_json(&self.ledger, &booking.key, &receipt), booking))
        });
        let (answer, booking) = match decided {
            Ok(decided) => decided,
            Err(error) => {
                self.end("ROLLBACK").await;
                return Err(error.code().to_owned());
            }
        };
        let answer: Value = serde_json::from_str(&answer).unwrap();
        if self.ledger.contains(&booking.key) {
            self.end("ROLLBACK").await;
            return Ok(answer);
        }
        // 4
        let sequence = self.bookings + 1;
        let insert = query(statement("Booking", "INSERT INTO bookings", &["sequence", "key", "booking"]));
        let insert = insert.bind(sequence).bind(booking.key.as_str().to_owned());
        insert.bind(wire::booking_to_json(&booking)).execute(&mut self.connection).await.unwrap();
        let head = query(statement("Booking", "UPDATE head", &["sequence"])).bind(sequence);
        head.execute(&mut self.connection).await.unwrap();
        self.end("COMMIT").await;
        // 5
        self.ledger.book(booking).unwrap();
        self.bookings = sequence;
        Ok(answer)
    }

    fn balance(&self, uid: &str) -> i64 {
        self.ledger.account(&uid.parse().unwrap()).unwrap().standing.balance.get()
    }
}

fn holder(document: &str) -> Holder {
    let data = wire::account_from_json(document).unwrap().into_data();
    Holder {
        uid: data.uid,
        name: data.name,
        kind: data.kind,
        administrators: data.administrators,
        partners: data.partnerships.into_iter().map(|partnership| partnership.partner).collect(),
        opening: data.tokens,
        status: None,
    }
}

fn registration(key: &str, account: &str, serial: &str) -> Value {
    json!({"key": key, "on": "2023-05-16", "type": "registration", "account": account, "serial": serial, "model": "RV55"})
}

fn delegation(key: &str, name: &str) -> Value {
    json!({"key": key, "on": "2023-05-16", "type": "order", "po_number": "1", "partner": "p1", "packs": 1,
        "customer_name": name, "customer_admin": "ann@c1.example"})
}

/// The tables of the page, made from it.
async fn with_tables(database: &Database) {
    sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
    let is_sqlite = database.url.starts_with("sqlite");
    let url = if is_sqlite { format!("{}?mode=rwc", database.url) } else { database.url.clone() };
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    for sql in statements("Storing") {
        query(sql).execute(&mut connection).await.unwrap();
    }
}

/// A partner and its two customers.
fn accounts() -> [Value; 3] {
    [
        account("p1", "reseller", 96, &json!([])),
        account("c1", "customer", 20, &json!(["p1"])),
        account("c3", "customer", 20, &json!(["p1"])),
    ]
}

/// Another account of the name that orders give.
fn twin() -> Value {
    let mut twin = account("c2", "customer", 20, &json!(["p1"]));
    twin["name"] = json!("Account c1");
    twin["administrators"] = json!(["ann@c1.example"]);
    twin
}

#[test]
fn two_hosts_follow_the_page() {
    for database in databases() {
        Runtime::new().unwrap().block_on(async {
            with_tables(&database).await;
            let (mut one, mut other) = (Host::start(&database.url).await, Host::start(&database.url).await);
            let [partner, customer, third] = accounts();
            assert!(one.add(&partner).await && other.add(&customer).await && one.add(&third).await);
            // What one host books the other one knows before it decides.
            let first = one.book(&grant("g1", "c1", 5)).await.unwrap();
            assert_eq!(other.book(&grant("g1", "c1", 5)).await, Ok(first));
            assert_eq!(other.book(&grant("g1", "c1", 6)).await, Err("key_reused".to_owned()));
            // A system is registered once, whatever the account and the host.
            one.book(&registration("r1", "c1", "LA1")).await.unwrap();
            assert_eq!(
                other.book(&registration("r2", "c3", "LA1")).await,
                Err("already_registered".to_owned())
            );
            // A name is one account's: the order means the same whenever it is read.
            other.book(&delegation("o1", "Account c1")).await.unwrap();
            assert!(!one.add(&twin()).await && !other.add(&twin()).await);
            // A refusal leaves the key free.
            one.book(&registration("r2", "c3", "LA2")).await.unwrap();
            assert_eq!(other.book(&grant("g2", "c1", 1)).await.unwrap()["effects"][0]["balance_after"], 50);
            // A host that starts now reads the same ledger, and so does one without memory.
            let mut fresh = Host::start(&database.url).await;
            assert_eq!((fresh.accounts, fresh.bookings), (3, 5));
            one.book(&grant("g1", "c1", 5)).await.unwrap();
            for uid in ["p1", "c1", "c3"] {
                assert_eq!(
                    (fresh.balance(uid), one.balance(uid)),
                    (other.balance(uid), other.balance(uid)),
                    "{uid}"
                );
            }
            // 20 + 5 + 12 + 12 + 1
            assert_eq!(fresh.balance("c1"), 50);
            assert_eq!(fresh.book(&grant("g3", "c3", 1)).await.unwrap()["effects"][0]["balance_after"], 33);
        });
    }
}

/// Both at once for a stock that has enough for eight of twenty.
#[test]
fn two_hosts_at_once_do_not_overdraw() {
    for database in databases() {
        let start = || Runtime::new().unwrap();
        start().block_on(async {
            with_tables(&database).await;
            let mut host = Host::start(&database.url).await;
            for account in accounts() {
                assert!(host.add(&account).await);
            }
        });
        let booked: usize = thread::scope(|scope| {
            let book = |name: &'static str| {
                let url = &database.url;
                scope.spawn(move || {
                    start().block_on(async {
                        let mut host = Host::start(url).await;
                        let mut booked = 0;
                        for number in 0..10 {
                            let key = format!("{name} {number}");
                            match host.book(&support::transfer(&key, 1)).await {
                                Ok(_) => booked += 1,
                                Err(code) => assert_eq!(code, "insufficient_tokens"),
                            }
                        }
                        booked
                    })
                })
            };
            let running = [book("one"), book("other")];
            running.into_iter().map(|running| running.join().unwrap()).sum()
        });
        // 96 tokens are 8 packs.
        assert_eq!(booked, 8);
        let host = start().block_on(Host::start(&database.url));
        assert_eq!((host.balance("p1"), host.balance("c1"), host.bookings), (0, 116, 8));
    }
}
