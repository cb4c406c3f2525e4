//! A subscription with its history, as the operations on fleets read it.

use super::account::missing;
use crate::account::{Model, SystemState};
use crate::calendar::{Date, Months};
use crate::offers::BillingModel;
use crate::rule::RuleId;
use crate::subscriptions::{
    Change, Event, EventRefusal, EventType, FleetError, HistoryError, Holding, LateRenewal, Origin,
};
use crate::text::{CatalogueVersion, Serial};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use std::borrow::Cow;
use std::collections::HashSet;

/// The longest term that renews itself: 100 years.
const RENEWS_MONTHS_MAX: i64 = 1200;

/// A subscription: how it began, as a registration or a migration leaves it, and what happened since.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubscriptionHistory"))]
pub(in crate::wire) struct HoldingDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Option<Text<'a>>,
    /// The offer.
    offer: Id<'a>,
    /// `inventory` where it has no service yet; every other state follows from the dates.
    state: Option<Choice<'a, SystemState>>,
    /// The first day, where it is not the day of registration.
    start_date: Option<Day<'a>>,
    /// The day of registration, where known.
    registered: Option<Day<'a>>,
    /// The day on which the first term ends; where absent, a year after registration, with the warranty.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Purchase orders or invoices; `pre_paid` where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// For how many months the service goes on by itself; 1 where absent under direct billing, else null: it does not.
    renews_every_months: Option<Count<'a, 1, RENEWS_MONTHS_MAX>>,
    /// The version of the catalogue under which it was sold.
    catalogue: Option<Id<'a>>,
    /// The rules behind its dates.
    rules: Option<GroundsList<'a>>,
    /// What happened since, in any order of dates.
    events: Option<Vec<Object<EventDoc<'a>>>>,
}

/// Something that happens to a subscription.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubscriptionEvent"))]
struct EventDoc<'a> {
    /// The day.
    on: Day<'a>,
    /// What happens.
    #[serde(rename = "type")]
    event_type: Choice<'a, EventType>,
    /// For how many years; with `renewal` and `activation`.
    years: Option<Years<'a>>,
    /// The offer from then on; with all but `termination`, and needed with `offer_change`.
    offer: Option<Id<'a>>,
}

/// The subscriptions of a list, each system once.
pub(in crate::wire) fn fleet(docs: &[Object<HoldingDoc<'_>>]) -> Result<Vec<Holding>, Error> {
    let mut serials = HashSet::with_capacity(docs.len());
    let mut read = |(index, doc): (usize, &Object<HoldingDoc<'_>>)| {
        let holding = doc.read().at_index(index)?;
        let serial = &holding.origin.serial;
        if serials.insert(serial.clone()) {
            return Ok(holding);
        }
        let message = format!("the serial `{serial}` stands in the list twice; give each system once");
        Err(Error::new(ErrorCode::DuplicateSerial, message).at("serial").at_index(index))
    };
    docs.iter().enumerate().map(&mut read).collect::<Result<_, _>>().at("subscriptions")
}

/// The date lies in a period that ends after the calendar.
pub(in crate::wire) fn period_out_of_range() -> Error {
    let message = "the period in which the date lies ends after 9999-12-31; give an earlier date";
    Error::new(ErrorCode::DateOutOfRange, message).by_rule(RuleId::Sub7)
}

/// From when a late renewal counts, where the request says it.
pub(in crate::wire) fn late_renewal(late: Option<&Choice<'_, LateRenewal>>) -> Result<LateRenewal, Error> {
    late.map_or(Ok(LateRenewal::FromOrder), Choice::read).at("late")
}

/// A number of years, at least 1; those beyond the calendar are its end's concern.
pub(in crate::wire) type Years<'a> = Count<'a, 1, { u16::MAX as i64 }>;

pub(in crate::wire) fn years(years: &Years<'_>) -> Result<u16, Error> {
    years.small().at("years")
}

impl HoldingDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Holding, Error> {
        self.rules.as_ref().map(GroundsList::read).transpose().at("rules")?;
        self.catalogue.as_ref().map(Text::read::<CatalogueVersion>).transpose().at("catalogue")?;
        let serial: Serial = self.serial.read().at("serial")?;
        let offer = self.offer.read().at("offer")?;
        // A model that nobody recorded is the empty text.
        let model: Model = self.model.as_ref().unwrap_or(&Text(Cow::Borrowed(""))).read().at("model")?;
        let registered = day(self.registered.as_ref(), "registered")?;
        let start_date = day(self.start_date.as_ref(), "start_date")?;
        let billing = self.billing.as_ref().map_or(Ok(BillingModel::PrePaid), Choice::read).at("billing")?;
        let (end_date, warranty_end) = self.first_term(registered)?;
        let origin = Origin {
            serial,
            model,
            offer,
            billing,
            renews_every: self.renews_every(billing)?,
            registered,
            start_date,
            end_date,
            warranty_end,
        };
        Ok(Holding { origin, events: self.events()? })
    }

    /// The end of the first term and of the warranty.
    fn first_term(&self, registered: Option<Date>) -> Result<(Option<Date>, Option<Date>), Error> {
        let state = self.state.as_ref().map(Choice::read).transpose().at("state")?;
        let end_date = day(self.end_date.as_ref(), "end_date")?;
        let warranty_end = day(self.warranty_end.as_ref(), "warranty_end")?;
        match (end_date, state) {
            (Some(end_date), Some(SystemState::Inventory)) => {
                let message = format!(
                    "a system in `inventory` has no end date, this one has {end_date}; give null, or another `state`"
                );
                Err(Error::invalid_input(message).at("end_date"))
            }
            (None, Some(SystemState::Inventory)) | (Some(_), _) => Ok((end_date, warranty_end)),
            (None, _) => {
                let registered = registered.ok_or_else(no_term)?;
                let year_end = registered.add_months(Months::YEAR).map_err(|error| {
                    let message = format!("one year from `{registered}`: {error}; correct `registered`");
                    Error::new(ErrorCode::DateOutOfRange, message).by_rule(RuleId::Sub1).at("registered")
                })?;
                Ok((Some(year_end), warranty_end.or(Some(year_end))))
            }
        }
    }

    fn renews_every(&self, billing: BillingModel) -> Result<Option<Months>, Error> {
        let monthly = (billing == BillingModel::Direct).then_some(Months::from(1));
        match &self.renews_every_months {
            None => Ok(monthly),
            Some(months) => {
                let months = months.read().at("renews_every_months")?;
                Ok(Some(Months::try_new(months)?))
            }
        }
    }

    fn events(&self) -> Result<Vec<Event>, Error> {
        let events = self.events.as_deref().unwrap_or_default().iter().enumerate();
        events.map(|(index, event)| event.read().at_index(index)).collect::<Result<_, _>>().at("events")
    }
}

impl EventDoc<'_> {
    fn read(&self) -> Result<Event, Error> {
        let on = self.on.read().at("on")?;
        let event_type = self.event_type.read().at("type")?;
        let years = self.years.as_ref().map(years).transpose()?;
        let offer = self.offer.as_ref().map(Text::read).transpose().at("offer")?;
        let change = match (event_type, years, offer) {
            (EventType::Renewal, Some(years), offer) => Change::Renewal { years, offer },
            (EventType::Activation, Some(years), offer) => Change::Activation { years, offer },
            (EventType::Renewal | EventType::Activation, None, _) => return Err(missing("years")),
            (EventType::OfferChange, None, Some(offer)) => Change::OfferChange { offer },
            (EventType::OfferChange, None, None) => return Err(missing("offer")),
            (EventType::Termination, None, None) => Change::Termination,
            (EventType::OfferChange | EventType::Termination, Some(_), _) => {
                return Err(unknown("years", event_type));
            }
            (EventType::Termination, None, Some(_)) => return Err(unknown("offer", event_type)),
        };
        Ok(Event { on, change })
    }
}

fn day(day: Option<&Day<'_>>, name: &str) -> Result<Option<Date>, Error> {
    day.map(Day::read).transpose().at(name)
}

fn unknown(name: &str, event_type: EventType) -> Error {
    let message = format!("the field `{name}` is unknown in an event of type `{event_type}`; remove it");
    Error::invalid_input(message).at(name)
}

fn no_term() -> Error {
    let message = "the end date is `null`: give `end_date`, or `registered` for the included first year, or the \
                   state `inventory`";
    Error::invalid_input(message).at("end_date")
}

impl From<FleetError> for Error {
    fn from(error: FleetError) -> Self {
        let FleetError { index, cause } = error;
        Self::from(cause).at_index(index).at("subscriptions")
    }
}

impl From<HistoryError> for Error {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::Refused { event, refusal } => Self::from(refusal).at_index(event).at("events"),
            HistoryError::DateOutOfRange => period_out_of_range(),
        }
    }
}

impl From<EventRefusal> for Error {
    fn from(refusal: EventRefusal) -> Self {
        let (code, field) = match &refusal {
            EventRefusal::BeforeStart { .. } => (ErrorCode::BeforeStart, "on"),
            EventRefusal::Terminated { .. } => (ErrorCode::Terminated, "on"),
            EventRefusal::NoEndDate { .. } => (ErrorCode::NoEndDate, "type"),
            EventRefusal::NotInInventory { .. } => (ErrorCode::NotInInventory, "type"),
            EventRefusal::RenewsByItself { .. } => (ErrorCode::BillingMismatch, "type"),
            EventRefusal::FirstYear { .. } => (ErrorCode::FirstYear, "on"),
            EventRefusal::PrePaidTerm { .. } => (ErrorCode::PrePaidTerm, "type"),
            EventRefusal::DateOutOfRange { .. } => (ErrorCode::DateOutOfRange, "years"),
            EventRefusal::PeriodOutOfRange { .. } => (ErrorCode::DateOutOfRange, "on"),
        };
        let error = Self::new(code, &refusal).by_rule(refusal.rule()).at(field);
        match refusal {
            EventRefusal::FirstYear { first_year_end, .. } => error.with("from", first_year_end.to_string()),
            EventRefusal::Terminated { terminated } => error.with("terminated", terminated.to_string()),
            _ => error,
        }
    }
}
