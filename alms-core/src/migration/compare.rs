//! Scenarios of one account side by side: other dates, other policies, other stocks, other reports.

use super::{
    CompareError, Draft, Outcome, Plan, PlanError, PlannedSystem, Policy, Reach, Summary, TokenStatement,
    UnknownSerial, plan, reach,
};
use crate::account::Account;
use crate::bounds::lines_max;
use crate::calendar::Date;
use crate::rule::RuleSet;
use crate::text::{Serial, Text};
use crate::tokens::Tokens;

/// As many scenarios are compared of an account of any size; of a small account more.
const SCENARIOS_ALWAYS: usize = 10;

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

/// Totals of a scenario less those of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Systems that differ.
    pub systems: i64,
    /// Systems removed.
    pub deleted: i64,
    /// Systems in inventory.
    pub inventory: i64,
    /// Systems on AirLink Complete.
    pub airlink_complete: i64,
    /// Systems on AirLink Basic.
    pub airlink_basic: i64,
    /// Tokens taken by AirLink Complete.
    pub complete_tokens: i64,
    /// Tokens granted to AirLink Basic, pro rata included.
    pub basic_tokens: i64,
    /// Tokens left over.
    pub unallocated_tokens: i64,
    /// Days that the common end date of AirLink Basic moves; `None` unless both have one.
    pub basic_end_days: Option<i64>,
}

/// One scenario, and what it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioResult {
    /// The scenario.
    pub scenario: Scenario,
    /// Its plan.
    pub plan: Plan,
    /// Whether that plan could be applied: the scenario supposes the account as it is.
    pub applicable: bool,
    /// Totals against the first scenario.
    pub change: Change,
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
/// [`CompareError`]: fewer than two scenarios, too many of so many systems, or one that cannot be planned.
///
/// ```
/// use alms_core::migration::{Policy, Reporting, Scenario, compare};
/// # use alms_core::wire::account_from_json;
/// let account = account_from_json(
///     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
///         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"},
///                     {"serial": "LA2", "model": "RV55", "state": "active", "last_communication": "2022-03-24"}]}"#,
/// )?;
/// let as_planned = Scenario {
///     name: "as planned".parse()?,
///     on: "2023-03-25".parse()?,
///     policy: Policy::default(),
///     tokens: None,
///     reporting: Reporting::AsIs,
/// };
/// // What if the stale system reported first?
/// let reporting = Scenario { reporting: Reporting::AllDeleted, ..as_planned.clone() };
/// let comparison = compare(&account, vec![as_planned, reporting], None)?;
/// assert_eq!(comparison.scenarios[1].change.deleted, -1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    account: &Account,
    scenarios: Vec<Scenario>,
    until: Option<Date>,
) -> Result<Comparison, CompareError> {
    if scenarios.len() < 2 {
        return Err(CompareError::TooFewScenarios { count: scenarios.len() });
    }
    check_size(scenarios.len(), account.data().systems.len())?;
    let mut results: Vec<ScenarioResult> = Vec::with_capacity(scenarios.len());
    for (position, scenario) in scenarios.into_iter().enumerate() {
        let supposed = supposed_account(account, &scenario, position)?;
        let (plan, reach) = run(&supposed, &scenario, until, position)?;
        let applicable = supposed == *account;
        let base = results.first().map_or(&plan, |first| &first.plan);
        let differences = differences(base, &plan);
        let change = change(base, &plan, differences.len());
        results.push(ScenarioResult { scenario, plan, applicable, change, differences, reach });
    }
    Ok(Comparison { scenarios: results })
}

/// Each scenario plans every system, and may list it.
fn check_size(scenarios: usize, systems: usize) -> Result<(), CompareError> {
    let (count, max) = (scenarios.saturating_mul(systems), lines_max(systems, SCENARIOS_ALWAYS));
    if count > max {
        return Err(CompareError::TooLarge { scenarios, systems, count, max });
    }
    Ok(())
}

impl Scenario {
    fn failed(&self, position: usize, source: PlanError) -> CompareError {
        CompareError::Plan { scenario: position, stock_supposed: self.tokens.is_some(), source }
    }
}

impl Comparison {
    /// Every rule that had a part in a scenario.
    pub fn rules(&self) -> RuleSet {
        let of_result = |result: &ScenarioResult| {
            let of_reach = result.reach.as_ref().map_or(RuleSet::EMPTY, Reach::rules);
            result.plan.rules().union(of_reach)
        };
        self.scenarios.iter().map(of_result).fold(RuleSet::EMPTY, RuleSet::union)
    }
}

fn run(
    supposed: &Account,
    scenario: &Scenario,
    until: Option<Date>,
    position: usize,
) -> Result<(Plan, Option<Reach>), CompareError> {
    let failed = |source| scenario.failed(position, source);
    let plan = plan(supposed, scenario.on, &scenario.policy).map_err(failed)?;
    let reach = until
        .map(|until| reach(supposed, scenario.on, &scenario.policy, until))
        .transpose()
        .map_err(failed)?;
    Ok((plan, reach))
}

/// The account as the scenario supposes it.
fn supposed_account(
    account: &Account,
    scenario: &Scenario,
    position: usize,
) -> Result<Account, CompareError> {
    let systems = &account.data().systems;
    let reporting: Vec<usize> = match &scenario.reporting {
        Reporting::AsIs => Vec::new(),
        Reporting::AllDeleted => {
            let planned = plan(account, scenario.on, &scenario.policy)
                .map_err(|source| scenario.failed(position, source))?;
            let deleted =
                planned.systems.iter().enumerate().filter(|(_, system)| system.outcome == Outcome::Deleted);
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
fn differences(base: &Draft, plan: &Draft) -> Vec<Difference> {
    let pairs = base.systems.iter().zip(&plan.systems);
    pairs.filter_map(|(before, after)| difference(before, after)).collect()
}

/// What `plan` adds to the totals of `base`.
fn change(base: &Draft, plan: &Draft, systems: usize) -> Change {
    let count = |pick: fn(&Summary) -> u32| {
        i64::from(pick(&plan.summary)).saturating_sub(i64::from(pick(&base.summary)))
    };
    let tokens = |pick: fn(&TokenStatement) -> i64| pick(&plan.tokens).saturating_sub(pick(&base.tokens));
    let ends = base.basic.zip(plan.basic);
    Change {
        systems: i64::try_from(systems).unwrap_or(i64::MAX),
        deleted: count(|summary| summary.deleted),
        inventory: count(|summary| summary.inventory),
        airlink_complete: count(|summary| summary.airlink_complete),
        airlink_basic: count(|summary| summary.airlink_basic),
        complete_tokens: tokens(|tokens| tokens.complete.get()),
        basic_tokens: tokens(|tokens| tokens.basic.get().saturating_add(tokens.pro_rata.get())),
        unallocated_tokens: tokens(|tokens| tokens.unallocated.get()),
        basic_end_days: ends.map(|(before, after)| before.end_date.days_until(after.end_date)),
    }
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
