use super::account_view::{AccountOf, Whole};
use super::catalogue::CatalogueDoc;
use super::money::MoneyDoc;
use super::plan::{BasicDoc, StatementDoc, SummaryDoc, WarningDoc};
use super::policy::{PolicyDoc, policy};
use super::product::ProductDoc;
use crate::migration::{
    Change, CompareError, Comparison, Difference, Outcome, PlanError, Reach, Reporting, Scenario,
    ScenarioResult, Standing,
};
use crate::rule::RuleId;
use crate::tokens::ServicePack;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, FingerprintText, Id, Text};
use crate::wire::object::Object;
use alms_json::Write;
use alms_json::{Elements, Fill, Read, Shape, Source, Stop};

/// Input of `migration.compare`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CompareRequest"))]
pub(in crate::wire) struct CompareRequestDoc<'a> {
    /// A legacy account.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// At least two; the first is what the others are measured against. Of more than ten, at most as
    /// many as have 100,000 systems together.
    pub(in crate::wire) scenarios: Vec<Object<ScenarioDoc<'a>>>,
    /// A date that everyone should reach; the results say how many tokens that takes.
    pub(in crate::wire) until: Option<Day<'a>>,
    /// The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers, for the same.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// One "what if".
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Scenario"))]
pub(in crate::wire) struct ScenarioDoc<'a> {
    /// How the scenario is called.
    name: Text<'a>,
    /// The migration date.
    on: Day<'a>,
    /// The policy; the rulebook's defaults where absent.
    policy: Option<Object<PolicyDoc<'a>>>,
    /// Another stock than the account's.
    tokens: Option<Count<'a>>,
    /// Systems that report before the migration: `as_is` (default), `all_deleted`, or a list of serials.
    reporting: Option<ReportingDoc<'a>>,
}

/// `as_is`, `all_deleted`, or serials.
pub(in crate::wire) enum ReportingDoc<'a> {
    Name(Text<'a>),
    Serials(Vec<Id<'a>>),
}

impl<'a> Fill<'a> for ReportingDoc<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let (mut name, mut serials) = (None, Vec::new());
        source.value(Shape {
            expected: "`as_is`, `all_deleted` or a list of serials",
            text: Some(&mut name),
            list: Some(&mut Elements(&mut serials)),
            ..Shape::default()
        })?;
        *self = name.map_or(Self::Serials(serials), |name| Self::Name(Text(name)));
        Ok(())
    }
}

impl<'a> Read<'a> for ReportingDoc<'a> {
    fn empty() -> Self {
        Self::Serials(Vec::new())
    }
}

impl ReportingDoc<'_> {
    fn read(&self) -> Result<Reporting, Error> {
        match self {
            ReportingDoc::Name(Text(name)) => match name.as_ref() {
                "as_is" => Ok(Reporting::AsIs),
                "all_deleted" => Ok(Reporting::AllDeleted),
                other => Err(Error::invalid_input(format!(
                    "`{}` is not known; use `as_is`, `all_deleted` or a list of serials",
                    crate::wire::error::shown(other)
                ))),
            },
            ReportingDoc::Serials(serials) => {
                let read = |serial: &Id<'_>| serial.read();
                each(serials.iter(), read).map(Reporting::Systems)
            }
        }
    }
}

impl ScenarioDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Scenario, Error> {
        Ok(Scenario {
            name: self.name.read().at("name")?,
            on: self.on.read().at("on")?,
            policy: policy(self.policy.as_ref())?,
            tokens: self.tokens.as_ref().map(Count::tokens).transpose().at("tokens")?,
            reporting: self
                .reporting
                .as_ref()
                .map_or(Ok(Reporting::AsIs), ReportingDoc::read)
                .at("reporting")?,
        })
    }
}

/// Output of `migration.compare`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Comparison"))]
pub(in crate::wire) struct ComparisonDoc<'a> {
    /// A result per scenario, in the given order.
    scenarios: Vec<ScenarioResultDoc<'a>>,
}

/// One scenario, and what it changes against the first.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScenarioResult"))]
pub(in crate::wire) struct ScenarioResultDoc<'a> {
    /// How the scenario is called.
    name: Text<'a>,
    /// The migration date.
    on: Day<'a>,
    /// The policy with every field.
    policy: PolicyDoc<'a>,
    /// Where every token went.
    tokens: StatementDoc<'a>,
    /// What AirLink Basic systems get.
    basic: Option<BasicDoc<'a>>,
    /// Counts by outcome.
    summary: SummaryDoc<'a>,
    /// What to know before agreeing.
    warnings: Vec<WarningDoc<'a>>,
    /// The plan's fingerprint; null where the scenario supposes another stock or other reports.
    fingerprint: Option<FingerprintText<'a>>,
    /// Totals against the first scenario.
    change: ChangeDoc<'a>,
    /// Systems that differ from the first scenario, in the account's order.
    differences: Vec<DifferenceDoc<'a>>,
    /// What it takes until everyone reaches `until`; null where no date was given.
    reach: Option<ReachDoc<'a>>,
}

/// Totals against the first scenario: what is added, or with a minus sign taken away.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Change"))]
pub(in crate::wire) struct ChangeDoc<'a> {
    /// Systems that differ.
    systems: Count<'a>,
    /// Systems removed.
    deleted: Count<'a>,
    /// Systems in inventory.
    inventory: Count<'a>,
    /// Systems on AirLink Complete.
    airlink_complete: Count<'a>,
    /// Systems on AirLink Basic.
    airlink_basic: Count<'a>,
    /// Tokens taken by AirLink Complete.
    complete_tokens: Count<'a>,
    /// Tokens granted to AirLink Basic, pro rata included.
    basic_tokens: Count<'a>,
    /// Tokens left over.
    unallocated_tokens: Count<'a>,
    /// Days that the common end date of AirLink Basic moves; null unless both scenarios have one.
    basic_end_days: Option<Count<'a>>,
}

/// A system that is treated otherwise than in the first scenario.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Difference"))]
pub(in crate::wire) struct DifferenceDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// In the first scenario.
    before: StandingDoc<'a>,
    /// In this one.
    after: StandingDoc<'a>,
    /// Days that its end date moves; null unless both have one.
    days: Option<Count<'a>>,
}

/// What a scenario says about a system.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Standing"))]
pub(in crate::wire) struct StandingDoc<'a> {
    /// The outcome.
    outcome: Choice<'a, Outcome>,
    /// The end date.
    end_date: Option<Day<'a>>,
    /// The tokens it takes.
    tokens: Count<'a>,
}

/// The tokens that carry every AirLink Basic system to a date.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Reach"))]
pub(in crate::wire) struct ReachDoc<'a> {
    /// The wanted date.
    until: Day<'a>,
    /// The fewest tokens in the stock that reach it.
    tokens_needed: Count<'a>,
    /// What the stock lacks.
    tokens_missing: Count<'a>,
    /// Service Packs that hold the missing tokens.
    packs: Count<'a>,
    /// Their article number.
    sku: Text<'a>,
    /// Their list price.
    list_price: MoneyDoc<'a>,
    /// AirLink Complete systems that end before the date whatever the tokens.
    ending_before: Vec<Id<'a>>,
}

impl<'a> ComparisonDoc<'a> {
    pub(in crate::wire) fn of(comparison: &'a Comparison) -> Result<Self, Error> {
        let scenarios = comparison.scenarios.iter().map(ScenarioResultDoc::of).collect::<Result<_, _>>()?;
        Ok(Self { scenarios })
    }
}

impl<'a> ScenarioResultDoc<'a> {
    fn of(result: &'a ScenarioResult) -> Result<Self, Error> {
        let ScenarioResult { scenario, plan, applicable, change, differences, reach } = result;
        let fingerprint = || FingerprintText::of(plan.fingerprint);
        Ok(Self {
            name: Text::of(&scenario.name),
            on: scenario.on.into(),
            policy: PolicyDoc::of(&scenario.policy),
            tokens: StatementDoc::of(&plan.tokens),
            basic: plan.basic.as_ref().map(BasicDoc::of),
            summary: SummaryDoc::of(&plan.summary),
            warnings: plan.warnings.iter().map(WarningDoc::of).collect(),
            fingerprint: applicable.then(fingerprint),
            change: ChangeDoc::of(change),
            differences: differences.iter().map(DifferenceDoc::of).collect(),
            reach: reach.as_ref().map(ReachDoc::of).transpose()?,
        })
    }
}

impl ChangeDoc<'_> {
    fn of(change: &Change) -> Self {
        Self {
            systems: change.systems.into(),
            deleted: change.deleted.into(),
            inventory: change.inventory.into(),
            airlink_complete: change.airlink_complete.into(),
            airlink_basic: change.airlink_basic.into(),
            complete_tokens: change.complete_tokens.into(),
            basic_tokens: change.basic_tokens.into(),
            unallocated_tokens: change.unallocated_tokens.into(),
            basic_end_days: change.basic_end_days.map(Count::from),
        }
    }
}

impl<'a> DifferenceDoc<'a> {
    fn of(difference: &'a Difference) -> Self {
        Self {
            serial: Text::of(&difference.serial),
            before: StandingDoc::of(difference.before),
            after: StandingDoc::of(difference.after),
            days: difference.days.map(Count::from),
        }
    }
}

impl StandingDoc<'_> {
    fn of(standing: Standing) -> Self {
        Self {
            outcome: standing.outcome.into(),
            end_date: standing.end_date.map(Day::from),
            tokens: standing.tokens.into(),
        }
    }
}

impl<'a> ReachDoc<'a> {
    fn of(reach: &'a Reach) -> Result<Self, Error> {
        Ok(Self {
            until: reach.until.into(),
            tokens_needed: reach.tokens_needed.into(),
            tokens_missing: reach.tokens_missing.into(),
            packs: reach.packs.into(),
            sku: Text::of(ServicePack::SKU),
            list_price: MoneyDoc::of(ServicePack::list_price(reach.packs)?),
            ending_before: reach.ending_before.iter().map(Text::of).collect(),
        })
    }
}

impl From<CompareError> for Error {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::TooFewScenarios { count } => {
                Self::new(error.code(), &error).with("count", count).at("scenarios")
            }
            CompareError::TooLarge { count, max, .. } => {
                Self::new(error.code(), &error).with("count", count).with("limit", max).at("scenarios")
            }
            // A stock that the scenario supposes is the scenario's mistake, not the account's.
            CompareError::Plan {
                scenario,
                stock_supposed: true,
                source: PlanError::BasicEndOutOfRange { .. },
            } => Self::new(error.code(), &error)
                .by_rule(RuleId::Mig9)
                .at("tokens")
                .at_index(scenario)
                .at("scenarios"),
            CompareError::Plan { scenario, source, .. } => Self::from(source).with("scenario", scenario),
            CompareError::UnknownSerial { scenario, index, ref source } => Self::new(error.code(), &error)
                .with("serial", source.serial.as_str())
                .at_index(index)
                .at("reporting")
                .at_index(scenario)
                .at("scenarios"),
        }
    }
}
