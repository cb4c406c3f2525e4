//! The subscriptions of avc accounts: one per system.

mod coterm;
mod register;
mod renewal;

pub use coterm::{Coterm, CotermError, CotermPolicy, DayRounding, WeightedTerm, coterm};
pub use register::{RegisteredSubscription, Registration, Unregistrable, register};
pub use renewal::{LateRenewal, Renewal, ServiceTerm, renew};

use crate::account::{Model, SystemState};
use crate::calendar::Date;
use crate::offers::Offer;
use crate::rule::Grounds;
use crate::text::Serial;

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
    /// The day the service ends; `None` for a system in inventory, whose activation takes a purchase order.
    pub end_date: Option<Date>,
    /// The last day of warranty, where known; a migration leaves it as it was.
    pub warranty_end: Option<Date>,
    /// The rules behind offer and end date.
    pub grounds: Grounds,
}
