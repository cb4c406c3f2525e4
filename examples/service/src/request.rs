//! Reading requests: bodies within their limits, path and query; every fault is a [`Problem`].

use crate::budget::Share;
use crate::gate::Client;
use crate::problem::Problem;
use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::pin::Pin;
use std::time::Duration;

/// The largest body: an account with some ten thousand systems.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// As much of a larger body is read and thrown away, so that its sender comes to read the answer.
const DISCARDED_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How long a body may take, as the server was started; a layer puts it into each request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyTime(pub(crate) Duration);

/// A JSON body, not yet parsed: the library reads it. It counts as held by its sender until it goes.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) json: String,
    _share: Option<Share>,
}

impl<S: Sync> FromRequest<S> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        require_json(request.headers())?;
        let time = request.extensions().get::<BodyTime>().map_or(Duration::from_secs(10), |time| time.0);
        let mut share = request.extensions().get::<Client>().cloned().map(Client::share);
        let bytes = match tokio::time::timeout(time, read(request.into_body(), &mut share)).await {
            Ok(bytes) => bytes?,
            Err(_) => {
                let message = format!("the body did not arrive within {} s; send it faster", time.as_secs());
                return Err(Problem::own("body_too_slow", "", message));
            }
        };
        let json = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Problem::invalid("", format!("the body is not UTF-8 at byte {at}; send JSON in UTF-8"))
        })?;
        // PostgreSQL's texts cannot hold it, and SQLite's tools stop at it.
        if holds_null_character(&json) {
            let message =
                "the body holds the character `\\u0000`, which the database does not store; leave it out";
            return Err(Problem::invalid("", message));
        }
        Ok(Self { json, _share: share })
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let shown: String = given.chars().take(60).collect();
    let message = format!("the body's content type is `{shown}`; send `application/json`");
    Err(Problem::own("unsupported_media_type", "", message))
}

/// The whole body, or why not. It is counted while it comes: nobody has to believe `Content-Length`.
async fn read(mut body: Body, share: &mut Option<Share>) -> Result<Vec<u8>, Problem> {
    let (mut bytes, mut total) = (Vec::new(), 0_usize);
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let broken = |_| Problem::invalid("", "the body breaks off; send all of it");
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        total = total.saturating_add(data.len());
        if total <= BODY_BYTES_MAX {
            share.as_mut().map_or(Ok(()), |share| share.grow_to(total))?;
            bytes.extend_from_slice(&data);
        } else if total > DISCARDED_BYTES_MAX {
            break;
        }
    }
    if total > BODY_BYTES_MAX {
        let message = format!("the body has more than `{BODY_BYTES_MAX}` bytes; send less at once");
        return Err(Problem::own("body_too_large", "", message).with("bytes_max", BODY_BYTES_MAX));
    }
    Ok(bytes)
}

/// Whether JSON escapes the character: an odd number of backslashes before `u0000`. As it is, no JSON text holds it.
fn holds_null_character(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| {
        let before = json.get(..at).unwrap_or_default();
        let backslashes = before.len().saturating_sub(before.trim_end_matches('\\').len());
        backslashes.is_multiple_of(2)
    })
}

/// The one variable part of a path, decoded.
#[derive(Debug)]
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let unreadable =
            |_| Problem::invalid("", "the path is not UTF-8; encode it as UTF-8, then in percents");
        let Path(name) = Path::<String>::from_request_parts(parts, state).await.map_err(unreadable)?;
        if name.contains('\0') {
            return Err(Problem::invalid("", "the path holds the character `%00`; leave it out"));
        }
        Ok(Self(name))
    }
}

/// The parameters after the question mark, each of them once.
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let unreadable =
            |_| Problem::invalid("", "the query cannot be read; write `name=value`, joined by `&`");
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(unreadable)?;
        Ok(Self(pairs))
    }
}

impl Parameters {
    /// The values of these parameters, in this order; any other is an error.
    pub(crate) fn only<const N: usize>(self, names: [&str; N]) -> Result<[Option<String>; N], Problem> {
        let mut values = [const { None }; N];
        for (name, value) in self.0 {
            let place = names.iter().position(|known| *known == name).and_then(|index| values.get_mut(index));
            let shown: String = name.chars().take(60).collect();
            match place {
                Some(place @ None) => *place = Some(value),
                Some(Some(_)) => {
                    return Err(Problem::invalid(
                        &shown,
                        format!("the parameter `{shown}` is there twice; give it once"),
                    ));
                }
                None => {
                    let known: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                    let message =
                        format!("the parameter `{shown}` is unknown here; use {}", known.join(", "));
                    return Err(Problem::invalid(&shown, message));
                }
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::holds_null_character;

    #[test]
    fn an_escaped_backslash_is_no_escape() {
        assert!(holds_null_character(r#""a\u0000""#));
        assert!(holds_null_character(r#""\\\u0000""#));
        assert!(!holds_null_character(r#""\\u0000""#));
        assert!(!holds_null_character(r#""\u0001""#));
    }
}
