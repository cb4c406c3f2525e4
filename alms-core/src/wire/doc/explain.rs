use super::account_view::{AccountOf, Whole};
use super::catalogue::CatalogueDoc;
use super::plan::PlannedSystemDoc;
use super::policy::PolicyDoc;
use super::product::ProductDoc;
use super::replay::LedgerDoc;
use crate::migration::{Explanation, Step, UnknownSerial, Verdict};
use crate::rule::{RuleId, Status};
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Day, Prose};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `migration.explain`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ExplainRequest"))]
pub(in crate::wire) struct ExplainRequestDoc<'a> {
    /// A legacy account.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// The migration date.
    pub(in crate::wire) on: Day<'a>,
    /// The policy; the rulebook's defaults where absent.
    pub(in crate::wire) policy: Option<Object<PolicyDoc<'a>>>,
    /// The system to explain.
    pub(in crate::wire) serial: Prose<'a>,
    /// The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
    pub(in crate::wire) ledger: Option<Object<LedgerDoc>>,
    /// The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers, for the same.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// Why a system gets what it gets.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Explanation"))]
pub(in crate::wire) struct ExplanationDoc<'a> {
    /// What the plan says about the system.
    system: PlannedSystemDoc<'a>,
    /// The rules in the order in which they were asked.
    steps: Vec<StepDoc<'a>>,
    /// The same for a person, a rule a line.
    text: Prose<'a>,
}

/// One rule that was asked.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Step"))]
pub(in crate::wire) struct StepDoc<'a> {
    /// The rule.
    rule: Choice<'a, RuleId>,
    /// What it had to say.
    verdict: Choice<'a, Verdict>,
    /// Why, with the system's own values.
    text: Prose<'a>,
    /// The rule in one sentence.
    statement: Prose<'a>,
    /// Said by the source, or decided.
    status: Choice<'a, Status>,
    /// Where it stands.
    sources: Vec<SourceDoc<'a>>,
}

/// A place in a source document.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Source"))]
pub(in crate::wire) struct SourceDoc<'a> {
    /// The document's title.
    document: Prose<'a>,
    /// The section.
    section: Prose<'a>,
}

impl<'a> ExplanationDoc<'a> {
    pub(in crate::wire) fn of(explanation: &'a Explanation) -> Self {
        Self {
            system: PlannedSystemDoc::of(&explanation.planned),
            steps: explanation.steps.iter().map(StepDoc::of).collect(),
            text: explanation.to_string().into(),
        }
    }
}

impl<'a> StepDoc<'a> {
    fn of(step: &'a Step) -> Self {
        let rule = step.rule.rule();
        let sources = rule.citations.iter().map(|citation| SourceDoc {
            document: Prose::of(citation.document.title()),
            section: Prose::of(citation.section),
        });
        Self {
            rule: step.rule.into(),
            verdict: step.verdict.into(),
            text: Prose::of(&step.text),
            statement: Prose::of(rule.statement),
            status: rule.status.into(),
            sources: sources.collect(),
        }
    }
}

impl From<UnknownSerial> for Error {
    fn from(error: UnknownSerial) -> Self {
        Self::new(error.code(), &error).with("serial", error.serial.as_str()).at("serial")
    }
}
