//! A fleet, and its plans.

use super::engine::{self, Engine};
use super::group::Grouping;
use super::input::{Accounts, Systems};
use super::output::{AccountColumns, AccountSlices, SystemColumns, SystemSlices};
use super::settle::Settler;
use crate::ErrorCode;
use crate::calendar::Date;
use crate::migration::Policy;

/// A migration date and a policy: what a fleet is planned under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// The migration date of all accounts that do not say one; `None` where every account does.
    pub on: Option<Date>,
    /// The policy.
    pub policy: Policy,
}

impl Scenario {
    /// Every date under every policy, the policies of a date following each other.
    ///
    /// ```
    /// use alms_core::migration::{Cleanup, Policy, columns::Scenario};
    /// let strict = Policy { cleanup: Cleanup::Strict, ..Policy::default() };
    /// let scenarios = Scenario::all(&["2023-03-25".parse()?, "2023-04-25".parse()?], &[Policy::default(), strict]);
    /// assert_eq!(scenarios.len(), 4);
    /// assert_eq!((scenarios[1].on, scenarios[1].policy), (Some("2023-03-25".parse()?), strict));
    /// # Ok::<(), alms_core::calendar::ParseDateError>(())
    /// ```
    pub fn all(dates: &[Date], policies: &[Policy]) -> Vec<Self> {
        let under_all = |on: &Date| {
            let on = Some(*on);
            policies.iter().map(move |policy| Self { on, policy: *policy })
        };
        dates.iter().flat_map(under_all).collect()
    }
}

/// A column that has another number of rows than the ones it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the column `{column}` has `{given}` rows, and `{wanted}` are wanted; give columns of one length")]
pub struct ColumnLength {
    /// Which one.
    pub column: &'static str,
    /// How many rows it has.
    pub given: usize,
    /// How many it should have.
    pub wanted: usize,
}

impl ColumnLength {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

/// What becomes of a fleet: a row for every system and a row for every account, in the order of the input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FleetPlan {
    /// A row for every system.
    pub systems: SystemColumns,
    /// A row for every account.
    pub accounts: AccountColumns,
}

/// Systems, the accounts that they belong to, and which belongs to which: columns of the right lengths.
///
/// See the [module](super) for an example.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    pub(super) grouping: &'a Grouping,
    pub(super) systems: Systems<'a>,
    pub(super) accounts: Accounts<'a>,
    pub(super) engine: Engine,
}

impl<'a> Fleet<'a> {
    /// A fleet of these columns.
    ///
    /// # Errors
    /// [`ColumnLength`]: a column has not as many rows as the grouping.
    pub fn try_new(
        grouping: &'a Grouping,
        systems: Systems<'a>,
        accounts: Accounts<'a>,
    ) -> Result<Self, ColumnLength> {
        let rows = grouping.rows();
        let of_systems = [
            ("state", systems.states.len()),
            ("last_communication", systems.last_communication.len()),
            ("support_end", systems.support_end.len()),
            ("model", systems.models.map_or(rows, <[u8]>::len)),
            ("serial", systems.repeats.map_or(rows, <[bool]>::len)),
        ];
        let wanted = grouping.accounts();
        let of_accounts =
            [("tokens", accounts.tokens.len()), ("on", accounts.on.map_or(wanted, |on| on.len()))];
        check(of_systems, rows)?;
        check(of_accounts, wanted)?;
        Ok(Self { grouping, systems, accounts, engine: Engine::default() })
    }

    /// The same fleet, planned by another engine.
    #[must_use]
    pub const fn with_engine(self, engine: Engine) -> Self {
        Self { engine, ..self }
    }

    /// Plans every account, with the answers of [`plan`](crate::migration::plan).
    pub fn plan(&self, scenario: &Scenario) -> FleetPlan {
        let mut systems = SystemColumns::with_rows(self.grouping.rows());
        let mut accounts = AccountColumns::with_rows(self.grouping.accounts());
        self.write(scenario, systems.as_slices(), accounts.as_slices());
        FleetPlan { systems, accounts }
    }

    /// Plans every account under several scenarios, without grouping anew.
    pub fn plan_all(&self, scenarios: &[Scenario]) -> Vec<FleetPlan> {
        scenarios.iter().map(|scenario| self.plan(scenario)).collect()
    }

    /// Plans every account into memory of the host; what was in it does not matter.
    ///
    /// # Errors
    /// [`ColumnLength`]: a column has not as many rows as the fleet. Nothing is written then.
    pub fn plan_into(
        &self,
        scenario: &Scenario,
        systems: SystemSlices<'_>,
        accounts: AccountSlices<'_>,
    ) -> Result<(), ColumnLength> {
        check(systems.lengths(), self.grouping.rows())?;
        check(accounts.lengths(), self.grouping.accounts())?;
        self.write(scenario, systems, accounts);
        Ok(())
    }

    fn write(&self, scenario: &Scenario, systems: SystemSlices<'_>, accounts: AccountSlices<'_>) {
        engine::plan(&Settler::new(self, scenario), systems, accounts);
    }
}

/// Every column has so many rows.
fn check(
    columns: impl IntoIterator<Item = (&'static str, usize)>,
    wanted: usize,
) -> Result<(), ColumnLength> {
    let mut wrong = columns.into_iter().filter(|(_, given)| *given != wanted);
    wrong.next().map_or(Ok(()), |(column, given)| Err(ColumnLength { column, given, wanted }))
}

#[cfg(test)]
mod tests {
    use super::super::{Days, Integers};
    use super::*;

    #[test]
    fn a_fleet_is_planned_by_the_engine_that_was_chosen() {
        let groups = Grouping::adjacent(&[]).unwrap();
        let none = Days::new(&[]);
        let systems =
            Systems { states: &[], last_communication: none, support_end: none, models: None, repeats: None };
        let accounts = Accounts { tokens: Integers::new(&[]), on: None };
        let fleet = Fleet::try_new(&groups, systems, accounts).unwrap();
        assert_eq!(fleet.engine, Engine::Best);
        assert_eq!(fleet.with_engine(Engine::Portable).engine, Engine::Portable);
    }
}
