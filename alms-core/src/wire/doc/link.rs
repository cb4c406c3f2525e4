use super::account::{AccountDoc, optional_text};
use super::account_view::{AccountOf, Linked, Listed};
use super::directory::TicketDoc;
use crate::account::{AccountFacts, LinkFault, LinkRequest, LinkedAccounts};
use crate::text::Uid;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.link`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LinkRequest"))]
pub(in crate::wire) struct LinkRequestDoc<'a> {
    /// The legacy account that the customer had.
    legacy: AccountOf<'a, Listed>,
    /// The avc account that it got.
    avc: AccountOf<'a, Listed>,
    /// The second e-mail address, under which the avc account was made.
    extra_email: Id<'a>,
    /// The UID of the partner by whose sign-up link the avc account was made, if it was.
    partner_link: Option<Id<'a>>,
    /// The ticket that asks for the link; not needed after a partner's link.
    ticket: Option<Object<TicketDoc<'a>>>,
}

impl LinkRequestDoc<'_> {
    /// All that the request says of the avc account.
    pub(in crate::wire) fn avc(&self) -> Result<AccountFacts, Error> {
        self.avc.facts().at("avc")
    }

    pub(in crate::wire) fn read(&self) -> Result<LinkRequest, Error> {
        Ok(LinkRequest {
            legacy: self.legacy.listing().at("legacy")?,
            avc: self.avc.listing().at("avc")?,
            extra_email: self.extra_email.read().at("extra_email")?,
            partner_link: optional_text(self.partner_link.as_ref(), "partner_link")?,
            ticket: self.ticket.as_ref().map(|ticket| ticket.read()).transpose().at("ticket")?,
        })
    }
}

/// Output of `accounts.link`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LinkVerdict"))]
pub(in crate::wire) struct LinkVerdictDoc<'a> {
    /// Whether the accounts can be linked.
    ok: bool,
    /// Everything that is missing, in the order of the request's fields.
    errors: Vec<Error>,
    /// The linked accounts; null if something is missing.
    linked: Option<LinkedDoc<'a>>,
}

/// Two linked accounts.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LinkedAccounts"))]
struct LinkedDoc<'a> {
    /// The legacy account's UID.
    legacy: Id<'a>,
    /// The avc account's UID.
    avc: Id<'a>,
    /// The address that is removed.
    removed_email: Id<'a>,
    /// The administrators of the avc account from now on.
    administrators: Vec<Id<'a>>,
    /// Its other users from now on.
    users: Vec<Id<'a>>,
    /// The avc account from now on, with all that the request says of it.
    account: AccountOf<'a, Linked>,
}

impl<'a> LinkVerdictDoc<'a> {
    pub(in crate::wire) fn of(
        request: &'a LinkRequest,
        result: &'a Result<LinkedAccounts, Vec<LinkFault>>,
        account: &'a AccountFacts,
    ) -> Self {
        let faults = result.as_ref().err().map_or(&[] as &[_], Vec::as_slice);
        let linked = |linked: &'a LinkedAccounts| LinkedDoc {
            legacy: Text::of(&request.legacy.uid),
            avc: Text::of(&request.avc.uid),
            removed_email: Text::of(&request.extra_email),
            administrators: linked.administrators.iter().map(Text::of).collect(),
            users: linked.users.iter().map(Text::of).collect(),
            account: AccountDoc::of_facts(account),
        };
        Self {
            ok: result.is_ok(),
            errors: faults.iter().cloned().map(Error::from).collect(),
            linked: result.as_ref().ok().map(linked),
        }
    }
}

impl From<LinkFault> for Error {
    fn from(fault: LinkFault) -> Self {
        let error = Error::new(fault.code(), &fault).by_rule(fault.rule()).at(fault.field());
        match &fault {
            LinkFault::WrongFormat { wanted, .. } => error.with("wanted", wanted.as_str()),
            LinkFault::IncompleteTicket { missing } => {
                error.with("missing", missing.iter().map(Uid::as_str).collect::<Vec<_>>())
            }
            _ => error,
        }
    }
}
