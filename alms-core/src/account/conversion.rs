//! Conversions of an account to another kind, which keep systems, users and configuration (ACC-10).

use super::{Account, AccountData, Kind, SupportTicket};
use crate::ErrorCode;
use crate::rule::RuleId;
use crate::text::Uid;

/// What an account is to become, and what it takes.
///
/// ```
/// use alms_core::account::{Conversion, ConversionError, Kind, SupportTicket};
/// # use alms_core::wire::account_from_json;
/// # let customer = account_from_json(r#"{"uid": "c1", "name": "Acme Buses", "instance": "na", "format": "avc",
/// #     "kind": "customer", "tokens": 0, "systems": []}"#)?;
/// let ticket = SupportTicket { number: "T-1".parse()?, accounts: vec!["c1".parse()?] };
/// let to_trial = Conversion { ticket: Some(ticket), ..Conversion::to(Kind::FreeTier) };
/// let trial = customer.clone().convert(&to_trial)?;
/// assert_eq!(trial.data().kind, Kind::FreeTier);
/// assert_eq!(trial.convert(&Conversion::to(Kind::Customer))?, customer);
///
/// let refused = customer.convert(&Conversion::to(Kind::Reseller));
/// assert!(matches!(refused, Err(ConversionError::TicketRequired { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The kind that the account is to have.
    pub to: Kind,
    /// The ticket by which Customer Support is asked for it: for every conversion but that to a customer account.
    pub ticket: Option<SupportTicket>,
    /// Whether the company is an authorized partner, which a reseller's is; `None` where the ticket has it looked up.
    pub authorized: Option<bool>,
}

impl Conversion {
    /// A conversion to this kind, without a ticket.
    pub const fn to(to: Kind) -> Self {
        Self { to, ticket: None, authorized: None }
    }
}

/// Why an account is not converted.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConversionError {
    /// Only a free tier account is converted to a customer account (ACC-10).
    #[error(
        "an account of kind `{kind}` is not converted to a customer account; only a `free_tier` account becomes one"
    )]
    NotFreeTier {
        /// The account's kind.
        kind: Kind,
    },
    /// No account of this kind is converted to that kind (ACC-10).
    #[error("an account of kind `{from}` is not converted to `{to}`; {}", way_in(*.from, *.to))]
    NotAvailable {
        /// The account's kind.
        from: Kind,
        /// The kind that was asked for.
        to: Kind,
    },
    /// A trial starts without systems (ACC-8, ACC-10).
    #[error(
        "`{count}` systems are registered in the account, and a trial starts without systems; create another account for \
         the trial"
    )]
    SystemsRegistered {
        /// How many there are.
        count: usize,
    },
    /// A reseller account has fewer systems (ACC-8).
    #[error(
        "`{count}` systems are in the account, and a `{to}` account has at most {max}; create another account for the \
         partner's own systems"
    )]
    TooManySystems {
        /// How many there are.
        count: usize,
        /// The kind that was asked for.
        to: Kind,
        /// How many there may be.
        max: u32,
    },
    /// Customer Support converts it (ACC-10).
    #[error("a conversion to `{to}` takes a support ticket; open one that names the account `{account}`")]
    TicketRequired {
        /// The kind that was asked for.
        to: Kind,
        /// The account.
        account: Uid,
    },
    /// The ticket does not name the account (ACC-10).
    #[error("the ticket does not name the account `{account}`; add it to the ticket")]
    IncompleteTicket {
        /// The account.
        account: Uid,
    },
    /// Only an authorized partner has a reseller account (ACC-10).
    #[error("`{account}` is not the account of an authorized partner; leave it a customer account")]
    NotAuthorized {
        /// The account.
        account: Uid,
    },
}

impl ConversionError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotFreeTier { .. } => ErrorCode::NotFreeTier,
            Self::NotAvailable { .. } => ErrorCode::ConversionNotAvailable,
            Self::SystemsRegistered { .. } => ErrorCode::RegisteredBeforeConversion,
            Self::TooManySystems { .. } => ErrorCode::TooManySystems,
            Self::TicketRequired { .. } => ErrorCode::TicketRequired,
            Self::IncompleteTicket { .. } => ErrorCode::IncompleteTicket,
            Self::NotAuthorized { .. } => ErrorCode::NotAuthorized,
        }
    }
}

/// How an account of the wanted kind comes into being instead.
const fn way_in(from: Kind, to: Kind) -> &'static str {
    match (from, to) {
        (_, Kind::Transition) => "have the vendor create a transition account",
        (Kind::FreeTier, Kind::Reseller) => "convert it to a customer account first",
        (_, Kind::FreeTier) => "create a customer account, and convert that one",
        _ => "create another account",
    }
}

impl ConversionError {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            ConversionError::TooManySystems { .. } => RuleId::Acc8,
            _ => RuleId::Acc10,
        }
    }

    /// The field that it is about, from the request's root.
    pub const fn field(&self) -> &'static str {
        match self {
            ConversionError::NotFreeTier { .. } => "account.kind",
            ConversionError::NotAvailable { .. } => "to",
            ConversionError::SystemsRegistered { .. } | ConversionError::TooManySystems { .. } => {
                "account.systems"
            }
            ConversionError::TicketRequired { .. } => "ticket",
            ConversionError::IncompleteTicket { .. } => "ticket.accounts",
            ConversionError::NotAuthorized { .. } => "authorized",
        }
    }
}

impl Account {
    /// The account as one of another kind: systems, users and configuration stay (ACC-10).
    ///
    /// A customer account becomes a free tier account by a ticket, only while no system is registered; a free tier
    /// account becomes a customer account; a customer account of an authorized partner becomes a reseller account by a
    /// ticket.
    ///
    /// # Errors
    /// [`ConversionError`]: the first obstacle.
    pub fn convert(self, conversion: &Conversion) -> Result<Self, ConversionError> {
        let data = self.data();
        check_kinds(data.kind, conversion.to)?;
        check_systems(data.systems.len(), conversion.to)?;
        check_ticket(&data.uid, conversion)?;
        if conversion.to == Kind::Reseller && conversion.authorized == Some(false) {
            return Err(ConversionError::NotAuthorized { account: data.uid.clone() });
        }
        // ACC-2 does not ask for the kind.
        Ok(Self(AccountData { kind: conversion.to, ..self.into_data() }))
    }
}

/// Which kinds become which.
const fn check_kinds(from: Kind, to: Kind) -> Result<(), ConversionError> {
    match (from, to) {
        (Kind::FreeTier, Kind::Customer) | (Kind::Customer, Kind::FreeTier | Kind::Reseller) => Ok(()),
        (kind, Kind::Customer) => Err(ConversionError::NotFreeTier { kind }),
        (from, to) => Err(ConversionError::NotAvailable { from, to }),
    }
}

/// ACC-8: a trial starts without systems, and a reseller account has a limit.
fn check_systems(count: usize, to: Kind) -> Result<(), ConversionError> {
    match to.systems_max() {
        Some(_) if to == Kind::FreeTier && count > 0 => Err(ConversionError::SystemsRegistered { count }),
        Some(max) if count > max as usize => Err(ConversionError::TooManySystems { count, to, max }),
        _ => Ok(()),
    }
}

/// A ticket that names the account; a customer account takes none.
fn check_ticket(account: &Uid, conversion: &Conversion) -> Result<(), ConversionError> {
    match &conversion.ticket {
        Some(ticket) if !ticket.missing(&[account]).is_empty() => {
            Err(ConversionError::IncompleteTicket { account: account.clone() })
        }
        None if conversion.to != Kind::Customer => {
            Err(ConversionError::TicketRequired { to: conversion.to, account: account.clone() })
        }
        _ => Ok(()),
    }
}
