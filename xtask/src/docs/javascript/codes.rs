//! The codes that stand in the columns of a fleet, by name.

use alms_core::account::SystemState;
use alms_core::migration::Outcome;
use alms_core::migration::columns::{
    AccountError, NO_DAY, NO_OUTCOME, NO_STATE, Reason, RowError, state_code,
};

use super::GENERATED;

/// The constants.
pub(super) fn module() -> String {
    let unknown = state_code(Some("no state"));
    let reasons: String = reasons().map(|(code, name)| format!("  {code}: \"{name}\",\n")).collect();
    format!(
        "{GENERATED}export const NO_DAY = {NO_DAY};
export const NO_OUTCOME = {NO_OUTCOME};
export const NO_STATE = {NO_STATE};
export const UNKNOWN_STATE = {unknown};
export const SYSTEM_STATES = Object.freeze([{}]);
export const OUTCOMES = Object.freeze([{}]);
export const REASONS = Object.freeze({{
{reasons}}});
export const ACCOUNT_ERRORS = Object.freeze([null, {}]);
",
        list(SystemState::NAMES, ", "),
        list(Outcome::NAMES, ", "),
        list(AccountError::NAMES, ", "),
    )
}

/// Their types.
pub(super) fn declarations() -> String {
    format!(
        "{GENERATED}import type {{ Outcome, RuleId, SystemState }} from \"../operations.js\";

/** The day that is none: a date that is absent. */
export const NO_DAY: {NO_DAY};

/** The outcome of a system with an error. */
export const NO_OUTCOME: {NO_OUTCOME};

/** The state of a system that says none. */
export const NO_STATE: {NO_STATE};

/** Any state that there is none of. */
export const UNKNOWN_STATE: number;

/** What a code in the column `state` means. */
export const SYSTEM_STATES: readonly SystemState[];

/** What a code in the column `outcome` means. */
export const OUTCOMES: readonly Outcome[];

/** What a code in the column `reason` means: the rule that decided, or the error of a system that is not planned. */
export const REASONS: {{ readonly [code: number]: RuleId | FleetSystemError | undefined }};

/** What a code in the column `error` of the accounts means; 0 is a planned account. */
export const ACCOUNT_ERRORS: readonly (FleetAccountError | null)[];

/** Why a system of a fleet is not planned. */
export type FleetSystemError =
  | {};

/** Why an account of a fleet is not planned. */
export type FleetAccountError =
  | {};
",
        list(RowError::NAMES, "\n  | "),
        list(AccountError::NAMES, "\n  | "),
    )
}

/// Every code of the column `reason` that means something.
fn reasons() -> impl Iterator<Item = (u8, &'static str)> {
    let reason = |code| match Reason::from_code(code)? {
        Reason::Rule(rule) => Some((code, rule.as_str())),
        Reason::Error(error) => Some((code, error.as_str())),
    };
    (0..=u8::MAX).filter_map(reason)
}

fn list(names: &[&str], separator: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(separator)
}
