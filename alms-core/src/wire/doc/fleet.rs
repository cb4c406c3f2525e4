use super::policy::{PolicyDoc, policy};
use crate::migration::columns::Scenario;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::Day;
use crate::wire::object::Object;
use alms_json::Read;

/// What a fleet in columns is planned under.
#[derive(Read)]
#[serde(deny_unknown_fields)]
pub(in crate::wire) struct FleetScenarioDoc<'a> {
    /// The migration date of the accounts that do not say one.
    on: Option<Day<'a>>,
    /// The policy; the rulebook's defaults where absent.
    policy: Option<Object<PolicyDoc<'a>>>,
}

impl FleetScenarioDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Scenario, Error> {
        let on = self.on.as_ref().map(Day::read).transpose().at("on")?;
        Ok(Scenario { on, policy: policy(self.policy.as_ref())? })
    }
}
