//! The first pass over an account: every system's class, and what follows for the account.

use super::classify::{Class, Facts, Yardstick};
use super::statement::Pool;
use super::{BasicGrant, MonthRounding, Outcome, Summary};
use crate::account::{AccountData, System};
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::text::Serial;
use crate::tokens::Tokens;

/// What the classes of an account's systems come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Tokens that AirLink Complete systems take (MIG-5).
    pub(super) demand: i64,
    pub(super) summary: Summary,
}

impl Counts {
    /// The pool after MIG-5, and what it gives every AirLink Basic system (MIG-9, MIG-15); `None` without any.
    pub(super) fn divided(
        &self,
        stock: Tokens,
        on: Date,
        rounding: MonthRounding,
    ) -> Result<(Pool, Option<BasicGrant>), DateOutOfRange> {
        let pool = Pool::divided(stock, self.demand);
        let basic = match self.summary.airlink_basic {
            0 => None,
            systems => Some(BasicGrant::new(pool.rest, systems, on, rounding)?),
        };
        Ok((pool, basic))
    }
}

/// The first pass: every system's class, and what follows for the account.
pub(super) struct Tally {
    pub(super) classes: Vec<(Facts, Class)>,
    pub(super) counts: Counts,
}

impl Tally {
    pub(super) fn new(data: &AccountData, yardstick: &Yardstick) -> Self {
        let classes = Vec::with_capacity(data.systems.len());
        let mut tally = Self { classes, counts: Counts::default() };
        for system in &data.systems {
            let facts = Facts::of(system, yardstick);
            let class = facts.class(yardstick.cleanup);
            let Counts { demand, summary } = &mut tally.counts;
            let count = match class.outcome() {
                Outcome::AirlinkComplete => &mut summary.airlink_complete,
                Outcome::AirlinkBasic => &mut summary.airlink_basic,
                Outcome::Inventory => &mut summary.inventory,
                Outcome::Deleted => &mut summary.deleted,
            };
            *count = count.saturating_add(1);
            if class == Class::Supported {
                *demand = demand.saturating_add(months_taken(system, yardstick.on).get());
            }
            tally.classes.push((facts, class));
        }
        tally
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
