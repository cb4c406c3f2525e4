//! What stands before the routes: who is it, and how much may it hold.

use crate::budget::{Budget, Share};
use crate::callers::{Caller, Callers, Peer};
use crate::deadline::Deadline;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Who is let in.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) callers: Arc<dyn Callers>,
    pub(crate) budget: Budget,
}

/// Whose memory a request is counted as.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    budget: Budget,
    name: String,
}

impl Client {
    pub(crate) fn share(self) -> Share {
        self.budget.share(self.name)
    }
}

/// Who sends a request, and until when it is answered.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) caller: Caller,
    pub(crate) deadline: Deadline,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // A route without the gate lets nobody in.
        let caller = parts.extensions.get::<Caller>().cloned().ok_or_else(Problem::internal)?;
        let deadline = parts.extensions.get::<Deadline>().copied().ok_or_else(Problem::internal)?;
        Ok(Self { caller, deadline })
    }
}

/// The layer around every route that is not open to all.
pub(crate) async fn identify(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match gate.callers.identify(&parts) {
        Ok(caller) => caller,
        Err(reason) => return Problem::own("unauthenticated", "", reason.to_string()).into_response(),
    };
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.to_string()).unwrap_or_default();
    // Behind a proxy all have one address, and without signing in all have one name.
    let client = format!("{peer} {caller}");
    parts.extensions.insert(Client { budget: gate.budget.clone(), name: client.clone() });
    parts.extensions.insert(caller);
    let answer = next.run(Request::from_parts(parts, body)).await;
    counted(&gate.budget, client, answer).await
}

/// An answer that counts as the client's until it has read it.
async fn counted(budget: &Budget, client: String, answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    // It is one piece in memory already.
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Problem::internal().into_response();
    };
    match budget.held_by(client, bytes) {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(problem) => problem.into_response(),
    }
}
