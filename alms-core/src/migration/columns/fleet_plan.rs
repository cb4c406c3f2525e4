//! The plans of a fleet.

use super::fleet::{ColumnLength, Fleet, check};
use super::output::{AccountColumns, AccountSlices, SystemColumns, SystemSlices};
use super::passes;
use super::scenario::Scenario;
use super::settle::Settler;

/// What becomes of a fleet: a row for every system and a row for every account, in the order of the input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FleetPlan {
    /// A row for every system.
    pub systems: SystemColumns,
    /// A row for every account.
    pub accounts: AccountColumns,
}

impl Fleet<'_> {
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
        passes::plan(&Settler::new(self, scenario), systems, accounts);
    }
}
