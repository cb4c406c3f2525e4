use super::{Fingerprint, ResellerPlanError, UnknownSerial};
use crate::ErrorCode;
use crate::account::{Kind, Model};
use crate::calendar::Date;
use crate::text::{Serial, Text, Uid};

/// Why an account cannot be planned.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The account is avc already (MIG-2).
    #[error("an account of format `avc` has been migrated already; plan legacy accounts only")]
    AlreadyMigrated,
    /// Reseller accounts follow rules of their own (MIG-18).
    #[error(
        "an account of kind `{}` migrates under MIG-18, not by tokens; plan it as a reseller migration",
        Kind::Reseller
    )]
    ResellerAccount,
    /// XR Series routers in a legacy account (MIG-17).
    #[error(
        "the system `{serial}` of model `{model}` cannot be in a legacy account ({count} such in all); \
         correct the model, or leave the system out and register it in an avc account"
    )]
    XrInLegacyAccount {
        /// The first one's position among the systems.
        index: usize,
        /// Its serial.
        serial: Serial,
        /// Its model.
        model: Model,
        /// How many there are.
        count: usize,
    },
    /// The tokens would carry AirLink Basic past 9999-12-31 (MIG-9).
    #[error(
        "`{tokens}` tokens give AirLink Basic an end date after 9999-12-31; correct the number of tokens"
    )]
    BasicEndOutOfRange {
        /// The opening stock.
        tokens: i64,
    },
    /// The stock lacks more tokens than there can be.
    #[error("`{tokens}` tokens lack more than 10^15 to reach the date; correct the number of tokens")]
    MissingOutOfRange {
        /// The opening stock.
        tokens: i64,
    },
    /// No number of months reaches the wanted date within the calendar.
    #[error("`{until}` cannot be reached by whole months before 9999-12-31; give an earlier date")]
    UntilOutOfRange {
        /// The wanted date.
        until: Date,
    },
    /// The added years would carry AirLink Complete past 9999-12-31 (MIG-11).
    #[error("`{years}` years after the support end date of `{serial}` lie after 9999-12-31; add fewer years")]
    CompleteEndOutOfRange {
        /// The system's position.
        index: usize,
        /// Its serial.
        serial: Serial,
        /// The years of the policy.
        years: u16,
    },
}

impl PlanError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AlreadyMigrated => ErrorCode::AlreadyMigrated,
            Self::ResellerAccount => ErrorCode::ResellerAccount,
            Self::XrInLegacyAccount { .. } => ErrorCode::XrInLegacyAccount,
            Self::MissingOutOfRange { .. } => ErrorCode::OutOfRange,
            Self::BasicEndOutOfRange { .. }
            | Self::UntilOutOfRange { .. }
            | Self::CompleteEndOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

/// Why a plan is not applied. Nothing has changed then.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The account cannot be planned (any more).
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The reseller's accounts cannot be planned (any more).
    #[error(transparent)]
    Reseller(#[from] ResellerPlanError),
    /// Nobody consented (MIG-1).
    #[error(
        "applying a plan needs the customer's consent; give `consent` with who gave it, when, and the fingerprint `{fingerprint}`"
    )]
    ConsentRequired {
        /// What the consent must name.
        fingerprint: Fingerprint,
        /// A consent was given, but by nobody.
        anonymous: bool,
    },
    /// The consent is of somebody who is not an administrator of the account (MIG-1).
    #[error(
        "`{by}` is not the e-mail address of an administrator of the account `{account}`; have an administrator consent, \
         or choose `anyone` as `consent_by`"
    )]
    ConsentNotByAdministrator {
        /// Who consented.
        by: Text,
        /// The account.
        account: Uid,
    },
    /// The consent is of a day after the migration (MIG-1).
    #[error(
        "the consent of `{consented}` comes after the migration date {on}; plan for a later date and ask for consent to it"
    )]
    ConsentAfterMigration {
        /// The day of the consent.
        consented: Date,
        /// The migration date.
        on: Date,
    },
    /// The consent is to another plan (MIG-1).
    #[error(
        "the consent names the plan `{named}`, this plan is `{fingerprint}`; ask for consent to this plan"
    )]
    ConsentMismatch {
        /// The fingerprint that the consent names.
        named: Fingerprint,
        /// The plan's.
        fingerprint: Fingerprint,
    },
    /// Account, policy or rulebook are not what the plan was made from (MIG-19).
    #[error(
        "the plan `{fingerprint}` was made from other data; plan the account as it is now and ask for consent again"
    )]
    StalePlan {
        /// The plan's fingerprint.
        fingerprint: Fingerprint,
        /// The fingerprint that account, date and policy give now.
        current: Fingerprint,
    },
    /// The plan has the account's fingerprint, but does not say what was planned (MIG-19).
    #[error("the plan `{fingerprint}` was altered after it was made; apply it as it was made, or plan again")]
    AlteredPlan {
        /// The plan's fingerprint.
        fingerprint: Fingerprint,
    },
}

impl ApplyError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Plan(error) => error.code(),
            Self::Reseller(error) => error.code(),
            Self::ConsentRequired { .. } => ErrorCode::ConsentRequired,
            Self::ConsentNotByAdministrator { .. } => ErrorCode::ConsentNotByAdministrator,
            Self::ConsentAfterMigration { .. } => ErrorCode::ConsentAfterMigration,
            Self::ConsentMismatch { .. } => ErrorCode::ConsentMismatch,
            Self::StalePlan { .. } | Self::AlteredPlan { .. } => ErrorCode::StalePlan,
        }
    }
}

/// Why scenarios cannot be compared.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// A comparison needs two.
    #[error("`{count}` scenarios are too few; give at least two")]
    TooFewScenarios {
        /// How many were given.
        count: usize,
    },
    /// More scenarios of more systems than anybody reads.
    #[error(
        "`{scenarios}` scenarios of {systems} systems are too many; compare fewer of them, {max} systems in all scenarios at most"
    )]
    TooLarge {
        /// How many scenarios there are.
        scenarios: usize,
        /// How many systems the account has.
        systems: usize,
        /// How many systems all scenarios have together.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// One scenario cannot be planned.
    #[error("{source}")]
    Plan {
        /// The scenario's position.
        scenario: usize,
        /// The scenario supposes another stock than the account's.
        stock_supposed: bool,
        /// Why.
        source: PlanError,
    },
    /// A scenario has a system report that the account does not have.
    #[error("{source}")]
    UnknownSerial {
        /// The scenario's position.
        scenario: usize,
        /// The position in the scenario's list.
        index: usize,
        /// Which one.
        source: UnknownSerial,
    },
}

impl CompareError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::TooFewScenarios { .. } => ErrorCode::TooFewScenarios,
            Self::TooLarge { .. } => ErrorCode::TooLarge,
            Self::Plan { source, .. } => source.code(),
            Self::UnknownSerial { source, .. } => source.code(),
        }
    }
}
