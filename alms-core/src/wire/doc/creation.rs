use super::account::{AccountDoc, missing, optional_text};
use super::account_view::{AccountOf, Accounts, Listed, Wanted, Written};
use super::directory::{PartnershipDoc, directory};
use crate::account::{AccountList, AccountRequest, Channel, ChannelKind, Creation, CreationFault};
use crate::calendar::Date;
use crate::rule::{RuleId, RuleSet};
use crate::wire::ErrorCode;
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

/// The way in which an account comes into being.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Channel"))]
pub(in crate::wire) struct ChannelDoc<'a> {
    /// A general sign-up, one of a partner's two links, a reseller for its customer, or the vendor.
    #[serde(rename = "type")]
    kind: Choice<'a, ChannelKind>,
    /// The partner's UID; absent for a general sign-up and for the vendor.
    partner: Option<Id<'a>>,
}

impl ChannelDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Channel, Error> {
        let kind = self.kind.read().at("type")?;
        let partner = optional_text(self.partner.as_ref(), "partner")?;
        match (kind, partner) {
            (ChannelKind::SignUp, None) => Ok(Channel::SignUp),
            (ChannelKind::Vendor, None) => Ok(Channel::Vendor),
            (ChannelKind::SignUp | ChannelKind::Vendor, Some(partner)) => {
                let message =
                    format!("a `{kind}` has no partner, this one names `{partner}`; leave `partner` out");
                Err(Error::invalid_input(message).at("partner"))
            }
            (ChannelKind::PartnerLink, Some(partner)) => Ok(Channel::PartnerLink(partner)),
            (ChannelKind::ConnectivityLink, Some(partner)) => Ok(Channel::ConnectivityLink(partner)),
            (ChannelKind::Reseller, Some(partner)) => Ok(Channel::Reseller(partner)),
            (ChannelKind::PartnerLink | ChannelKind::ConnectivityLink | ChannelKind::Reseller, None) => {
                Err(missing("partner"))
            }
        }
    }
}

impl<'a> ChannelDoc<'a> {
    pub(super) fn of(channel: &'a Channel) -> Self {
        Self { kind: channel.kind().into(), partner: channel.partner().map(Text::of) }
    }
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
        let error = Error::new(code(&fault), &fault).by_rule(fault.rule()).at(fault.field());
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

const fn code(fault: &CreationFault) -> ErrorCode {
    match fault {
        CreationFault::UidTaken { .. } => ErrorCode::UidTaken,
        CreationFault::NameTaken { .. } => ErrorCode::NameTaken,
        CreationFault::EmailTaken { .. } => ErrorCode::EmailTaken,
        CreationFault::InstanceRequired { .. } => ErrorCode::InstanceRequired,
        CreationFault::InstanceMismatch { .. } => ErrorCode::InstanceMismatch,
        CreationFault::FormatNotAvailable { .. } => ErrorCode::FormatNotAvailable,
        CreationFault::KindNotAvailable { .. } => ErrorCode::KindNotAvailable,
        CreationFault::UnknownPartner { .. } => ErrorCode::UnknownAccount,
        CreationFault::NotAReseller { .. } => ErrorCode::NotAReseller,
        CreationFault::NoSignupLink { .. } => ErrorCode::NoSignupLink,
        CreationFault::ActivationOutOfRange { .. } => ErrorCode::DateOutOfRange,
    }
}
