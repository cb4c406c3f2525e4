//! The subscriptions of avc accounts: one per system.

#[cfg(feature = "subscriptions")]
mod align;
mod billing;
#[cfg(feature = "subscriptions")]
mod coterm;
#[cfg(feature = "subscriptions")]
mod course;
#[cfg(feature = "subscriptions")]
mod cover;
#[cfg(feature = "subscriptions")]
mod due;
mod event;
#[cfg(feature = "subscriptions")]
mod finding;
mod history;
mod holding;
mod invoice_day;
#[cfg(feature = "subscriptions")]
mod invoices;
mod late;
mod life;
mod origin;
#[cfg(feature = "subscriptions")]
mod periods;
#[cfg(feature = "subscriptions")]
mod price_list;
#[cfg(feature = "subscriptions")]
mod quote;
#[cfg(feature = "subscriptions")]
mod register;
#[cfg(feature = "subscriptions")]
mod registered;
mod renewal;
#[cfg(feature = "subscriptions")]
mod schedule;
#[cfg(feature = "subscriptions")]
mod settled;
#[cfg(feature = "subscriptions")]
mod share;
#[cfg(feature = "subscriptions")]
mod snapshot;
#[cfg(feature = "subscriptions")]
mod state;
mod term;

#[cfg(feature = "subscriptions")]
pub use align::{
    AlignError, AlignedSystem, Alignment, Purchase, PurchaseLine, PurchaseMethod, PurchaseUnit, align,
};
pub use billing::SubscriptionBilling;
#[cfg(feature = "subscriptions")]
pub use coterm::{
    Coterm, CotermError, CotermRequest, DayRounding, Weight, WeightError, WeightedTerm, coterm,
};
#[cfg(feature = "subscriptions")]
pub use course::{Effect, EventOutcome};
#[cfg(feature = "subscriptions")]
pub use due::{Due, Ending, due};
pub use event::{Change, Event, EventRefusal, EventType};
#[cfg(feature = "subscriptions")]
pub(crate) use finding::registration_findings;
#[cfg(feature = "subscriptions")]
pub use finding::{RegistrationFinding, RegistrationFindingCode};
pub use history::{FleetError, HistoryError};
pub use holding::Holding;
pub use invoice_day::{DayOfMonth, DayOfMonthError, InvoiceDay};
#[cfg(feature = "subscriptions")]
pub use invoices::{Invoice, InvoiceError, InvoiceLine, invoices};
pub use late::{Backdating, LateRenewal};
pub use life::{LifeState, StatedState};
#[cfg(feature = "subscriptions")]
pub(crate) use origin::FREE_TERM;
pub use origin::{Origin, OriginData, OriginError};
#[cfg(feature = "subscriptions")]
pub use periods::{Period, Periods};
#[cfg(feature = "subscriptions")]
pub use price_list::{ListedTerm, MissingPrice, PriceList, PriceListError};
#[cfg(feature = "subscriptions")]
pub use quote::{
    DueAmount, DueMonth, Quote, QuoteError, QuoteLine, QuoteRequest, QuotedSystem, SkipReason, SkippedSystem,
    Wish, quote,
};
#[cfg(feature = "reseller")]
pub(crate) use register::billing_mismatch;
#[cfg(feature = "subscriptions")]
pub(crate) use register::{Candidate, not_a_service};
#[cfg(feature = "subscriptions")]
pub use register::{HeldOffer, Registration, Unregistrable, register};
#[cfg(feature = "subscriptions")]
pub use registered::RegisteredSubscription;
pub use renewal::{Renewal, RenewalError, renew};
#[cfg(feature = "subscriptions")]
pub(crate) use settled::settled_state;
#[cfg(feature = "subscriptions")]
pub use snapshot::{NotRenewable, Renewed, check_renewable, renew_subscription, snapshot};
#[cfg(feature = "subscriptions")]
pub use state::{NOTIFICATION_DAYS, StateOn, state};
pub use term::{Term, chain_start};

use crate::account::{Model, SystemState};
use crate::calendar::Date;
use crate::offers::Offer;
use crate::rule::Grounds;
use crate::text::{OfferName, Serial};
use life::life_on;

/// What one system of an avc account is entitled to, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The system.
    pub serial: Serial,
    /// Its model, to which offers can be tied.
    pub model: Model,
    /// The offer.
    pub offer: Offer,
    /// The state in which the subscription starts: active, or inventory without an end date.
    pub state: SystemState,
    /// The first day.
    pub start_date: Date,
    /// The day on which its chain of terms begins: the migration of AirLink Basic, the support date of AirLink Complete, which
    /// stays as it is; `None` in inventory (SUB-2).
    pub terms_from: Option<Date>,
    /// The day the service ends; `None` for a system in inventory, whose activation takes a purchase order.
    pub end_date: Option<Date>,
    /// The last day of warranty, where known; a migration leaves it as it was.
    pub warranty_end: Option<Date>,
    /// The rules behind offer and end date.
    pub grounds: Grounds,
}

impl From<&Subscription> for OriginData {
    /// How things stand at the end of the first day, that of the migration; the first registration is not known.
    fn from(subscription: &Subscription) -> Self {
        let Subscription { start_date, end_date, .. } = *subscription;
        let offer = OfferName::from(subscription.offer);
        Self {
            model: subscription.model.clone(),
            // A term of no days, for which there were no tokens, is over on its day.
            state: Some(life_on(Some(start_date), end_date, None, start_date)),
            as_of: Some(start_date),
            start_date: Some(start_date),
            terms_from: subscription.terms_from,
            end_date,
            warranty_end: subscription.warranty_end,
            grounds: Some(subscription.grounds),
            ..Self::new(subscription.serial.clone(), offer)
        }
    }
}
