//! Why one system ends when it ends: every rule that was asked, in order, with the numbers.

mod asked;
mod computed;

use super::classify::{Facts, Yardstick};
use super::{Draft, Outcome, PlannedSystem};
use crate::ErrorCode;
use crate::account::Account;
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::Serial;
use crate::words::{counted, shown};
use std::fmt;

named_enum! {
    /// What a rule had to say.
    pub enum Verdict {
        /// Its condition does not hold.
        DoesNotApply = "does_not_apply",
        /// It decided the outcome.
        Decides = "decides",
        /// It had a part in the date or the tokens.
        Contributes = "contributes",
        /// Its condition holds, but a rule before it decided.
        Overruled = "overruled",
    }
}

/// One rule that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule, with its statement and sources.
    pub rule: RuleId,
    /// What it had to say.
    pub verdict: Verdict,
    /// Why, with the system's own values.
    pub text: String,
}

impl Step {
    fn new(rule: RuleId, verdict: Verdict, text: impl Into<String>) -> Self {
        Self { rule, verdict, text: text.into() }
    }

    fn contributes(rule: RuleId, text: impl Into<String>) -> Self {
        Self::new(rule, Verdict::Contributes, text)
    }
}

/// Why a system gets what it gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What the plan says.
    pub planned: PlannedSystem,
    /// The rules in the order in which they were asked.
    pub steps: Vec<Step>,
}

/// No system of the account has this serial.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no system of the account has the serial `{serial}`; give a serial as it stands in the account")]
pub struct UnknownSerial {
    /// The serial.
    pub serial: String,
}

impl UnknownSerial {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::UnknownSerial
    }
}

/// Explains what `plan`, or the draft of one, made from `account`, says about the system `serial`.
///
/// # Errors
/// [`UnknownSerial`] if account or plan have no such system.
///
/// ```
/// use alms_core::migration::{Policy, Verdict, explain, plan};
/// use alms_core::rule::RuleId;
/// # use alms_core::wire::account_from_json;
/// let account = account_from_json(
///     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
///         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"},
///                     {"serial": "LA2", "model": "RV55", "state": "active", "last_communication": "2022-03-24"}]}"#,
/// )?;
/// let plan = plan(&account, "2023-03-25".parse()?, &Policy::default())?;
/// let explanation = explain(&account, &plan, "LA2")?;
/// let deciding = explanation.steps.iter().find(|step| step.verdict == Verdict::Decides);
/// assert_eq!(deciding.map(|step| step.rule), Some(RuleId::Mig8));
/// println!("{explanation}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(account: &Account, plan: &Draft, serial: &str) -> Result<Explanation, UnknownSerial> {
    let systems = &account.data().systems;
    let unknown = || UnknownSerial { serial: serial.to_owned() };
    let position = systems.position(serial).ok_or_else(unknown)?;
    let system = systems.as_slice().get(position).ok_or_else(unknown)?;
    let planned =
        plan.systems.get(position).filter(|planned| planned.serial == system.serial).ok_or_else(unknown)?;
    let yardstick = Yardstick::new(plan.on, &plan.policy);
    let facts = Facts::of(system, &yardstick);
    let mut steps = asked::steps(system, facts, &yardstick);
    steps.extend(computed::steps(system, planned, plan));
    Ok(Explanation { planned: planned.clone(), steps })
}

impl Explanation {
    /// The system.
    pub const fn serial(&self) -> &Serial {
        &self.planned.serial
    }
}

impl fmt::Display for Explanation {
    /// The explanation as text, one rule with its source a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let planned = &self.planned;
        write!(f, "{}: {}", planned.serial, headline(planned))?;
        let mut cited = RuleSet::EMPTY;
        for Step { rule, verdict, text } in &self.steps {
            write!(f, "\n  {rule:<6} {:<14} {text}", verdict.as_str().replace('_', " "))?;
            let matters = matches!(verdict, Verdict::Decides | Verdict::Contributes);
            if matters && !cited.contains(*rule) {
                cited = cited.with(*rule);
                write!(f, "\n  {:<21} {}", "", sources(*rule))?;
            }
        }
        Ok(())
    }
}

/// Where a rule stands, and whether the source says it.
fn sources(rule: RuleId) -> String {
    let rule = rule.rule();
    let places: Vec<String> = rule
        .citations
        .iter()
        .map(|citation| format!("{}, {}", citation.document.title(), citation.section))
        .collect();
    format!("[{}: {}]", rule.status, places.join("; "))
}

/// The outcome in a few words.
fn headline(planned: &PlannedSystem) -> String {
    match (planned.outcome, planned.end_date) {
        (Outcome::Deleted, _) => "deleted".to_owned(),
        (Outcome::Inventory, _) => "inventory, AirLink Basic, no end date".to_owned(),
        (outcome, end) => {
            let offer = outcome.offer().map_or("", |offer| offer.as_str());
            format!("{offer} until {}, {}", shown(end), counted(planned.tokens, "token"))
        }
    }
}
