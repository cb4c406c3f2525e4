//! What the events of a subscription make of it, one after the other.

use super::SubscriptionBilling;
use super::event::{Change, Event, EventRefusal, EventType};
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::origin::Origin;
use super::renewal::{Renewal, RenewalError, renew};
use super::schedule::Schedule;
use super::term::{NextTerm, Term};
use crate::calendar::{Date, DateOutOfRange, Months};
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

/// An offer and the day from which it counts.
#[derive(Debug, Clone)]
struct Offered<'a> {
    from: Date,
    offer: &'a OfferName,
    /// Declared ahead of its day, so that another declaration may replace it (SUB-7).
    declared: bool,
}

/// A subscription on its way through its events.
#[derive(Debug, Clone)]
pub(super) struct Course<'a> {
    origin: &'a Origin,
    late: LateRenewal,
    invoice_day: InvoiceDay,
    /// The offers, each with the day from which it counts.
    offers: Vec<Offered<'a>>,
    /// The term, the first one where the service goes on by itself; `None` in inventory.
    pub(super) term: Option<Term>,
    /// The periods in which the service goes on by itself, if it does.
    pub(super) schedule: Option<Schedule>,
    pub(super) terminated: Option<Date>,
    /// The rule behind the current term.
    pub(super) rule: RuleId,
}

impl<'a> Course<'a> {
    /// Before the first event.
    pub(super) fn start(origin: &'a Origin, late: LateRenewal, invoice_day: InvoiceDay) -> Self {
        let rule = match (origin.end_date(), origin.first_registered()) {
            (None, _) => RuleId::Mig3,
            (Some(_), Some(_)) => RuleId::Sub1,
            (Some(_), None) => RuleId::Sub3,
        };
        let mut course = Self {
            origin,
            late,
            invoice_day,
            offers: Vec::new(),
            term: None,
            schedule: None,
            terminated: None,
            rule,
        };
        if let Some(term) = origin.term() {
            course.begin(term);
        }
        course
    }

    /// After all events up to and including the day `on`, with what came of each.
    pub(super) fn until(
        holding: &'a Holding,
        on: Date,
        late: LateRenewal,
        invoice_day: InvoiceDay,
    ) -> (Self, Vec<EventOutcome<'a>>) {
        let mut course = Self::start(&holding.origin, late, invoice_day);
        let mut events: Vec<(usize, &Event)> = holding.events.iter().enumerate().collect();
        events.retain(|(_, event)| event.on <= on);
        // Stable: the host's order decides between events of one day.
        sort_by_key(&mut events, |(_, event)| event.on);
        let mut outcome = |(index, event)| EventOutcome { index, event, result: course.take(event) };
        let outcomes = events.into_iter().map(&mut outcome).collect();
        (course, outcomes)
    }

    /// With its first term, after which the service may go on by itself.
    fn begin(&mut self, term: Term) {
        self.schedule = self
            .origin
            .renews_every()
            .map(|length| Schedule::new(term.terms_from, term.end_date, length, self.invoice_day));
        self.term = Some(term);
    }

    /// The offer on the day `on`.
    pub(super) fn offer(&self, on: Date) -> &'a OfferName {
        // What would count from the end of the service on never does.
        let counts = |offered: &&Offered<'a>| {
            offered.from <= on && self.terminated.is_none_or(|end| offered.from < end)
        };
        let current = self.offers.iter().filter(counts).max_by_key(|offered| offered.from);
        current.map_or(&self.origin.data().offer, |offered| offered.offer)
    }

    /// The next other offer after the day `on`, up to which events have been taken, and when it begins.
    pub(super) fn next_offer(&self, on: Date) -> Option<(Date, &'a OfferName)> {
        let to_come = |offered: &&Offered<'a>| {
            offered.from > on && self.terminated.is_none_or(|end| offered.from < end)
        };
        let mut starts: Vec<&Offered<'a>> = self.offers.iter().filter(to_come).collect();
        // Stable: of those that count from one day the last one does.
        sort_by_key(&mut starts, |offered| offered.from);
        let next = starts.iter().skip(1).map(|offered| Some(offered.from)).chain([None]);
        let mut last_of_day = starts
            .iter()
            .zip(next)
            .filter(|(offered, next)| *next != Some(offered.from))
            .map(|(last, _)| last);
        let current = self.offer(on);
        last_of_day.find(|offered| offered.offer != current).map(|offered| (offered.from, offered.offer))
    }

    /// The offer that follows on all that is booked: the one of a further term.
    pub(super) fn last_offer(&self) -> &'a OfferName {
        self.offers.last().map_or(&self.origin.data().offer, |offered| offered.offer)
    }

    /// The end of the term or period in which `on` lies.
    pub(super) fn end_on(&self, on: Date) -> Result<Option<Date>, DateOutOfRange> {
        let Some(term) = self.term else { return Ok(None) };
        if self.terminated.is_some_and(|terminated| terminated <= on) {
            return Ok(self.terminated);
        }
        let scheduled = self.schedule.as_ref().map(|schedule| schedule.at(on)).transpose()?.flatten();
        let end = scheduled.map_or(term.end_date, |scheduled| scheduled.period.end_date);
        Ok(Some(self.terminated.map_or(end, |terminated| end.min(terminated))))
    }

    /// The end of the warranty as it is shown: what goes on by itself takes it along until it is terminated (SUB-6).
    pub(super) fn warranty_end(&self) -> Option<Date> {
        let Some(term) = self.term else { return self.origin.warranty_end() };
        match self.schedule {
            Some(_) => term.going_on().warranty_shown(self.terminated),
            None => term.warranty_shown(Some(term.end_date)),
        }
    }

    fn take(&mut self, event: &'a Event) -> Result<Effect, EventRefusal> {
        let on = event.on;
        if let Some(terminated) = self.terminated.filter(|terminated| *terminated <= on) {
            return Err(EventRefusal::Terminated { terminated });
        }
        match &event.change {
            Change::Renewal { months, offer } => self.renewal(on, *months, offer.as_ref()),
            Change::Activation { months, offer } => self.activation(on, *months, offer.as_ref()),
            Change::OfferChange { offer, effective } => {
                let from = self.change_from(on, *effective, EventType::OfferChange)?;
                self.offers.retain(|offered| !offered.declared || offered.from <= on);
                self.offers.push(Offered { from, offer, declared: true });
                Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
            }
            Change::PeriodChange { months, effective } => self.period_change(on, *months, *effective),
            Change::Termination { effective } => {
                let from = self.change_from(on, *effective, EventType::Termination)?;
                self.terminated = Some(from);
                Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
            }
            Change::Withdrawal => self.withdrawal(on),
        }
    }

    /// SUB-2, SUB-4: a purchase order for some months.
    fn renewal(
        &mut self,
        on: Date,
        months: Months,
        offer: Option<&'a OfferName>,
    ) -> Result<Effect, EventRefusal> {
        let event = EventType::Renewal;
        let term = self.term.ok_or(EventRefusal::NoEndDate { event })?;
        if self.schedule.is_some() {
            return Err(EventRefusal::RenewsByItself { event });
        }
        let Renewal { from, term, reactivated, grounds, .. } = renew(&term, months, on, self.late)?;
        self.term = Some(term);
        self.rule = grounds.deciding();
        self.offers.extend(offer.map(|offer| Offered { from, offer, declared: false }));
        Ok(self.effect(from, reactivated, grounds))
    }

    /// MIG-3: a purchase order takes a system out of inventory, not before its first day; its warranty stays as it was.
    fn activation(
        &mut self,
        on: Date,
        months: Months,
        offer: Option<&'a OfferName>,
    ) -> Result<Effect, EventRefusal> {
        if let Some(term) = self.term {
            return Err(EventRefusal::NotInInventory { end_date: term.end_date });
        }
        let next = NextTerm::new(self.origin.started().map_or(on, |started| on.max(started)));
        let end_date = next.end(months).map_err(|DateOutOfRange| RenewalError::DateOutOfRange { months })?;
        let (first_registered, warranty_end) = (self.origin.first_registered(), self.origin.warranty_end());
        self.begin(Term { first_registered, terms_from: next.from, end_date, warranty_end });
        self.rule = RuleId::Mig3;
        self.offers.extend(offer.map(|offer| Offered { from: next.from, offer, declared: false }));
        // It was never suspended.
        Ok(self.effect(next.from, false, Grounds::new(RuleId::Mig3)))
    }

    /// SUB-7: a month or a year from the next invoice on.
    fn period_change(
        &mut self,
        on: Date,
        months: Months,
        effective: Option<Date>,
    ) -> Result<Effect, EventRefusal> {
        let event = EventType::PeriodChange;
        let mut schedule = self.changeable(on, event)?.clone();
        if self.origin.data().billing != SubscriptionBilling::Direct {
            return Err(EventRefusal::FreePeriods);
        }
        if ![1, 12].contains(&months.get()) {
            return Err(EventRefusal::NoSuchPeriod { months });
        }
        schedule.without_pending(on);
        let from = invoice_day_from(&schedule, wanted(on, effective))?;
        schedule.change(from, months);
        self.schedule = Some(schedule);
        Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
    }

    /// SUB-7: the service goes on after all.
    fn withdrawal(&mut self, on: Date) -> Result<Effect, EventRefusal> {
        self.declared_by(on)?;
        self.terminated.take().ok_or(EventRefusal::NothingToWithdraw { on })?;
        Ok(self.effect(on, false, Grounds::new(RuleId::Sub7)))
    }

    /// SUB-7: what is declared may be so from the registration on.
    fn declared_by(&self, on: Date) -> Result<(), EventRefusal> {
        match self.origin.data().registered.or(self.origin.started()) {
            Some(started) if on < started => Err(EventRefusal::BeforeStart { on, started }),
            _ => Ok(()),
        }
    }

    /// The periods of a service of which something may be changed.
    fn changeable(&self, on: Date, event: EventType) -> Result<&Schedule, EventRefusal> {
        self.declared_by(on)?;
        self.term.ok_or(EventRefusal::NoEndDate { event })?;
        self.schedule.as_ref().ok_or(EventRefusal::PrePaidTerm { event })
    }

    /// SUB-7: what is changed counts from the first invoice on the wanted day or after it, and so not before the first year is
    /// over.
    fn change_from(&self, on: Date, effective: Option<Date>, event: EventType) -> Result<Date, EventRefusal> {
        let schedule = self.changeable(on, event)?;
        let wanted = wanted(on, effective);
        match self.origin.data().billing {
            SubscriptionBilling::Direct => invoice_day_from(schedule, wanted),
            // Free of charge (RES-1): no period is paid for that would have to run out.
            SubscriptionBilling::PrePaid | SubscriptionBilling::Free => Ok(wanted),
        }
    }

    /// What an event did that counts from the day `from`.
    fn effect(&self, from: Date, reactivated: bool, grounds: Grounds) -> Effect {
        let end_date = match self.schedule {
            Some(_) => self.terminated,
            None => self.term.map(|term| term.end_date),
        };
        Effect { from, end_date, warranty_end: self.warranty_end(), reactivated, grounds }
    }
}

/// The day from which a change is wanted.
fn wanted(on: Date, effective: Option<Date>) -> Date {
    effective.map_or(on, |effective| effective.max(on))
}

fn invoice_day_from(schedule: &Schedule, wanted: Date) -> Result<Date, EventRefusal> {
    schedule.boundary_from(wanted).map_err(|DateOutOfRange| EventRefusal::PeriodOutOfRange { on: wanted })
}
