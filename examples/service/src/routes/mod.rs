//! What the service answers, by subject.

pub(crate) mod accounts;
pub(crate) mod bookings;
pub(crate) mod customers;
pub(crate) mod migration;

use crate::deadline::late;
use crate::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::time::Duration;

/// A JSON document with its status.
#[derive(Debug)]
pub(crate) struct Answer(pub(crate) StatusCode, pub(crate) String);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.0, [(header::CONTENT_TYPE, "application/json")], self.1).into_response()
    }
}

/// 201 for what came into being by this request, 200 for what was there.
pub(crate) const fn created(is_new: bool) -> StatusCode {
    if is_new { StatusCode::CREATED } else { StatusCode::OK }
}

/// How long a change may take once it has begun. Then it is rolled back, or found in the database by the next turn.
const CHANGE_TIME: Duration = Duration::from_secs(60);

/// Carries a change out to its end, also when the client does not wait for it.
pub(crate) async fn to_the_end<T: Send + 'static>(
    change: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    let change = tokio::spawn(tokio::time::timeout(CHANGE_TIME, change)).await;
    change
        .unwrap_or_else(|error| {
            tracing::error!(%error, "a request ended early");
            Ok(Err(Problem::internal()))
        })
        .unwrap_or_else(|_| Err(late()))
}
