//! The service as a router: which path and method leads where.

use crate::budget::Budget;
use crate::callers::Callers;
use crate::deadline::{self, Deadline};
use crate::desk::Desk;
use crate::documents::Health;
use crate::fields::text;
use crate::gate::{self, Gate};
use crate::openapi;
use crate::problem::Problem;
use crate::request::BodyTime;
use crate::routes::{Answer, accounts, bookings, customers, migration};
use crate::store::{DatabaseUrl, Store};
use anyhow::{Result, anyhow};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tower_http::trace::TraceLayer;

/// How long a start may take until the whole ledger is read.
const START_TIME: Duration = Duration::from_secs(3600);

/// How the service is run.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite://file.db` or `postgres://user@host/database`.
    pub database: DatabaseUrl,
    /// Who callers are.
    pub callers: Arc<dyn Callers>,
    /// How long the body of a request may take.
    pub body_time: Duration,
    /// How long a request may take from its arrival, its body included.
    pub answer_time: Duration,
    /// As many requests wait for their turn to write; further ones are sent away.
    pub queue_max: usize,
    /// Bytes of bodies and answers that one client holds.
    pub client_bytes_max: usize,
    /// Bytes of bodies and answers that all clients hold.
    pub all_bytes_max: usize,
    /// The size of an SQLite database in its pages, as a quota.
    pub pages_max: Option<NonZeroU32>,
}

impl Settings {
    /// The settings that most services need.
    pub fn new(database: impl Into<DatabaseUrl>, callers: impl Callers) -> Self {
        Self {
            database: database.into(),
            callers: Arc::new(callers),
            body_time: Duration::from_secs(10),
            answer_time: Duration::from_secs(15),
            queue_max: 400,
            client_bytes_max: 16 * 1024 * 1024,
            all_bytes_max: 128 * 1024 * 1024,
            pages_max: None,
        }
    }
}

/// The service with these settings.
///
/// # Errors
/// The database cannot be opened, or what it holds is no ledger.
pub async fn app(settings: Settings) -> Result<Router> {
    let store = Store::open(&settings.database, settings.pages_max).await?;
    let desk = Desk::new(store, settings.queue_max, Deadline::after(START_TIME)).await;
    let database = &settings.database;
    let desk = desk.map_err(|_| anyhow!("`{database}` cannot be read; the log says why"))?;
    let budget = Budget::new(settings.client_bytes_max, settings.all_bytes_max);
    let gate = Gate { callers: settings.callers, budget };
    Ok(Router::new()
        .route("/accounts", post(accounts::create))
        .route("/accounts/{uid}", get(accounts::read))
        .route("/accounts/{uid}/systems", put(accounts::set_systems))
        .route("/accounts/{uid}/plans", post(migration::plan))
        .route("/bookings", post(bookings::book))
        .route("/bookings/preview", post(bookings::preview))
        .route("/bookings/{key}", get(bookings::find))
        .route("/plans/{fingerprint}", get(migration::read))
        .route("/plans/{fingerprint}/consent", put(migration::consent))
        .route("/plans/{fingerprint}/apply", post(migration::apply))
        .route("/resellers/{uid}/customers", get(customers::page))
        // What is added above is behind the gate; what is added below is open to all.
        .route_layer(from_fn_with_state(gate, gate::identify))
        .route("/health", get(health))
        .route("/openapi.json", get(async || Answer(StatusCode::OK, openapi::text())))
        .fallback(nowhere)
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(settings.answer_time, deadline::keep))
        // Bodies are limited where they are read, so that the limit has an error object.
        .layer(DefaultBodyLimit::disable())
        .layer(Extension(BodyTime(settings.body_time)))
        .layer(TraceLayer::new_for_http())
        .with_state(desk))
}

/// `GET /health`: whether the database answers.
async fn health(
    State(desk): State<Desk>,
    Extension(deadline): Extension<Deadline>,
) -> Result<Answer, Problem> {
    let head = crate::store::head(&mut *desk.read(deadline).await?).await?;
    Ok(Answer(StatusCode::OK, text(&Health { accounts: head.accounts, bookings: head.bookings })?))
}

async fn nowhere(uri: Uri) -> Problem {
    let shown: String = uri.path().chars().take(60).collect();
    Problem::own(
        "not_found",
        "",
        format!("there is nothing at `{shown}`; `/openapi.json` says what there is"),
    )
}

async fn not_allowed(method: Method, uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(60).collect();
    let method: String = method.as_str().chars().take(20).collect();
    let message = format!("`{method}` does nothing at `{path}`; `/openapi.json` says what does");
    Problem::own("method_not_allowed", "", message)
}
