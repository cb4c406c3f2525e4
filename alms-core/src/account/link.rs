//! Linking the legacy and the avc account of one customer (ACC-7).

use super::{AccountFacts, Format, Listing, SupportTicket};
use crate::ErrorCode;
use crate::rule::RuleId;
use crate::text::{Email, Uid};
use std::collections::HashSet;

/// What a customer asks for who has a legacy account, and got an avc account under a second e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRequest {
    /// The account that it had.
    pub legacy: Listing,
    /// The account that it got.
    pub avc: Listing,
    /// The second address, which it needed because the first was taken.
    pub extra_email: Email,
    /// The partner by whose sign-up link the avc account was made, if it was.
    pub partner_link: Option<Uid>,
    /// The ticket by which it asks Customer Support.
    pub ticket: Option<SupportTicket>,
}

/// The linked accounts: who signs in to the avc account from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedAccounts {
    /// The administrators: the avc account's without the extra address, and the legacy account's.
    pub administrators: Vec<Email>,
    /// The other users, likewise.
    pub users: Vec<Email>,
}

impl LinkedAccounts {
    /// The avc account after the link: `avc`, with the users who sign in to it from now on.
    pub fn account(&self, avc: AccountFacts) -> AccountFacts {
        let (administrators, users) = (Some(self.administrators.clone()), Some(self.users.clone()));
        AccountFacts { administrators, administrator: None, users, ..avc }
    }
}

/// What is missing for linking two accounts.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// The two are one (ACC-7).
    #[error("`{uid}` is both the legacy and the avc account; name two accounts")]
    SameAccount {
        /// The UID.
        uid: Uid,
    },
    /// An account is not of the format that it has to be (ACC-7).
    #[error(
        "the {wanted} account `{uid}` is of format `{format}`; link a legacy account with an avc account"
    )]
    WrongFormat {
        /// The account.
        uid: Uid,
        /// Its format.
        format: Format,
        /// The format that it should have.
        wanted: Format,
    },
    /// Nobody signs in to the avc account with the extra address (ACC-7).
    #[error("no user of `{account}` signs in as `{email}`; give the address under which it was made")]
    UnknownUser {
        /// The address.
        email: Email,
        /// The avc account.
        account: Uid,
    },
    /// Removing the extra address leaves nobody who could administer the account (ACC-9).
    #[error(
        "without `{email}` the account `{account}` has no administrator; name another administrator of either account"
    )]
    NoAdministrator {
        /// The address.
        email: Email,
        /// The avc account.
        account: Uid,
    },
    /// Without a partner's link it takes a ticket (ACC-7).
    #[error(
        "the account `{account}` was not made by a partner's sign-up link; open a support ticket that names both \
         accounts"
    )]
    TicketRequired {
        /// The avc account.
        account: Uid,
    },
    /// The ticket does not name both accounts (ACC-5, ACC-7).
    #[error("the ticket does not name the account `{}`; add it to the ticket", list(.missing))]
    IncompleteTicket {
        /// The accounts that it should name, too.
        missing: Vec<Uid>,
    },
}

impl LinkFault {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::SameAccount { .. } => ErrorCode::SameAccount,
            Self::WrongFormat { .. } => ErrorCode::WrongFormat,
            Self::UnknownUser { .. } => ErrorCode::UnknownUser,
            Self::NoAdministrator { .. } => ErrorCode::NoAdministrator,
            Self::TicketRequired { .. } => ErrorCode::TicketRequired,
            Self::IncompleteTicket { .. } => ErrorCode::IncompleteTicket,
        }
    }
}

/// UIDs for a sentence.
fn list(uids: &[Uid]) -> String {
    uids.iter().map(Uid::as_str).collect::<Vec<_>>().join("`, `")
}

impl LinkFault {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            LinkFault::NoAdministrator { .. } => RuleId::Acc9,
            _ => RuleId::Acc7,
        }
    }

    /// The field that it is about.
    pub const fn field(&self) -> &'static str {
        match self {
            LinkFault::SameAccount { .. } => "avc.uid",
            LinkFault::WrongFormat { wanted: Format::Legacy, .. } => "legacy.format",
            LinkFault::WrongFormat { wanted: Format::Avc, .. } => "avc.format",
            LinkFault::UnknownUser { .. } | LinkFault::NoAdministrator { .. } => "extra_email",
            LinkFault::TicketRequired { .. } => "ticket",
            LinkFault::IncompleteTicket { .. } => "ticket.accounts",
        }
    }
}

/// Links a legacy account and the avc account that its customer got under a second address, and removes that address
/// (ACC-7). Whoever administers or uses the legacy account then does so in the avc account.
///
/// # Errors
/// Everything that is missing, in the order of the request's fields.
///
/// ```
/// # use alms_core::account::{Format, Instance, Kind, Listing};
/// use alms_core::account::{LinkFault, LinkRequest, link};
/// # let listing = |uid: &str, format, email: &str| -> Result<Listing, alms_core::text::TextError> { Ok(Listing {
/// #     uid: uid.parse()?, name: uid.parse()?, instance: Instance::Na, format, kind: Kind::Customer,
/// #     administrators: vec![email.parse()?], users: vec![], partnerships: vec![], agreement: None }) };
/// let request = LinkRequest {
///     legacy: listing("l1", Format::Legacy, "ann@acme.example")?,
///     avc: listing("c1", Format::Avc, "ann+xr@acme.example")?,
///     extra_email: "ann+xr@acme.example".parse()?,
///     partner_link: None,
///     ticket: None,
/// };
/// assert_eq!(link(&request), Err(vec![LinkFault::TicketRequired { account: "c1".parse()? }]));
/// // The partner's link replaces the ticket.
/// let linked = link(&LinkRequest { partner_link: Some("p1".parse()?), ..request }).unwrap();
/// assert_eq!(linked.administrators, ["ann@acme.example".parse()?]);
/// # Ok::<(), alms_core::text::TextError>(())
/// ```
pub fn link(request: &LinkRequest) -> Result<LinkedAccounts, Vec<LinkFault>> {
    let LinkRequest { legacy, avc, extra_email, .. } = request;
    let linked = linked(legacy, avc, extra_email);
    let (email, account) = (extra_email.clone(), avc.uid.clone());
    let user_fault = if !avc.has_user(extra_email) {
        Some(LinkFault::UnknownUser { email, account })
    } else if linked.administrators.is_empty() {
        Some(LinkFault::NoAdministrator { email, account })
    } else {
        None
    };
    let faults: Vec<LinkFault> = [
        wrong_format(legacy, Format::Legacy),
        (legacy.uid == avc.uid).then(|| LinkFault::SameAccount { uid: avc.uid.clone() }),
        wrong_format(avc, Format::Avc),
        user_fault,
        ticket_fault(request),
    ]
    .into_iter()
    .flatten()
    .collect();
    if faults.is_empty() { Ok(linked) } else { Err(faults) }
}

fn wrong_format(account: &Listing, wanted: Format) -> Option<LinkFault> {
    let (uid, format) = (account.uid.clone(), account.format);
    (format != wanted).then_some(LinkFault::WrongFormat { uid, format, wanted })
}

/// A ticket that names both accounts, unless a partner's link was used.
fn ticket_fault(request: &LinkRequest) -> Option<LinkFault> {
    if request.partner_link.is_some() {
        return None;
    }
    let Some(ticket) = &request.ticket else {
        return Some(LinkFault::TicketRequired { account: request.avc.uid.clone() });
    };
    let missing = ticket.missing(&[&request.legacy.uid, &request.avc.uid]);
    let missing: Vec<Uid> = missing.into_iter().cloned().collect();
    (!missing.is_empty()).then_some(LinkFault::IncompleteTicket { missing })
}

/// Nobody is there twice, and an administrator of either account is one.
fn linked(legacy: &Listing, avc: &Listing, extra_email: &Email) -> LinkedAccounts {
    let mut known = HashSet::from([extra_email.folded()]);
    let mut others = |emails: &[Email], more: &[Email]| -> Vec<Email> {
        emails.iter().chain(more).filter(|email| known.insert(email.folded())).cloned().collect()
    };
    // First the administrators: who administers one account and uses the other is one of them.
    let administrators = others(&avc.administrators, &legacy.administrators);
    LinkedAccounts { administrators, users: others(&avc.users, &legacy.users) }
}
