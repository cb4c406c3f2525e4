//! Fleets as typed arrays: what stands behind `planFleet`.
//!
//! `js/fleet/plan.js` checks what a person passes, and gives the results their names; what comes here has the right types.

use std::mem;

use alms_core::migration::columns::{
    AccountColumns, Accounts, Days, Fleet, FleetPlan, Grouping, Integers, Systems, Validity, model_code,
};
use alms_core::wire;
use wasm_bindgen::prelude::*;

/// Which systems belong to which account.
///
/// Its errors, and those of columns of different lengths, are not for a person: `js/fleet/plan.js` prevents them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct FleetGroups(Grouping);

#[wasm_bindgen]
impl FleetGroups {
    /// By integers.
    pub fn by_i32(systems: &[i32], accounts: &[i32]) -> Result<Self, JsError> {
        let [systems, accounts] = [systems, accounts].map(|keys| keys.iter().map(|key| Some(*key)));
        Grouping::by_keys(systems, accounts).map(Self).map_err(JsError::from)
    }

    /// By integers.
    pub fn by_i64(systems: &[i64], accounts: &[i64]) -> Result<Self, JsError> {
        let [systems, accounts] = [systems, accounts].map(|keys| keys.iter().map(|key| Some(*key)));
        Grouping::by_keys(systems, accounts).map(Self).map_err(JsError::from)
    }

    /// By texts, each of which comes once; the keys are positions in their list, and one past its end is none.
    pub fn by_text(texts: Vec<String>, systems: &[u32], accounts: &[u32]) -> Result<Self, JsError> {
        let text = |position: &u32| texts.get(*position as usize).map(String::as_str);
        let [systems, accounts] = [systems, accounts].map(|keys| keys.iter().map(text));
        Grouping::by_keys(systems, accounts).map(Self).map_err(JsError::from)
    }
}

/// The number that is no serial.
const NO_KEY: u32 = u32::MAX;

/// The code of a model.
#[wasm_bindgen]
pub fn fleet_model_code(model: &str) -> u8 {
    model_code(Some(model))
}

/// The columns of the systems, beside their accounts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct FleetSystems {
    states: Vec<u8>,
    last_communication: Vec<i32>,
    support_end: Vec<i32>,
    models: Option<Vec<u8>>,
    serials: Option<Vec<u32>>,
}

#[wasm_bindgen]
impl FleetSystems {
    /// Columns of one length; days since 1970-01-01, or `NO_DAY`. Serials are numbers, the same for the same serial, and
    /// `NO_KEY` for none.
    #[wasm_bindgen(constructor)]
    pub fn new(
        states: Vec<u8>,
        last_communication: Vec<i32>,
        support_end: Vec<i32>,
        models: Option<Vec<u8>>,
        serials: Option<Vec<u32>>,
    ) -> Self {
        Self { states, last_communication, support_end, models, serials }
    }
}

/// Plans every account; `scenario` is the JSON of a migration date and a policy.
#[wasm_bindgen]
pub fn plan_fleet(
    groups: &FleetGroups,
    systems: &FleetSystems,
    tokens: &[f64],
    on: Option<Vec<i32>>,
    scenario: &str,
) -> Result<PlannedFleet, JsValue> {
    let scenario = wire::fleet_scenario_from_json(scenario).map_err(|error| error.to_json())?;
    let (tokens, known) = (tokens.iter().copied().map(whole).collect::<Vec<_>>(), bits(tokens));
    let accounts = Accounts {
        tokens: Integers::with_validity(&tokens, Validity::new(&known, 0)),
        on: on.as_deref().map(Days::new),
    };
    let serial = |serial: &u32| (*serial != NO_KEY).then_some(*serial);
    let repeats = systems.serials.as_ref().map(|serials| groups.0.repeats(serials.iter().map(serial)));
    let systems = Systems {
        states: &systems.states,
        last_communication: Days::new(&systems.last_communication),
        support_end: Days::new(&systems.support_end),
        models: systems.models.as_deref(),
        repeats: repeats.as_deref(),
    };
    let fleet = Fleet::try_new(&groups.0, systems, accounts).map_err(JsError::from)?;
    Ok(PlannedFleet(fleet.plan(&scenario)))
}

/// The columns of a plan, each of which can be taken once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PlannedFleet(FleetPlan);

#[wasm_bindgen]
impl PlannedFleet {
    /// A code per system.
    pub fn outcome(&mut self) -> Vec<u8> {
        mem::take(&mut self.0.systems.outcome)
    }

    /// A code per system.
    pub fn reason(&mut self) -> Vec<u8> {
        mem::take(&mut self.0.systems.reason)
    }

    /// A day per system.
    pub fn end_date(&mut self) -> Vec<i32> {
        mem::take(&mut self.0.systems.end_date)
    }

    /// Tokens per system.
    pub fn tokens(&mut self) -> Vec<i32> {
        mem::take(&mut self.0.systems.tokens)
    }

    /// A code per account.
    pub fn account_error(&mut self) -> Vec<u8> {
        mem::take(&mut self.0.accounts.error)
    }

    /// A day per account.
    pub fn account_on(&mut self) -> Vec<i32> {
        mem::take(&mut self.0.accounts.on)
    }

    /// A day per account.
    pub fn basic_end_date(&mut self) -> Vec<i32> {
        mem::take(&mut self.0.accounts.basic_end_date)
    }

    /// The figures of the accounts: one column after the other, in the order of `FIGURES` in `js/fleet/plan.js`.
    pub fn figures(&mut self) -> Vec<f64> {
        let AccountColumns {
            opening,
            written_off,
            complete,
            basic,
            pro_rata,
            unallocated,
            overgranted,
            shortfall,
            months_numerator,
            granted_months,
            granted_days,
            deleted,
            inventory,
            airlink_complete,
            airlink_basic,
            ..
        } = &self.0.accounts;
        let tokens = [opening, written_off, complete, basic, pro_rata, unallocated, overgranted, shortfall];
        let tokens = tokens.into_iter().chain([months_numerator]).flatten().copied().map(number);
        let granted = [granted_months, granted_days].into_iter().flatten().copied().map(f64::from);
        let systems = [deleted, inventory, airlink_complete, airlink_basic];
        let systems = systems.into_iter().flatten().copied().map(f64::from);
        tokens.chain(granted).chain(systems).collect()
    }
}

/// An exact number of JavaScript: no figure of an account is beyond 2^53, as no stock is beyond 10^15.
fn number(figure: i64) -> f64 {
    figure as f64
}

/// What is no whole number is out of range, like a number that is too large.
fn whole(number: f64) -> i64 {
    if number.trunc() == number { number as i64 } else { i64::MAX }
}

/// A bit per number, which NaN, the absent one, does not have.
fn bits(numbers: &[f64]) -> Vec<u8> {
    let byte = |eight: &[f64]| {
        let bits = (0..8_u32).zip(eight).filter(|(_, number)| !number.is_nan());
        bits.fold(0_u8, |byte, (place, _)| byte | 1_u8.wrapping_shl(place))
    };
    numbers.chunks(8).map(byte).collect()
}
