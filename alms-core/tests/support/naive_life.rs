//! The life of one subscription, from the rules and from nothing else: how it begins, what its events do, what it is
//! on a day.
//!
//! Days and months are walked one by one. Where several things are wrong with an event, the rules do not say which of
//! them is reported: a refusal here is the list of all.

use super::{Fault, day, days, fault, integer, members, optional, text};
use crate::support::naive_calendar::{Day, LAST};
use serde_json::{Value, json};

/// The offers of the built-in catalogue that carry data and nothing else; they have no included year.
pub const CONNECTIVITY: [&str; 3] = [
    "250 MB ECC Connectivity – T-Mobile",
    "500 MB ECC Connectivity – AT&T",
    "AirLink Connectivity 1 GB (EU)",
];

/// The offers of the built-in catalogue that are a system's support; a system has one of them.
const SUPPORT: [&str; 5] = [
    "AirLink Basic",
    "AirLink Complete",
    "AirLink Complete (XR80)",
    "AirLink Premium",
    "AirLink Management Service (ALMS)",
];

/// What came of an event, by its place in the list: its effect, or all reasons why it has none.
pub type Outcome = (usize, Result<Value, Vec<Fault>>);

/// From which day which offer is sold.
#[derive(Clone)]
struct Sold<'a> {
    from: Day,
    offer: &'a str,
    /// By an offer change, which a later one replaces while it waits.
    declared: bool,
}

/// A period of a service that goes on by itself.
pub struct Period {
    pub start: Day,
    pub end: Day,
    /// The length that is sold.
    pub months: i64,
    /// The days of a period that is cut short, and those of the full one.
    pub cut: Option<(i64, i64)>,
}

/// A term that a purchase order begins.
pub struct Term {
    pub from: Day,
    pub end: Day,
    /// The day from which its chain is counted.
    pub anchor: Day,
    /// No day without service lies before it.
    pub closes: bool,
}

/// A subscription after some of its events.
#[derive(Clone)]
pub struct Life<'a> {
    pub doc: &'a Value,
    /// The end of the current term, or of the first one where it goes on by itself; none in inventory.
    pub end: Option<Day>,
    /// As the document says or implies, and as terms have moved it: before service and limit cut it.
    pub warranty: Option<Day>,
    /// The first day after the included year.
    included_until: Option<Day>,
    /// Where the chain began, once an order has gone on with it or begun one.
    chain: Option<Day>,
    sold: Vec<Sold<'a>>,
    /// From which day which length of a period; of service that goes on by itself.
    lengths: Vec<(Day, i64)>,
    /// The day on which it ends for good.
    pub terminates: Option<Day>,
    /// The rule of the last renewal or activation.
    moved_by: Option<&'static str>,
    /// The account's invoice day, where the systems have no day of their own.
    invoice_day: Option<i64>,
}

pub fn date(value: &Value) -> Option<Day> {
    value.as_str().map(Day::parse)
}

pub fn is_connectivity(offer: &Value) -> bool {
    CONNECTIVITY.iter().any(|known| offer == *known)
}

pub fn is_support(offer: &Value) -> bool {
    SUPPORT.iter().any(|known| offer == *known)
}

fn registered(doc: &Value) -> Option<Day> {
    date(&doc["registered"])
}

/// Of the serial, anywhere.
fn first_registered(doc: &Value) -> Option<Day> {
    date(&doc["first_registered"]).or(registered(doc))
}

fn start(doc: &Value) -> Option<Day> {
    date(&doc["start_date"]).or(registered(doc)).or(first_registered(doc))
}

/// SUB-6: five years from the first registration; none is known without one.
fn limit(doc: &Value) -> Option<Day> {
    first_registered(doc).map(|first| first.add_months(60).into_range())
}

/// After how many months it renews by itself.
fn renews_every(doc: &Value) -> Option<i64> {
    doc["renews_every_months"].as_i64().or(match doc["billing"].as_str() {
        Some("direct") => Some(1),
        Some("free") => Some(60),
        _ => None,
    })
}

/// The end of the free time that a registration includes.
fn included_end(doc: &Value) -> Option<Day> {
    if doc["billing"] == "free" {
        return registered(doc).or(first_registered(doc)).map(|day| day.add_months(60));
    }
    first_registered(doc).map(|day| day.add_months(12))
}

/// SUB-1, SUB-11, SER-1: the end of the first term; none in inventory.
fn first_end(doc: &Value) -> Option<Day> {
    if doc["state"] == "inventory" {
        return None;
    }
    if let Some(stated) = date(&doc["end_date"]) {
        return Some(stated);
    }
    let direct = doc["billing"] == "direct";
    // It is billed from its first day, or sold; a reseller's is neither.
    if is_connectivity(&doc["offer"]) {
        return if direct || doc["billing"] == "free" { start(doc) } else { None };
    }
    let year_end = included_end(doc)?;
    let elsewhere = registered(doc).is_some_and(|here| first_registered(doc) != Some(here));
    let used_up = elsewhere && registered(doc).is_some_and(|here| year_end <= here);
    if used_up {
        // What is left of the year is nothing.
        return if direct { start(doc) } else { None };
    }
    Some(start(doc).map_or(year_end, |start| start.max(year_end)))
}

/// What is wrong with the facts, each with the field that is named.
pub fn faults(doc: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (here, first, start_date) =
        (registered(doc), date(&doc["first_registered"]), date(&doc["start_date"]));
    let end = date(&doc["end_date"]);
    if let (Some(here), Some(start_date)) = (here.or(first), start_date)
        && start_date < here
    {
        faults.push(fault("start_before_registration", Some("SUB-1"), "start_date"));
    }
    if let (Some(first), Some(here)) = (first, here)
        && first > here
    {
        faults.push(fault("first_registered_after_registration", Some("SER-1"), "first_registered"));
    }
    if let (Some(end), Some(start)) = (end, start(doc))
        && end < start
    {
        let field = if start_date.is_some() { "start_date" } else { "end_date" };
        faults.push(fault("end_before_start", Some("SUB-1"), field));
    }
    if doc["state"] == "inventory" {
        if end.is_some() {
            faults.push(fault("invalid_input", None, "end_date"));
        }
    } else if end.is_none() && first_registered(doc).is_none() && !is_connectivity(&doc["offer"]) {
        faults.push(fault("invalid_input", None, "end_date"));
    } else if first_end(doc).is_some_and(|end| !end.in_range()) {
        for field in ["registered", "first_registered"] {
            faults.push(fault("date_out_of_range", Some("SUB-1"), field));
        }
    }
    for (index, event) in members(&doc["events"]).iter().enumerate() {
        for mut wrong in event_faults(event) {
            wrong.path = format!("events[{index}].{}", wrong.path);
            faults.push(wrong);
        }
    }
    faults
}

/// What is wrong with an event as such.
pub fn event_faults(event: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let order = event["type"] == "renewal" || event["type"] == "activation";
    if order {
        faults.extend(length_fault(event));
    }
    if let Some(effective) = date(&event["effective"])
        && (order || effective < day(&event["on"]) || event["withdraw"] == true)
    {
        faults.push(fault("invalid_input", None, "effective"));
        faults.push(fault("invalid_input", Some("SUB-7"), "effective"));
    }
    faults
}

/// A length is `months` or `years`, one of them.
pub fn length_fault(doc: &Value) -> Option<Fault> {
    match (doc["months"].as_i64(), doc["years"].as_i64()) {
        (Some(_), Some(_)) => Some(fault("invalid_input", None, "years")),
        (None, None) => Some(fault("invalid_input", None, "months")),
        _ => None,
    }
}

/// The months of a length, and the name of the field that says it.
pub fn length(doc: &Value) -> (i64, &'static str) {
    match doc["months"].as_i64() {
        Some(months) => (months, "months"),
        None => (integer(&doc["years"]) * 12, "years"),
    }
}

/// Whether a day is another one, some whole months later, clamped to the last day of the month.
fn is_anniversary(anchor: Day, end: Day) -> bool {
    anchor.add_months(i128::from(anchor.month_changes_until(end))) == end
}

/// Some months after an anniversary of an anchor.
fn after(anchor: Day, end: Day, months: i64) -> Day {
    anchor.add_months(i128::from(anchor.month_changes_until(end)) + i128::from(months))
}

/// SUB-2: the day from which a document counts the terms that end on a day; none if that is no anniversary.
pub fn chain_start(doc: &Value, end: Day) -> Option<Day> {
    let candidates = match date(&doc["terms_from"]) {
        Some(stated) => vec![stated],
        None => [first_registered(doc), registered(doc)].into_iter().flatten().collect(),
    };
    candidates.into_iter().find(|candidate| is_anniversary(*candidate, end))
}

impl<'a> Life<'a> {
    /// As a registration or a migration leaves it; `invoice_day` is that of the account, if it has one.
    pub fn begin(doc: &'a Value, invoice_day: Option<i64>) -> Life<'a> {
        let end = first_end(doc);
        let year = first_registered(doc).map(|first| first.add_months(12).into_range());
        let implied = date(&doc["end_date"]).is_none() && end.is_some() && !is_connectivity(&doc["offer"]);
        let warranty = date(&doc["warranty_end"]).or(year.filter(|_| implied));
        let year = year.filter(|_| !is_connectivity(&doc["offer"]));
        let included = date(&doc["included_until"]).or(year.filter(|_| end.is_some()));
        // An included year ends with the first term at the latest.
        let included_until = included.map(|until| end.map_or(until, |end| end.min(until)));
        let first = Day { year: 0, month: 1, day: 1 };
        // A calculator may not know the offer.
        let offer = doc["offer"].as_str().unwrap_or("");
        Life {
            doc,
            end,
            warranty,
            included_until,
            chain: None,
            sold: vec![Sold { from: first, offer, declared: false }],
            lengths: renews_every(doc).into_iter().map(|months| (first, months)).collect(),
            terminates: None,
            moved_by: None,
            invoice_day: invoice_day.filter(|_| doc["billing"] == "direct"),
        }
    }

    /// With all events up to a day; what was refused has its faults, what was not its effect.
    pub fn until(
        doc: &'a Value,
        on: Day,
        late: &Value,
        invoice_day: Option<i64>,
    ) -> (Life<'a>, Vec<Outcome>) {
        let mut life = Life::begin(doc, invoice_day);
        let mut events: Vec<(usize, &Value)> = members(&doc["events"]).iter().enumerate().collect();
        // A stable sort: of one day, the order of the list counts.
        events.sort_by_key(|(_, event)| day(&event["on"]));
        let mut results = Vec::new();
        for (index, event) in events.into_iter().filter(|(_, event)| day(&event["on"]) <= on) {
            results.push((index, life.take(event, late)));
        }
        (life, results)
    }

    fn start(&self) -> Option<Day> {
        start(self.doc)
    }

    pub fn is_direct(&self) -> bool {
        self.doc["billing"] == "direct"
    }

    pub fn goes_on(&self) -> bool {
        !self.lengths.is_empty()
    }

    /// The event's effect, or why it has none.
    fn take(&mut self, event: &'a Value, late: &Value) -> Result<Value, Vec<Fault>> {
        let faults = self.refusals(event);
        if !faults.is_empty() {
            return Err(faults);
        }
        match text(&event["type"]) {
            "activation" => self.activate(event),
            "renewal" => self.renew(event, late),
            _ if event["withdraw"] == true => Ok(self.withdraw(event)),
            _ => self.declare(event),
        }
    }

    /// All that speaks against an event before anything is counted.
    fn refusals(&self, event: &Value) -> Vec<Fault> {
        let (on, kind) = (day(&event["on"]), text(&event["type"]));
        let order = kind == "renewal" || kind == "activation";
        let mut faults = Vec::new();
        if !order && registered(self.doc).or(self.start()).is_some_and(|begin| on < begin) {
            faults.push(fault("before_start", Some("SUB-1"), "on"));
        }
        if self.terminates.is_some_and(|terminates| terminates <= on) {
            faults.push(fault("terminated", Some("SUB-7"), "on"));
        }
        match (self.end, kind) {
            (None, "activation") => {}
            (None, _) => {
                faults.push(fault("no_end_date", Some("MIG-3"), "type"));
                faults.extend(self.nothing_to_withdraw(event));
            }
            (Some(_), "activation") => faults.push(fault("not_in_inventory", Some("MIG-3"), "type")),
            (Some(_), "renewal") if self.goes_on() => {
                faults.push(fault("billing_mismatch", Some("SUB-8"), "type"));
            }
            (Some(_), "renewal") => {}
            (Some(_), _) => faults.extend(self.declaration_refusals(event)),
        }
        faults
    }

    fn declaration_refusals(&self, event: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !self.goes_on() {
            faults.push(fault("pre_paid_term", Some("SUB-2"), "type"));
        }
        if event["type"] == "period_change" {
            if self.goes_on() && !self.is_direct() {
                faults.push(fault("billing_mismatch", Some("SUB-8"), "type"));
            }
            if ![1, 12].contains(&integer(&event["months"])) {
                faults.push(fault("invalid_term", Some("SUB-7"), "months"));
            }
        }
        faults.extend(self.nothing_to_withdraw(event));
        faults
    }

    fn nothing_to_withdraw(&self, event: &Value) -> Option<Fault> {
        let none = event["withdraw"] == true && self.terminates.is_none();
        none.then(|| fault("nothing_to_withdraw", Some("SUB-7"), "withdraw"))
    }

    /// MIG-3: from the order on, at the earliest from the start.
    fn activate(&mut self, event: &'a Value) -> Result<Value, Vec<Fault>> {
        let on = day(&event["on"]);
        let from = self.not_before_start(on);
        let end = from.add_months(i128::from(length(event).0));
        if !end.in_range() {
            return Err(vec![fault("date_out_of_range", Some("SUB-2"), "months")]);
        }
        self.end = Some(end);
        self.chain = Some(from);
        self.moved_by = Some("MIG-3");
        self.sell(from, event);
        Ok(self.effect(from, false, vec!["MIG-3"]))
    }

    /// SUB-2, SUB-4, SUB-6
    fn renew(&mut self, event: &'a Value, late: &Value) -> Result<Value, Vec<Fault>> {
        let on = day(&event["on"]);
        let old = self.end.expect("a term");
        let term = self.order(length(event).0, "months", on, late)?;
        let rules = self.book(&term, on);
        self.sell(term.from, event);
        Ok(self.effect(term.from, on > old, rules))
    }

    /// The term that an order on a day begins.
    pub fn order(&self, months: i64, field: &str, on: Day, late: &Value) -> Result<Term, Vec<Fault>> {
        let term = self.next_term(months, on, late);
        if !term.end.in_range() {
            return Err(vec![fault("date_out_of_range", Some("SUB-2"), field)]);
        }
        if term.end <= on {
            let mut over = fault("term_over_before_order", Some("SUB-4"), field);
            over.months_needed = (1..)
                .map(|months| (months, self.next_term(months, on, late).end))
                .find(|(_, end)| *end > on)
                .and_then(|(months, end)| end.in_range().then_some(months));
            return Err(vec![over]);
        }
        Ok(term)
    }

    pub fn next_term(&self, months: i64, on: Day, late: &Value) -> Term {
        let old = self.end.expect("a term");
        let from = self.term_start(on, late);
        let anchor = if from == old { self.anchor().unwrap_or(old) } else { from };
        Term { from, end: after(anchor, from, months), anchor, closes: from == old }
    }

    /// SUB-4: on or before the end an order is in time, after it the policy says from when its term counts.
    pub fn term_start(&self, on: Day, late: &Value) -> Day {
        let old = self.end.expect("a term");
        if on <= old {
            return old;
        }
        match late.as_str() {
            Some("from_end") => old,
            None if late.is_object() => {
                let setting = |name: &str, absent| late["backdated"][name].as_i64().unwrap_or(absent);
                if days(old, on) <= setting("grace_days", 10) {
                    self.not_before_start(on)
                } else {
                    old.max(on.add_days(-setting("max_days", 180)))
                }
            }
            _ => self.not_before_start(on),
        }
    }

    fn not_before_start(&self, on: Day) -> Day {
        self.start().map_or(on, |start| start.max(on))
    }

    /// The day from which the current chain is counted, if the end is an anniversary of one.
    fn anchor(&self) -> Option<Day> {
        self.chain.or_else(|| chain_start(self.doc, self.end.expect("a term")))
    }

    /// Ends with a new term; gives the rules behind it.
    pub fn book(&mut self, term: &Term, on: Day) -> Vec<&'static str> {
        let old = self.end.expect("a term");
        let mut rules = vec![if on > old { "SUB-4" } else { "SUB-2" }];
        let ran_along = self.warranty.is_some_and(|warranty| warranty >= old);
        if let Some(limit) = limit(self.doc) {
            // One that had reached its limit before the end of the service stays there.
            let warranty = self.warranty.map(|warranty| warranty.min(limit));
            self.warranty = match warranty.filter(|warranty| *warranty >= old) {
                Some(_) if !term.closes => None,
                Some(warranty) => Some(warranty.max(term.end).min(limit)),
                None => warranty,
            };
        } else if ran_along && !term.closes {
            self.warranty = None;
        }
        self.end = Some(term.end);
        self.chain = Some(term.anchor);
        self.moved_by = Some(rules[0]);
        if ran_along && self.warranty_by_service() < Some(term.end) {
            rules.push("SUB-6");
        }
        rules
    }

    fn sell(&mut self, from: Day, event: &'a Value) {
        if let Some(offer) = event["offer"].as_str() {
            self.sold.push(Sold { from, offer, declared: false });
        }
    }

    /// SUB-7, RES-1: a change of the offer or the period, or the end, of a service that goes on by itself.
    fn declare(&mut self, event: &'a Value) -> Result<Value, Vec<Fault>> {
        let (on, kind) = (day(&event["on"]), text(&event["type"]));
        let before = self.clone();
        // What it replaces has never been.
        let waits = |from: Day| from > on;
        match kind {
            "termination" => self.terminates = None,
            "offer_change" => self.sold.retain(|sold| !(sold.declared && waits(sold.from))),
            _ => self.lengths.retain(|(from, _)| !waits(*from)),
        }
        let wanted = date(&event["effective"]).unwrap_or(on);
        let from = if self.is_direct() { self.invoice_from(wanted) } else { wanted };
        if !from.in_range() {
            *self = before;
            let field = |field| fault("date_out_of_range", Some("SUB-7"), field);
            return Err(vec![field("on"), field("effective")]);
        }
        match kind {
            "termination" => self.terminates = Some(from),
            "offer_change" => {
                self.sold.push(Sold { from, offer: text(&event["offer"]), declared: true });
            }
            _ => self.lengths.push((from, integer(&event["months"]))),
        }
        Ok(self.effect(from, false, vec!["SUB-7"]))
    }

    fn withdraw(&mut self, event: &Value) -> Value {
        let on = day(&event["on"]);
        self.terminates = None;
        self.effect(on, false, vec!["SUB-7"])
    }

    /// What is known after an event: the end is that of the term, or that of a service that is to end for good.
    fn effect(&self, from: Day, reactivated: bool, rules: Vec<&'static str>) -> Value {
        let end = if self.goes_on() { self.terminates } else { self.end };
        json!({"from": from.text(), "end_date": optional(end), "warranty_end": optional(self.warranty_by_service()),
            "reactivated": reactivated, "rules": rules})
    }

    /// The periods of a service that goes on by itself, the first after the first end; they never stop.
    pub fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        let first = self.end.expect("a term");
        let anchor = self.anchor().unwrap_or(first);
        let (mut anchor, mut offset) = (anchor, anchor.month_changes_until(first));
        let mut cut = false;
        if let Some(wanted) = self.invoice_day {
            (anchor, offset, cut) = (first, 0, first.day != wanted);
        }
        std::iter::from_fn(move || {
            let start = anchor.add_months(i128::from(offset));
            let months = self.length_on(start);
            if cut {
                cut = false;
                let end =
                    (1..).map(|days| start.add_days(days)).find(|end| Some(end.day) == self.invoice_day);
                let end = end.expect("every month has that day");
                anchor = end;
                let full = end.add_months(-i128::from(months));
                return Some(Period { start, end, months, cut: Some((days(start, end), days(full, end))) });
            }
            offset += months;
            Some(Period { start, end: anchor.add_months(i128::from(offset)), months, cut: None })
        })
    }

    fn length_on(&self, day: Day) -> i64 {
        self.lengths.iter().rfind(|(from, _)| *from <= day).expect("it renews by itself").1
    }

    /// The first day of a period that is not before a day.
    fn invoice_from(&self, wanted: Day) -> Day {
        self.periods().map(|period| period.start).find(|start| *start >= wanted).expect("periods go on")
    }

    /// The end of the term, or of the period in which a day lies; at most the end for good.
    pub fn end_on(&self, on: Day) -> Option<Day> {
        let end = self.end?;
        if !self.goes_on() {
            return Some(end);
        }
        if let Some(terminates) = self.terminates
            && on >= terminates
        {
            return Some(terminates);
        }
        let end = self.periods().map(|period| period.start).find(|start| *start > on).expect("periods go on");
        Some(self.terminates.map_or(end, |terminates| terminates.min(end)))
    }

    /// Whether the period of a day ends after the calendar, also where the service is to end before.
    pub fn period_is_out_of_range(&self, on: Day) -> bool {
        let runs = self.end.is_some() && self.goes_on() && self.terminates.is_none_or(|end| on < end);
        let next = || self.periods().map(|period| period.start).find(|start| *start > on);
        runs && next().is_some_and(|end| !end.in_range())
    }

    /// SUB-6: as it is shown; none in inventory and before the start.
    pub fn warranty_on(&self, on: Day) -> Option<Day> {
        if self.start().is_some_and(|start| on < start) { None } else { self.warranty_by_service() }
    }

    /// SUB-6: the earliest of the date, the end of the service and the limit.
    pub fn warranty_by_service(&self) -> Option<Day> {
        let (warranty, end) = (self.warranty?, self.end?);
        let limit = limit(self.doc);
        if !self.goes_on() {
            return Some(warranty.min(end).min(limit.unwrap_or(warranty)));
        }
        let along = if warranty >= end { LAST } else { warranty };
        Some(along.min(limit.unwrap_or(warranty)).min(self.terminates.unwrap_or(LAST)))
    }

    pub fn under_warranty(&self, on: Day) -> bool {
        self.warranty_on(on).is_some_and(|warranty| on < warranty)
    }

    pub fn included_on(&self, on: Day) -> bool {
        self.state_on(on) == "active" && self.included_until.is_some_and(|until| on < until)
    }

    /// What is sold and takes effect, in the order of its days: from the day of a termination on nothing does.
    fn in_effect(&self) -> impl Iterator<Item = &Sold<'a>> + '_ {
        let counts = |sold: &&Sold<'a>| self.terminates.is_none_or(|terminates| sold.from < terminates);
        let mut sold: Vec<&Sold<'a>> = self.sold.iter().filter(counts).collect();
        // A stable sort: of one day, the later word counts.
        sold.sort_by_key(|sold| sold.from);
        sold.into_iter()
    }

    pub fn offer_on(&self, on: Day) -> &'a str {
        self.in_effect().filter(|sold| sold.from <= on).last().expect("the first offer").offer
    }

    /// What is booked to follow is what is renewed.
    pub fn last_offer(&self) -> &'a str {
        self.in_effect().last().expect("the first offer").offer
    }

    pub fn next_offer(&self, on: Day) -> Option<(Day, &'a str)> {
        let mut later: Vec<Day> = self.in_effect().map(|sold| sold.from).filter(|from| *from > on).collect();
        later.sort();
        let from = later.into_iter().find(|from| self.offer_on(*from) != self.offer_on(on))?;
        Some((from, self.offer_on(from)))
    }

    pub fn state_on(&self, on: Day) -> &'static str {
        if self.start().is_some_and(|start| on < start) {
            return "not_started";
        }
        if self.terminates.is_some_and(|terminates| terminates <= on) {
            return "terminated";
        }
        match self.end {
            None => "inventory",
            Some(end) if !self.goes_on() && end <= on => "suspended",
            Some(_) => "active",
        }
    }

    /// Why a purchase order has no part in it.
    pub fn skipped(&self) -> Option<&'static str> {
        match self.end {
            None => Some("inventory"),
            _ if self.terminates.is_some() => Some("terminated"),
            _ if self.goes_on() => Some("renews_by_itself"),
            Some(_) => None,
        }
    }

    /// SUB-5: the day of the notification, while there is one to send.
    pub fn notified_from(&self, on: Day) -> Option<Day> {
        let end = self.end.filter(|end| self.skipped().is_none() && on < *end)?;
        Some(end.add_days(-90).into_range())
    }

    /// The rule by which a service goes on by itself.
    fn goes_on_by(&self) -> &'static str {
        if self.is_direct() { "SUB-7" } else { "RES-1" }
    }

    /// The deciding rule.
    pub fn decided_by(&self, on: Day) -> &'static str {
        match self.state_on(on) {
            "not_started" => "SUB-1",
            "inventory" => "MIG-3",
            "terminated" => "SUB-7",
            "suspended" => "SUB-3",
            _ if self.goes_on() && self.end <= Some(on) => self.goes_on_by(),
            _ => match (self.moved_by, first_registered(self.doc)) {
                (Some(rule), _) => rule,
                // The included year is over, the first term is not.
                (None, Some(_)) if self.goes_on() && !self.included_on(on) => self.goes_on_by(),
                (None, Some(_)) => "SUB-1",
                (None, None) => "SUB-3",
            },
        }
    }
}
