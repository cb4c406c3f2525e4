//! An account between the two passes: its plan's figures, by the code that plans a single account.

use super::code::{AccountError, NO_DAY};
use super::engine::Engine;
use super::fleet::Fleet;
use super::group::KeyFault;
use super::measure::Measure;
use super::output::AccountRow;
use super::scenario::Scenario;
use super::tally::Tally;
use crate::bounds::SYSTEMS_MAX;
use crate::calendar::{Date, DateOutOfRange};
use crate::migration::{BasicGrant, TokenStatement};
use crate::tokens::Tokens;

/// Settles the accounts of a fleet for one scenario.
pub(super) struct Settler<'a> {
    pub(super) fleet: &'a Fleet<'a>,
    pub(super) scenario: &'a Scenario,
    /// What rows are measured against, unless their account says another date.
    measure: Measure,
}

impl<'a> Settler<'a> {
    pub(super) fn new(fleet: &'a Fleet<'a>, scenario: &'a Scenario) -> Self {
        let measure = Measure::new(scenario.on.unwrap_or(Date::MIN), &scenario.policy);
        Self { fleet, scenario, measure }
    }

    pub(super) const fn engine(&self) -> Engine {
        self.fleet.engine
    }

    /// The day that an account says; `None` takes the scenario's.
    #[inline]
    pub(super) fn own_day(&self, account: u32) -> Option<i32> {
        self.fleet.accounts.on.and_then(|on| on.get(account as usize))
    }

    /// What rows are measured against on that day. On a day that is none, any day does: their account is not planned.
    #[inline]
    pub(super) fn measure(&self, own_day: Option<i32>) -> Measure {
        match own_day.map(Date::from_day_number) {
            None => self.measure,
            Some(on) => Measure::new(on.unwrap_or(Date::MIN), &self.scenario.policy),
        }
    }

    /// The figures of an account.
    pub(super) fn settle(&self, account: u32, tally: &Tally) -> AccountRow {
        self.planned(account as usize, tally).unwrap_or_else(not_planned)
    }

    fn planned(&self, account: usize, tally: &Tally) -> Result<AccountRow, AccountError> {
        let (stock, on, day) = self.checked(account, tally)?;
        let policy = &self.scenario.policy;
        let too_late = |DateOutOfRange| AccountError::DateOutOfRange;
        let (pool, basic) = tally.counts().divided(stock, on, policy.month_rounding).map_err(too_late)?;
        if tally.is_too_late() {
            return Err(AccountError::DateOutOfRange);
        }
        let statement = pool.statement(basic.as_ref(), policy);
        debug_assert!(statement.is_conserved(), "MIG-16: {statement:?}");
        Ok(figures(day, tally, &statement, basic.as_ref()))
    }

    /// The stock of an account that can be planned, and the migration date, as a number of days, too.
    fn checked(&self, account: usize, tally: &Tally) -> Result<(Tokens, Date, i32), AccountError> {
        let Fleet { grouping, accounts, .. } = self.fleet;
        let fault = grouping.fault(account);
        if fault == KeyFault::Duplicate {
            return Err(AccountError::DuplicateAccount);
        }
        if tally.has_bad_rows() {
            return Err(AccountError::BadRows);
        }
        if fault == KeyFault::Missing {
            return Err(AccountError::MissingAccount);
        }
        let tokens = accounts.tokens.get(account).ok_or(AccountError::MissingTokens)?;
        let stock = Tokens::try_new(tokens).map_err(|_| AccountError::OutOfRange)?;
        let (on, day) = match accounts.on.and_then(|on| on.get(account)) {
            Some(day) => (Date::from_day_number(day).map_err(|_| AccountError::OutOfRange)?, day),
            None => (self.scenario.on.ok_or(AccountError::MissingOn)?, self.measure.yardstick.on),
        };
        if fault == KeyFault::Invalid {
            return Err(AccountError::InvalidAccount);
        }
        if tally.len() as usize > SYSTEMS_MAX {
            return Err(AccountError::OutOfRange);
        }
        if tally.xr {
            return Err(AccountError::XrInLegacyAccount);
        }
        Ok((stock, on, day))
    }
}

fn figures(on: i32, tally: &Tally, statement: &TokenStatement, basic: Option<&BasicGrant>) -> AccountRow {
    let summary = tally.counts().summary;
    AccountRow {
        error: 0,
        on,
        opening: statement.opening.get(),
        written_off: statement.written_off.get(),
        complete: statement.complete.get(),
        basic: statement.basic.get(),
        pro_rata: statement.pro_rata.get(),
        unallocated: statement.unallocated.get(),
        overgranted: statement.overgranted.get(),
        shortfall: statement.shortfall.get(),
        months_numerator: basic.map_or(0, |basic| basic.months.numerator),
        // The end date exists, so there are fewer than 100,000 months.
        granted_months: basic
            .map_or(0, |basic| i32::try_from(basic.granted_months.get()).unwrap_or(i32::MAX)),
        granted_days: basic.map_or(0, |basic| basic.granted_days.cast_signed()),
        basic_end_date: basic.map_or(NO_DAY, |basic| basic.end_date.day_number()),
        deleted: summary.deleted,
        inventory: summary.inventory,
        airlink_complete: summary.airlink_complete,
        airlink_basic: summary.airlink_basic,
    }
}

const fn not_planned(error: AccountError) -> AccountRow {
    AccountRow {
        error: error.code(),
        on: NO_DAY,
        opening: 0,
        written_off: 0,
        complete: 0,
        basic: 0,
        pro_rata: 0,
        unallocated: 0,
        overgranted: 0,
        shortfall: 0,
        months_numerator: 0,
        granted_months: 0,
        granted_days: 0,
        basic_end_date: NO_DAY,
        deleted: 0,
        inventory: 0,
        airlink_complete: 0,
        airlink_basic: 0,
    }
}
