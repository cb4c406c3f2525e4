//! The XR Series routers of a merge.

use super::error::ResellerPlanError;
use super::system::MergedSystem;
use crate::account::{Account, Instance, System};
use crate::text::{Serial, Uid};
use crate::xr::{Compatibility, instance_criterion};
use std::collections::HashSet;

/// An XR Series router that stays, and where it stands.
pub(super) struct Router<'a> {
    /// The position of the account, the reseller's being 0.
    account: usize,
    /// The position of the system.
    index: usize,
    pub(super) uid: &'a Uid,
    pub(super) system: &'a System,
}

/// The XR Series routers among the systems that stay, in the order of the accounts.
pub(super) fn routers<'a>(accounts: &[&'a Account], staying: &[MergedSystem]) -> Vec<Router<'a>> {
    let staying: HashSet<(&Uid, &Serial)> = staying.iter().map(|one| (&one.account, &one.serial)).collect();
    let mut routers = Vec::new();
    for (account, data) in accounts.iter().map(|account| account.data()).enumerate() {
        let systems = data.systems.iter().enumerate().filter(|(_, system)| system.model.is_xr());
        let staying = systems.filter(|(_, system)| staying.contains(&(&data.uid, &system.serial)));
        routers.extend(staying.map(|(index, system)| Router { account, index, uid: &data.uid, system }));
    }
    routers
}

/// XRS-2: every router that stays may be on the instance after the move, as far as its region is known.
pub(super) fn check_routers(
    routers: &[Router<'_>],
    instance: Instance,
    table: &Compatibility,
) -> Result<(), ResellerPlanError> {
    let obstacle = |router: &Router<'_>| instance_criterion(instance, router.system.sku_region, table);
    let mut refused = routers.iter().filter_map(|router| Some((router, obstacle(router)?)));
    let Some((router, criterion)) = refused.next() else { return Ok(()) };
    let others = refused.map(|(router, _)| router.system.serial.clone());
    Err(ResellerPlanError::WrongInstance {
        account: router.account,
        index: router.index,
        serials: std::iter::once(router.system.serial.clone()).chain(others).collect(),
        criterion,
    })
}
