use super::account::{missing, optional_text};
use crate::account::{Channel, ChannelKind};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Id, Text};
use alms_json::{Read, Write};

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
