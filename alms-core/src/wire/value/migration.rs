use crate::migration::columns::Scenario;
use crate::migration::{Applied, Comparison, Explanation, Plan, PlannedSystem};
use crate::wire::doc::apply::AppliedDoc;
use crate::wire::doc::compare::ComparisonDoc;
use crate::wire::doc::explain::ExplanationDoc;
use crate::wire::doc::fleet::FleetScenarioDoc;
use crate::wire::doc::plan::{PlanDoc, PlannedSystemDoc};
use crate::wire::{Error, parse};
use alms_json::{to_text, to_writer};

/// What a fleet in columns is planned under: the migration date of the accounts that do not say one, and the policy.
///
/// ```
/// use alms_core::wire;
/// let scenario = wire::fleet_scenario_from_json(r#"{"on":"2023-03-25","policy":{"cleanup":"strict"}}"#)?;
/// assert_eq!(scenario.on, Some("2023-03-25".parse().unwrap()));
/// assert_eq!(wire::fleet_scenario_from_json(r#"{"policy":{"clean":1}}"#).unwrap_err().path(), "policy.clean");
/// # Ok::<(), wire::Error>(())
/// ```
///
/// # Errors
/// [`Error`] as for `migration.plan`, whose fields `on` and `policy` these are; both may be absent.
pub fn fleet_scenario_from_json(json: &str) -> Result<Scenario, Error> {
    parse::document::<FleetScenarioDoc<'_>>(json)?.read()
}

/// A plan in the wire form, as [`call`](crate::wire::call)`("migration.plan", …)` gives it.
pub fn plan_to_json(plan: &Plan) -> String {
    to_text(&PlanDoc::of(plan))
}

/// Writes a plan in the wire form without holding the text: for plans of a million systems.
///
/// # Errors
/// Those of the writer.
pub fn write_plan_json(plan: &Plan, mut writer: impl std::io::Write) -> std::io::Result<()> {
    to_writer(&mut writer, &PlanDoc::of(plan))
}

/// What a plan says about one system, in the wire form.
pub fn planned_system_to_json(planned: &PlannedSystem) -> String {
    to_text(&PlannedSystemDoc::of(planned))
}

/// What a plan says about one system, as a JSON document holds it.
///
/// # Errors
/// [`Error`] when the document is not part of a plan.
pub fn planned_system_from_json(json: &str) -> Result<PlannedSystem, Error> {
    parse::document::<PlannedSystemDoc<'_>>(json)?.read()
}

/// The plan that a JSON document holds.
///
/// # Errors
/// [`Error`] when the document is not a plan. Whether the plan still fits its account is for
/// [`apply`](crate::migration::apply) to say.
pub fn plan_from_json(json: &str) -> Result<Plan, Error> {
    parse::document::<PlanDoc<'_>>(json)?.read()
}

/// What a migration leaves, in the wire form.
pub fn applied_to_json(applied: &Applied) -> String {
    to_text(&AppliedDoc::of(applied))
}

/// An explanation in the wire form.
pub fn explanation_to_json(explanation: &Explanation) -> String {
    to_text(&ExplanationDoc::of(explanation))
}

/// Scenarios side by side, in the wire form.
///
/// # Errors
/// [`Error`] when a price has more than 28 digits.
pub fn comparison_to_json(comparison: &Comparison) -> Result<String, Error> {
    Ok(to_text(&ComparisonDoc::of(comparison)?))
}
