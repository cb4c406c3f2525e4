use super::account::{optional_text, texts};
use super::creation::rules;
use crate::account::{Commission, PartnerLink, PartneredAccount};
use crate::rule::RuleId;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Id};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.commission`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CommissionRequest"))]
pub(in crate::wire) struct CommissionRequestDoc<'a> {
    /// The UID of the partner who asks.
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
    /// The UID of the partner whose sign-up link made the account, if one did.
    partner_of_record: Option<Id<'a>>,
    /// UIDs of all partners.
    partners: Option<Vec<Id<'a>>>,
}

impl CommissionRequestDoc<'_> {
    pub(in crate::wire) fn account(&self) -> Result<PartneredAccount, Error> {
        let account = &self.account;
        let partners = texts(account.partners.as_deref(), "partners").at("account")?;
        let partner_of_record =
            optional_text(account.partner_of_record.as_ref(), "partner_of_record").at("account")?;
        Ok(PartneredAccount { partner_of_record, partners })
    }
}

/// Output of `accounts.commission`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Commission"))]
pub(in crate::wire) struct CommissionDoc<'a> {
    /// Whether the partner has a sign-up link to give to customers.
    signup_link: bool,
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
            link: commission.link.into(),
            partner_of_record: commission.partner_of_record,
            commission: commission.is_eligible(),
            rules: rules(commission.rules),
        }
    }
}
