use super::account::{optional_text, texts};
use super::creation::{ChannelDoc, rules};
use super::directory::{PartnershipDoc, partnerships};
use crate::account::{Commission, PartnerLink, PartneredAccount};
use crate::rule::RuleId;
use crate::text::Uid;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Id};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;
use std::collections::HashSet;

/// Input of `accounts.commission`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CommissionRequest"))]
pub(in crate::wire) struct CommissionRequestDoc<'a> {
    /// The UID of the partner who asks: an authorized partner's reseller account.
    pub(in crate::wire) partner: Id<'a>,
    /// Whether it signed the IOT Solution Sales Agreement.
    pub(in crate::wire) agreement: bool,
    /// The customer's account.
    account: Object<PartneredAccountDoc<'a>>,
}

/// The partners of a customer's account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PartneredAccount"))]
struct PartneredAccountDoc<'a> {
    /// The UID of the partner of record; that of a link in `channel` where absent.
    partner_of_record: Option<Id<'a>>,
    /// UIDs of all partners.
    partners: Option<Vec<Id<'a>>>,
    /// The partnerships, of which one may say that it is of record.
    partnerships: Option<Vec<Object<PartnershipDoc<'a>>>>,
    /// The way in which the account came into being, as in `accounts.create`, where known: by a `partner_link` its
    /// partner is linked for support only.
    channel: Option<Object<ChannelDoc<'a>>>,
}

impl CommissionRequestDoc<'_> {
    pub(in crate::wire) fn account(&self) -> Result<PartneredAccount, Error> {
        self.account.read().at("account")
    }
}

impl PartneredAccountDoc<'_> {
    fn read(&self) -> Result<PartneredAccount, Error> {
        let named: Option<Uid> = optional_text(self.partner_of_record.as_ref(), "partner_of_record")?;
        let mut partners: Vec<Uid> = texts(self.partners.as_deref(), "partners")?;
        let partnerships = partnerships(self.partnerships.as_deref())?;
        let channel = self.channel.as_ref().map(|channel| channel.read()).transpose().at("channel")?;
        let of_record = partnerships.iter().find(|partnership| partnership.of_record);
        let of_record = of_record.map(|partnership| partnership.partner.clone());
        if let (Some(named), Some(other)) = (&named, &of_record)
            && named != other
        {
            let message = format!(
                "the partner of record is `{named}`, and `{other}` by the partnerships; name one partner of record"
            );
            return Err(Error::invalid_input(message).at("partnerships"));
        }
        let known: HashSet<Uid> = partners.iter().cloned().collect();
        let others = partnerships.into_iter().map(|partnership| partnership.partner);
        partners.extend(others.filter(|partner| !known.contains(partner)));
        Ok(PartneredAccount { partner_of_record: named.or(of_record), partners, channel })
    }
}

/// Output of `accounts.commission`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Commission"))]
pub(in crate::wire) struct CommissionDoc<'a> {
    /// Whether the partner has a sign-up link to give to customers.
    signup_link: bool,
    /// Whether it has the connectivity sign-up link, too, which exists only under the agreement.
    connectivity_link: bool,
    /// What it is linked to the account for.
    link: Choice<'a, PartnerLink>,
    /// Whether it is the partner of record.
    partner_of_record: bool,
    /// Whether it is eligible for commissions on what the customer buys directly from the vendor.
    commission: bool,
    /// The rules that had a part in it.
    rules: Vec<Choice<'a, RuleId>>,
}

impl CommissionDoc<'_> {
    pub(in crate::wire) fn of(commission: &Commission) -> Self {
        Self {
            signup_link: commission.signup_link,
            connectivity_link: commission.connectivity_link,
            link: commission.link.into(),
            partner_of_record: commission.partner_of_record,
            commission: commission.is_eligible(),
            rules: rules(commission.rules),
        }
    }
}
