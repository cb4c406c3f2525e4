use super::finding::FindingDoc;
use super::fraction::FractionDoc;
use crate::tokens::{Coverage, Finding, FindingCode, Packs, Peak};
use crate::wire::leaf::{Count, Natural};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.coverage`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CoverageRequest"))]
pub(in crate::wire) struct CoverageRequestDoc<'a> {
    /// How many Service Packs.
    pub(in crate::wire) packs: Natural<'a, { Packs::MAX }>,
    /// For how many systems.
    pub(in crate::wire) systems: Natural<'a>,
}

/// Output of `tokens.coverage`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Coverage"))]
pub(in crate::wire) struct CoverageDoc<'a> {
    /// The tokens in the packs.
    tokens: Count<'a>,
    /// Tokens ÷ systems, exact and unreduced; null without systems.
    months: Option<Object<FractionDoc<'a>>>,
    /// The whole months in it; null without systems.
    whole_months: Option<Count<'a>>,
    /// What to look at.
    findings: Vec<FindingDoc<'a>>,
}

impl CoverageDoc<'_> {
    pub(in crate::wire) fn of(coverage: &Coverage, packs: i64, systems: Peak) -> Self {
        let finding = coverage.fewer_packs_than_systems.then(|| Finding {
            code: FindingCode::FewerPacksThanSystems,
            message: format!(
                "`{packs}` packs for {systems} systems are less than a year; order one pack per system"
            ),
        });
        Self {
            tokens: coverage.tokens.into(),
            months: coverage.months.map(|months| Object(FractionDoc::of(months))),
            whole_months: coverage.whole_months.map(Count::from),
            findings: finding.iter().map(FindingDoc::of).collect(),
        }
    }
}
