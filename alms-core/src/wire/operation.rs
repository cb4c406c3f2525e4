//! The operations: what each one reads, runs and writes.

use super::ErrorCode;
use super::doc::account::AccountDoc;
use super::doc::apply::{AppliedDoc, ApplyRequestDoc};
use super::doc::calendar::{AddMonthsDoc, AddedMonthsDoc};
use super::doc::compare::{CompareRequestDoc, ComparisonDoc};
use super::doc::convert::{ConvertRequestDoc, ConvertedDoc};
use super::doc::explain::{ExplainRequestDoc, ExplanationDoc};
use super::doc::plan::{PlanDoc, PlanRequestDoc};
use super::doc::policy::policy;
#[cfg(feature = "import")]
use super::doc::systems::{ApiAnswerDoc, CsvFileDoc, CsvTextDoc, ImportDoc, SystemsDoc};
use super::error::{Error, Located, shown};
#[cfg(feature = "import")]
use super::leaf::Choice;
use super::parse;
use crate::calendar::DateOutOfRange;
#[cfg(feature = "import")]
use crate::import::{DateOrder, airvantage, csv};
use crate::migration;
use crate::names::quoted;
use crate::rule::{RuleId, RuleSet};
use serde::Serialize;

/// An operation: its name, its documents, and what it does.
#[derive(Debug)]
pub struct Operation {
    /// The name, such as `migration.plan`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// JSON Schema (draft 2020-12) of the input.
    pub input_schema: &'static str,
    /// JSON Schema (draft 2020-12) of the output.
    pub output_schema: &'static str,
    /// Reads, runs and writes; adds the rules that fired.
    pub(super) run: fn(&str, &mut RuleSet) -> Result<String, Error>,
}

macro_rules! operations {
    ($($(#[$condition:meta])? $name:literal $run:path: $summary:literal;)+) => {
        /// Every operation, by name.
        pub static OPERATIONS: &[Operation] = &[$($(#[$condition])? Operation {
            name: $name,
            summary: $summary,
            input_schema: include_str!(concat!("../../schema/", $name, ".input.json")),
            output_schema: include_str!(concat!("../../schema/", $name, ".output.json")),
            run: $run,
        },)+];
    };
}

operations! {
    "accounts.convert" convert:
        "Converts a free tier account to a customer account; systems, users and configuration stay.";
    "calendar.add_months" add_months:
        "Adds months to a date: anchor + n, clamped to the month's last day.";
    "migration.apply" apply:
        "Applies a migration plan with the customer's consent: gives the avc account, its subscriptions and the deleted systems.";
    "migration.compare" compare:
        "Plans several scenarios of one account and says what differs, per system and in total, and what it takes to reach a date.";
    "migration.explain" explain:
        "Explains what a migration does to one system: the rules, the exact fraction, the rounding, the sources.";
    "migration.plan" plan:
        "Plans the migration of a legacy account: what becomes of every system and every token.";
    #[cfg(feature = "import")]
    "systems.from_api" from_api:
        "Reads systems from an answer of the AirVantage API; reports every bad item with line, column and value.";
    #[cfg(feature = "import")]
    "systems.from_csv" from_csv:
        "Reads systems from a CSV export of the systems grid; reports every bad row with line, column and value.";
    #[cfg(feature = "import")]
    "systems.to_csv" to_csv:
        "Writes systems, such as the deleted ones of a migration, as CSV from which they can be registered again.";
}

/// The operation of this name.
pub(super) fn find(name: &str) -> Result<&'static Operation, Error> {
    OPERATIONS.iter().find(|operation| operation.name == name).ok_or_else(|| {
        let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let message = format!("the operation `{}` is unknown; use one of {}", shown(name), quoted(&names));
        Error::new(ErrorCode::UnknownOperation, message).with("expected", names)
    })
}

/// A document as compact JSON.
fn written(document: &impl Serialize) -> Result<String, Error> {
    written_like("", document)
}

/// A document as compact JSON, about as long as `input`.
fn written_like(input: &str, document: &impl Serialize) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(input.len());
    serde_json::to_writer(&mut bytes, document).map_err(Error::invalid_input)?;
    String::from_utf8(bytes).map_err(Error::invalid_input)
}

fn add_months(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: AddMonthsDoc<'_> = parse::document(input)?;
    let (date, months) = (request.date.read().at("date")?, request.months.months().at("months")?);
    let moved = date.add_months(months).map_err(|error: DateOutOfRange| {
        Error::new(
            ErrorCode::DateOutOfRange,
            format!("`{months}` months from {date}: {error}; give fewer months"),
        )
        .at("months")
    })?;
    written(&AddedMonthsDoc { date: moved.into() })
}

fn convert(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ConvertRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.read(fired).at("account")?;
    *fired = fired.with(RuleId::Acc10);
    let account = account.convert_to_customer().at("account")?;
    written(&ConvertedDoc { account: AccountDoc::of(&account) })
}

fn plan(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: PlanRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.read(fired).at("account")?;
    let plan = migration::plan(&account, request.on.read().at("on")?, &policy(request.policy.as_ref())?)?;
    *fired = fired.union(plan.rules());
    written_like(input, &PlanDoc::of(&plan))
}

fn apply(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ApplyRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.read(fired).at("account")?;
    let plan = request.plan.read().at("plan")?;
    *fired = fired.with(RuleId::Mig1);
    let consent = request.consent.as_ref().map(|doc| doc.read(plan.fingerprint)).transpose().at("consent")?;
    let applied = migration::apply(&account, &plan, consent.as_ref())?;
    *fired = fired.union(plan.rules()).union(applied.rules());
    written_like(input, &AppliedDoc::of(&applied))
}

fn explain(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ExplainRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.read(fired).at("account")?;
    let plan = migration::plan(&account, request.on.read().at("on")?, &policy(request.policy.as_ref())?)?;
    let explanation = migration::explain(&account, &plan, &request.serial.0)?;
    *fired = explanation.steps.iter().map(|step| step.rule).collect::<RuleSet>().with(RuleId::Acc1);
    written(&ExplanationDoc::of(&explanation))
}

fn compare(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CompareRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.read(fired).at("account")?;
    let read = |(index, doc): (usize, &super::object::Object<super::doc::compare::ScenarioDoc<'_>>)| {
        doc.read().at_index(index)
    };
    let scenarios =
        request.scenarios.iter().enumerate().map(read).collect::<Result<_, _>>().at("scenarios")?;
    let until = super::doc::account::optional_day(request.until.as_ref(), "until")?;
    let comparison = migration::compare(&account, scenarios, until)?;
    *fired = fired.union(comparison.rules());
    written(&ComparisonDoc::of(&comparison)?)
}

#[cfg(feature = "import")]
fn from_csv(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: CsvFileDoc<'_> = parse::document(input)?;
    let date_order = request.dates.as_ref().map_or(Ok(DateOrder::default()), Choice::read).at("dates")?;
    let import = csv::read(request.csv.as_str().as_bytes(), &csv::CsvOptions { date_order }).at("csv")?;
    written(&ImportDoc::of(&import))
}

#[cfg(feature = "import")]
fn from_api(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: ApiAnswerDoc<'_> = parse::document(input)?;
    let import = airvantage::read(request.answer.get().as_bytes()).at("answer")?;
    written(&ImportDoc::of(&import))
}

#[cfg(feature = "import")]
fn to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SystemsDoc<'_> = parse::document(input)?;
    let systems = request.systems.read().at("systems")?;
    *fired = fired.with(RuleId::Mig14);
    written(&CsvTextDoc { csv: csv::write(&systems).into() })
}
