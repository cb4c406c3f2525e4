//! How the end date and the tokens of a system were computed.

use super::Step;
use crate::account::System;
use crate::migration::grant::days_of_month;
use crate::migration::{BasicGrant, Draft, Outcome, PlannedSystem, WarningCode};
use crate::quantity::Fraction;
use crate::rule::RuleId;
use crate::words::{counted, shown};

/// The computing rules, in the order in which they were applied.
pub(super) fn steps(system: &System, planned: &PlannedSystem, plan: &Draft) -> Vec<Step> {
    let mut steps = of_outcome(system, planned, plan);
    let mut hints = plan.warnings.iter().filter(|warning| warning.code == WarningCode::OfferNotForModel);
    if hints.any(|warning| warning.systems.contains(&planned.serial)) {
        let text = format!("the offer is not for the model `{}`", system.model);
        steps.push(Step::contributes(RuleId::Off2, text));
    }
    steps
}

fn of_outcome(system: &System, planned: &PlannedSystem, plan: &Draft) -> Vec<Step> {
    match planned.outcome {
        Outcome::AirlinkComplete => complete(system, planned, plan),
        Outcome::AirlinkBasic => plan.basic.map_or_else(Vec::new, |basic| shared(&basic, plan)),
        Outcome::Deleted => {
            let text = "the system comes out in the export and can be registered again";
            vec![Step::contributes(RuleId::Mig14, text)]
        }
        Outcome::Inventory => Vec::new(),
    }
}

fn complete(system: &System, planned: &PlannedSystem, plan: &Draft) -> Vec<Step> {
    let (support_end, end) = (shown(system.support_end), shown(planned.end_date));
    let taken = format!(
        "from the month of {} to the month of {support_end}: {}, one token each",
        plan.on,
        counted(planned.tokens, "month")
    );
    let renewal = match plan.policy.complete_renewal.years() {
        0 => format!("policy complete_renewal `support_date`: the date remains, {end}"),
        years => format!(
            "policy complete_renewal `support_date_plus_years` ({years}): {support_end} becomes {end}"
        ),
    };
    let mut steps = vec![Step::contributes(RuleId::Mig5, taken), Step::contributes(RuleId::Mig11, renewal)];
    if planned.end_date == Some(plan.on) {
        let text = "support ends on the migration date itself: no day of service is left";
        steps.push(Step::contributes(RuleId::Mig4, text));
    }
    if plan.tokens.shortfall.get() > 0 {
        let text = format!(
            "the pool lacks {} for all AirLink Complete systems together; the date remains",
            counted(plan.tokens.shortfall, "token")
        );
        steps.push(Step::contributes(RuleId::Mig15, text));
    }
    steps
}

fn shared(basic: &BasicGrant, plan: &Draft) -> Vec<Step> {
    let division = format!(
        "{} left for {}: {} months each",
        counted(basic.months.numerator, "token"),
        counted(basic.systems, "AirLink Basic system"),
        basic.months
    );
    let rounded = format!(
        "policy month_rounding `{}`: {}, so {} becomes {}",
        plan.policy.month_rounding,
        granted(basic, plan),
        plan.on,
        basic.end_date
    );
    let mut steps =
        vec![Step::contributes(RuleId::Mig9, division), Step::contributes(RuleId::Mig10, rounded)];
    if basic.is_nothing() {
        let text = "nothing was granted: the service ends on the migration date";
        steps.push(Step::contributes(RuleId::Mig15, text));
    } else if basic.is_long() {
        let text = "more than 60 months were granted: check the number of tokens";
        steps.push(Step::contributes(RuleId::Mig15, text));
    }
    steps
}

/// The months, and where a part of one became days, that part of how many days.
fn granted(basic: &BasicGrant, plan: &Draft) -> String {
    let months = counted(basic.granted_months, "month");
    let Fraction { denominator, .. } = basic.months;
    match (basic.granted_days, days_of_month(plan.on, basic.granted_months)) {
        (0, _) | (_, None) => months,
        (days, Some(length)) => format!(
            "{months} and {}/{denominator} of the {length} days to the next monthly date, which are {} in full",
            basic.months.divided().1,
            counted(days, "day")
        ),
    }
}
