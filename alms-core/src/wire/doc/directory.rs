//! Accounts as a host's directory lists them.

use super::account::texts;
use super::account_view::{Accounts, Listed};
use crate::account::{AccountList, DuplicateAccount, Listing, Partnership, SupportTicket, UnknownAccount};
use crate::rule::{RuleId, RuleSet};
use crate::text::{Profile, Uid};
use crate::unique::first_repetition;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Id, Text};
use alms_json::Read;
use alms_json::Write;

/// A partner of an account, what its users may do there, and whether it is the partner of record.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Partnership"))]
pub(in crate::wire) struct PartnershipDoc<'a> {
    /// The partner's UID.
    partner: Id<'a>,
    /// The profile of the partner's users, an open list; `read_only` where absent.
    profile: Option<Id<'a>>,
    /// Whether it is the partner of record; false where absent.
    of_record: Option<bool>,
}

/// A ticket at Customer Support that asks to link accounts, or to convert one.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SupportTicket"))]
pub(in crate::wire) struct TicketDoc<'a> {
    /// Its number.
    number: Id<'a>,
    /// UIDs of the accounts that it names.
    accounts: Vec<Id<'a>>,
}

impl<'a> PartnershipDoc<'a> {
    pub(super) fn read(&self) -> Result<Partnership, Error> {
        let profile = self.profile.as_ref().map_or(Ok(Profile::READ_ONLY), Text::read);
        Ok(Partnership {
            partner: self.partner.read().at("partner")?,
            profile: profile.at("profile")?,
            of_record: self.of_record.unwrap_or_default(),
        })
    }

    pub(in crate::wire) fn of(partnership: &'a Partnership) -> Self {
        Self {
            partner: Text::of(&partnership.partner),
            profile: Some(Text::of(&partnership.profile)),
            of_record: Some(partnership.of_record),
        }
    }
}

impl<'a> TicketDoc<'a> {
    pub(in crate::wire) fn read(&self) -> Result<SupportTicket, Error> {
        let accounts = texts(Some(&self.accounts), "accounts")?;
        Ok(SupportTicket { number: self.number.read().at("number")?, accounts })
    }

    pub(in crate::wire) fn of(ticket: &'a SupportTicket) -> Self {
        Self { number: Text::of(&ticket.number), accounts: ticket.accounts.iter().map(Text::of).collect() }
    }
}

/// The directory that a document gives.
pub(in crate::wire) fn directory(
    accounts: Accounts<Listed>,
    fired: &mut RuleSet,
) -> Result<AccountList, Error> {
    *fired = fired.with(RuleId::Acc1);
    accounts.read().and_then(|listings| Ok(AccountList::try_new(listings)?)).at("directory")
}

/// The accounts of a list, unless one of them is there twice (ACC-1).
pub(in crate::wire) fn each_account_once<T>(list: Vec<T>, uid: impl Fn(&T) -> &Uid) -> Result<Vec<T>, Error> {
    match first_repetition(list.iter().map(uid)) {
        None => Ok(list),
        Some((index, uid)) => Err(DuplicateAccount { index, uid: uid.clone() }.into()),
    }
}

/// An account that has to be in the directory.
pub(in crate::wire) fn listed(found: Option<Listing>, uid: &Uid) -> Result<Listing, Error> {
    found.ok_or_else(|| UnknownAccount { uid: uid.clone() }.into())
}

impl From<DuplicateAccount> for Error {
    fn from(error: DuplicateAccount) -> Self {
        Error::new(error.code(), &error)
            .by_rule(RuleId::Acc1)
            .with("uid", error.uid.as_str())
            .at("uid")
            .at_index(error.index)
    }
}

impl From<UnknownAccount> for Error {
    fn from(error: UnknownAccount) -> Self {
        Self::new(error.code(), &error).by_rule(RuleId::Acc1).with("uid", error.uid.as_str())
    }
}
