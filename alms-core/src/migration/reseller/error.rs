use crate::ErrorCode;
use crate::account::{Kind, Model};
use crate::calendar::Date;
use crate::rule::RuleId;
use crate::text::{Serial, Uid};
use crate::xr::Criterion;

/// Why a reseller's accounts cannot be planned.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResellerPlanError {
    /// The reseller's account is avc already (MIG-2).
    #[error(
        "the reseller account `{uid}` of format `avc` has been migrated already; merge into a legacy account only"
    )]
    AlreadyMigrated {
        /// The account.
        uid: Uid,
    },
    /// The account into which others are merged is no reseller's (MIG-18).
    #[error("the account `{uid}` is of kind `{kind}`, not `reseller`; plan it as a customer's migration")]
    NotAReseller {
        /// The account.
        uid: Uid,
        /// What it is for.
        kind: Kind,
    },
    /// An account is there twice (ACC-1).
    #[error("the UID `{uid}` names two accounts; give every account once")]
    DuplicateAccount {
        /// The position among all accounts, the reseller's being 0.
        account: usize,
        /// The UID.
        uid: Uid,
    },
    /// An XR Series router in a legacy account (MIG-17).
    #[error(
        "the system `{serial}` of model `{model}` cannot be in a legacy account; correct the model, or leave the system \
         out and register it in an avc account"
    )]
    XrInLegacyAccount {
        /// The position of the account, the reseller's being 0.
        account: usize,
        /// The position of the system.
        index: usize,
        /// Its serial.
        serial: Serial,
        /// Its model.
        model: Model,
    },
    /// An XR Series router that stays cannot be on the instance after the move (XRS-2).
    #[error(
        "the system `{}` cannot be in the merged account: {}", .serials.first().map_or("", Serial::as_str),
        obstacle(.criterion)
    )]
    WrongInstance {
        /// The position of the account, the reseller's being 0.
        account: usize,
        /// The position of the system.
        index: usize,
        /// Its serial, and those of others.
        serials: Vec<Serial>,
        /// Why.
        criterion: Criterion,
    },
    /// More systems are to be kept than there may be (RES-1).
    #[error("`{count}` systems are to be kept, a reseller account has at most {max}; name fewer")]
    TooManyToKeep {
        /// How many.
        count: usize,
        /// How many there may be.
        max: u32,
    },
    /// A system to be kept is there twice.
    #[error("the serial `{serial}` is to be kept twice; name it once")]
    KeptTwice {
        /// The position in the list.
        index: usize,
        /// The serial.
        serial: Serial,
    },
    /// A system to be kept is in none of the accounts.
    #[error("no account has a system with the serial `{serial}`; correct it, or leave it out")]
    UnknownSerial {
        /// The position in the list.
        index: usize,
        /// The serial.
        serial: Serial,
    },
    /// Five years on the calendar ends (MIG-18).
    #[error("the 5 years from `{on}` end after 9999-12-31; give an earlier date")]
    EndOutOfRange {
        /// The migration date.
        on: Date,
    },
}

impl ResellerPlanError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AlreadyMigrated { .. } => ErrorCode::AlreadyMigrated,
            Self::NotAReseller { .. } => ErrorCode::NotAReseller,
            Self::DuplicateAccount { .. } => ErrorCode::DuplicateAccount,
            Self::XrInLegacyAccount { .. } => ErrorCode::XrInLegacyAccount,
            Self::WrongInstance { criterion: Criterion::InstanceUnverified { .. }, .. } => {
                ErrorCode::InstanceUnverified
            }
            Self::WrongInstance { .. } => ErrorCode::InstanceMismatch,
            Self::TooManyToKeep { .. } => ErrorCode::TooManySystems,
            Self::KeptTwice { .. } => ErrorCode::DuplicateSerial,
            Self::UnknownSerial { .. } => ErrorCode::UnknownSerial,
            Self::EndOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

/// What keeps a router from the instance after the move, and what to do.
fn obstacle(criterion: &Criterion) -> String {
    match criterion {
        Criterion::InstanceMismatch { region, instance, .. } => format!(
            "a router of the SKU region `{region}` does not register on the instance `{instance}`; choose another \
             `instance`, or leave its account out of the merge"
        ),
        Criterion::InstanceUnverified { instance, .. } => format!(
            "it is unknown which routers the instance `{instance}` accepts; ask Customer Support and set \
             `compatibility`, or choose another `instance`"
        ),
        other => other.to_string(),
    }
}

impl ResellerPlanError {
    /// The rule behind it; `None` where a list is wrong in itself.
    pub const fn rule(&self) -> Option<RuleId> {
        match self {
            ResellerPlanError::AlreadyMigrated { .. } => Some(RuleId::Mig2),
            ResellerPlanError::NotAReseller { .. } | ResellerPlanError::EndOutOfRange { .. } => {
                Some(RuleId::Mig18)
            }
            ResellerPlanError::DuplicateAccount { .. } => Some(RuleId::Acc1),
            ResellerPlanError::XrInLegacyAccount { .. } => Some(RuleId::Mig17),
            ResellerPlanError::WrongInstance { criterion, .. } => Some(criterion.rule()),
            ResellerPlanError::TooManyToKeep { .. } => Some(RuleId::Res1),
            ResellerPlanError::KeptTwice { .. } | ResellerPlanError::UnknownSerial { .. } => None,
        }
    }
}
