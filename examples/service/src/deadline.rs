//! One deadline for all that a request waits for, counted from its arrival.

use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// Until when a request is answered, whatever it waits for: its turn, a lock, a connection, the database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time).unwrap_or_else(Instant::now))
    }

    pub(crate) fn is_over(self) -> bool {
        Instant::now() >= self.0
    }

    /// What `future` gives, or 503 if it gives nothing in time.
    pub(crate) async fn wait_for<T>(self, future: impl Future<Output = T>) -> Result<T, Problem> {
        tokio::time::timeout_at(self.0, future).await.map_err(|_| late())
    }
}

/// The layer that starts the clock and answers when it has run out.
pub(crate) async fn keep(State(time): State<Duration>, mut request: Request, next: Next) -> Response {
    let deadline = Deadline::after(time);
    request.extensions_mut().insert(deadline);
    deadline.wait_for(next.run(request)).await.unwrap_or_else(IntoResponse::into_response)
}

/// A change that has begun goes on: the same request again finds out what became of it.
pub(crate) fn late() -> Problem {
    Problem::unavailable("the service has no answer in time; send the request again, unchanged")
}
