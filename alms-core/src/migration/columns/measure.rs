use super::near::Near;
use crate::calendar::{Date, month_index};
use crate::migration::Policy;
use crate::migration::classify::Yardstick;

/// What rows are measured against: a migration date and a policy, in numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) yardstick: Yardstick<i32>,
    /// The month of the migration date.
    pub(super) month: i32,
    /// The years that AirLink Complete gets beyond its support (MIG-11).
    pub(super) years: u16,
    /// The same for rows of which every day is near.
    pub(super) near: Option<Near>,
}

impl Measure {
    pub(super) fn new(on: Date, policy: &Policy) -> Self {
        let (yardstick, years) = (Yardstick::new(on, policy), policy.complete_renewal.years());
        Self {
            yardstick: yardstick.map(Date::day_number),
            month: month_index(on.day_number()),
            years,
            near: Near::new(&yardstick, years),
        }
    }
}
