//! The floor: a plain chrono loop that only classifies and divides. No names, no rules, no statement, no
//! fingerprint, no warnings: what is left when everything is left out that makes a plan worth having.

use alms_core::account::{Account, SystemState};
use chrono::{Datelike, Months, NaiveDate};

/// The three dates and the state, nothing else.
#[derive(Debug, Clone, Copy)]
pub struct PlainSystem {
    /// The state.
    pub state: PlainState,
    /// The day of the last communication.
    pub last_communication: Option<NaiveDate>,
    /// The last day of support.
    pub support_end: Option<NaiveDate>,
}

/// As much of the state as the rules ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainState {
    /// Active or suspended.
    InService,
    /// In inventory.
    Inventory,
    /// In maintenance mode.
    Maintenance,
}

/// An outcome and an end date per system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainPlan {
    /// 0 deleted, 1 inventory, 2 complete, 3 basic; and the end date.
    pub systems: Vec<(u8, Option<NaiveDate>)>,
}

/// The same systems for the plain loop.
pub fn plain_systems(account: &Account) -> Vec<PlainSystem> {
    let plain = |system: &alms_core::account::System| PlainSystem {
        state: match system.state {
            SystemState::Maintenance => PlainState::Maintenance,
            SystemState::Inventory => PlainState::Inventory,
            SystemState::Active | SystemState::Suspended => PlainState::InService,
        },
        last_communication: system.last_communication.map(NaiveDate::from),
        support_end: system.support_end.map(NaiveDate::from),
    };
    account.data().systems.iter().map(plain).collect()
}

/// Classifies and divides under the default policy.
pub fn classify_and_divide(systems: &[PlainSystem], tokens: i64, on: NaiveDate) -> PlainPlan {
    let cutoff = on.checked_sub_months(Months::new(12)).unwrap_or(on);
    let index =
        |date: NaiveDate| i64::from(date.year()).saturating_mul(12).saturating_add(i64::from(date.month()));
    let (mut demand, mut basic) = (0_i64, 0_i64);
    let mut planned = Vec::with_capacity(systems.len());
    for system in systems {
        let outcome = match (system.state, system.support_end, system.last_communication) {
            (PlainState::Maintenance, _, _) => (1, None),
            (_, Some(end), _) if end >= on => {
                demand = demand.saturating_add(index(end).saturating_sub(index(on)));
                (2, Some(end))
            }
            (_, _, None) => (0, None),
            (_, _, Some(last)) if last < cutoff => (0, None),
            (PlainState::Inventory, _, _) => (1, None),
            _ => {
                basic = basic.saturating_add(1);
                (3, None)
            }
        };
        planned.push(outcome);
    }
    let months = tokens.saturating_sub(demand).max(0).checked_div(basic).unwrap_or(0);
    let end = on.checked_add_months(Months::new(u32::try_from(months).unwrap_or(0)));
    for (outcome, date) in &mut planned {
        if *outcome == 3 {
            *date = end;
        }
    }
    PlainPlan { systems: planned }
}
