//! The rules that were asked what the system is, up to the one that decided.

use super::{Step, Verdict};
use crate::account::System;
use crate::migration::Cleanup;
use crate::migration::classify::{Class, Facts, Yardstick};
use crate::rule::RuleId;
use crate::words::{counted, shown};

/// The classifying rules in the order of the policy.
pub(super) fn steps(system: &System, facts: Facts, yardstick: &Yardstick) -> Vec<Step> {
    let deciding = facts.class(yardstick.cleanup);
    let mut steps = Vec::new();
    for class in order(yardstick.cleanup) {
        let verdict = if class == deciding { Verdict::Decides } else { Verdict::DoesNotApply };
        steps.push(Step::new(class.rule(), verdict, condition(class, system, facts, yardstick)));
        if class == Class::Supported && facts.support_expired {
            let (end, on) = (shown(system.support_end), yardstick.on);
            let text = format!("support ended on {end}, before the migration date {on}, and counts as none");
            steps.push(Step::contributes(RuleId::Mig6, text));
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

const fn order(cleanup: Cleanup) -> [Class; 6] {
    use Class::{Inventory, Maintenance, Remaining, Silent, Stale, Supported};
    match cleanup {
        Cleanup::ProtectPaid => [Maintenance, Supported, Silent, Stale, Inventory, Remaining],
        Cleanup::Strict => [Maintenance, Silent, Stale, Supported, Inventory, Remaining],
    }
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
        Step::new(overruled.rule(), Verdict::Overruled, condition(overruled, system, facts, yardstick)),
        Step::contributes(RuleId::Mig12, format!("policy cleanup `{policy}`: {why}")),
    ]
}

/// The condition of a class in words, true or not, with the values it was tested on.
fn condition(class: Class, system: &System, facts: Facts, yardstick: &Yardstick) -> String {
    match class {
        Class::Maintenance if facts.maintenance => "the system is in maintenance mode".to_owned(),
        Class::Maintenance => format!("the state is `{}`, not maintenance", system.state),
        Class::Supported => support(system, facts, yardstick),
        Class::Silent | Class::Stale => communication(class, system, facts, yardstick),
        Class::Inventory if facts.inventory => {
            "the system is in inventory and communicated recently".to_owned()
        }
        Class::Inventory => format!("the state is `{}`, not inventory", system.state),
        Class::Remaining => {
            "no rule before this one applies: the system shares the tokens that are left".to_owned()
        }
    }
}

fn support(system: &System, facts: Facts, yardstick: &Yardstick) -> String {
    let (end, on) = (shown(system.support_end), yardstick.on);
    if facts.supported {
        format!("support ends on {end}, on or after the migration date {on}")
    } else if facts.support_expired {
        format!("there is no support end date on or after the migration date {on}")
    } else {
        "there is no support end date".to_owned()
    }
}

fn communication(class: Class, system: &System, facts: Facts, yardstick: &Yardstick) -> String {
    let (last, cutoff) = (shown(system.last_communication), yardstick.cutoff);
    let ago = format!(
        "{cutoff}, which is {} before the migration date",
        counted(yardstick.inactive_months, "month")
    );
    // Whether a system never communicated is asked first, and decides: its age is asked of one that did.
    match (class, facts) {
        (Class::Silent, Facts { silent: true, .. }) => "the system never communicated".to_owned(),
        (Class::Silent, _) => format!("the system communicated, last on {last}"),
        (_, Facts { stale: true, .. }) => format!("the last communication on {last} lies before {ago}"),
        _ => format!("the last communication on {last} does not lie before {ago}"),
    }
}
