use crate::rule::RuleId;
use crate::tokens::{Finding, FindingCode};
use crate::wire::leaf::{Choice, Prose};
use alms_json::Write;

/// Something to look at; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Finding"))]
pub(in crate::wire) struct FindingDoc<'a> {
    /// What it is.
    code: Choice<'a, FindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// A sentence for people.
    message: Prose<'a>,
}

impl FindingDoc<'_> {
    pub(in crate::wire) fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.into(),
            rule: finding.code.rule().into(),
            message: Prose::from(finding.message.clone()),
        }
    }
}
