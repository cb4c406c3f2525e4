//! A service on a fresh database, in SQLite and in PostgreSQL.
#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

use alms_service::callers::{CallerHeader, Insecure};
use alms_service::{Limits, Settings};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// How long the bodies of the tests may take.
pub(crate) const BODY_TIME: Duration = Duration::from_millis(700);

/// Where PostgreSQL is: `cargo xtask test` starts one.
const POSTGRES: &str = "ALMS_SERVICE_POSTGRES";

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A database that is removed with the test, or with the server of the test run.
pub(crate) struct Database {
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

/// A running service.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    agent: ureq::Agent,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
}

/// An answer: status and document.
pub(crate) type Answer = (u16, Value);

/// A new, empty database of each kind.
pub(crate) fn databases() -> [Database; 2] {
    [sqlite(), postgres()]
}

pub(crate) fn sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    Database { url: format!("sqlite://{}", folder.path().join("test.db").display()), _folder: Some(folder) }
}

pub(crate) fn postgres() -> Database {
    let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("{POSTGRES} names no PostgreSQL server: run `cargo xtask service`, which starts one")
    });
    let number = DATABASES.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    execute(&server, &format!("CREATE DATABASE {name}"));
    let (base, _) = server.rsplit_once('/').unwrap();
    Database { url: format!("{base}/{name}"), _folder: None }
}

/// Runs a statement in a database.
pub(crate) fn execute(url: &str, sql: &str) {
    sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
    Runtime::new().unwrap().block_on(async {
        let mut connection = AnyConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// The header in which the tests' proxy says who the caller is.
pub(crate) const CALLER: &str = "x-alms-caller";

/// The settings of the tests: nobody signs in.
pub(crate) fn settings(database: &Database) -> Settings {
    Settings { body_time: BODY_TIME, ..Settings::new(database.url.as_str(), Insecure) }
}

/// The same where a proxy says who callers are.
pub(crate) fn settings_behind_proxy(database: &Database) -> Settings {
    let callers = CallerHeader::new(CALLER.parse().unwrap(), vec!["127.0.0.1".parse().unwrap()]);
    Settings { callers: Arc::new(callers), ..settings(database) }
}

impl Service {
    pub(crate) fn start(database: &Database) -> Self {
        Self::start_with(settings(database), Limits::default())
    }

    pub(crate) fn start_with(settings: Settings, limits: Limits) -> Self {
        Self::start_on(2, settings, limits)
    }

    /// On so many threads.
    pub(crate) fn start_on(threads: usize, settings: Settings, limits: Limits) -> Self {
        // What a test that fails shows beside its answer.
        tracing_subscriber::fmt().with_test_writer().with_max_level(tracing::Level::WARN).try_init().ok();
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(threads).enable_all().build().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let app = runtime.block_on(alms_service::app(settings)).unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(alms_service::serve(listener, app, limits, async {
            stopped.await.ok();
        }));
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_secs(20))).build().new_agent();
        Self { address, agent, stop: Some(stop), runtime: Some(runtime) }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        answer(self.agent.get(self.url(path)).call())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.agent.post(self.url(path)).content_type("application/json").send(body.to_string()))
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        answer(self.agent.put(self.url(path)).content_type("application/json").send(body.to_string()))
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        answer(self.agent.delete(self.url(path)).call())
    }

    /// A body as it is, under a content type.
    pub(crate) fn send(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        answer(self.agent.post(self.url(path)).content_type(content_type).send(body))
    }

    /// A request by a caller, as the proxy says it; nobody where there is none.
    pub(crate) fn as_caller(&self, caller: Option<&str>, method: &str, path: &str, body: &Value) -> Answer {
        let request = ureq::http::Request::builder().method(method).uri(self.url(path));
        let request = caller.into_iter().fold(request, |request, caller| request.header(CALLER, caller));
        if body.is_null() {
            return answer(self.agent.run(request.body(()).unwrap()));
        }
        let request = request.header("content-type", "application/json");
        answer(self.agent.run(request.body(body.to_string()).unwrap()))
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A partner with 96 tokens and its customer with 20, three systems in each.
    pub(crate) fn with_partner_and_customer(&self) {
        for (uid, kind, tokens, partners) in
            [("p1", "reseller", 96, json!([])), ("c1", "customer", 20, json!(["p1"]))]
        {
            let (status, state) = self.post("/accounts", &account(uid, kind, tokens, &partners));
            assert_eq!((status, &state["version"]), (201, &json!(1)), "{state}");
        }
    }

    /// Books what has to be accepted.
    pub(crate) fn book(&self, booking: &Value) -> Value {
        let (status, receipt) = self.post("/bookings", booking);
        assert_eq!(status, 201, "{receipt}");
        receipt
    }

    pub(crate) fn balance(&self, uid: &str) -> i64 {
        self.get(&format!("/accounts/{uid}")).1["stock"]["balance"].as_i64().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        self.runtime.take().unwrap().shutdown_timeout(Duration::from_secs(1));
    }
}

fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.unwrap();
    let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let body = response.body_mut().read_to_string().unwrap();
    assert_eq!(content_type.as_deref(), Some("application/json"), "{body}");
    (response.status().as_u16(), serde_json::from_str(&body).unwrap())
}

/// An error object: status, code, rule, path.
pub(crate) fn error((status, error): &Answer) -> (u16, &str, Option<&str>, &str) {
    let fields: Vec<&str> = error.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["code", "context", "message", "path", "rule"], "{error}");
    (*status, error["code"].as_str().unwrap(), error["rule"].as_str(), error["path"].as_str().unwrap())
}

pub(crate) fn account(uid: &str, kind: &str, tokens: i64, partners: &Value) -> Value {
    json!({"uid": uid, "name": format!("Account {uid}"), "instance": "na", "format": "legacy", "kind": kind,
        "tokens": tokens, "administrators": [format!("ann@{uid}.example")], "partners": partners,
        "systems": systems(uid, "2023-03-01")})
}

pub(crate) fn systems(uid: &str, last_communication: &str) -> Value {
    let system = |number: u32| {
        json!({"serial": format!("{uid}-{number}"), "model": "RV55", "state": "active",
            "last_communication": last_communication})
    };
    json!([system(1), system(2), system(3)])
}

pub(crate) fn transfer(key: &str, packs: i64) -> Value {
    json!({"key": key, "on": "2023-05-16", "type": "transfer", "po_number": "C 1", "partner": "p1",
        "customer": "c1", "packs": packs})
}

pub(crate) fn grant(key: &str, account: &str, tokens: i64) -> Value {
    json!({"key": key, "on": "2023-05-16", "type": "grant", "account": account, "tokens": tokens})
}
