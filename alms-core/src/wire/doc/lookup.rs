use super::account::optional_text;
use super::account_view::{Accounts, Listed};
use crate::account::{Format, Instance, Kind, Lookup, LookupKey, LookupStatus, SeenAccount, Sight};
use crate::text::Email;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Id, Text};
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.lookup`: exactly one of `uid`, `name` and `email`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LookupRequest"))]
pub(in crate::wire) struct LookupRequestDoc<'a> {
    /// The formal identifier.
    uid: Option<Id<'a>>,
    /// The exact name.
    name: Option<Id<'a>>,
    /// The e-mail address of a user; capitals do not matter.
    email: Option<Id<'a>>,
    /// The UID of the account that looks, such as a partner's; absent for the vendor, who sees all.
    pub(in crate::wire) viewer: Option<Id<'a>>,
    /// The accounts that there are.
    pub(in crate::wire) directory: Accounts<Listed>,
}

impl LookupRequestDoc<'_> {
    pub(in crate::wire) fn key(&self) -> Result<LookupKey, Error> {
        let uid = optional_text(self.uid.as_ref(), "uid")?.map(LookupKey::Uid);
        let name = optional_text(self.name.as_ref(), "name")?.map(LookupKey::Name);
        let email = optional_text(self.email.as_ref(), "email")?.map(LookupKey::Email);
        let mut keys = [uid, name, email].into_iter().flatten();
        match (keys.next(), keys.next()) {
            (Some(key), None) => Ok(key),
            (None, _) => Err(Error::invalid_input(
                "a lookup takes `uid`, `name` or `email`, and none is there; give one of them",
            )),
            (Some(_), Some(_)) => Err(Error::invalid_input(
                "a lookup takes one of `uid`, `name` and `email`, and several are there; give one of them",
            )),
        }
    }
}

/// Output of `accounts.lookup`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Lookup"))]
pub(in crate::wire) struct LookupDoc<'a> {
    /// Whether there is no such account, one or several.
    status: Choice<'a, LookupStatus>,
    /// The accounts, in the order of the directory.
    accounts: Vec<SeenAccountDoc<'a>>,
}

/// An account, as far as the viewer sees it.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SeenAccount"))]
struct SeenAccountDoc<'a> {
    /// How much of it is seen.
    sight: Choice<'a, Sight>,
    /// The formal identifier.
    uid: Id<'a>,
    /// The company's name.
    name: Id<'a>,
    /// The server that holds it.
    instance: Choice<'a, Instance>,
    /// Legacy or avc.
    format: Choice<'a, Format>,
    /// What it is for.
    kind: Choice<'a, Kind>,
    /// The profile of the viewer's users in it; null unless the viewer is a partner.
    profile: Option<Id<'a>>,
    /// E-mail addresses of the administrators; null for a stranger.
    administrators: Option<Vec<Id<'a>>>,
    /// E-mail addresses of the other users; null for a stranger.
    users: Option<Vec<Id<'a>>>,
    /// UIDs of the partners; null unless all is seen.
    partners: Option<Vec<Id<'a>>>,
}

impl<'a> LookupDoc<'a> {
    pub(in crate::wire) fn of(lookup: &'a Lookup) -> Self {
        Self {
            status: lookup.status().into(),
            accounts: lookup.accounts.iter().map(SeenAccountDoc::of).collect(),
        }
    }
}

impl<'a> SeenAccountDoc<'a> {
    fn of(account: &'a SeenAccount) -> Self {
        let emails = |emails: &'a Vec<Email>| emails.iter().map(Text::of).collect();
        Self {
            sight: account.sight.into(),
            uid: Text::of(&account.uid),
            name: Text::of(&account.name),
            instance: account.instance.into(),
            format: account.format.into(),
            kind: account.kind.into(),
            profile: account.profile.as_ref().map(Text::of),
            administrators: account.administrators.as_ref().map(emails),
            users: account.users.as_ref().map(emails),
            partners: account.partners.as_ref().map(|partners| partners.iter().map(Text::of).collect()),
        }
    }
}
