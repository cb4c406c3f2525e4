use super::event::Event;
use crate::account::Model;
use crate::calendar::{Date, Months};
use crate::offers::BillingModel;
use crate::text::{OfferName, Serial};

/// A subscription as a host keeps it: how it began, and what happened since.
///
/// Whatever holds on a date follows from it ([`state`](super::state)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// How it began.
    pub origin: Origin,
    /// What happened since; the order of the list decides between events of one day.
    pub events: Vec<Event>,
}

/// How a subscription began: by registration (SUB-1) or by a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The system.
    pub serial: Serial,
    /// Its model; may be unknown.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// Purchase orders or invoices (PAY-4).
    pub billing: BillingModel,
    /// For how many months the service goes on by itself when a term ends; `None` if a purchase order renews it.
    pub renews_every: Option<Months>,
    /// The day of registration, where known; a migrated system may not have one.
    pub registered: Option<Date>,
    /// The first day, where it is not the day of registration.
    pub start_date: Option<Date>,
    /// The day on which the first term ends; `None` in inventory.
    pub end_date: Option<Date>,
    /// The day on which the warranty ends; `None` without warranty.
    pub warranty_end: Option<Date>,
}

impl Origin {
    /// The first day, where known.
    pub fn started(&self) -> Option<Date> {
        self.start_date.or(self.registered)
    }

    /// The day on which the included first year is over: one year after registration, or the end of the first
    /// term where no registration is known (SUB-1).
    pub fn first_year_end(&self) -> Option<Date> {
        let year = self.registered.and_then(|registered| registered.add_months(Months::YEAR).ok());
        year.or(self.end_date)
    }
}
