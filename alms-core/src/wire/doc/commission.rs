use super::account_view::{AccountOf, Any};
use super::creation::rules;
use crate::account::{Commission, PartnerLink, PartneredAccount};
use crate::rule::RuleId;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Id};
use alms_json::Read;
use alms_json::Write;

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
    account: AccountOf<'a, Any>,
}

impl CommissionRequestDoc<'_> {
    pub(in crate::wire) fn account(&self) -> Result<PartneredAccount, Error> {
        PartneredAccount::try_from(&self.account.facts().at("account")?).at("account")
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
