//! A client that takes no failure for an answer.

use anyhow::Result;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long a service may be away before the clients give up.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer of the service.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// How often it was asked for before; the service was away in between.
    pub(crate) retries: u64,
    pub(crate) time: Duration,
}

impl Answer {
    /// The code of an error object.
    pub(crate) fn code(&self) -> String {
        let code = self.json().get("code").and_then(Value::as_str).map(str::to_owned);
        code.unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// A connection that is kept.
#[derive(Debug)]
pub(crate) struct Client {
    agent: ureq::Agent,
    base: String,
}

impl Client {
    pub(crate) fn new(address: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let config = config.timeout_global(Some(Duration::from_secs(30))).build();
        Self { agent: config.new_agent(), base: format!("http://{address}") }
    }

    pub(crate) fn get(&self, path: &str) -> Result<Answer> {
        self.until_answered(|| self.agent.get(format!("{}{path}", self.base)).call())
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Result<Answer> {
        let url = format!("{}{path}", self.base);
        self.until_answered(|| self.agent.post(&url).content_type("application/json").send(body))
    }

    pub(crate) fn put(&self, path: &str, body: &str) -> Result<Answer> {
        let url = format!("{}{path}", self.base);
        self.until_answered(|| self.agent.put(&url).content_type("application/json").send(body))
    }

    /// A request without an answer may have been carried out or not: the same request again finds out.
    fn until_answered(
        &self,
        request: impl Fn() -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Answer> {
        let (start, mut retries) = (Instant::now(), 0_u64);
        loop {
            let attempt = Instant::now();
            let answered = request().and_then(|mut response| {
                let body = response.body_mut().read_to_string()?;
                Ok((response.status().as_u16(), body))
            });
            match answered {
                Ok((status, body)) => return Ok(Answer { status, body, retries, time: attempt.elapsed() }),
                Err(error) if start.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => {
                    retries = retries.saturating_add(1);
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        }
    }
}
