use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::Uid;

named_enum! {
    /// The way in which an account comes into being.
    pub enum ChannelKind {
        /// The vendor's general sign-up page: no partner.
        SignUp = "sign_up",
        /// A partner's sign-up link, which every authorized partner has: that partner is the partner of record, for
        /// support only (ACC-5, ACC-6).
        PartnerLink = "partner_link",
        /// A partner's connectivity sign-up link, which exists under the IOT Solution Sales Agreement: that partner is
        /// the partner of record, and eligible for commissions (ACC-6).
        ConnectivityLink = "connectivity_link",
        /// A reseller creates the account for its customer, who activates it (ACC-4).
        Reseller = "reseller",
        /// The vendor makes the account: the only way to a transition account (ACC-10).
        Vendor = "vendor",
    }
}

impl ChannelKind {
    /// Whether it is one of a partner's two sign-up links, which make the partner the partner of record (ACC-5).
    pub const fn is_link(self) -> bool {
        matches!(self, ChannelKind::PartnerLink | ChannelKind::ConnectivityLink)
    }
}

/// The way in which an account comes into being, and the partner behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The vendor's general sign-up page.
    SignUp,
    /// The sign-up link of this partner.
    PartnerLink(Uid),
    /// The connectivity sign-up link of this partner.
    ConnectivityLink(Uid),
    /// This reseller, for its customer.
    Reseller(Uid),
    /// The vendor.
    Vendor,
}

impl Channel {
    /// Which of the ways.
    pub const fn kind(&self) -> ChannelKind {
        match self {
            Channel::SignUp => ChannelKind::SignUp,
            Channel::PartnerLink(_) => ChannelKind::PartnerLink,
            Channel::ConnectivityLink(_) => ChannelKind::ConnectivityLink,
            Channel::Reseller(_) => ChannelKind::Reseller,
            Channel::Vendor => ChannelKind::Vendor,
        }
    }

    /// The partner behind it.
    pub const fn partner(&self) -> Option<&Uid> {
        match self {
            Channel::SignUp | Channel::Vendor => None,
            Channel::PartnerLink(partner)
            | Channel::ConnectivityLink(partner)
            | Channel::Reseller(partner) => Some(partner),
        }
    }

    /// The partner whose link makes it the partner of record (ACC-5).
    pub fn partner_of_record(&self) -> Option<&Uid> {
        self.partner().filter(|_| self.kind().is_link())
    }

    /// The rules that make the partner one; the first is the one that a refusal names.
    pub(super) const fn rules(&self) -> (RuleId, RuleSet) {
        match self {
            Channel::SignUp => (RuleId::Acc1, RuleSet::EMPTY),
            Channel::PartnerLink(_) => (RuleId::Acc5, RuleSet::of(&[RuleId::Acc5])),
            Channel::ConnectivityLink(_) => (RuleId::Acc5, RuleSet::of(&[RuleId::Acc5, RuleId::Acc6])),
            Channel::Reseller(_) => (RuleId::Acc4, RuleSet::of(&[RuleId::Acc4])),
            Channel::Vendor => (RuleId::Acc10, RuleSet::of(&[RuleId::Acc10])),
        }
    }
}
