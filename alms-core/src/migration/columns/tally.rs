//! What the rows of an account come to, between the two passes.

use super::code::ModelCheck;
use super::count::{Count, count};
use super::engine::Engine;
use super::output::SystemSlices;
use crate::calendar::Date;
use crate::migration::tally::Counts;
use crate::migration::{Outcome, Summary};

/// Where rows with an error of their own are counted: behind the outcomes.
const BAD: usize = Outcome::ALL.len();

/// What the rows of an account come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Rows by the code of their outcome; those without one at [`BAD`].
    rows: [u32; BAD + 1],
    /// The last end date of an AirLink Complete system, from 1970 on: earlier ones decide nothing.
    last_end: i32,
    /// Tokens that AirLink Complete systems take.
    demand: i64,
    /// There is an XR Series router.
    pub(super) xr: bool,
}

impl Tally {
    /// Counts classified rows, of which the classification said whether they are usual.
    pub(super) fn add(&mut self, engine: Engine, rows: &SystemSlices<'_>, usual: bool) {
        let Count { outcomes, bad, months, last_end } = count(engine, rows, usual);
        for (count, more) in self.rows.iter_mut().zip(outcomes.into_iter().chain([bad])) {
            *count = count.saturating_add(more);
        }
        self.demand = self.demand.saturating_add(months);
        self.last_end = self.last_end.max(last_end);
    }

    /// Counts one classified row, but for its end date.
    // Without a branch: in which order outcomes come is anybody's guess.
    #[inline(always)]
    pub(super) fn add_row(&mut self, outcome: u8, tokens: i32) {
        if let Some(count) = self.rows.get_mut(usize::from(outcome).min(BAD)) {
            *count = count.saturating_add(1);
        }
        self.demand = self.demand.saturating_add(i64::from(tokens));
    }

    /// Counts the end date of one classified row.
    pub(super) fn add_end(&mut self, end_date: i32) {
        self.last_end = self.last_end.max(end_date);
    }

    /// Counts what `other` counted.
    #[cfg(feature = "rayon")]
    pub(super) fn merge(&mut self, other: &Self) {
        for (count, more) in self.rows.iter_mut().zip(other.rows) {
            *count = count.saturating_add(more);
        }
        self.demand = self.demand.saturating_add(other.demand);
        self.last_end = self.last_end.max(other.last_end);
        self.xr |= other.xr;
    }

    /// Looks for XR Series routers.
    pub(super) fn add_models(&mut self, models: &[u8]) {
        self.xr |= models.iter().fold(false, |xr, model| xr | (*model == ModelCheck::Xr as u8));
    }

    /// What is divided, once no row is bad.
    pub(super) const fn counts(&self) -> Counts {
        let [deleted, inventory, airlink_complete, airlink_basic, _] = self.rows;
        Counts {
            demand: self.demand,
            summary: Summary { deleted, inventory, airlink_complete, airlink_basic },
        }
    }

    /// At least one row has an error of its own.
    pub(super) const fn has_bad_rows(&self) -> bool {
        let [.., bad] = self.rows;
        bad > 0
    }

    /// An AirLink Complete system would end after the last date.
    pub(super) const fn is_too_late(&self) -> bool {
        self.last_end > Date::MAX.day_number()
    }

    /// How many rows were counted.
    pub(super) fn len(&self) -> u32 {
        self.rows.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}
