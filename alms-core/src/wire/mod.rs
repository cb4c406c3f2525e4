//! The wire form: one JSON document in, one out, the same bytes in every runtime.
//!
//! ```
//! use alms_core::wire;
//!
//! let output = wire::call("calendar.add_months", r#"{"date": "2023-01-31", "months": 1}"#)?;
//! assert_eq!(output, r#"{"date":"2023-02-28"}"#);
//!
//! let error = wire::call("calendar.add_months", r#"{"date": "2023-01-31", "month": 1}"#).unwrap_err();
//! assert_eq!(error.path(), "month");
//! # Ok::<(), wire::Error>(())
//! ```
//!
//! Dates are `YYYY-MM-DD`, tokens and counts integers, amounts of money texts, names `snake_case`. An absent
//! optional field and `null` are the same; an unknown field is an error that names it.

mod built_in;
pub mod catalogue;
mod doc;
mod error;
mod faults;
mod leaf;
mod object;
mod operation;
mod parse;
#[cfg(feature = "schema")]
pub mod schema;
mod value;
mod view;

pub use crate::ErrorCode;
pub use built_in::{built_in_assortment, built_in_catalogues, catalogue_from_json, catalogue_to_json};
pub use error::Error;
pub use operation::{OPERATIONS, Operation};
pub use value::{
    account_from_json, account_to_json, account_with_stock_from_json, subscription_from_json,
    subscription_to_json, system_from_json, system_to_json, systems_from_json,
};
#[cfg(feature = "migration")]
pub use value::{
    applied_to_json, comparison_to_json, explanation_to_json, fleet_scenario_from_json, plan_from_json,
    plan_to_json, planned_system_from_json, planned_system_to_json, write_plan_json,
};
#[cfg(feature = "ledger")]
pub use value::{booking_from_json, booking_to_json, ledger_from_json, ledger_to_json, receipt_to_json};

use crate::rule::RuleSet;

/// Every operation, by name.
pub fn operations() -> &'static [Operation] {
    OPERATIONS
}

/// Runs the operation `op` on the JSON document `input`.
///
/// # Errors
/// [`Error`] with a stable code; the input is malformed, or a rule refuses it. Nothing panics on any input.
pub fn call(op: &str, input: &str) -> Result<String, Error> {
    trace(op, input).0
}

/// Runs an operation like [`call`], and says which rules of the rulebook had a part in the answer.
pub fn trace(op: &str, input: &str) -> (Result<String, Error>, RuleSet) {
    let mut fired = RuleSet::EMPTY;
    let result = operation::find(op).and_then(|operation| (operation.run)(input, &mut fired));
    if let Err(error) = &result {
        fired = error.rule().map_or(fired, |rule| fired.with(rule));
    }
    (result, fired)
}
