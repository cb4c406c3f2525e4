//! A subscription with its history, as the operations on fleets read it.

use super::account::missing;
use crate::account::{Model, SystemState};
use crate::calendar::{Date, Months};
use crate::offers::ProductKind;
use crate::rule::RuleId;
use crate::subscriptions::{
    Change, Event, EventRefusal, EventType, FleetError, HistoryError, Holding, Origin, OriginData,
    OriginError, RenewalError, SubscriptionBilling,
};
use crate::text::{CatalogueVersion, OfferName, Serial};
use crate::wire::ErrorCode;
use crate::wire::built_in_catalogues;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use std::collections::{HashMap, HashSet};

/// The longest term that renews itself: 100 years.
pub(in crate::wire) const RENEWS_MONTHS_MAX: i64 = 1200;

/// A subscription: how it began, as a registration or a migration leaves it, and what happened since.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubscriptionHistory"))]
pub(in crate::wire) struct HoldingDoc<'a> {
    /// The account that holds it.
    account: Option<Id<'a>>,
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Option<Text<'a>>,
    /// The offer.
    offer: Id<'a>,
    /// `inventory` where it has no service yet; every other state follows from the dates.
    state: Option<Choice<'a, SystemState>>,
    /// The first day, where it is not the day of registration; not before it, nor after a stated end.
    start_date: Option<Day<'a>>,
    /// The first registration of the serial in any account; `registered` where absent.
    first_registered: Option<Day<'a>>,
    /// The day of registration in this account, where known.
    registered: Option<Day<'a>>,
    /// The day on which the chain of terms began, from which their ends are counted; where absent the first registration or
    /// the registration, if the end is its anniversary.
    terms_from: Option<Day<'a>>,
    /// The first day after the included year; a year after the first registration where absent, and with the first term at
    /// the latest.
    included_until: Option<Day<'a>>,
    /// The day on which the first term ends; where absent, what is left of the year after the first registration, with the
    /// warranty.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Purchase orders, invoices, or free in a reseller's account; `pre_paid` where absent.
    billing: Option<Choice<'a, SubscriptionBilling>>,
    /// For how many months the service goes on by itself; where absent 1 under direct billing, 60 if it is free, else null:
    /// it does not.
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
    /// For how many months: with `renewal` and `activation` the term, with `period_change` 1 or 12.
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many months; with `renewal` and `activation`.
    years: Option<Years<'a>>,
    /// The offer from then on; with `renewal` and `activation`, and needed with `offer_change`.
    offer: Option<Id<'a>>,
    /// The day from which it is wanted, where notice is given ahead; with `offer_change`, `period_change` and `termination`.
    effective: Option<Day<'a>>,
    /// Whether a termination that has not taken effect is taken back; with `termination`.
    withdraw: Option<bool>,
}

/// The subscriptions of a list: each system once under one support offer, and once under each connectivity offer.
pub(in crate::wire) fn fleet(docs: &[Object<HoldingDoc<'_>>]) -> Result<Vec<Holding>, Error> {
    let mut held: HashMap<Serial, HeldOffers> = HashMap::with_capacity(docs.len());
    let mut read = |(index, doc): (usize, &Object<HoldingDoc<'_>>)| {
        let holding = doc.read().at_index(index)?;
        let OriginData { serial, offer, .. } = holding.origin.data();
        let message = match held.entry(serial.clone()).or_default().add(offer) {
            Ok(()) => return Ok(holding),
            Err(None) => format!("the serial `{serial}` with `{offer}` is in the list twice; give it once"),
            Err(Some(other)) => format!(
                "the serial `{serial}` has two support subscriptions, `{other}` and `{offer}`; remove one of them"
            ),
        };
        let error = Error::new(ErrorCode::DuplicateSerial, message).by_rule(RuleId::Sub11);
        Err(error.at("serial").at_index(index))
    };
    docs.iter().enumerate().map(&mut read).collect::<Result<_, _>>().at("subscriptions")
}

/// The offers of one system in a list.
#[derive(Default)]
struct HeldOffers {
    all: HashSet<OfferName>,
    support: Option<OfferName>,
}

impl HeldOffers {
    /// Adds an offer that the system can have beside the others (SUB-11): `None` says that it has it already, an offer that
    /// it has that one, and both are support.
    fn add(&mut self, offer: &OfferName) -> Result<(), Option<&OfferName>> {
        if !self.all.insert(offer.clone()) {
            return Err(None);
        }
        if known_kind(offer) != Some(ProductKind::Support) {
            return Ok(());
        }
        if self.support.is_some() {
            return Err(self.support.as_ref());
        }
        self.support = Some(offer.clone());
        Ok(())
    }
}

/// What kind of offer it is, by the newest built-in catalogue that knows it.
pub(in crate::wire) fn known_kind(offer: &OfferName) -> Option<ProductKind> {
    let newest_first = built_in_catalogues().as_slice().iter().rev();
    let mut products = newest_first.flat_map(|catalogue| &catalogue.data().products);
    products.find(|product| product.name == *offer).map(|product| product.kind)
}

/// The date lies in a period that ends after the calendar.
pub(in crate::wire) fn period_out_of_range() -> Error {
    let message = "the period in which the date lies ends after 9999-12-31; give an earlier date";
    Error::new(ErrorCode::DateOutOfRange, message).by_rule(RuleId::Sub7)
}

/// A number of years, at least 1; those beyond the calendar are its end's concern.
pub(in crate::wire) type Years<'a> = Count<'a, 1, YEARS_MAX>;

/// A number of months, at least 1, and as many as the years may be.
pub(in crate::wire) type MonthCount<'a> = Count<'a, 1, { YEARS_MAX * 12 }>;

const YEARS_MAX: i64 = u16::MAX as i64;

/// The length of a term, in the field that gives it: `months`, or the older `years`.
pub(in crate::wire) fn length(
    months: Option<&MonthCount<'_>>,
    years: Option<&Years<'_>>,
) -> Result<Option<(Months, &'static str)>, Error> {
    match (months, years) {
        (Some(_), Some(_)) => {
            let message = "`years` is an older form of `months`; remove one of the two";
            Err(Error::invalid_input(message).at("years"))
        }
        (Some(months), None) => Ok(Some((months.months().at("months")?, "months"))),
        (None, Some(years)) => Ok(Some((Months::years(years.small().at("years")?), "years"))),
        (None, None) => Ok(None),
    }
}

impl HoldingDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Holding, Error> {
        self.rules.as_ref().map(GroundsList::read).transpose().at("rules")?;
        self.catalogue.as_ref().map(Text::read::<CatalogueVersion>).transpose().at("catalogue")?;
        Ok(Holding { origin: self.origin()?, events: self.events()? })
    }

    fn origin(&self) -> Result<Origin, Error> {
        let serial: Serial = self.serial.read().at("serial")?;
        let offer: OfferName = self.offer.read().at("offer")?;
        let state = self.state.as_ref().map(Choice::read).transpose().at("state")?;
        Ok(Origin::try_new(OriginData {
            account: self.account.as_ref().map(Text::read).transpose().at("account")?,
            // A model that nobody recorded is the empty text.
            model: self.model.as_ref().map_or(Ok(Model::unknown()), Text::read).at("model")?,
            kind: known_kind(&offer).unwrap_or(ProductKind::Support),
            inventory: state == Some(SystemState::Inventory),
            start_date: day(self.start_date.as_ref(), "start_date")?,
            first_registered: day(self.first_registered.as_ref(), "first_registered")?,
            registered: day(self.registered.as_ref(), "registered")?,
            terms_from: day(self.terms_from.as_ref(), "terms_from")?,
            included_until: day(self.included_until.as_ref(), "included_until")?,
            end_date: day(self.end_date.as_ref(), "end_date")?,
            warranty_end: day(self.warranty_end.as_ref(), "warranty_end")?,
            billing: self
                .billing
                .as_ref()
                .map_or(Ok(SubscriptionBilling::PrePaid), Choice::read)
                .at("billing")?,
            renews_every: self
                .renews_every_months
                .as_ref()
                .map(Count::months)
                .transpose()
                .at("renews_every_months")?,
            ..OriginData::new(serial, offer)
        })?)
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
        let length = length(self.months.as_ref(), self.years.as_ref())?;
        let offer: Option<OfferName> = self.offer.as_ref().map(Text::read).transpose().at("offer")?;
        let effective = day(self.effective.as_ref(), "effective")?;
        self.only_fields_of(event_type, length.map(|(_, field)| field))?;
        if effective.is_some_and(|effective| effective < on) {
            let message =
                format!("the event of `{on}` cannot take effect before it; give that day or a later one");
            return Err(Error::invalid_input(message).by_rule(RuleId::Sub7).at("effective"));
        }
        let months = || length.map(|(months, _)| months).ok_or_else(|| missing("months"));
        let change = match event_type {
            EventType::Renewal => Change::Renewal { months: months()?, offer },
            EventType::Activation => Change::Activation { months: months()?, offer },
            EventType::OfferChange => {
                Change::OfferChange { offer: offer.ok_or_else(|| missing("offer"))?, effective }
            }
            EventType::PeriodChange => Change::PeriodChange { months: months()?, effective },
            EventType::Termination if self.withdraw == Some(true) => match effective {
                None => Change::Withdrawal,
                Some(_) => {
                    let message =
                        "a withdrawal takes effect on its own day; remove `effective` or `withdraw`";
                    return Err(Error::invalid_input(message).at("effective"));
                }
            },
            EventType::Termination => Change::Termination { effective },
        };
        Ok(Event { on, change })
    }

    /// Refuses a field that says nothing in an event of this type.
    fn only_fields_of(&self, event_type: EventType, length: Option<&'static str>) -> Result<(), Error> {
        let ordered = matches!(event_type, EventType::Renewal | EventType::Activation);
        let unknown_length = match event_type {
            EventType::Renewal | EventType::Activation => None,
            EventType::PeriodChange => length.filter(|field| *field == "years"),
            EventType::OfferChange | EventType::Termination => length,
        };
        let offers = ordered || event_type == EventType::OfferChange;
        let fields = [
            unknown_length,
            self.offer.as_ref().filter(|_| !offers).map(|_| "offer"),
            self.effective.as_ref().filter(|_| ordered).map(|_| "effective"),
            self.withdraw.filter(|_| event_type != EventType::Termination).map(|_| "withdraw"),
        ];
        fields.into_iter().flatten().next().map_or(Ok(()), |field| Err(unknown(field, event_type)))
    }
}

fn day(day: Option<&Day<'_>>, name: &str) -> Result<Option<Date>, Error> {
    day.map(Day::read).transpose().at(name)
}

fn unknown(name: &str, event_type: EventType) -> Error {
    let message = format!("the field `{name}` is unknown in an event of type `{event_type}`; remove it");
    Error::invalid_input(message).at(name)
}

impl From<OriginError> for Error {
    fn from(error: OriginError) -> Self {
        let new = |code| Self::new(code, error).by_rule(RuleId::Sub1);
        match error {
            OriginError::StartBeforeRegistration { .. } => {
                new(ErrorCode::StartBeforeRegistration).at("start_date")
            }
            OriginError::EndBeforeStart { stated, .. } => {
                new(ErrorCode::EndBeforeStart).at(if stated { "start_date" } else { "end_date" })
            }
            OriginError::FirstRegisteredAfterRegistration { .. } => {
                new(ErrorCode::FirstRegisteredAfterRegistration).by_rule(RuleId::Ser1).at("first_registered")
            }
            OriginError::EndInInventory { .. } | OriginError::NoTerm => {
                Self::invalid_input(error).at("end_date")
            }
            OriginError::DateOutOfRange { first, .. } => {
                new(ErrorCode::DateOutOfRange).at(if first { "first_registered" } else { "registered" })
            }
        }
    }
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
        let (code, field) = match refusal {
            EventRefusal::Order(error) => return renewal_error(&error, "months"),
            EventRefusal::BeforeStart { .. } => (ErrorCode::BeforeStart, "on"),
            EventRefusal::Terminated { .. } => (ErrorCode::Terminated, "on"),
            EventRefusal::NoEndDate { .. } => (ErrorCode::NoEndDate, "type"),
            EventRefusal::NotInInventory { .. } => (ErrorCode::NotInInventory, "type"),
            EventRefusal::RenewsByItself { .. } | EventRefusal::FreePeriods => {
                (ErrorCode::BillingMismatch, "type")
            }
            EventRefusal::NoSuchPeriod { .. } => (ErrorCode::InvalidTerm, "months"),
            EventRefusal::NothingToWithdraw { .. } => (ErrorCode::NothingToWithdraw, "withdraw"),
            EventRefusal::PrePaidTerm { .. } => (ErrorCode::PrePaidTerm, "type"),
            EventRefusal::PeriodOutOfRange { .. } => (ErrorCode::DateOutOfRange, "on"),
        };
        let error = Self::new(code, &refusal).by_rule(refusal.rule()).at(field);
        match refusal {
            EventRefusal::Terminated { terminated } => error.with("terminated", terminated.to_string()),
            _ => error,
        }
    }
}

/// Why an order renews nothing; `field` holds the length of its term.
pub(in crate::wire) fn renewal_error(error: &RenewalError, field: &'static str) -> Error {
    let new = |code| Error::new(code, error).by_rule(error.rule()).at(field);
    match error {
        RenewalError::DateOutOfRange { .. } => new(ErrorCode::DateOutOfRange),
        RenewalError::OverBeforeOrder { months_needed, .. } => {
            let needed = months_needed.map(Months::get);
            let error = new(ErrorCode::TermOverBeforeOrder);
            needed.map_or(error.clone(), |needed| error.with("months_needed", needed))
        }
    }
}
