//! What the events of a subscription make of it, one after the other.

use super::event::{Change, Event, EventRefusal, EventType};
use super::holding::{Holding, Origin};
use super::periods::Periods;
use super::renewal::{LateRenewal, Renewal, ServiceTerm, prolonged_warranty, renew};
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::offers::BillingModel;
use crate::order::sort_by_key;
use crate::rule::{Grounds, RuleId};
use crate::text::OfferName;

/// What an event did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The day from which it counts.
    pub from: Date,
    /// The day on which the service ends after it; `None` if it goes on by itself.
    pub end_date: Option<Date>,
    /// The day on which the warranty ends after it.
    pub warranty_end: Option<Date>,
    /// Whether the service was suspended and is not any more.
    pub reactivated: bool,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// What came of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOutcome<'a> {
    /// Its place in the subscription's list.
    pub index: usize,
    /// The event.
    pub event: &'a Event,
    /// What it did, or why it has no effect.
    pub result: Result<Effect, EventRefusal>,
}

/// A subscription on its way through its events.
#[derive(Debug, Clone)]
pub(super) struct Course<'a> {
    origin: &'a Origin,
    late: LateRenewal,
    /// The offers, each with the day from which it counts.
    offers: Vec<(Date, &'a OfferName)>,
    /// The end of the term, of the first one where the service goes on by itself.
    pub(super) end_date: Option<Date>,
    pub(super) warranty_end: Option<Date>,
    pub(super) terminated: Option<Date>,
    /// The rule behind the current term.
    pub(super) rule: RuleId,
}

impl<'a> Course<'a> {
    /// Before the first event.
    pub(super) fn start(origin: &'a Origin, late: LateRenewal) -> Self {
        let rule = match (origin.end_date, origin.registered) {
            (None, _) => RuleId::Mig3,
            (Some(_), Some(_)) => RuleId::Sub1,
            (Some(_), None) => RuleId::Sub3,
        };
        Self {
            origin,
            late,
            offers: Vec::new(),
            end_date: origin.end_date,
            warranty_end: origin.warranty_end,
            terminated: None,
            rule,
        }
    }

    /// After all events up to and including the day `on`, with what came of each.
    pub(super) fn until(holding: &'a Holding, on: Date, late: LateRenewal) -> (Self, Vec<EventOutcome<'a>>) {
        let mut course = Self::start(&holding.origin, late);
        let mut events: Vec<(usize, &Event)> = holding.events.iter().enumerate().collect();
        events.retain(|(_, event)| event.on <= on);
        // Stable: the host's order decides between events of one day.
        sort_by_key(&mut events, |(_, event)| event.on);
        let mut outcome = |(index, event)| EventOutcome { index, event, result: course.take(event) };
        let outcomes = events.into_iter().map(&mut outcome).collect();
        (course, outcomes)
    }

    /// The periods in which the service goes on by itself, if it does.
    pub(super) fn periods(&self) -> Option<Periods> {
        let monthly = (self.origin.billing == BillingModel::Direct).then_some(Months::from(1));
        let length = self.origin.renews_every.or(monthly)?;
        Some(Periods::following(self.origin.registered, self.end_date?, length))
    }

    /// The offer on the day `on`.
    pub(super) fn offer(&self, on: Date) -> &'a OfferName {
        let current = self.offers.iter().filter(|(from, _)| *from <= on).max_by_key(|(from, _)| *from);
        current.map_or(&self.origin.offer, |(_, offer)| offer)
    }

    /// The next other offer after the day `on`, up to which events have been taken, and when it begins.
    pub(super) fn next_offer(&self, on: Date) -> Option<(Date, &'a OfferName)> {
        // A change and a termination that are both to come count from the same day: the end of the period.
        if self.terminated.is_some() {
            return None;
        }
        let mut starts: Vec<Date> =
            self.offers.iter().map(|(from, _)| *from).filter(|from| *from > on).collect();
        sort_by_key(&mut starts, |start| *start);
        let current = self.offer(on);
        starts.into_iter().map(|from| (from, self.offer(from))).find(|(_, offer)| *offer != current)
    }

    /// The offer that follows on all that is booked: the one of a further term.
    pub(super) fn last_offer(&self) -> &'a OfferName {
        self.offers.last().map_or(&self.origin.offer, |(_, offer)| offer)
    }

    /// The end of the term or period in which `on` lies.
    pub(super) fn end_on(&self, on: Date) -> Result<Option<Date>, DateOutOfRange> {
        if self.terminated.is_some_and(|terminated| terminated <= on) {
            return Ok(self.terminated);
        }
        let end = match self.periods() {
            None => self.end_date,
            Some(periods) => match periods.index_of(on) {
                None => self.end_date,
                Some(index) => Some(periods.period(index)?.end_date),
            },
        };
        Ok(match (end, self.terminated) {
            (Some(end), Some(terminated)) => Some(end.min(terminated)),
            (end, _) => end,
        })
    }

    /// The warranty's end, where the service lasts until `end` (SUB-6).
    pub(super) fn warranty_until(&self, end: Date) -> Option<Date> {
        match (self.periods(), self.end_date) {
            (Some(_), Some(first_end)) => prolonged_warranty(&self.term(first_end), end),
            _ => self.warranty_end,
        }
    }

    fn term(&self, end_date: Date) -> ServiceTerm {
        ServiceTerm { registered: self.origin.registered, end_date, warranty_end: self.warranty_end }
    }

    fn take(&mut self, event: &'a Event) -> Result<Effect, EventRefusal> {
        let on = event.on;
        if let Some(started) = self.origin.started().filter(|started| on < *started) {
            return Err(EventRefusal::BeforeStart { on, started });
        }
        if let Some(terminated) = self.terminated {
            return Err(EventRefusal::Terminated { terminated });
        }
        match &event.change {
            Change::Renewal { years, offer } => self.renewal(on, *years, offer.as_ref()),
            Change::Activation { years, offer } => self.activation(on, *years, offer.as_ref()),
            Change::OfferChange { offer } => {
                let from = self.change_from(on, EventType::OfferChange)?;
                self.offers.push((from, offer));
                Ok(self.effect(on, from, false, Grounds::new(RuleId::Sub7)))
            }
            Change::Termination => {
                let from = self.change_from(on, EventType::Termination)?;
                self.terminated = Some(from);
                let effect = self.effect(on, from, false, Grounds::new(RuleId::Sub7));
                Ok(Effect { end_date: self.terminated, ..effect })
            }
        }
    }

    /// SUB-2, SUB-4: a purchase order for some years.
    fn renewal(
        &mut self,
        on: Date,
        years: u16,
        offer: Option<&'a OfferName>,
    ) -> Result<Effect, EventRefusal> {
        let event = EventType::Renewal;
        let end_date = self.end_date.ok_or(EventRefusal::NoEndDate { event })?;
        if self.periods().is_some() {
            return Err(EventRefusal::RenewsByItself { event });
        }
        let Renewal { end_date: new_end, warranty_end, reactivated, grounds } =
            renew(&self.term(end_date), years, on, self.late)
                .map_err(|source| EventRefusal::DateOutOfRange { years, source })?;
        let from = self.late.counts_from(end_date, on);
        (self.end_date, self.warranty_end) = (Some(new_end), warranty_end);
        self.rule = grounds.deciding();
        self.offers.extend(offer.map(|offer| (from, offer)));
        Ok(self.effect(on, from, reactivated, grounds))
    }

    /// MIG-3: a purchase order takes a system out of inventory; its warranty stays as it was.
    fn activation(
        &mut self,
        on: Date,
        years: u16,
        offer: Option<&'a OfferName>,
    ) -> Result<Effect, EventRefusal> {
        if let Some(end_date) = self.end_date {
            return Err(EventRefusal::NotInInventory { end_date });
        }
        let end_date = on
            .add_months(Months::years(years))
            .map_err(|source| EventRefusal::DateOutOfRange { years, source })?;
        (self.end_date, self.rule) = (Some(end_date), RuleId::Mig3);
        self.offers.extend(offer.map(|offer| (on, offer)));
        // It was never suspended.
        Ok(self.effect(on, on, false, Grounds::new(RuleId::Mig3)))
    }

    /// SUB-7: what is changed counts from the next invoice on, and not before the first year is over.
    fn change_from(&self, on: Date, event: EventType) -> Result<Date, EventRefusal> {
        let end_date = self.end_date.ok_or(EventRefusal::NoEndDate { event })?;
        let periods = self.periods().ok_or(EventRefusal::PrePaidTerm { event })?;
        if self.origin.billing == BillingModel::PrePaid {
            // Free of charge (RES-1): no period is paid for that would have to run out.
            return Ok(on);
        }
        // A system that came out of inventory has the term of its activation.
        let first_year_end = self.origin.first_year_end().unwrap_or(end_date);
        if on < first_year_end {
            return Err(EventRefusal::FirstYear { event, on, first_year_end });
        }
        periods.boundary_from(on).map_err(|DateOutOfRange| EventRefusal::PeriodOutOfRange { on })
    }

    /// What an event on the day `on` did that counts from the day `from`.
    fn effect(&self, on: Date, from: Date, reactivated: bool, grounds: Grounds) -> Effect {
        let by_itself = self.periods().is_some();
        // What goes on by itself takes its warranty along, to the end of the period or for good.
        let service_end = self.end_on(on).map_or(Date::MAX, |end| end.unwrap_or(from));
        let (end_date, warranty_end) = if by_itself {
            (None, self.warranty_until(service_end))
        } else {
            (self.end_date, self.warranty_end)
        };
        Effect { from, end_date, warranty_end, reactivated, grounds }
    }
}
