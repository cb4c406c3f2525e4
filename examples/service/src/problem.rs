//! What a client is told when something is wrong: the library's error object, whoever found the fault.

use crate::store::Trouble;
use alms_core::rule::RuleId;
use alms_core::wire::{self, ErrorCode};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value};

/// The codes that the service adds to [those of the library](ErrorCode), each with its status.
pub(crate) const CODES: &[(&str, StatusCode)] = &[
    ("body_too_large", StatusCode::PAYLOAD_TOO_LARGE),
    ("body_too_slow", StatusCode::REQUEST_TIMEOUT),
    ("forbidden", StatusCode::FORBIDDEN),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR),
    ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
    ("not_found", StatusCode::NOT_FOUND),
    ("unauthenticated", StatusCode::UNAUTHORIZED),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
    ("unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("version_conflict", StatusCode::CONFLICT),
];

/// An error object with the status that goes with it.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    content: Content,
}

/// What is wrong: the same fields, in the same order, as in an error of the library.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Content {
    /// The stable code.
    #[schemars(schema_with = "codes")]
    code: &'static str,
    /// The rule behind it; null where there is none.
    #[schemars(schema_with = "rules")]
    rule: Option<&'static str>,
    /// Where in the document, path or query; empty for the whole.
    path: String,
    /// One sentence for a person: what is wrong, and what to do.
    message: String,
    /// Values of the message for programs.
    context: Map<String, Value>,
}

fn codes(_: &mut SchemaGenerator) -> Schema {
    let own = CODES.iter().map(|(code, _)| *code);
    json_schema!({"enum": ErrorCode::NAMES.iter().copied().chain(own).collect::<Vec<_>>()})
}

fn rules(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"enum": RuleId::NAMES.iter().copied().map(Some).chain([None]).collect::<Vec<_>>()})
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, path: &str, message: String) -> Self {
        let (path, context) = (path.to_owned(), Map::new());
        Self { status, content: Content { code, rule: None, path, message, context } }
    }

    /// One of the service's own [`CODES`].
    pub(crate) fn own(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        let status = CODES.iter().find(|(name, _)| *name == code).map(|(_, status)| *status);
        Self::new(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), code, path, message.into())
    }

    /// What cannot be read.
    pub(crate) fn invalid(path: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::InvalidInput.as_str(), path, message.into())
    }

    /// What is not there, by a code of the library.
    pub(crate) fn missing(code: ErrorCode, rule: RuleId, path: &str, message: String) -> Self {
        Self::new(StatusCode::NOT_FOUND, code.as_str(), path, message).by_rule(rule)
    }

    /// What contradicts the present state, by a code of the library.
    pub(crate) fn conflict(code: ErrorCode, rule: RuleId, path: &str, message: String) -> Self {
        Self::new(StatusCode::CONFLICT, code.as_str(), path, message).by_rule(rule)
    }

    /// What a rule refuses, by a code of the library.
    pub(crate) fn refused(code: ErrorCode, rule: RuleId, path: &str, message: String) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code.as_str(), path, message).by_rule(rule)
    }

    fn by_rule(mut self, rule: RuleId) -> Self {
        self.content.rule = Some(rule.as_str());
        self
    }

    /// What it says to a person.
    #[cfg(test)]
    pub(crate) fn message(&self) -> &str {
        &self.content.message
    }

    /// Adds a value for programs.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.content.context.insert(name.to_owned(), value.into());
        self
    }

    /// What came was read: what is wrong now, such as a balance beyond the limits, is not its form.
    pub(crate) fn well_formed(mut self) -> Self {
        if self.status == StatusCode::BAD_REQUEST {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    /// Gives the path `old` the name that the client knows.
    pub(crate) fn renamed(mut self, old: &str, new: &str) -> Self {
        if self.content.path == old {
            self.content.path = new.to_owned();
        }
        self
    }

    /// Shortens the path by the leading field that the client did not send.
    pub(crate) fn without(mut self, prefix: &str) -> Self {
        if let Some(rest) = self.content.path.strip_prefix(prefix) {
            self.content.path = rest.trim_start_matches('.').to_owned();
        }
        self
    }
}

/// Malformed is 400, what contradicts the present state 409; 422 is what a rule refuses, or values that do not go together,
/// such as a serial that is there twice.
impl From<wire::Error> for Problem {
    fn from(error: wire::Error) -> Self {
        let status = match error.code() {
            "already_migrated" | "key_reused" | "name_taken" | "stale_plan" | "uid_taken" => {
                StatusCode::CONFLICT
            }
            "invalid_input" | "out_of_range" if error.rule().is_none() => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self {
            status,
            content: Content {
                code: error.code(),
                rule: error.rule().map(RuleId::as_str),
                path: error.path().to_owned(),
                message: error.message().to_owned(),
                context: error.context().clone(),
            },
        }
    }
}

/// The database: out of reach or out of room for a while, or something that should not be. No request can cause the latter.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database failed");
        match Trouble::of(&error) {
            Trouble::Busy => {
                Self::unavailable("the database does not answer; send the request again, unchanged")
            }
            Trouble::NoRoom => Self::unavailable(
                "the database has no room or cannot write; its log says why; send the request again, unchanged",
            ),
            Trouble::Fault => Self::internal(),
        }
    }
}

impl Problem {
    /// What will work later, the same request again.
    pub(crate) fn unavailable(message: &str) -> Self {
        Self::own("unavailable", "", message)
    }

    /// A fault of the service, which it wrote to its log.
    pub(crate) fn internal() -> Self {
        Self::own("internal", "", "the service failed; its log says why; send the request again, unchanged")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let text = serde_json::to_string(&self.content).unwrap_or_default();
        let mut response = (self.status, [(header::CONTENT_TYPE, "application/json")], text).into_response();
        let headers = response.headers_mut();
        // What is left of the body is not read: the connection cannot be used again.
        if matches!(
            self.content.code,
            "body_too_large"
                | "body_too_slow"
                | "method_not_allowed"
                | "unauthenticated"
                | "unsupported_media_type"
        ) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        match self.content.code {
            "unauthenticated" => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            "unavailable" => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
