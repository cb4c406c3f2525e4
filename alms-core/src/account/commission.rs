use super::{AccountFacts, Channel, FactsError};
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::Uid;
use std::collections::HashSet;

named_enum! {
    /// What a partner is linked to a customer's account for (ACC-5, ACC-6).
    pub enum PartnerLink {
        /// It is not linked.
        None = "none",
        /// Support only: no commission on what the customer buys directly from the vendor.
        Support = "support",
        /// Support, and commissions on what the customer buys directly from the vendor.
        SupportAndCommission = "support_and_commission",
    }
}

/// What the rules of commissions ask about a customer's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartneredAccount {
    /// The partner of record (ACC-5); `None` for the partner whose sign-up link made the account, if it still is one.
    pub partner_of_record: Option<Uid>,
    /// All partners (ACC-11).
    pub partners: Vec<Uid>,
    /// The way in which the account came into being, where known: a partner whose plain link made it is linked for
    /// support only (ACC-6).
    pub channel: Option<Channel>,
}

impl TryFrom<&AccountFacts> for PartneredAccount {
    type Error = FactsError;

    /// Every partner: the UIDs of `partners` first, then those of `partnerships`.
    fn try_from(facts: &AccountFacts) -> Result<Self, FactsError> {
        facts.check()?;
        let mut partners = facts.partners.clone().unwrap_or_default();
        let known: HashSet<Uid> = partners.iter().cloned().collect();
        let others = facts.partnerships.iter().flatten().map(|partnership| &partnership.partner);
        partners.extend(others.filter(|partner| !known.contains(*partner)).cloned());
        Ok(Self { partner_of_record: facts.of_record()?.cloned(), partners, channel: facts.channel.clone() })
    }
}

impl PartneredAccount {
    /// The partner of record: the one that is named, else the one whose link made the account, unless that partnership
    /// has ended since.
    fn of_record(&self) -> Option<&Uid> {
        let is_partner = |uid: &&Uid| self.partners.is_empty() || self.partners.contains(uid);
        let by_link = || self.channel.as_ref().and_then(Channel::partner_of_record).filter(is_partner);
        self.partner_of_record.as_ref().or_else(by_link)
    }

    /// Whether this partner's plain link made the account.
    fn is_by_plain_link_of(&self, partner: &Uid) -> bool {
        matches!(&self.channel, Some(Channel::PartnerLink(own)) if own == partner)
    }
}

/// What a partner has of a customer (ACC-5, ACC-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commission {
    /// Whether the partner has a sign-up link to give to customers: every authorized partner has one (ACC-5).
    pub signup_link: bool,
    /// Whether it has the second link, too, which exists only under the agreement (ACC-6).
    pub connectivity_link: bool,
    /// What it is linked to the account for.
    pub link: PartnerLink,
    /// Whether it is the account's partner of record, to whom renewals are brought.
    pub partner_of_record: bool,
    /// The rules that had a part in it.
    pub rules: RuleSet,
}

impl Commission {
    /// Whether the partner is eligible for commissions on the customer's direct purchases.
    pub const fn is_eligible(self) -> bool {
        matches!(self.link, PartnerLink::SupportAndCommission)
    }
}

/// What `partner`, a reseller, has of a customer's account, given whether it signed the IOT Solution Sales Agreement
/// (ACC-5, ACC-6).
///
/// Commissions go to the partner of record, only under the agreement, and not for an account that was created through
/// the plain link. Every other partner, and every partner without the agreement, is linked for support only; purchase
/// orders through it go on as ever.
///
/// ```
/// use alms_core::account::{Channel, PartnerLink, PartneredAccount, commission};
/// let account = PartneredAccount {
///     partner_of_record: Some("p1".parse()?),
///     partners: vec!["p1".parse()?, "p2".parse()?],
///     channel: Some(Channel::ConnectivityLink("p1".parse()?)),
/// };
/// assert!(commission(&"p1".parse()?, true, &account).is_eligible());
/// assert_eq!(commission(&"p1".parse()?, false, &account).link, PartnerLink::Support);
/// assert_eq!(commission(&"p2".parse()?, true, &account).link, PartnerLink::Support);
/// let by_the_plain_link = PartneredAccount { channel: Some(Channel::PartnerLink("p1".parse()?)), ..account };
/// assert_eq!(commission(&"p1".parse()?, true, &by_the_plain_link).link, PartnerLink::Support);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn commission(partner: &Uid, agreement: bool, account: &PartneredAccount) -> Commission {
    let partner_of_record = account.of_record() == Some(partner);
    // The partner of record is a partner, whether the list repeats it or not.
    let linked = partner_of_record || account.partners.contains(partner);
    let for_support = account.is_by_plain_link_of(partner);
    Commission {
        signup_link: true,
        connectivity_link: agreement,
        link: match (linked, partner_of_record && agreement && !for_support) {
            (false, _) => PartnerLink::None,
            (true, false) => PartnerLink::Support,
            (true, true) => PartnerLink::SupportAndCommission,
        },
        partner_of_record,
        rules: RuleSet::of(&[RuleId::Acc5, RuleId::Acc6]).with_if(RuleId::Acc11, account.partners.len() > 1),
    }
}
