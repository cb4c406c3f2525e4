//! Fleets as tables: what the columnar core reads of Arrow's arrays, and the arrays of what it says.

mod csv;
mod given;
mod keys;
mod results;
mod texts;

use crate::tables::Table;
use alms_core::migration::columns::{Accounts, Fleet, Scenario};
use given::{Columns, Days, Integers};
use keys::{grouping, repeats};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use texts::{codes, model_codes};

pub(crate) use csv::FleetCsv;
pub(crate) use given::Given;

/// Plans every account under every scenario; gives the table of systems and the table of accounts of each.
///
/// The rows are grouped once.
pub(crate) fn plan(
    systems: &Given,
    accounts: &Given,
    scenarios: &[Scenario],
) -> PyResult<Vec<(Table, Table)>> {
    let (systems, accounts) = (Columns::of("systems", systems), Columns::of("accounts", accounts));
    systems.refuse(&results::SYSTEM_COLUMNS)?;
    let account = accounts.needed_key("account")?;
    let groups = grouping(&systems.needed_key("account")?, &account)?;
    let states = codes(&systems.needed_text("state")?, alms_core::migration::columns::state_code);
    let models = systems.text("model")?;
    let models = models.map(|models| model_codes(&models));
    let serials = systems.key("serial")?;
    let repeats = serials.map(|serials| repeats(&groups, &serials)).transpose()?;
    let last_communication = Days::new(systems.needed_days("last_communication")?);
    let support_end = Days::new(systems.needed_days("support_end")?);
    let tokens = Integers::new(accounts.needed_integers("tokens")?);
    let on = accounts.days("on")?.map(Days::new);
    let fleet = Fleet::try_new(
        &groups,
        alms_core::migration::columns::Systems {
            states: &states,
            last_communication: last_communication.column(),
            support_end: support_end.column(),
            models: models.as_deref(),
            repeats: repeats.as_deref(),
        },
        Accounts { tokens: tokens.column(), on: on.as_ref().map(Days::column) },
    );
    let fleet = fleet.map_err(|error| PyValueError::new_err(error.to_string()))?;
    let planned = |scenario| {
        let plan = fleet.plan(scenario);
        let rows = results::of_systems(systems.given(), plan.systems)?;
        Ok((rows, results::of_accounts(&account, &plan.accounts)?))
    };
    scenarios.iter().map(planned).collect()
}
