//! A subscription in the one form in which every operation takes it and gives it.

use super::account::{missing, optional_day, optional_text};
use crate::account::Model;
use crate::calendar::Months;
use crate::offers::ProductKind;
use crate::rule::RuleId;
#[cfg(feature = "subscriptions")]
use crate::subscriptions::NotRenewable;
use crate::subscriptions::{
    Change, Event, EventRefusal, EventType, FleetError, HistoryError, Holding, Origin, OriginData,
    OriginError, RenewalError, StatedState, SubscriptionBilling,
};
use crate::text::{OfferName, Serial};
use crate::wire::ErrorCode;
use crate::wire::built_in_catalogues;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::{Read, Write};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The longest term that renews itself: 100 years.
pub(in crate::wire) const RENEWS_MONTHS_MAX: i64 = 1200;

/// A subscription: with `as_of` as it is at the end of that day, without it how it began and what happened since.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Subscription"))]
pub(in crate::wire) struct SubscriptionDoc<'a> {
    /// The account that holds it.
    account: Option<Id<'a>>,
    /// The system; only `subscriptions.renew` does not need it.
    serial: Option<Id<'a>>,
    /// Its model.
    model: Option<Text<'a>>,
    /// The offer; only `subscriptions.renew` does not need it.
    offer: Option<Text<'a>>,
    /// The version of the catalogue under which it was sold.
    catalogue: Option<Id<'a>>,
    /// `inventory` where it has no service yet, `terminated` where it ended for good on `end_date`; every other state follows
    /// from the dates, and must not contradict them at the end of `as_of`.
    state: Option<Choice<'a, StatedState>>,
    /// The day at whose end things are as the document says; where absent, it says how the subscription began.
    as_of: Option<Day<'a>>,
    /// The first registration of the serial in any account; where absent it is `registered`, with `as_of` it is not known.
    first_registered: Option<Day<'a>>,
    /// The day of registration in this account, where known.
    registered: Option<Day<'a>>,
    /// The first day, where it is not the day of registration; not before it, nor after a stated end.
    start_date: Option<Day<'a>>,
    /// The day on which the chain of terms began, from which their ends are counted; where absent the first registration or
    /// the registration, if the end is its anniversary.
    terms_from: Option<Day<'a>>,
    /// The first day after the included year; a year after the first registration where absent, and with the first term at
    /// the latest.
    included_until: Option<Day<'a>>,
    /// The day on which the first term ends, with `as_of` the term or period of that day; where absent, what is left of the
    /// year after the first registration, with the warranty.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends, if the service lasts until then; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Purchase orders, invoices, or free in a reseller's account; `pre_paid` where absent.
    billing: Option<Choice<'a, SubscriptionBilling>>,
    /// For how many months the service goes on by itself; where absent 1 under direct billing, 60 if it is free, else null:
    /// it does not.
    renews_every_months: Option<Count<'a, 1, RENEWS_MONTHS_MAX>>,
    /// The rules behind its dates, the deciding one first.
    rules: Option<GroundsList<'a>>,
    /// What happened since, in any order of dates; with `as_of` only what has not taken effect by the end of that day.
    events: Option<Vec<Object<EventDoc<'a>>>>,
}

/// Something that happens to a subscription.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubscriptionEvent"))]
struct EventDoc<'a> {
    /// The day.
    on: Day<'a>,
    /// What happens.
    #[serde(rename = "type")]
    event_type: Choice<'a, EventType>,
    /// For how many months: with `renewal` and `activation` the term, with `period_change` 1 or 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many months; with `renewal` and `activation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<Years<'a>>,
    /// The offer from then on; with `renewal` and `activation`, and needed with `offer_change`.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<Id<'a>>,
    /// The day from which it is wanted, where notice is given ahead; with `offer_change`, `period_change` and `termination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<Day<'a>>,
    /// Whether a termination that has not taken effect is taken back; with `termination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdraw: Option<bool>,
}

/// The subscriptions of a list: each system once under one support offer, and once under each connectivity offer.
pub(in crate::wire) fn fleet(docs: &[Object<SubscriptionDoc<'_>>]) -> Result<Vec<Holding>, Error> {
    let mut held: HashMap<Serial, HeldOffers> = HashMap::with_capacity(docs.len());
    let mut read = |(index, doc): (usize, &Object<SubscriptionDoc<'_>>)| {
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

impl SubscriptionDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Holding, Error> {
        let serial = self.serial.as_ref().ok_or_else(|| missing("serial"))?.read().at("serial")?;
        let Text(offer) = self.offer.as_ref().ok_or_else(|| missing("offer"))?;
        let offer = Text::<1>(offer.clone()).read().at("offer")?;
        let origin = Origin::try_new(self.data(serial, offer)?)?;
        Ok(Holding::try_new(origin, self.events()?)?)
    }

    /// The subscription of a system that need not be named, for a renewal, which only asks about its term.
    #[cfg(feature = "subscriptions")]
    pub(in crate::wire) fn read_renewed(&self) -> Result<Holding, Error> {
        let serial = optional_text(self.serial.as_ref(), "serial")?.unwrap_or(Serial::UNREAD);
        let offer = self.offer.as_ref().map(Text::limited).transpose().at("offer")?;
        // A name that it does not have stands for nothing.
        let offer = offer.and_then(|offer| OfferName::try_new(&offer).ok()).unwrap_or(OfferName::UNREAD);
        let origin = match Origin::try_new(self.data(serial, offer)?) {
            Err(OriginError::NoTerm) => return Err(NotRenewable::NoTerm.into()),
            result => result?,
        };
        Ok(Holding::try_new(origin, self.events()?)?)
    }

    /// The facts as given.
    fn data(&self, serial: Serial, offer: OfferName) -> Result<OriginData, Error> {
        let day = |day: &Option<Day<'_>>, name| optional_day(day.as_ref(), name);
        let renews_every = self.renews_every_months.as_ref().map(Count::months);
        Ok(OriginData {
            account: optional_text(self.account.as_ref(), "account")?,
            // A model that nobody recorded is the empty text.
            model: self.model.as_ref().map_or(Ok(Model::unknown()), Text::read).at("model")?,
            catalogue: optional_text(self.catalogue.as_ref(), "catalogue")?,
            kind: known_kind(&offer).unwrap_or(ProductKind::Support),
            state: self.state.as_ref().map(Choice::read).transpose().at("state")?.and_then(StatedState::life),
            as_of: day(&self.as_of, "as_of")?,
            first_registered: day(&self.first_registered, "first_registered")?,
            registered: day(&self.registered, "registered")?,
            start_date: day(&self.start_date, "start_date")?,
            terms_from: day(&self.terms_from, "terms_from")?,
            included_until: day(&self.included_until, "included_until")?,
            end_date: day(&self.end_date, "end_date")?,
            warranty_end: day(&self.warranty_end, "warranty_end")?,
            billing: self
                .billing
                .as_ref()
                .map_or(Ok(SubscriptionBilling::PrePaid), Choice::read)
                .at("billing")?,
            renews_every: renews_every.transpose().at("renews_every_months")?,
            grounds: self.rules.as_ref().map(GroundsList::read).transpose().at("rules")?,
            serial,
            offer,
        })
    }

    fn events(&self) -> Result<Vec<Event>, Error> {
        let events = self.events.as_deref().unwrap_or_default().iter().enumerate();
        events.map(|(index, event)| event.read().at_index(index)).collect::<Result<_, _>>().at("events")
    }
}

impl SubscriptionDoc<'static> {
    /// The document of a subscription.
    pub(in crate::wire) fn of(holding: &Holding) -> Self {
        let events = holding.events.iter().map(|event| Object(EventDoc::of(event)));
        Self { events: Some(events.collect()), ..Self::of_facts(holding.origin.data()) }
    }

    /// The document of a subscription that `given` need not have named.
    pub(in crate::wire) fn renewed(holding: &Holding, given: &SubscriptionDoc<'_>) -> Self {
        let doc = Self::of(holding);
        let has_offer =
            given.offer.as_ref().is_some_and(|Text(offer)| *offer == holding.origin.data().offer.as_str());
        Self {
            serial: doc.serial.filter(|_| given.serial.is_some()),
            offer: doc.offer.filter(|Text(offer)| has_offer || offer != OfferName::UNREAD.as_str()),
            ..doc
        }
    }

    /// The document of what is known about a subscription to which nothing has happened.
    pub(in crate::wire) fn of_facts(data: &OriginData) -> Self {
        Self {
            account: data.account.as_ref().map(|account| owned(account.as_str())),
            serial: Some(owned(data.serial.as_str())),
            model: Some(owned(data.model.as_str())),
            offer: Some(owned(data.offer.as_str())),
            catalogue: data.catalogue.as_ref().map(|version| owned(version.as_str())),
            state: data.state.map(|state| StatedState::from(state).into()),
            as_of: data.as_of.map(Day::from),
            first_registered: data.first_registered.map(Day::from),
            registered: data.registered.map(Day::from),
            start_date: data.start_date.map(Day::from),
            terms_from: data.terms_from.map(Day::from),
            included_until: data.included_until.map(Day::from),
            end_date: data.end_date.map(Day::from),
            warranty_end: data.warranty_end.map(Day::from),
            billing: Some(data.billing.into()),
            renews_every_months: data.renews_every.map(|months| months.get().into()),
            rules: data.grounds.map(GroundsList::Grounds),
            events: Some(Vec::new()),
        }
    }
}

/// A text of a document that outlives what it is taken from.
fn owned<const CHARS_MIN: usize>(text: &str) -> Text<'static, CHARS_MIN> {
    Text(Cow::Owned(text.to_owned()))
}

impl EventDoc<'_> {
    fn read(&self) -> Result<Event, Error> {
        let on = self.on.read().at("on")?;
        let event_type = self.event_type.read().at("type")?;
        let length = length(self.months.as_ref(), self.years.as_ref())?;
        let offer: Option<OfferName> = self.offer.as_ref().map(Text::read).transpose().at("offer")?;
        let effective = optional_day(self.effective.as_ref(), "effective")?;
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

    fn of(event: &Event) -> EventDoc<'static> {
        let (months, offer) = match &event.change {
            Change::Renewal { months, offer } | Change::Activation { months, offer } => {
                (Some(*months), offer.as_ref())
            }
            Change::OfferChange { offer, .. } => (None, Some(offer)),
            Change::PeriodChange { months, .. } => (Some(*months), None),
            Change::Termination { .. } | Change::Withdrawal => (None, None),
        };
        EventDoc {
            on: event.on.into(),
            event_type: event.change.event_type().into(),
            months: months.map(|months| months.get().into()),
            years: None,
            offer: offer.map(|offer| owned(offer.as_str())),
            effective: event.change.effective().map(Day::from),
            withdraw: matches!(event.change, Change::Withdrawal).then_some(true),
        }
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

fn unknown(name: &str, event_type: EventType) -> Error {
    let message = format!("the field `{name}` is unknown in an event of type `{event_type}`; remove it");
    Error::invalid_input(message).at(name)
}

impl From<OriginError> for Error {
    fn from(error: OriginError) -> Self {
        let new = || Self::new(error.code(), error).by_rule(RuleId::Sub1);
        match error {
            OriginError::StartBeforeRegistration { .. } => new().at("start_date"),
            OriginError::EndBeforeStart { stated, .. } => {
                new().at(if stated { "start_date" } else { "end_date" })
            }
            OriginError::FirstRegisteredAfterRegistration { .. } => {
                new().by_rule(RuleId::Ser1).at("first_registered")
            }
            OriginError::EndInInventory { .. } | OriginError::NoTerm => {
                Self::new(error.code(), error).at("end_date")
            }
            OriginError::NoEndOfTerminated | OriginError::StateContradicted { .. } => {
                Self::new(error.code(), error).at("state")
            }
            OriginError::DateOutOfRange { first, .. } => {
                new().at(if first { "first_registered" } else { "registered" })
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
            HistoryError::BeforeAsOf { .. } => Self::new(error.code(), error).at("as_of"),
        }
    }
}

#[cfg(feature = "subscriptions")]
impl From<NotRenewable> for Error {
    fn from(error: NotRenewable) -> Self {
        let new = |rule| Self::new(error.code(), &error).by_rule(rule);
        match &error {
            NotRenewable::Billing { .. } => new(RuleId::Sub8).at("billing"),
            NotRenewable::GoesOn => new(RuleId::Sub8).at("renews_every_months"),
            NotRenewable::NoTerm => new(RuleId::Sub2).at("end_date"),
            NotRenewable::Terminated { terminated } => {
                new(RuleId::Sub7).with("terminated", terminated.to_string()).at("state")
            }
            NotRenewable::History(cause) => cause.clone().into(),
            NotRenewable::Order(cause) => renewal_error(cause, "months"),
        }
    }
}

impl From<EventRefusal> for Error {
    fn from(refusal: EventRefusal) -> Self {
        let field = match refusal {
            EventRefusal::Order(error) => return renewal_error(&error, "months"),
            EventRefusal::AlreadyCounted { .. } => "on",
            EventRefusal::BeforeStart { .. } => "on",
            EventRefusal::Terminated { .. } => "on",
            EventRefusal::NoEndDate { .. } => "type",
            EventRefusal::NotInInventory { .. } => "type",
            EventRefusal::RenewsByItself { .. } | EventRefusal::FreePeriods => "type",
            EventRefusal::NoSuchPeriod { .. } => "months",
            EventRefusal::NothingToWithdraw { .. } => "withdraw",
            EventRefusal::PrePaidTerm { .. } => "type",
            EventRefusal::PeriodOutOfRange { .. } => "on",
        };
        let error = Self::new(refusal.code(), &refusal).by_rule(refusal.rule()).at(field);
        match refusal {
            EventRefusal::Terminated { terminated } => error.with("terminated", terminated.to_string()),
            _ => error,
        }
    }
}

/// Why an order renews nothing; `field` holds the length of its term.
pub(in crate::wire) fn renewal_error(error: &RenewalError, field: &'static str) -> Error {
    let placed = Error::new(error.code(), error).by_rule(error.rule()).at(field);
    match error {
        RenewalError::OverBeforeOrder { months_needed: Some(needed), .. } => {
            placed.with("months_needed", needed.get())
        }
        _ => placed,
    }
}
