//! Scenarios of one account side by side: other dates, other policies, other stocks, other reports.

use super::{CompareError, Outcome, Plan, PlannedSystem, Policy, Reach, UnknownSerial, plan, reach};
use crate::account::Account;
use crate::calendar::Date;
use crate::text::{Serial, Text};
use crate::tokens::Tokens;

/// Which systems a scenario lets report before the migration, on the migration date at the latest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reporting {
    /// None: the account as it is.
    #[default]
    AsIs,
    /// All that clean-up would delete (MIG-7, MIG-8).
    AllDeleted,
    /// These.
    Systems(Vec<Serial>),
}

/// One "what if".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// How the scenario is called.
    pub name: Text,
    /// The migration date.
    pub on: Date,
    /// The policy.
    pub policy: Policy,
    /// Another stock than the account's.
    pub tokens: Option<Tokens>,
    /// Systems that report first.
    pub reporting: Reporting,
}

/// What a scenario says about a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The outcome.
    pub outcome: Outcome,
    /// The end date.
    pub end_date: Option<Date>,
    /// The tokens it takes.
    pub tokens: Tokens,
}

/// A system that a scenario treats otherwise than the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The system.
    pub serial: Serial,
    /// In the first scenario.
    pub before: Standing,
    /// In this one.
    pub after: Standing,
    /// Days that the end date moves; `None` unless both have one.
    pub days: Option<i64>,
}

/// One scenario, and what it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioResult {
    /// The scenario.
    pub scenario: Scenario,
    /// Its plan.
    pub plan: Plan,
    /// The systems that differ from the first scenario, in the account's order.
    pub differences: Vec<Difference>,
    /// How many tokens carry everyone to the wanted date, if one was given.
    pub reach: Option<Reach>,
}

/// All scenarios, the first being what the others are measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// A result per scenario, in the given order.
    pub scenarios: Vec<ScenarioResult>,
}

/// Plans every scenario and says what differs from the first, per system and in total.
///
/// With `until`, each scenario also says how many tokens it takes until everyone reaches that date.
///
/// # Errors
/// [`CompareError`]: fewer than two scenarios, or one that cannot be planned.
pub fn compare(account: &Account, scenarios: Vec<Scenario>, until: Option<Date>) -> Result<Comparison, CompareError> {
    if scenarios.len() < 2 {
        return Err(CompareError::TooFewScenarios { count: scenarios.len() });
    }
    let mut results: Vec<ScenarioResult> = Vec::with_capacity(scenarios.len());
    for (position, scenario) in scenarios.into_iter().enumerate() {
        let (plan, reach) = run(account, &scenario, until, position)?;
        let base = results.first().map_or(&plan, |first| &first.plan);
        let differences = differences(base, &plan);
        results.push(ScenarioResult { scenario, plan, differences, reach });
    }
    Ok(Comparison { scenarios: results })
}

fn run(
    account: &Account,
    scenario: &Scenario,
    until: Option<Date>,
    position: usize,
) -> Result<(Plan, Option<Reach>), CompareError> {
    let failed = |source| CompareError::Plan { scenario: position, source };
    let supposed = supposed_account(account, scenario, position)?;
    let plan = plan(&supposed, scenario.on, &scenario.policy).map_err(failed)?;
    let reach = until.map(|until| reach(&supposed, scenario.on, &scenario.policy, until)).transpose().map_err(failed)?;
    Ok((plan, reach))
}

/// The account as the scenario supposes it.
fn supposed_account(account: &Account, scenario: &Scenario, position: usize) -> Result<Account, CompareError> {
    let systems = &account.data().systems;
    let reporting: Vec<usize> = match &scenario.reporting {
        Reporting::AsIs => Vec::new(),
        Reporting::AllDeleted => {
            let planned = plan(account, scenario.on, &scenario.policy)
                .map_err(|source| CompareError::Plan { scenario: position, source })?;
            let deleted = planned.systems.iter().enumerate().filter(|(_, system)| system.outcome == Outcome::Deleted);
            deleted.map(|(index, _)| index).collect()
        }
        Reporting::Systems(serials) => {
            let find = |(index, serial): (usize, &Serial)| {
                systems.position(serial.as_str()).ok_or_else(|| CompareError::UnknownSerial {
                    scenario: position,
                    index,
                    source: UnknownSerial { serial: serial.to_string() },
                })
            };
            serials.iter().enumerate().map(find).collect::<Result<_, _>>()?
        }
    };
    Ok(account.supposing(scenario.tokens, &reporting, scenario.on))
}

/// The systems that `plan` treats otherwise than `base`; both have the same systems in the same order.
fn differences(base: &Plan, plan: &Plan) -> Vec<Difference> {
    let pairs = base.systems.iter().zip(&plan.systems);
    pairs.filter_map(|(before, after)| difference(before, after)).collect()
}

fn difference(before: &PlannedSystem, after: &PlannedSystem) -> Option<Difference> {
    let standing = |system: &PlannedSystem| Standing {
        outcome: system.outcome,
        end_date: system.end_date,
        tokens: system.tokens,
    };
    let (from, to) = (standing(before), standing(after));
    let days = from.end_date.zip(to.end_date).map(|(from, to)| from.days_until(to));
    (from != to).then(|| Difference { serial: before.serial.clone(), before: from, after: to, days })
}
