use super::{Kind, RequestState, StepKind};
use crate::ErrorCode;
use crate::calendar::Date;
use crate::rule::RuleId;
use crate::text::{Email, Uid};

/// Why a step is not possible.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The partner is one already (ACC-11).
    #[error(
        "`{partner}` is a partner of `{customer}` already; assign it another profile, or leave the step out"
    )]
    AlreadyPartner {
        /// The partner.
        partner: Uid,
        /// The customer.
        customer: Uid,
    },
    /// The partner asked already (ACC-11).
    #[error("a `request` is open already; wait for the customer's answer")]
    AlreadyRequested,
    /// The customer answered already (ACC-11).
    #[error("`{step}` comes too late: the request is `{state}` already; have the partner ask again")]
    AlreadyAnswered {
        /// What was tried.
        step: StepKind,
        /// The answer that was given.
        state: RequestState,
    },
    /// Nobody asked (ACC-11).
    #[error("there is no request to `{step}`; have the partner ask for the partnership first")]
    NoRequest {
        /// What was tried.
        step: StepKind,
    },
    /// The two accounts have no partnership to change or end (ACC-11).
    #[error(
        "`{partner}` is not a partner of `{customer}`; make the partnership first, or leave the step out"
    )]
    NotAPartner {
        /// The partner.
        partner: Uid,
        /// The customer.
        customer: Uid,
    },
    /// Only resellers are partners (ACC-11).
    #[error("the account `{uid}` is of kind `{kind}`, not `reseller`; name the partner's reseller account")]
    NotAReseller {
        /// The account.
        uid: Uid,
        /// What it is for.
        kind: Kind,
    },
    /// Only administrators reach account management (ACC-9).
    #[error(
        "`{by}` is not an administrator of the account `{account}`; have one of its administrators do it"
    )]
    NotAnAdministrator {
        /// Who tried.
        by: Email,
        /// Whose administrators may do it.
        account: Uid,
    },
    /// The step is dated before the one that it follows.
    #[error("`{on}` is before `{last}`, the day of the step before; correct one of the two")]
    NotInOrder {
        /// The day of the step.
        on: Date,
        /// The day of the step before.
        last: Date,
    },
    /// The ticket does not name both accounts (ACC-5).
    #[error("the ticket does not name the account `{missing}`; add it to the ticket")]
    IncompleteTicket {
        /// The first account that it should name, too.
        missing: Uid,
    },
}

impl StepError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AlreadyPartner { .. } => ErrorCode::AlreadyPartner,
            Self::AlreadyRequested => ErrorCode::AlreadyRequested,
            Self::AlreadyAnswered { .. } => ErrorCode::AlreadyAnswered,
            Self::NoRequest { .. } => ErrorCode::NoRequest,
            Self::NotAPartner { .. } => ErrorCode::NotAPartner,
            Self::NotAReseller { .. } => ErrorCode::NotAReseller,
            Self::NotAnAdministrator { .. } => ErrorCode::NotAnAdministrator,
            Self::NotInOrder { .. } => ErrorCode::NotInOrder,
            Self::IncompleteTicket { .. } => ErrorCode::IncompleteTicket,
        }
    }
}

impl StepError {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            StepError::NotAnAdministrator { .. } => RuleId::Acc9,
            StepError::IncompleteTicket { .. } => RuleId::Acc5,
            _ => RuleId::Acc11,
        }
    }

    /// The field of the step that it is about.
    pub const fn field(&self) -> &'static str {
        match self {
            StepError::NotAnAdministrator { .. } => "by",
            StepError::NotInOrder { .. } => "on",
            StepError::IncompleteTicket { .. } => "ticket.accounts",
            _ => "type",
        }
    }
}
