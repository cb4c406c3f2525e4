//! Why one system ends when it ends: every rule that was asked, in order, with the numbers.

use super::classify::{Class, Facts, Yardstick};
use super::{BasicGrant, Cleanup, Outcome, Plan, PlannedSystem};
use crate::account::{Account, System};
use crate::calendar::Date;
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::Serial;
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

/// Explains what `plan`, made from `account`, says about the system `serial`.
///
/// # Errors
/// [`UnknownSerial`] if account or plan have no such system.
pub fn explain(account: &Account, plan: &Plan, serial: &str) -> Result<Explanation, UnknownSerial> {
    let systems = &account.data().systems;
    let unknown = || UnknownSerial { serial: serial.to_owned() };
    let position = systems.position(serial).ok_or_else(unknown)?;
    let system = systems.as_slice().get(position).ok_or_else(unknown)?;
    let planned =
        plan.systems.get(position).filter(|planned| planned.serial == system.serial).ok_or_else(unknown)?;
    let yardstick = Yardstick::new(plan.on, &plan.policy);
    let facts = Facts::of(system, &yardstick);
    let mut steps = asked(system, facts, &yardstick, plan);
    steps.extend(date_and_tokens(system, planned, plan));
    Ok(Explanation { planned: planned.clone(), steps })
}

/// The classifying rules in the order of the policy, up to the one that decided.
fn asked(system: &System, facts: Facts, yardstick: &Yardstick, plan: &Plan) -> Vec<Step> {
    let deciding = facts.class(yardstick.cleanup);
    let order = match yardstick.cleanup {
        Cleanup::ProtectPaid => [
            Class::Maintenance,
            Class::Supported,
            Class::Silent,
            Class::Stale,
            Class::Inventory,
            Class::Remaining,
        ],
        Cleanup::Strict => [
            Class::Maintenance,
            Class::Silent,
            Class::Stale,
            Class::Supported,
            Class::Inventory,
            Class::Remaining,
        ],
    };
    let mut steps = Vec::new();
    for class in order {
        let verdict = if class == deciding { Verdict::Decides } else { Verdict::DoesNotApply };
        steps.push(Step { rule: class.rule(), verdict, text: condition(class, system, facts, yardstick) });
        if class == Class::Supported && facts.support_expired {
            steps.push(support_expired(system, plan.on));
        }
        if class == deciding {
            break;
        }
    }
    if facts.contended() {
        steps.extend(contention(deciding, facts, yardstick, system));
    }
    steps
}

fn support_expired(system: &System, on: Date) -> Step {
    let text = format!(
        "support ended on {}, before the migration date {on}, and counts as none",
        shown(system.support_end)
    );
    Step { rule: RuleId::Mig6, verdict: Verdict::Contributes, text }
}

/// What lost against what, and by which policy.
fn contention(deciding: Class, facts: Facts, yardstick: &Yardstick, system: &System) -> [Step; 2] {
    let cleanup = if facts.silent { Class::Silent } else { Class::Stale };
    let overruled = if deciding == Class::Supported { cleanup } else { Class::Supported };
    let policy = yardstick.cleanup;
    let why = match policy {
        Cleanup::ProtectPaid => "valid support comes before clean-up",
        Cleanup::Strict => "clean-up comes before valid support",
    };
    [
        Step {
            rule: overruled.rule(),
            verdict: Verdict::Overruled,
            text: condition(overruled, system, facts, yardstick),
        },
        Step {
            rule: RuleId::Mig12,
            verdict: Verdict::Contributes,
            text: format!("policy cleanup `{policy}`: {why}"),
        },
    ]
}

/// The condition of a class in words, true or not, with the values it was tested on.
fn condition(class: Class, system: &System, facts: Facts, yardstick: &Yardstick) -> String {
    let (on, cutoff) = (yardstick.on, yardstick.cutoff);
    let last = shown(system.last_communication);
    match class {
        Class::Maintenance if facts.maintenance => "the system is in maintenance mode".to_owned(),
        Class::Maintenance => format!("the state is `{}`, not maintenance", system.state),
        Class::Supported if facts.supported => {
            format!("support ends on {}, on or after the migration date {on}", shown(system.support_end))
        }
        Class::Supported if facts.support_expired => format!("no support end date on or after {on}"),
        Class::Supported => "there is no support end date".to_owned(),
        Class::Silent if facts.silent => "the system never communicated".to_owned(),
        Class::Silent => format!("the system communicated, last on {last}"),
        Class::Stale if facts.stale => {
            format!(
                "the last communication on {last} lies before {cutoff}, the limit of recent communication"
            )
        }
        Class::Stale if facts.silent => "there is no communication whose age could count".to_owned(),
        Class::Stale => format!("the last communication on {last} is not before {cutoff}"),
        Class::Inventory if facts.inventory => {
            "the system is in inventory and communicated recently".to_owned()
        }
        Class::Inventory => format!("the state is `{}`, not inventory", system.state),
        Class::Remaining => {
            "no rule before this one applies: the system shares the tokens that are left".to_owned()
        }
    }
}

/// How the end date and the tokens were computed.
fn date_and_tokens(system: &System, planned: &PlannedSystem, plan: &Plan) -> Vec<Step> {
    match planned.outcome {
        Outcome::AirlinkComplete => complete_steps(system, planned, plan),
        Outcome::AirlinkBasic => plan.basic.map_or_else(Vec::new, |basic| basic_steps(&basic, plan)),
        Outcome::Deleted => {
            let text = "the system comes out in the export and can be registered again".to_owned();
            vec![Step { rule: RuleId::Mig14, verdict: Verdict::Contributes, text }]
        }
        Outcome::Inventory => Vec::new(),
    }
}

fn complete_steps(system: &System, planned: &PlannedSystem, plan: &Plan) -> Vec<Step> {
    let support_end = shown(system.support_end);
    let taken = format!(
        "from {} to {support_end} there are {} month ends: {} tokens",
        plan.on, planned.tokens, planned.tokens
    );
    let years = plan.policy.complete_renewal.years();
    let end = shown(planned.end_date);
    let renewal = match years {
        0 => format!("policy complete_renewal `support_date`: the date remains, {end}"),
        _ => format!(
            "policy complete_renewal `support_date_plus_years` ({years}): {support_end} becomes {end}"
        ),
    };
    let mut steps = vec![
        Step { rule: RuleId::Mig5, verdict: Verdict::Contributes, text: taken },
        Step { rule: RuleId::Mig11, verdict: Verdict::Contributes, text: renewal },
    ];
    if plan.tokens.shortfall.get() > 0 {
        let text = format!("the pool lacks {} tokens for this; the date remains", plan.tokens.shortfall);
        steps.push(Step { rule: RuleId::Mig15, verdict: Verdict::Contributes, text });
    }
    steps
}

fn basic_steps(basic: &BasicGrant, plan: &Plan) -> Vec<Step> {
    let BasicGrant { months, granted_months, granted_days, end_date, .. } = basic;
    let division = format!(
        "{} tokens are left for {} AirLink Basic systems: {months} months each",
        months.numerator, months.denominator
    );
    let rounding = plan.policy.month_rounding;
    let days = if *granted_days > 0 { format!(" and {granted_days} days") } else { String::new() };
    let rounded = format!(
        "policy month_rounding `{rounding}`: {granted_months} months{days}, so {} becomes {end_date}",
        plan.on
    );
    let mut steps = vec![
        Step { rule: RuleId::Mig9, verdict: Verdict::Contributes, text: division },
        Step { rule: RuleId::Mig10, verdict: Verdict::Contributes, text: rounded },
    ];
    if basic.is_nothing() || basic.is_long() {
        let text = if basic.is_nothing() {
            "nothing was granted: the service ends on the migration date".to_owned()
        } else {
            "more than 60 months were granted: check the number of tokens".to_owned()
        };
        steps.push(Step { rule: RuleId::Mig15, verdict: Verdict::Contributes, text });
    }
    steps
}

/// A date for a sentence.
fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "never".to_owned(), |date| date.to_string())
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
            format!("{offer} until {}, {} tokens", shown(end), planned.tokens)
        }
    }
}
