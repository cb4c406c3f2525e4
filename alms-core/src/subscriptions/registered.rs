use super::SubscriptionBilling;
use super::life::LifeState;
use super::origin::OriginData;
use super::term::chain_start;
use crate::account::{Model, SystemState};
use crate::calendar::{Date, Months};
use crate::offers::ProductKind;
use crate::rule::Grounds;
use crate::text::{CatalogueVersion, OfferName, Serial};

/// What a registered system is entitled to, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredSubscription {
    /// The system.
    pub serial: Serial,
    /// Its model.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// What kind of offer it is.
    pub kind: ProductKind,
    /// Active, or inventory if nothing is left of the included year and an order has to come first (SER-1).
    pub state: SystemState,
    /// The first registration of the serial (SER-1).
    pub first_registered: Date,
    /// The day of registration, on which the subscription starts.
    pub registered: Date,
    /// The day the service ends: with the included year, in a reseller account five years on; `None` in inventory.
    pub end_date: Option<Date>,
    /// The first day after the included year; `None` if nothing is left of it, or the offer has none.
    pub included_until: Option<Date>,
    /// The day the included warranty ends; `None` without warranty.
    pub warranty_end: Option<Date>,
    /// How it is billed.
    pub billing: SubscriptionBilling,
    /// The version of the catalogue under which it was sold (OFF-5).
    pub catalogue: CatalogueVersion,
    /// For how many months the service goes on by itself, again and again: five years in a reseller account, a period
    /// under direct billing; `None` where it takes an order.
    pub renews_every: Option<Months>,
    /// The rules behind it.
    pub grounds: Grounds,
}

impl RegisteredSubscription {
    /// Whether the system was registered, and nothing is left of its included year: an order activates it (SER-1).
    pub fn needs_order(&self) -> bool {
        self.state == SystemState::Inventory
    }
}

impl From<&RegisteredSubscription> for OriginData {
    /// How things stand at the end of the day of registration.
    fn from(registered: &RegisteredSubscription) -> Self {
        let RegisteredSubscription { first_registered, registered: on, end_date, .. } = *registered;
        let days = [Some(first_registered), Some(on)];
        Self {
            model: registered.model.clone(),
            kind: registered.kind,
            catalogue: Some(registered.catalogue.clone()),
            state: Some(if registered.needs_order() { LifeState::Inventory } else { LifeState::Active }),
            as_of: Some(on),
            first_registered: Some(first_registered),
            registered: Some(on),
            start_date: Some(on),
            terms_from: end_date.map(|end_date| chain_start(None, days, end_date)),
            included_until: registered.included_until,
            end_date,
            warranty_end: registered.warranty_end,
            billing: registered.billing,
            renews_every: registered.renews_every,
            grounds: Some(registered.grounds),
            ..Self::new(registered.serial.clone(), registered.offer.clone())
        }
    }
}
