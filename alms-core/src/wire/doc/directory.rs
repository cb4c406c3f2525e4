//! Accounts as a host's directory lists them.

use super::account::texts;
use crate::account::{
    AccountList, DuplicateAccount, Format, Instance, Kind, Listing, Partnership, SupportTicket,
};
use crate::rule::{RuleId, RuleSet};
use crate::text::{Profile, Uid};
use crate::tokens::UnknownAccount;
use crate::unique::first_repetition;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// What a directory says of an account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ListedAccount"))]
pub(in crate::wire) struct ListingDoc<'a> {
    /// The formal identifier, unique in the list.
    uid: Id<'a>,
    /// The company's name.
    name: Id<'a>,
    /// The server that holds the account.
    instance: Choice<'a, Instance>,
    /// Legacy or avc.
    format: Choice<'a, Format>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// E-mail addresses of the administrators.
    administrators: Option<Vec<Id<'a>>>,
    /// E-mail addresses of the other users.
    users: Option<Vec<Id<'a>>>,
    /// The account's partners.
    partnerships: Option<Vec<Object<PartnershipDoc<'a>>>>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement, where known.
    agreement: Option<bool>,
}

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

impl ListingDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Listing, Error> {
        Ok(Listing {
            uid: self.uid.read().at("uid")?,
            name: self.name.read().at("name")?,
            instance: self.instance.read().at("instance")?,
            format: self.format.read().at("format")?,
            kind: self.kind.read().at("kind")?,
            administrators: texts(self.administrators.as_deref(), "administrators")?,
            users: texts(self.users.as_deref(), "users")?,
            partnerships: partnerships(self.partnerships.as_deref())?,
            agreement: self.agreement,
        })
    }
}

/// The partnerships of an account.
pub(in crate::wire) fn partnerships(
    docs: Option<&[Object<PartnershipDoc<'_>>]>,
) -> Result<Vec<Partnership>, Error> {
    let read = |doc: &Object<PartnershipDoc<'_>>| doc.read();
    let partnerships: Vec<Partnership> = each(docs.unwrap_or_default().iter(), read).at("partnerships")?;
    let of_record = partnerships.iter().enumerate().filter(|(_, partnership)| partnership.of_record);
    match of_record.map(|(index, partnership)| (index, &partnership.partner)).nth(1) {
        None => Ok(partnerships),
        Some((index, partner)) => {
            let message = format!("`{partner}` is the second partner of record; name one");
            Err(Error::invalid_input(message).at("of_record").at_index(index).at("partnerships"))
        }
    }
}

impl<'a> PartnershipDoc<'a> {
    fn read(&self) -> Result<Partnership, Error> {
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
    accounts: &[Object<ListingDoc<'_>>],
    fired: &mut RuleSet,
) -> Result<AccountList, Error> {
    *fired = fired.with(RuleId::Acc1);
    let read = |doc: &Object<ListingDoc<'_>>| doc.read();
    let listings = each(accounts.iter(), read);
    listings.and_then(|listings| Ok(AccountList::try_new(listings)?)).at("directory")
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
        Error::new(ErrorCode::DuplicateAccount, &error)
            .by_rule(RuleId::Acc1)
            .with("uid", error.uid.as_str())
            .at("uid")
            .at_index(error.index)
    }
}
