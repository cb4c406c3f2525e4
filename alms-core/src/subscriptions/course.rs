//! What the events of a subscription make of it, one after the other.

use super::SubscriptionBilling;
use super::event::{Change, Event, EventRefusal, EventType};
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::life::{LifeState, life_on};
use super::origin::Origin;
use super::renewal::{Renewal, RenewalError, renew};
use super::schedule::Schedule;
use super::term::{NextTerm, Term, whole_months};
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
pub(super) struct Offered<'a> {
    /// The day of the event.
    pub(super) on: Date,
    pub(super) from: Date,
    pub(super) offer: &'a OfferName,
    /// Declared ahead of its day, so that another declaration may replace it (SUB-7).
    declared: bool,
}

/// Periods of another length that were declared, and count from a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct PeriodChange {
    /// The day of the event.
    pub(super) on: Date,
    pub(super) from: Date,
    pub(super) months: Months,
}

/// A subscription on its way through its events.
#[derive(Debug, Clone)]
pub(super) struct Course<'a> {
    origin: &'a Origin,
    late: LateRenewal,
    invoice_day: InvoiceDay,
    /// The offers, each with the day from which it counts.
    pub(super) offers: Vec<Offered<'a>>,
    /// The term, the first one where the service goes on by itself; `None` in inventory.
    pub(super) term: Option<Term>,
    /// The periods in which the service goes on by itself, if it does.
    pub(super) schedule: Option<Schedule>,
    pub(super) terminated: Option<Date>,
    /// The day of the event that terminates it.
    pub(super) terminated_on: Option<Date>,
    /// The last change of the periods.
    pub(super) period_change: Option<PeriodChange>,
    /// The rule behind the current term.
    pub(super) rule: RuleId,
    /// The warranty from which it moves.
    warranty: Option<Date>,
}

impl<'a> Course<'a> {
    /// Before the first event.
    pub(super) fn start(origin: &'a Origin, late: LateRenewal, invoice_day: InvoiceDay) -> Self {
        let rule = match (origin.end_date(), origin.first_registered(), origin.recorded()) {
            (_, _, Some(grounds)) => grounds.deciding(),
            (None, _, None) => RuleId::Mig3,
            (Some(_), Some(_), None) => RuleId::Sub1,
            (Some(_), None, None) => RuleId::Sub3,
        };
        let mut course = Self {
            origin,
            late,
            invoice_day,
            offers: Vec::new(),
            term: None,
            schedule: None,
            terminated: origin.terminated(),
            terminated_on: None,
            period_change: None,
            rule,
            warranty: origin.warranty_end(),
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
        let waiting = events.partition_point(|(_, event)| holding.origin.waits(event.on));
        let later = events.split_off(waiting);
        let mut outcomes = course.take_all(events);
        if course.schedule.is_some() && holding.origin.recorded().is_some() {
            course.warranty = course.warranty_end();
        }
        outcomes.extend(course.take_all(later));
        (course, outcomes)
    }

    fn take_all(&mut self, events: Vec<(usize, &'a Event)>) -> Vec<EventOutcome<'a>> {
        let outcome = |(index, event)| EventOutcome { index, event, result: self.take(event) };
        events.into_iter().map(outcome).collect()
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
        if self.term.is_some() && self.terminated.is_some_and(|terminated| terminated <= on) {
            return Ok(self.terminated);
        }
        let end_date = self.end_of_period(on)?;
        Ok(end_date.map(|end| self.terminated.map_or(end, |terminated| end.min(terminated))))
    }

    /// The same if it is not terminated.
    pub(super) fn end_of_period(&self, on: Date) -> Result<Option<Date>, DateOutOfRange> {
        let Some(term) = self.term else { return Ok(None) };
        let scheduled = self.schedule.as_ref().map(|schedule| schedule.at(on)).transpose()?.flatten();
        Ok(Some(scheduled.map_or(term.end_date, |scheduled| scheduled.period.end_date)))
    }

    /// The end of the warranty as it is shown: what goes on by itself takes it along until it is terminated (SUB-6).
    pub(super) fn warranty_end(&self) -> Option<Date> {
        let Some(term) = self.term else { return self.origin.warranty_end() };
        match self.schedule {
            Some(_) => term.going_on().warranty_shown(self.terminated),
            None => term.warranty_shown(Some(term.end_date)),
        }
    }

    /// Whether the warranty, as it is shown, is not the one that was stated (SUB-6).
    pub(super) fn is_warranty_moved(&self) -> bool {
        self.had_moved() || self.warranty_end() != self.warranty
    }

    /// The same of the warranty as the next renewal finds it: that of a pre-paid term may last longer than the term.
    pub(super) fn is_term_warranty_moved(&self) -> bool {
        match self.term.filter(|_| self.schedule.is_none()) {
            Some(term) => self.had_moved() || term.warranty_end != self.warranty,
            None => self.is_warranty_moved(),
        }
    }

    fn had_moved(&self) -> bool {
        self.origin.recorded().is_some_and(|grounds| grounds.set().contains(RuleId::Sub6))
    }

    /// What it is on the day `on`, on which the service ends as told.
    pub(super) fn life(&self, end_date: Option<Date>, on: Date) -> LifeState {
        life_on(self.origin.started(), end_date, self.terminated, on)
    }

    /// Whether the day lies in the included first year (SUB-1).
    pub(super) fn is_included_year(&self, life: LifeState, on: Date) -> bool {
        life == LifeState::Active && self.origin.included_until().is_some_and(|until| on < until)
    }

    /// The rule by which there is service on the day `on`.
    pub(super) fn rule_in_service(&self, on: Date) -> RuleId {
        let first_term_over = self.term.is_some_and(|term| term.end_date <= on);
        // A first term may be longer than the included year.
        let year_over = self.rule == RuleId::Sub1 && !self.is_included_year(LifeState::Active, on);
        if self.schedule.is_none() || !(first_term_over || year_over) {
            return self.rule;
        }
        match self.origin.data().billing {
            SubscriptionBilling::Direct => RuleId::Sub7,
            SubscriptionBilling::PrePaid | SubscriptionBilling::Free => RuleId::Res1,
        }
    }

    fn take(&mut self, event: &'a Event) -> Result<Effect, EventRefusal> {
        let on = event.on;
        if let Some(as_of) = self.origin.includes(event) {
            return Err(EventRefusal::AlreadyCounted { on, as_of, event: event.change.event_type() });
        }
        if let Some(terminated) = self.terminated.filter(|terminated| *terminated <= on) {
            return Err(EventRefusal::Terminated { terminated });
        }
        match &event.change {
            Change::Renewal { months, offer } => self.renewal(on, *months, offer.as_ref()),
            Change::Activation { months, offer } => self.activation(on, *months, offer.as_ref()),
            Change::OfferChange { offer, effective } => self.offer_change(on, offer, *effective),
            Change::PeriodChange { months, effective } => self.period_change(on, *months, *effective),
            Change::Termination { effective } => {
                let from = self.change_from(on, *effective, EventType::Termination)?;
                (self.terminated, self.terminated_on) = (Some(from), Some(on));
                Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
            }
            Change::Withdrawal => self.withdrawal(on),
        }
    }

    /// SUB-7: another offer from the next invoice on; where it is known as of a day, also an upgrade that waits for its term.
    fn offer_change(
        &mut self,
        on: Date,
        offer: &'a OfferName,
        effective: Option<Date>,
    ) -> Result<Effect, EventRefusal> {
        let ordered = self.term.filter(|_| self.schedule.is_none() && self.origin.waits(on));
        if let Some(from) = effective.filter(|_| ordered.is_some()) {
            self.offers.push(Offered { on, from, offer, declared: false });
            return Ok(self.effect(from, false, Grounds::new(RuleId::Sub2)));
        }
        let from = self.change_from(on, effective, EventType::OfferChange)?;
        self.offers.retain(|offered| !offered.declared || offered.from <= on);
        // The offer of an activation counts from the first day of its term, and no declaration replaces it.
        let first_day = self.term.filter(|term| term.terms_from == from && from < term.end_date);
        let declared = first_day.is_none() || !self.origin.waits(on);
        self.offers.push(Offered { on, from, offer, declared });
        Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
    }

    /// SUB-2, SUB-4: a purchase order for some months.
    pub(super) fn renewal(
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
        let renewal = renew(&term, months, on, self.late)?;
        self.renewed(&renewal);
        let Renewal { from, reactivated, grounds, .. } = renewal;
        self.offers.extend(offer.map(|offer| Offered { on, from, offer, declared: false }));
        Ok(self.effect(from, reactivated, grounds))
    }

    /// With the term after a renewal.
    pub(super) fn renewed(&mut self, renewal: &Renewal) {
        self.term = Some(renewal.term);
        self.rule = renewal.grounds.deciding();
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
        self.offers.extend(offer.map(|offer| Offered { on, from: next.from, offer, declared: false }));
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
        self.period_change = Some(PeriodChange { on, from, months });
        Ok(self.effect(from, false, Grounds::new(RuleId::Sub7)))
    }

    /// SUB-7: the service goes on after all.
    fn withdrawal(&mut self, on: Date) -> Result<Effect, EventRefusal> {
        self.declared_by(on)?;
        self.terminated.take().ok_or(EventRefusal::NothingToWithdraw { on })?;
        Ok(self.effect(on, false, Grounds::new(RuleId::Sub7)))
    }

    /// SUB-7: what is declared may be so from the registration on; what waits was asked when it was declared or ordered.
    fn declared_by(&self, on: Date) -> Result<(), EventRefusal> {
        match self.origin.data().registered.or(self.origin.started()) {
            Some(started) if on < started && !self.origin.waits(on) => {
                Err(EventRefusal::BeforeStart { on, started })
            }
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
            SubscriptionBilling::Direct if self.was_invoice_day(on, wanted) => Ok(wanted),
            SubscriptionBilling::Direct => invoice_day_from(schedule, wanted),
            // Free of charge (RES-1): no period is paid for that would have to run out.
            SubscriptionBilling::PrePaid | SubscriptionBilling::Free => Ok(wanted),
        }
    }

    /// Whether the day of what was declared before things are known can have been an invoice's when it was declared: the
    /// periods may have another length since.
    fn was_invoice_day(&self, on: Date, wanted: Date) -> bool {
        let is_own = self.invoice_day == InvoiceDay::Own && self.origin.waits(on);
        is_own && self.term.is_some_and(|term| whole_months(term.terms_from, wanted).is_some())
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
