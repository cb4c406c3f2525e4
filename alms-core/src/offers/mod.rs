//! What a subscription is a subscription to: offers, the catalogues they stand in, and which account can have which.
//!
//! A [`Catalogue`] is data with a version and a first day; [`Catalogues`] say which one is in effect. With a customer's
//! own offers on top it is an [`Assortment`], and [`for_model`] says which of its offers an account can have for a
//! device, and why not the others.

mod assortment;
mod catalogue;
mod catalogues;
mod devices;
mod fault;
mod listing;
mod product;
mod shelf;
mod subscriber;

pub use assortment::{AssortedProduct, Assortment, CustomProduct, UnknownOffer};
pub use catalogue::{Catalogue, CatalogueData, faults};
pub use catalogues::{Catalogues, CataloguesError};
pub use devices::{Devices, Tie};
pub use fault::{Fault, FaultKind};
pub use listing::{Excluded, Exclusion, Listed, Listing, for_model};
pub use product::{
    Channels, Connectivity, Product, ProductKind, Region, SalesChannel, Services, SupportLevel, Terms,
};
pub use subscriber::{OverLimit, Subscriber};

#[cfg(feature = "subscriptions")]
pub(crate) use listing::default_for;
#[cfg(feature = "reseller")]
pub(crate) use shelf::Available;

use crate::names::named_enum;
use crate::text::OfferName;

named_enum! {
    /// Who bills the subscriptions of an avc account, and how; one for all of them (PAY-4).
    pub enum BillingModel {
        /// Purchase orders through the partner, for years in advance; the default.
        PrePaid = "pre_paid",
        /// Invoices from the vendor, for a month or a year in advance.
        Direct = "direct",
    }
}

named_enum! {
    /// An offer that a migration assigns.
    pub enum Offer {
        /// Device management without customer support.
        AirlinkBasic = "AirLink Basic",
        /// Device management, customer support and warranty.
        AirlinkComplete = "AirLink Complete",
    }
}

impl From<Offer> for OfferName {
    fn from(offer: Offer) -> Self {
        Self::of_rule(offer.as_str())
    }
}
