use super::account::AccountDoc;
use super::account_view::{AccountOf, Accounts, Listed, Wanted, Written};
use super::channel::ChannelDoc;
use super::directory::{PartnershipDoc, directory};
use crate::account::{AccountList, AccountRequest, Channel, Creation, CreationFault};
use crate::calendar::Date;
use crate::rule::{RuleId, RuleSet};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Day, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.create`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CreateRequest"))]
pub(in crate::wire) struct CreateRequestDoc<'a> {
    /// What is asked for.
    account: AccountOf<'a, Wanted>,
    /// The way in which the account comes into being.
    channel: Object<ChannelDoc<'a>>,
    /// The day of creation.
    on: Day<'a>,
    /// The accounts that there are, the partner's among them; not those whose creation has expired.
    directory: Accounts<Listed>,
}

impl CreateRequestDoc<'_> {
    /// What is asked for, by which way, when and among which accounts.
    pub(in crate::wire) fn read(
        self,
        fired: &mut RuleSet,
    ) -> Result<(AccountRequest, Channel, Date, AccountList), Error> {
        let account = self.account.0.0.request().at("account")?;
        let (channel, on) = (self.channel.read().at("channel")?, self.on.read().at("on")?);
        Ok((account, channel, on, directory(self.directory, fired)?))
    }
}

/// Output of `accounts.create`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Creation"))]
pub(in crate::wire) struct CreationDoc<'a> {
    /// Whether the account can be created.
    ok: bool,
    /// Everything that is in the way, in the order of the request's fields.
    errors: Vec<Error>,
    /// The account; null if there are errors.
    created: Option<CreatedDoc<'a>>,
}

/// A created account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CreatedAccount"))]
struct CreatedDoc<'a> {
    /// The account, without systems.
    account: AccountOf<'a, Written>,
    /// Its partnerships.
    partnerships: Vec<PartnershipDoc<'a>>,
    /// The partner of record; null without one.
    partner_of_record: Option<Id<'a>>,
    /// The last day to activate the account; null where the customer signed up itself.
    activate_by: Option<Day<'a>>,
    /// The rules that had a part in it.
    rules: Vec<Choice<'a, RuleId>>,
}

impl<'a> CreationDoc<'a> {
    pub(in crate::wire) fn of(result: &'a Result<Creation, Vec<CreationFault>>) -> Self {
        let faults = result.as_ref().err().map_or(&[] as &[_], Vec::as_slice);
        Self {
            ok: result.is_ok(),
            errors: faults.iter().cloned().map(Error::from).collect(),
            created: result.as_ref().ok().map(CreatedDoc::of),
        }
    }
}

impl<'a> CreatedDoc<'a> {
    fn of(creation: &'a Creation) -> Self {
        Self {
            account: AccountDoc::of(&creation.account),
            partnerships: creation.partnership.iter().map(PartnershipDoc::of).collect(),
            partner_of_record: creation.partner_of_record.as_ref().map(Text::of),
            activate_by: creation.activation.map(|activation| activation.activate_by().into()),
            rules: rules(creation.rules),
        }
    }
}

/// Rules in the order of the rulebook.
pub(in crate::wire) fn rules<'a>(rules: RuleSet) -> Vec<Choice<'a, RuleId>> {
    rules.iter().map(Choice::from).collect()
}

impl From<CreationFault> for Error {
    fn from(fault: CreationFault) -> Self {
        let error = Error::new(fault.code(), &fault).by_rule(fault.rule()).at(fault.field());
        match &fault {
            CreationFault::NameTaken { account, .. } | CreationFault::EmailTaken { account, .. } => {
                error.with("account", account.as_str())
            }
            CreationFault::InstanceMismatch { own, .. } => error.with("instance", own.as_str()),
            CreationFault::UnknownPartner { uid } => error.with("uid", uid.as_str()),
            CreationFault::NotAReseller { kind, .. } => error.with("kind", kind.as_str()),
            _ => error,
        }
    }
}
