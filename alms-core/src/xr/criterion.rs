use super::{Compatibility, SkuRegion};
use crate::ErrorCode;
use crate::account::{Format, Instance};
use crate::names::quoted;
use crate::offers::{OverLimit, Subscriber};
use crate::rule::RuleId;

/// Why an XR Series router cannot register in an account, with the way to fix it.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Criterion {
    /// There is no account yet (XRS-1, ACC-2).
    #[error("the account is `null`; create an `avc` account{}", on(.instances))]
    AccountRequired {
        /// The instances that take the router; none where its SKU region is not known.
        instances: Vec<Instance>,
    },
    /// The account is legacy (XRS-1).
    #[error(
        "the account has the format `legacy`; migrate it, or create an `avc` account for XR Series routers"
    )]
    LegacyAccount,
    /// Nobody said for which region the router is made (XRS-2).
    #[error("the SKU region is `null`; read it off the router's SKU and give `north_america` or `global`")]
    UnknownSkuRegion,
    /// The account is on an instance for another region (XRS-2).
    #[error(
        "a router of the SKU region `{region}` does not register on the instance `{instance}`; create an account{}, or \
         have Customer Support move this one", on(.instances)
    )]
    InstanceMismatch {
        /// The router's region.
        region: SkuRegion,
        /// The account's instance.
        instance: Instance,
        /// The instances that take the router.
        instances: Vec<Instance>,
    },
    /// Nothing is known about the account's instance (XRS-2).
    #[error(
        "it is unknown which routers the instance `{instance}` accepts; ask Customer Support and set `compatibility`, or \
         create an account{}", on(.instances)
    )]
    InstanceUnverified {
        /// The account's instance.
        instance: Instance,
        /// The instances that take the router; none where its SKU region is not known.
        instances: Vec<Instance>,
    },
    /// The account has no room (ACC-8).
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
}

impl Criterion {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AccountRequired { .. } => ErrorCode::AccountRequired,
            Self::LegacyAccount => ErrorCode::XrInLegacyAccount,
            Self::UnknownSkuRegion => ErrorCode::UnknownSkuRegion,
            Self::InstanceMismatch { .. } => ErrorCode::InstanceMismatch,
            Self::InstanceUnverified { .. } => ErrorCode::InstanceUnverified,
            Self::OverLimit(error) => error.code(),
        }
    }
}

/// ` on the instance `na``, or nothing where no instance is known.
fn on(instances: &[Instance]) -> String {
    let names: Vec<&str> = instances.iter().map(|instance| instance.as_str()).collect();
    if names.is_empty() { String::new() } else { format!(" on the instance {}", quoted(&names)) }
}

impl Criterion {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            Criterion::AccountRequired { .. } | Criterion::LegacyAccount => RuleId::Xrs1,
            Criterion::UnknownSkuRegion
            | Criterion::InstanceMismatch { .. }
            | Criterion::InstanceUnverified { .. } => RuleId::Xrs2,
            Criterion::OverLimit(_) => RuleId::Acc8,
        }
    }
}

/// Every criterion of format and instance that an XR Series router fails in this account (XRS-1 to XRS-3).
pub fn criteria(
    account: Option<&Subscriber>,
    region: Option<SkuRegion>,
    table: &Compatibility,
) -> Vec<Criterion> {
    let instances = || region.map_or_else(Vec::new, |region| table.instances(region).to_vec());
    let of_account = match account {
        None => Some(Criterion::AccountRequired { instances: instances() }),
        Some(account) => (account.format == Format::Legacy).then_some(Criterion::LegacyAccount),
    };
    let of_region = region.is_none().then_some(Criterion::UnknownSkuRegion);
    let of_instance = account.and_then(|account| instance_criterion(account.instance, region, table));
    [of_account, of_region, of_instance].into_iter().flatten().collect()
}

/// What keeps an XR Series router of this region from this instance (XRS-2); an instance of which nothing is known takes
/// none.
pub fn instance_criterion(
    instance: Instance,
    region: Option<SkuRegion>,
    table: &Compatibility,
) -> Option<Criterion> {
    let instances = || region.map_or_else(Vec::new, |region| table.instances(region).to_vec());
    if !table.is_verified(instance) {
        return Some(Criterion::InstanceUnverified { instance, instances: instances() });
    }
    let region = region.filter(|region| !table.instances(*region).contains(&instance))?;
    Some(Criterion::InstanceMismatch { region, instance, instances: instances() })
}
