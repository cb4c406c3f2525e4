//! From a request in JSON to its answer in JSON.

use super::{Fault, from_str, to_string};
use crate::rule::RuleSet;
use serde::{Serialize, de::DeserializeOwned};

/// What an operation answers.
pub trait Answer: Serialize {
    /// The rules that had a part in it.
    fn rules(&self) -> RuleSet {
        RuleSet::EMPTY
    }
}

/// An answer as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The document.
    pub json: String,
    /// The rules that had a part in it.
    pub rules: RuleSet,
}

/// Reads a request, computes on it, and gives the answer as JSON.
///
/// ```
/// use alms_core::{calendar, json};
/// let answered = json::answer(r#"{"date": "2023-01-31", "months": 1}"#, calendar::add_months)?;
/// assert_eq!(answered.json, r#"{"date":"2023-02-28"}"#);
/// # Ok::<(), json::Fault>(())
/// ```
///
/// # Errors
/// The [`Fault`] of a request that is malformed, or that `compute` refuses.
pub fn answer<Request, Response, Refusal>(
    input: &str,
    compute: impl FnOnce(&Request) -> Result<Response, Refusal>,
) -> Result<Answered, Fault>
where
    Request: DeserializeOwned,
    Response: Answer,
    Refusal: Into<Fault>,
{
    let response = compute(&from_str(input)?).map_err(Into::into)?;
    Ok(Answered { json: to_string(&response)?, rules: response.rules() })
}
