//! The service as a router: which path and method leads where.

use crate::desk::Desk;
use crate::documents::Health;
use crate::fields::text;
use crate::openapi;
use crate::problem::Problem;
use crate::request::BodyTime;
use crate::routes::{Answer, accounts, bookings, customers, migration};
use crate::store::Store;
use anyhow::{Result, anyhow};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::{Method, StatusCode, Uri};
use axum::routing::{get, post, put};
use std::time::Duration;
use tower_http::trace::TraceLayer;

/// The service on the database that the URL names: `sqlite://file.db` or `postgres://user@host/database`.
///
/// # Errors
/// The database cannot be opened, or what it holds is no ledger.
pub async fn app(database: &str, body_time: Duration) -> Result<Router> {
    let desk = Desk::new(Store::open(database).await?).await;
    let desk = desk.map_err(|_| anyhow!("`{database}` cannot be read; the log says why"))?;
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
        .route("/health", get(health))
        .route("/openapi.json", get(async || Answer(StatusCode::OK, openapi::text())))
        .fallback(nowhere)
        .method_not_allowed_fallback(not_allowed)
        // Bodies are limited where they are read, so that the limit has an error object.
        .layer(DefaultBodyLimit::disable())
        .layer(Extension(BodyTime(body_time)))
        .layer(TraceLayer::new_for_http())
        .with_state(desk))
}

/// `GET /health`: whether the database answers.
async fn health(State(desk): State<Desk>) -> Result<Answer, Problem> {
    let head = crate::store::head(&mut *desk.read().await?).await?;
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
