use super::Instance;
use crate::names::named_enum;
use crate::rule::RuleId;

named_enum! {
    /// What a move between instances loses, as the account is deleted and created again.
    ///
    /// The source's own list is lost; this one is what hangs on an account that is deleted (decision).
    #[non_exhaustive]
    pub enum MoveLoss {
        /// The account's UID: the new account has another one, which orders and tickets have to name.
        Uid = "uid",
        /// What the systems reported so far.
        DeviceHistory = "device_history",
        /// Reports, those of past months included.
        Reports = "reports",
        /// Templates, alert rules, dashboards and other settings.
        Configuration = "configuration",
        /// Users, profiles and passwords: they are created and invited again.
        Users = "users",
        /// API clients and connections to other systems: they are set up again, at another address.
        Integrations = "integrations",
        /// Partnerships and the partner of record: they are asked for again.
        Partnerships = "partnerships",
        /// Registrations: every system is registered again in the new account.
        Registrations = "registrations",
    }
}

/// A move of an account to another instance (XRS-4): deleted here, created again there, by Customer Support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceMove {
    /// The instance of the account.
    pub from: Instance,
    /// The instance it is to be on.
    pub to: Instance,
    /// What is lost.
    pub losses: Vec<MoveLoss>,
}

impl InstanceMove {
    /// The rule behind it.
    pub const RULE: RuleId = RuleId::Xrs4;

    /// A move between two instances; `None` if they are the same.
    pub fn between(from: Instance, to: Instance) -> Option<Self> {
        (from != to).then(|| Self { from, to, losses: MoveLoss::ALL.to_vec() })
    }
}
