use super::history::FleetError;
use super::holding::Holding;
use super::late::LateRenewal;
use super::settled::settled_state;
use super::state::StateOn;
use crate::calendar::Date;
use crate::order::sort_by_key;

/// The subscriptions of a fleet by what their renewal asks for on a date (SUB-5).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due<'a> {
    /// Ending within the days asked for; the earliest end first, else in the fleet's order.
    pub due: Vec<Ending<'a>>,
    /// The term is over and was not renewed (SUB-3); the earliest end first.
    pub lapsed: Vec<Ending<'a>>,
    /// How many end later.
    pub later: u32,
    /// How many go on by themselves.
    pub by_themselves: u32,
    /// How many are in inventory.
    pub inventory: u32,
    /// How many are terminated or about to be.
    pub other: u32,
}

/// A subscription that ends, or has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending<'a> {
    /// Its place in the fleet.
    pub index: usize,
    /// The subscription.
    pub holding: &'a Holding,
    /// What it is on the date.
    pub state: StateOn<'a>,
    /// The day on which the service ends.
    pub end_date: Date,
    /// The days until then; 0 or less if it has lapsed.
    pub days_left: i64,
}

/// Which subscriptions of a fleet end within `days` of the day `on`: 1 day to exactly `days` (SUB-5).
///
/// A service that ends on the day `on` has lapsed, for that is the first day without it. One that has not begun is due like
/// any other.
///
/// # Errors
/// [`FleetError`]: a history that the rules do not allow.
///
/// ```
/// use alms_core::subscriptions::{LateRenewal, due};
/// assert!(due(&[], "2024-01-01".parse()?, 90, LateRenewal::FromOrder).is_ok_and(|due| due.due.is_empty()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn due(fleet: &[Holding], on: Date, days: u32, late: LateRenewal) -> Result<Due<'_>, FleetError> {
    let mut sorted = Due::default();
    for (index, holding) in fleet.iter().enumerate() {
        let state = settled_state(index, holding, on, late)?;
        sorted.add(index, holding, state, on, days);
    }
    for list in [&mut sorted.due, &mut sorted.lapsed] {
        sort_by_key(list, |ending| ending.end_date);
    }
    Ok(sorted)
}

impl<'a> Due<'a> {
    fn add(&mut self, index: usize, holding: &'a Holding, state: StateOn<'a>, on: Date, days: u32) {
        let ends_for_good = state.terminates_on.is_some();
        let running = !ends_for_good && state.term.is_some();
        let count = match state.end_date.filter(|_| running && !state.renews_by_itself) {
            Some(end_date) => {
                let days_left = on.days_until(end_date);
                let list = match days_left {
                    ..=0 => &mut self.lapsed,
                    left if left <= i64::from(days) => &mut self.due,
                    _ => return add_one(&mut self.later),
                };
                return list.push(Ending { index, holding, state, end_date, days_left });
            }
            None if state.term.is_none() => &mut self.inventory,
            None if running => &mut self.by_themselves,
            None => &mut self.other,
        };
        add_one(count);
    }
}

/// There is no memory for more subscriptions than fit.
fn add_one(count: &mut u32) {
    *count = count.saturating_add(1);
}
