use crate::ErrorCode;
use crate::account::Model;
use crate::calendar::Date;
use crate::offers::{SupportLevel, UnknownOffer};
use crate::rule::RuleId;
use crate::subscriptions::Unregistrable;
use crate::text::{OfferName, Uid};

/// Why a system cannot be transferred, with the way to fix it.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransferFault {
    /// From an account to itself (RES-5).
    #[error("both accounts are `{0}`; give the account that takes the systems")]
    SameAccount(Uid),
    /// Neither account is a reseller's (RES-5).
    #[error("neither `{from}` nor `{to}` is a `reseller` account; transfer by way of the reseller's account")]
    NoReseller {
        /// The account that gives.
        from: Uid,
        /// The account that takes.
        to: Uid,
    },
    /// The customer's account is not partnered with the reseller's (RES-5).
    #[error(
        "the reseller `{reseller}` is not a partner of `{customer}`; ask the customer for a partnership first"
    )]
    NotAPartner {
        /// The reseller.
        reseller: Uid,
        /// The customer.
        customer: Uid,
        /// Whether the customer gives the systems.
        customer_gives: bool,
    },
    /// A legacy account has tokens, and no subscriptions to transfer (ACC-1).
    #[error("a `legacy` account has tokens and no subscriptions to transfer; migrate it first")]
    LegacyOrigin,
    /// Before the subscription began (SUB-1).
    #[error("`{on}` lies before the subscription's first day, {started}; transfer from then on")]
    NotStarted {
        /// The day of the transfer.
        on: Date,
        /// The first day.
        started: Date,
    },
    /// The offer of the system does not exist (OFF-5).
    #[error(transparent)]
    UnknownOrigin(UnknownOffer),
    /// An offer of another type than the system has (RES-5).
    #[error(
        "`{offer}` comes with `{wanted}` support, the system has `{has}` support under `{current}`; choose an offer of the \
         same type, or change the system's offer before the transfer"
    )]
    OtherType {
        /// The offer that is chosen.
        offer: OfferName,
        /// Its support.
        wanted: SupportLevel,
        /// The offer that the system has.
        current: OfferName,
        /// Its support.
        has: SupportLevel,
    },
    /// The account can have no offer of the type that the system has (RES-5).
    #[error(
        "the account has no offer with `{has}` support for `{model}`, as the system has under `{current}`; change the \
         system's offer before the transfer"
    )]
    NoneOfType {
        /// The system's model.
        model: Model,
        /// The offer that the system has.
        current: OfferName,
        /// Its support.
        has: SupportLevel,
    },
    /// The included year is used up, and nothing was bought (RES-6).
    #[error(
        "the service allocation is missing or expired: {}; buy a renewal of `{offer}` for the system, or have the account \
         hold one", used_up(*.year_end)
    )]
    AllocationMissing {
        /// The offer that the system is to have.
        offer: OfferName,
        /// The day on which the included year ended; `None` if the first registration is not known.
        year_end: Option<Date>,
    },
    /// What keeps a system from being registered in the account (SUB-1).
    #[error(transparent)]
    Unregistrable(#[from] Unregistrable),
}

impl TransferFault {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::SameAccount(_) => ErrorCode::SameAccount,
            Self::NoReseller { .. } => ErrorCode::NotAReseller,
            Self::NotAPartner { .. } => ErrorCode::NotAPartner,
            Self::LegacyOrigin => ErrorCode::LegacyAccount,
            Self::NotStarted { .. } => ErrorCode::BeforeStart,
            Self::UnknownOrigin(error) => error.code(),
            Self::OtherType { .. } | Self::NoneOfType { .. } => ErrorCode::OfferTypeMismatch,
            Self::AllocationMissing { .. } => ErrorCode::ServiceAllocationMissing,
            Self::Unregistrable(error) => error.code(),
        }
    }
}

fn used_up(year_end: Option<Date>) -> String {
    match year_end {
        Some(year_end) => format!("the included year ended on `{year_end}`"),
        None => "the first registration is `null`, so no included year is left".to_owned(),
    }
}

impl TransferFault {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            TransferFault::SameAccount(_)
            | TransferFault::NoReseller { .. }
            | TransferFault::NotAPartner { .. }
            | TransferFault::OtherType { .. }
            | TransferFault::NoneOfType { .. } => RuleId::Res5,
            TransferFault::AllocationMissing { .. } => RuleId::Res6,
            TransferFault::LegacyOrigin => RuleId::Acc1,
            TransferFault::NotStarted { .. } => RuleId::Sub1,
            TransferFault::UnknownOrigin(_) => RuleId::Off5,
            TransferFault::Unregistrable(error) => error.rule(),
        }
    }
}
