//! The first pass over an account: every system's class, and what follows for the account.

use super::Summary;
use super::classify::{Class, Facts, Yardstick};
use crate::account::{AccountData, System};
use crate::calendar::{Date, Months};
use crate::text::Serial;

/// The first pass: every system's class, and what follows for the account.
pub(super) struct Tally {
    pub(super) classes: Vec<(Facts, Class)>,
    /// Tokens that AirLink Complete systems take (MIG-5).
    pub(super) demand: i64,
    pub(super) basic: u32,
    complete: u32,
    inventory: u32,
    deleted: u32,
}

impl Tally {
    pub(super) fn new(data: &AccountData, yardstick: &Yardstick) -> Self {
        let classes = Vec::with_capacity(data.systems.len());
        let mut tally = Self { classes, demand: 0, basic: 0, complete: 0, inventory: 0, deleted: 0 };
        for system in &data.systems {
            let facts = Facts::of(system, yardstick);
            let class = facts.class(yardstick.cleanup);
            let count = match class {
                Class::Supported => &mut tally.complete,
                Class::Remaining => &mut tally.basic,
                Class::Maintenance | Class::Inventory => &mut tally.inventory,
                Class::Silent | Class::Stale => &mut tally.deleted,
            };
            *count = count.saturating_add(1);
            if class == Class::Supported {
                tally.demand = tally.demand.saturating_add(months_taken(system, yardstick.on).get());
            }
            tally.classes.push((facts, class));
        }
        tally
    }

    pub(super) const fn summary(&self) -> Summary {
        Summary {
            deleted: self.deleted,
            inventory: self.inventory,
            airlink_complete: self.complete,
            airlink_basic: self.basic,
        }
    }

    /// The serials of the systems of which `test` holds.
    pub(super) fn serials(
        &self,
        data: &AccountData,
        test: impl Fn(&System, Facts, Class) -> bool,
    ) -> Vec<Serial> {
        let systems = data.systems.iter().zip(&self.classes);
        let concerned = systems.filter(|(system, (facts, class))| test(system, *facts, *class));
        concerned.map(|(system, _)| system.serial.clone()).collect()
    }
}

/// MIG-5: month ends between the migration date and the support end date.
pub(super) fn months_taken(system: &System, on: Date) -> Months {
    system.support_end.map_or(Months::ZERO, |end| on.month_ends_until(end))
}
