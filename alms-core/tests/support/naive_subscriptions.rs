//! The life of subscriptions a second time, from the rules and from nothing else.
//!
//! Dates are walked day by day and month by month, and what is cheapest is found by trying everything. It takes
//! documents of the right shape only. Where several things are wrong with a document, the rules do not say which is
//! reported: a refusal here is the list of all, and the library may report any one. Where they leave a choice between
//! purchases that cost the same, reach as far and take as many units, the library's choice is taken.

use crate::support::naive_calendar::Day;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One thing that is wrong with a document: code, rule and path.
pub type Fault = (&'static str, Option<&'static str>, String);

/// The output document, or all that is wrong with the input.
pub type Answer = Result<Value, Vec<Fault>>;

/// What came of an event, by its place in the list: its effect, or why it has none.
pub type Outcome = (usize, Result<Value, Fault>);

/// Parts of a currency's unit in which amounts are counted here.
const PARTS: i128 = 1_000_000;

/// A subscription after some of its events.
#[derive(Clone)]
pub struct Life<'a> {
    doc: &'a Value,
    /// The end of the (first) term; none in inventory.
    end: Option<Day>,
    warranty: Option<Day>,
    /// From which day which offer.
    offers: Vec<(Day, &'a str)>,
    /// The day on which it ends for good.
    terminates: Option<Day>,
    /// The rule of the last renewal or activation.
    moved_by: Option<&'static str>,
}

impl<'a> Life<'a> {
    /// As a registration or a migration leaves it.
    pub fn begin(doc: &'a Value) -> Life<'a> {
        let registered = date(&doc["registered"]);
        let (mut end, mut warranty) = (date(&doc["end_date"]), date(&doc["warranty_end"]));
        if end.is_none() && doc["state"] != "inventory" {
            end = registered.map(|registered| registered.add_months(12));
            warranty = warranty.or(end);
        }
        let first = Day { year: 0, month: 1, day: 1 };
        let offers = vec![(first, text(&doc["offer"]))];
        Life { doc, end, warranty, offers, terminates: None, moved_by: None }
    }

    /// With all events up to a day; what was refused has a fault, what was not its effect.
    pub fn until(doc: &'a Value, on: Day, late: &str) -> (Life<'a>, Vec<Outcome>) {
        let mut life = Life::begin(doc);
        let mut events: Vec<(usize, &Value)> = members(&doc["events"]).iter().enumerate().collect();
        // A stable sort: of one day, the order of the list counts.
        events.sort_by_key(|(_, event)| day(&event["on"]));
        let mut results = Vec::new();
        for (index, event) in events.into_iter().filter(|(_, event)| day(&event["on"]) <= on) {
            results.push((index, life.take(event, late)));
        }
        (life, results)
    }

    fn registered(&self) -> Option<Day> {
        date(&self.doc["registered"])
    }

    fn start(&self) -> Option<Day> {
        date(&self.doc["start_date"]).or(self.registered())
    }

    fn is_direct(&self) -> bool {
        self.doc["billing"] == "direct"
    }

    /// After how many months it renews by itself.
    fn renews_every(&self) -> Option<i64> {
        self.doc["renews_every_months"].as_i64().or(if self.is_direct() { Some(1) } else { None })
    }

    /// The event's effect, or why it has none.
    fn take(&mut self, event: &'a Value, late: &str) -> Result<Value, Fault> {
        let on = day(&event["on"]);
        let kind = text(&event["type"]);
        let fault = |code, rule, field: &str| Err((code, Some(rule), field.to_owned()));
        if self.start().is_some_and(|start| on < start) {
            return fault("before_start", "SUB-1", "on");
        }
        if self.terminates.is_some() {
            return fault("terminated", "SUB-7", "on");
        }
        let Some(end) = self.end else {
            return if kind == "activation" {
                self.activate(event, on)
            } else {
                fault("no_end_date", "MIG-3", "type")
            };
        };
        match (kind, self.renews_every()) {
            ("activation", _) => fault("not_in_inventory", "MIG-3", "type"),
            ("renewal", Some(_)) => fault("billing_mismatch", "SUB-8", "type"),
            ("renewal", None) => self.renew(event, on, late),
            (_, None) => fault("pre_paid_term", "SUB-2", "type"),
            (_, Some(_)) if self.is_direct() && on < self.first_year_end(end) => {
                fault("first_year", "SUB-7", "on")
            }
            (_, Some(_)) => self.change(event, on),
        }
    }

    /// The included year after registration, else the first term.
    fn first_year_end(&self, end: Day) -> Day {
        self.registered().map_or(end, |registered| registered.add_months(12))
    }

    /// MIG-3
    fn activate(&mut self, event: &'a Value, on: Day) -> Result<Value, Fault> {
        let end = on.add_months(12 * i128::from(integer(&event["years"])));
        if !end.in_range() {
            return Err(("date_out_of_range", Some("SUB-2"), "years".to_owned()));
        }
        self.end = Some(end);
        self.moved_by = Some("MIG-3");
        self.offers.extend(event["offer"].as_str().map(|offer| (on, offer)));
        let end = if self.renews_every().is_some() { None } else { Some(end) };
        Ok(effect(on, end, self.warranty, false, &["MIG-3"]))
    }

    /// SUB-2, SUB-4, SUB-6
    fn renew(&mut self, event: &'a Value, on: Day, late: &str) -> Result<Value, Fault> {
        let old = self.end.expect("a term");
        let Some(renewal) =
            renewal(self.registered(), old, self.warranty, integer(&event["years"]), on, late)
        else {
            return Err(("date_out_of_range", Some("SUB-2"), "years".to_owned()));
        };
        self.end = Some(renewal.end);
        self.warranty = renewal.warranty;
        self.moved_by = Some(renewal.rules[0]);
        self.offers.extend(event["offer"].as_str().map(|offer| (renewal.from, offer)));
        Ok(effect(renewal.from, self.end, self.warranty, renewal.reactivated, &renewal.rules))
    }

    /// SUB-7, RES-1: a change of the offer, or the end, of a service that goes on by itself.
    fn change(&mut self, event: &'a Value, on: Day) -> Result<Value, Fault> {
        let from = if self.is_direct() { self.boundary_from(on) } else { on };
        if !from.in_range() {
            return Err(("date_out_of_range", Some("SUB-7"), "on".to_owned()));
        }
        if event["type"] == "termination" {
            self.terminates = Some(from);
            return Ok(effect(from, Some(from), self.warranty_on(on), false, &["SUB-7"]));
        }
        self.offers.push((from, text(&event["offer"])));
        Ok(effect(from, None, self.warranty_on(on), false, &["SUB-7"]))
    }

    /// The day on which period `index` of a service that goes on by itself begins.
    fn boundary(&self, index: i64) -> Day {
        let (end, length) = (self.end.expect("a term"), self.renews_every().expect("it renews by itself"));
        let count = i128::from(index * length);
        if let Some(registered) = self.registered().filter(|registered| *registered <= end) {
            let months = i128::from(registered.month_changes_until(end));
            if registered.add_months(months) == end {
                return registered.add_months(months + count);
            }
        }
        end.add_months(count)
    }

    /// The first day of a period that is not before a day.
    fn boundary_from(&self, on: Day) -> Day {
        (0..).map(|index| self.boundary(index)).find(|start| *start >= on).expect("periods go on")
    }

    /// The end of the term, or of the period in which a day lies; at most the end for good.
    fn end_on(&self, on: Day) -> Option<Day> {
        let end = self.end?;
        if self.renews_every().is_none() {
            return Some(end);
        }
        if let Some(terminates) = self.terminates
            && on >= terminates
        {
            return Some(terminates);
        }
        let end = (0..).map(|index| self.boundary(index)).find(|start| *start > on).expect("periods go on");
        Some(self.terminates.map_or(end, |terminates| terminates.min(end)))
    }

    /// SUB-6: the warranty runs along with a service that goes on by itself.
    fn warranty_on(&self, on: Day) -> Option<Day> {
        let (warranty, Some(registered)) = (self.warranty?, self.registered()) else { return self.warranty };
        let (Some(end), Some(_)) = (self.end, self.renews_every()) else { return self.warranty };
        if warranty < end {
            return Some(warranty);
        }
        let along = self.end_on(on).expect("a term").min(registered.add_months(60));
        Some(warranty.max(along.into_range()))
    }

    fn offer_on(&self, on: Day) -> &'a str {
        self.offers.iter().rfind(|(from, _)| *from <= on).expect("the first offer").1
    }

    fn next_offer(&self, on: Day) -> Option<(Day, &'a str)> {
        let mut later: Vec<Day> =
            self.offers.iter().map(|(from, _)| *from).filter(|from| *from > on).collect();
        later.sort();
        let counts = |from: &Day| self.terminates.is_none_or(|terminates| *from < terminates);
        let another = |from: &Day| self.offer_on(*from) != self.offer_on(on);
        let from = later.into_iter().filter(counts).find(another)?;
        Some((from, self.offer_on(from)))
    }

    fn state_on(&self, on: Day) -> &'static str {
        if self.start().is_some_and(|start| on < start) {
            return "not_started";
        }
        if self.terminates.is_some_and(|terminates| terminates <= on) {
            return "terminated";
        }
        match self.end {
            None => "inventory",
            Some(end) if self.renews_every().is_none() && end <= on => "suspended",
            Some(_) => "active",
        }
    }

    /// Why a purchase order has no part in it.
    fn skipped(&self, on: Day) -> Option<&'static str> {
        match self.state_on(on) {
            "not_started" => Some("not_started"),
            "inventory" => Some("inventory"),
            _ if self.terminates.is_some() => Some("terminated"),
            _ if self.renews_every().is_some() => Some("renews_by_itself"),
            _ => None,
        }
    }

    /// The rule by which a service goes on by itself.
    fn goes_on_by(&self) -> &'static str {
        if self.is_direct() { "SUB-7" } else { "RES-1" }
    }

    /// The deciding rule.
    fn decided_by(&self, on: Day) -> &'static str {
        match self.state_on(on) {
            "not_started" => "SUB-1",
            "inventory" => "MIG-3",
            "terminated" => "SUB-7",
            "suspended" => "SUB-3",
            _ if self.renews_every().is_some() && self.end <= Some(on) => self.goes_on_by(),
            _ => match (self.moved_by, self.registered()) {
                (Some(rule), _) => rule,
                // The included year is over, the first term is not.
                (None, Some(registered))
                    if self.renews_every().is_some() && registered.add_months(12) <= on =>
                {
                    self.goes_on_by()
                }
                (None, Some(_)) => "SUB-1",
                (None, None) => "SUB-3",
            },
        }
    }
}

/// What a renewal leads to.
pub struct Renewal {
    pub from: Day,
    pub end: Day,
    pub warranty: Option<Day>,
    pub reactivated: bool,
    pub rules: Vec<&'static str>,
}

/// SUB-2, SUB-4, SUB-6; none where the new end lies after the calendar.
pub fn renewal(
    registered: Option<Day>,
    old: Day,
    warranty: Option<Day>,
    years: i64,
    on: Day,
    late: &str,
) -> Option<Renewal> {
    let is_late = on > old;
    let gap = is_late && late == "from_order";
    let from = if gap { on } else { old };
    let end = from.add_months(i128::from(years) * 12);
    if !end.in_range() {
        return None;
    }
    // It runs on if it was there to the end of the service, and as far as it may.
    let running = warranty.filter(|warranty| *warranty >= old);
    let limit = registered.map(|registered| registered.add_months(60));
    let prolonged = match (running, limit) {
        (Some(warranty), Some(limit)) if !gap => Some(warranty.max(end.min(limit))),
        _ => warranty,
    };
    let mut rules = vec![if is_late { "SUB-4" } else { "SUB-2" }];
    if running.is_some() && prolonged < Some(end) {
        rules.push("SUB-6");
    }
    Some(Renewal { from, end, warranty: prolonged, reactivated: is_late && end > on, rules })
}

fn effect(from: Day, end: Option<Day>, warranty: Option<Day>, reactivated: bool, rules: &[&str]) -> Value {
    json!({"from": from.text(), "end_date": optional(end), "warranty_end": optional(warranty),
        "reactivated": reactivated, "rules": rules})
}

/// `subscriptions.state`; refused events have `[code, rule, path]` for an error.
pub fn state(input: &Value) -> Answer {
    let (doc, on) = (&input["subscription"], day(&input["on"]));
    let (life, results) = Life::until(doc, on, late(input));
    let state = life.state_on(on);
    let (active, offer) = (state == "active", life.offer_on(on));
    let (end, warranty) = (life.end_on(on), life.warranty_on(on));
    if end.is_some_and(|end| !end.in_range()) {
        return Err(vec![("date_out_of_range", Some("SUB-7"), "on".to_owned())]);
    }
    let year = life.registered().map(|registered| registered.add_months(12));
    let ordered = life.skipped(on).is_none() && end.is_some_and(|end| on <= end);
    let notification = end.filter(|_| ordered).map(|end| end.add_days(-90));
    let mut rules = vec![life.decided_by(on)];
    if notification.is_some_and(|from| from <= on) {
        rules.push("SUB-5");
    }
    if warranty != Life::begin(doc).warranty {
        rules.push("SUB-6");
    }
    let events = results.into_iter().map(|(index, result)| {
        let event = &doc["events"][index];
        let (on, kind) = (&event["on"], &event["type"]);
        match result {
            Ok(effect) => json!({"on": on, "type": kind, "ok": true, "effect": effect}),
            Err((code, rule, field)) => {
                let path = format!("subscription.events[{index}].{field}");
                json!({"on": on, "type": kind, "ok": false, "error": [code, rule, path]})
            }
        }
    });
    Ok(json!({
        "serial": doc["serial"],
        "on": on.text(),
        "state": state,
        "offer": offer,
        "next_offer": life.next_offer(on).map(|(from, offer)| json!({"offer": offer, "from": from.text()})),
        "included_year": active && year.is_some_and(|year| on < year),
        "end_date": optional(end),
        "renews_by_itself": life.end.is_some() && life.renews_every().is_some() && life.terminates.is_none(),
        "terminates_on": optional(life.terminates),
        "warranty_end": optional(warranty),
        "service": active,
        "support": active && offer != "AirLink Basic",
        "warranty": warranty.is_some_and(|warranty| on < warranty),
        "account_access": true,
        "notification": notification.map(|from| json!({"from": from.text(), "due": from <= on})),
        "events": events.collect::<Vec<_>>(),
        "rules": rules,
    }))
}

/// The lives of a fleet on a day; an event that is refused fails the call.
fn fleet<'a>(
    input: &'a Value,
    on: Day,
    late: &str,
    asked_for: impl Fn(&&Value) -> bool,
) -> Result<Vec<Life<'a>>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut lives = Vec::new();
    for (index, doc) in list(&input["subscriptions"]).iter().enumerate().filter(|(_, doc)| asked_for(doc)) {
        let (life, results) = Life::until(doc, on, late);
        for (event, result) in results {
            if let Err((code, rule, field)) = result {
                faults.push((code, rule, format!("subscriptions[{index}].events[{event}].{field}")));
            }
        }
        lives.push(life);
    }
    if faults.is_empty() { Ok(lives) } else { Err(faults) }
}

/// Whether an event is refused, events later than a day left aside.
pub fn is_refused(doc: &Value, on: Day, late: &str) -> bool {
    Life::until(doc, on, late).1.iter().any(|(_, result)| result.is_err())
}

/// `subscriptions.due`
pub fn due(input: &Value) -> Answer {
    let on = day(&input["on"]);
    let within = input["within_days"].as_i64().unwrap_or(90);
    let lives = fleet(input, on, late(input), |_| true)?;
    let (mut rows, mut count) = (BTreeMap::<&str, Vec<(Day, Value)>>::new(), BTreeMap::<&str, i64>::new());
    for life in &lives {
        let kind = match (life.skipped(on), life.end) {
            (Some("renews_by_itself"), _) => "renewing_by_themselves",
            (Some("inventory"), _) => "inventory",
            (Some(_), _) | (None, None) => "other",
            (None, Some(end)) => {
                let left = days(on, end);
                let kind = if left < 0 {
                    "lapsed"
                } else if left <= within {
                    "due"
                } else {
                    "later"
                };
                let row = json!({"serial": life.doc["serial"], "model": life.doc["model"].as_str().unwrap_or(""),
                    "offer": life.offer_on(on), "end_date": end.text(), "days_left": left,
                    "warranty_end": optional(life.warranty_on(on))});
                rows.entry(kind).or_default().push((end, row));
                kind
            }
        };
        *count.entry(kind).or_default() += 1;
    }
    let mut sorted = |kind: &str| {
        let mut rows = rows.remove(kind).unwrap_or_default();
        rows.sort_by_key(|(end, _)| *end);
        rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>()
    };
    let count = |kind: &str| count.get(kind).copied().unwrap_or(0);
    Ok(json!({
        "on": on.text(),
        "within_days": within,
        "due": sorted("due"),
        "lapsed": sorted("lapsed"),
        "summary": {"due": count("due"), "lapsed": count("lapsed"), "later": count("later"),
            "renewing_by_themselves": count("renewing_by_themselves"), "inventory": count("inventory"),
            "other": count("other")},
    }))
}

/// The systems of an invoice line, by period end, months and offer.
type LineSystems<'a> = BTreeMap<(Day, i64, &'a str), Vec<&'a Value>>;

/// `subscriptions.invoices`: every day is asked for the periods that begin on it.
pub fn invoices(input: &Value) -> Answer {
    let (from, until) = (day(&input["from"]), day(&input["until"]));
    if until < from || until > from.add_months(120) {
        return Err(vec![("out_of_range", None, "until".to_owned())]);
    }
    // Purchase orders renew the others: what happened to them has no part in it.
    let direct = |doc: &&Value| doc["billing"] == "direct";
    let lives = fleet(input, until, "from_order", direct)?;
    let mut begins: BTreeMap<Day, LineSystems<'_>> = BTreeMap::new();
    for life in lives.iter().filter(|life| life.end.is_some()) {
        let months = life.renews_every().expect("it renews by itself");
        for index in 0.. {
            let start = life.boundary(index);
            if start > until || life.terminates.is_some_and(|terminates| start >= terminates) {
                break;
            }
            if from <= start {
                let key = (life.boundary(index + 1), months, life.offer_on(start));
                begins.entry(start).or_default().entry(key).or_default().push(&life.doc["serial"]);
            }
        }
    }
    let mut faults = Vec::new();
    let mut invoices = Vec::new();
    for (start, systems) in begins {
        let mut total = 0;
        let mut lines = Vec::new();
        for ((end, months, offer), serials) in systems {
            let Some(price) = price_of(input, offer, months) else {
                faults.push(("missing_price", Some("SUB-7"), "prices".to_owned()));
                continue;
            };
            let amount = rounded(price * length(&serials), minor(input));
            total += amount;
            lines.push(
                json!({"offer": offer, "months": months, "start_date": start.text(), "end_date": end.text(),
                "quantity": serials.len(), "unit_price": money(input, price), "amount": money(input, amount),
                "serials": serials}),
            );
        }
        invoices.push(json!({"on": start.text(), "lines": lines, "total": money(input, total)}));
    }
    if faults.is_empty() { Ok(json!({"invoices": invoices})) } else { Err(faults) }
}

/// `subscriptions.quote`
pub fn quote(input: &Value, answer: &Value) -> Answer {
    let (on, due_until) = (day(&input["on"]), day(&input["due_until"]));
    let late = late(input);
    if due_until < on || due_until > on.add_months(120) {
        return Err(vec![("out_of_range", None, "due_until".to_owned())]);
    }
    let lives = fleet(input, on, late, |_| true)?;
    let mut faults = Vec::new();
    let (mut systems, mut skipped) = (Vec::new(), Vec::new());
    let mut terms: BTreeMap<(&str, i64), i128> = BTreeMap::new();
    let mut falls_due: BTreeMap<(i64, i64), (i64, i128)> = BTreeMap::new();
    let mut lapsed = (0, 0);
    for life in &lives {
        let serial = &life.doc["serial"];
        let until = date(&input["renew"]["until"]);
        let reason = life.skipped(on).or_else(|| {
            let end = life.end.expect("a term");
            let covered = until.is_some_and(|until| end >= until);
            if end > due_until { Some("not_due") } else { covered.then_some("covered") }
        });
        if let Some(reason) = reason {
            skipped.push(json!({"serial": serial, "reason": reason, "rule": skipped_by(reason)}));
            continue;
        }
        let end = life.end.expect("a term");
        // What is booked to follow is what is renewed.
        let offer = life.offers.last().expect("an offer").1;
        let renewed =
            |years| renewal(life.registered(), end, life.warranty, years, on, late).expect("a date");
        let bought = match until {
            None => vec![integer(&input["renew"]["years"])],
            Some(until) => {
                let listed: Vec<i64> = list(&input["prices"])
                    .iter()
                    .filter(|price| price["offer"] == offer && integer(&price["months"]) % 12 == 0)
                    .map(|price| integer(&price["months"]) / 12)
                    .collect();
                let needed = (1..).find(|years| renewed(*years).end >= until).expect("some day");
                let prices: Vec<(i64, i128)> = listed
                    .iter()
                    .map(|years| (*years, price_of(input, offer, years * 12).expect("a listed price")))
                    .collect();
                if prices.is_empty() {
                    faults.push(("missing_price", Some("SUB-10"), "prices".to_owned()));
                    continue;
                }
                let best = cheapest(&prices, needed);
                let row = members(&answer["systems"]).iter().find(|row| row["serial"] == *serial);
                let told = |years: &i64| {
                    let terms = row.map(|row| members(&row["terms"])).unwrap_or_default();
                    let term = terms.iter().find(|term| term["years"] == *years);
                    term.map_or(0, |term| integer(&term["quantity"]))
                };
                let told: Vec<i64> = listed.iter().map(told).collect();
                let chosen = if best.contains(&told) { told } else { best[0].clone() };
                let repeated =
                    |(years, count): (&i64, &i64)| vec![*years; usize::try_from(*count).expect("a count")];
                listed.iter().zip(&chosen).flat_map(repeated).collect()
            }
        };
        let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
        let mut cost = 0;
        for years in &bought {
            let Some(price) = price_of(input, offer, years * 12) else {
                faults.push(("missing_price", Some("SUB-10"), "prices".to_owned()));
                continue;
            };
            cost += price;
            *counts.entry(*years).or_default() += 1;
            *terms.entry((offer, *years)).or_default() += 1;
        }
        let due = if end < on { &mut lapsed } else { falls_due.entry((end.year, end.month)).or_default() };
        (due.0, due.1) = (due.0 + 1, due.1 + cost);
        let renewed = renewed(bought.iter().sum());
        let terms = counts.iter().rev().map(|(years, count)| json!({"years": years, "quantity": count}));
        systems.push(json!({"serial": serial, "offer": offer, "end_date": end.text(),
            "terms": terms.collect::<Vec<_>>(), "new_end_date": renewed.end.text(),
            "warranty_end": optional(renewed.warranty), "reactivated": renewed.reactivated,
            "rules": renewed.rules}));
    }
    let exact: Vec<i128> = terms
        .iter()
        .map(|((offer, years), count)| price_of(input, offer, years * 12).unwrap_or(0) * count)
        .collect();
    let Some(paid) = discounted(input, &exact) else {
        faults.push(("invalid_discount", Some("ORD-8"), "discount.amount".to_owned()));
        return Err(faults);
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let prices = |list: i128, total: i128| json!({"list": money(input, list), "discount": money(input, list - total), "total": money(input, total)});
    let (mut lines, mut list_sum, mut total_sum) = (Vec::new(), 0, 0);
    for ((((offer, years), count), exact), total) in terms.iter().zip(&exact).zip(&paid) {
        let list = rounded(*exact, minor(input));
        (list_sum, total_sum) = (list_sum + list, total_sum + total);
        let mut line = prices(list, *total);
        line["offer"] = json!(offer);
        line["years"] = json!(years);
        line["quantity"] = json!(integer_of(*count));
        line["unit_price"] = money(input, price_of(input, offer, years * 12).expect("a price"));
        lines.push(line);
    }
    let amount = |(systems, list): (i64, i128)| json!({"systems": systems, "list": money(input, list)});
    let mut months = Vec::new();
    let (mut year, mut month) = (on.year, on.month);
    while (year, month) <= (due_until.year, due_until.month) {
        let mut row = amount(falls_due.get(&(year, month)).copied().unwrap_or((0, 0)));
        row["month"] = json!(format!("{year:04}-{month:02}"));
        months.push(row);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    Ok(
        json!({"lines": lines, "total": prices(list_sum, total_sum), "months": months, "lapsed": amount(lapsed),
        "systems": systems, "skipped": skipped}),
    )
}

/// What is to be paid for each line, or nothing where more is taken off than there is.
fn discounted(input: &Value, exact: &[i128]) -> Option<Vec<i128>> {
    let unit = minor(input);
    let discount = &input["discount"];
    if let Some(percent) = discount["percent"].as_str() {
        let rest = 100 * PARTS - parse(percent);
        // Rounded once: the product is divided and rounded in one go.
        return Some(
            exact.iter().map(|list| halves_to_even(list * rest, 100 * PARTS * unit) * unit).collect(),
        );
    }
    let Some(amount) = discount["amount"].as_str() else {
        return Some(exact.iter().map(|list| rounded(*list, unit)).collect());
    };
    let (amount, sum) = (parse(amount), exact.iter().sum::<i128>());
    if amount > sum {
        return None;
    }
    let mut shares: Vec<i128> = exact.iter().map(|list| amount * list / sum.max(1) / unit).collect();
    let mut left = amount / unit - shares.iter().sum::<i128>();
    let mut taken = vec![false; exact.len()];
    while left > 0 {
        let rest = |line: usize| amount * exact[line] - shares[line] * unit * sum;
        let open = (0..exact.len()).filter(|line| !taken[*line]);
        // Of equal remainders the first.
        let line = open.rev().max_by_key(|line| rest(*line)).expect("a line");
        shares[line] += 1;
        taken[line] = true;
        left -= 1;
    }
    Some(exact.iter().zip(shares).map(|(list, share)| rounded(*list, unit) - share * unit).collect())
}

/// All cheapest ways to buy at least `needed` out of units of some length and price: how many of each.
///
/// Of those that cost the same, the ones with the least surplus; of those, the ones with the fewest units.
pub fn cheapest(units: &[(i64, i128)], needed: i64) -> Vec<Vec<i64>> {
    let mut ways = vec![Vec::new()];
    for (index, (length, _)) in units.iter().enumerate() {
        let more = |way: &Vec<i64>| {
            let bought: i64 = way.iter().zip(units).map(|(count, (length, _))| count * length).sum();
            let missing = (needed - bought).max(0);
            let most = missing / length + i64::from(missing % length > 0);
            // Of the last unit nothing but what is still missing.
            let least = if index + 1 == units.len() { most } else { 0 };
            (least..=most).map(|count| [way.as_slice(), &[count]].concat()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(more).collect();
    }
    let total = |way: &Vec<i64>| -> (i128, i64, i64) {
        let bought = way.iter().zip(units);
        let cost = bought.clone().map(|(count, (_, price))| i128::from(*count) * price).sum();
        (cost, bought.map(|(count, (length, _))| count * length).sum(), way.iter().sum())
    };
    ways.retain(|way| total(way).1 >= needed);
    let best = ways.iter().map(total).min().expect("units that suffice");
    ways.retain(|way| total(way) == best);
    ways
}

/// `subscriptions.align`
pub fn align(input: &Value, answer: &Value) -> Answer {
    let (on, wanted) = (day(&input["on"]), day(&input["date"]));
    if wanted < on {
        return Err(vec![("out_of_range", None, "date".to_owned())]);
    }
    let method = input["method"].as_str().unwrap_or("terms");
    let lives = fleet(input, on, late(input), |_| true)?;
    let mut skipped = Vec::new();
    let mut sharing = Vec::new();
    for life in &lives {
        let covered = |end: Day| (method != "pooled_days" && end >= wanted).then_some("covered");
        match life.skipped(on).or_else(|| covered(life.end.expect("a term"))) {
            Some(reason) => skipped
                .push(json!({"serial": life.doc["serial"], "reason": reason, "rule": skipped_by(reason)})),
            None => {
                let end = life.end.expect("a term");
                let base = if end < on && late(input) == "from_order" { on } else { end };
                sharing.push((&life.doc["serial"], end, base));
            }
        }
    }
    let units: Vec<(i64, i128)> = list(&input["units"])
        .iter()
        .map(|unit| (integer(&unit["length"]), parse(text(&unit["price"]["amount"]))))
        .collect();
    let buy = |needed: i64, told: &Value| {
        let count = |unit: &Value| {
            members(told)
                .iter()
                .find(|row| row["name"] == unit["name"])
                .map_or(0, |row| integer(&row["quantity"]))
        };
        let told: Vec<i64> = list(&input["units"]).iter().map(count).collect();
        let best = cheapest(&units, needed);
        if best.contains(&told) { told } else { best[0].clone() }
    };
    let bought =
        |way: &[i64]| -> i64 { way.iter().zip(&units).map(|(count, (length, _))| count * length).sum() };
    let months =
        |base: Day| (0..).find(|months| base.add_months(i128::from(*months)) >= wanted).expect("some day");
    let mut basket = vec![0; units.len()];
    let (mut needed, mut left_over, mut days_each, mut systems) = (0, 0, Value::Null, Vec::new());
    let mut row = |serial: &Value, end: Day, gets: i64, new_end: Day, units: Vec<Value>| {
        systems.push(
            json!({"serial": serial, "end_date": end.text(), "gets": gets, "new_end_date": new_end.text(),
            "surplus_days": days(wanted, new_end), "units": units}),
        );
    };
    if method == "terms" {
        for (serial, end, base) in &sharing {
            let system = members(&answer["systems"]).iter().find(|row| row["serial"] == **serial);
            let way = buy(months(*base), system.map_or(&Value::Null, |row| &row["units"]));
            needed += months(*base);
            left_over += bought(&way) - months(*base);
            basket.iter_mut().zip(&way).for_each(|(sum, count)| *sum += count);
            let new_end = base.add_months(i128::from(bought(&way)));
            let taken = way.iter().zip(list(&input["units"])).filter(|(count, _)| **count > 0);
            let taken = taken.map(|(count, unit)| json!({"name": unit["name"], "quantity": count}));
            row(serial, *end, bought(&way), new_end, taken.collect());
        }
    } else if method == "packs" {
        needed = sharing.iter().map(|(_, _, base)| months(*base)).sum();
        basket = buy(needed, &answer["lines"]);
        left_over = bought(&basket) - needed;
        for (serial, end, base) in &sharing {
            row(serial, *end, months(*base), base.add_months(i128::from(months(*base))), Vec::new());
        }
    } else if !sharing.is_empty() {
        let count = integer_of(length(&sharing));
        let left: i64 = sharing.iter().map(|(_, _, base)| days(on, *base)).sum();
        needed = (count * days(on, wanted) - left).max(0);
        basket = buy(needed, &answer["lines"]);
        left_over = bought(&basket) - needed;
        let sum = left + bought(&basket);
        days_each = json!({"numerator": sum, "denominator": count});
        let common = on.add_days(sum.div_euclid(count));
        for (serial, end, base) in &sharing {
            row(serial, *end, days(*base, common), common, Vec::new());
        }
    }
    let unit = currency_minor(text(&input["units"][0]["price"]["currency"]));
    let money = |amount| amount_in(amount, &input["units"][0]["price"]["currency"]);
    let (mut lines, mut total) = (Vec::new(), 0);
    for ((count, (_, price)), doc) in
        basket.iter().zip(&units).zip(list(&input["units"])).filter(|((count, _), _)| **count > 0)
    {
        let amount = rounded(i128::from(*count) * price, unit);
        total += amount;
        lines.push(json!({"name": doc["name"], "quantity": count, "unit_price": money(*price),
            "amount": money(amount)}));
    }
    Ok(json!({"lines": lines, "total": money(total), "needed": needed, "left_over": left_over,
        "days_each": days_each, "systems": systems, "skipped": skipped}))
}

/// The rule behind a system that is skipped.
fn skipped_by(reason: &str) -> &'static str {
    match reason {
        "not_started" => "SUB-1",
        "inventory" => "MIG-3",
        "renews_by_itself" | "terminated" => "SUB-7",
        _ => "SUB-10",
    }
}

/// The price of a term, in parts.
fn price_of(input: &Value, offer: &str, months: i64) -> Option<i128> {
    let listed = |price: &&Value| price["offer"] == offer && price["months"] == months;
    list(&input["prices"]).iter().find(listed).map(|price| parse(text(&price["price"]["amount"])))
}

/// The parts in the smallest coin of the price list.
fn minor(input: &Value) -> i128 {
    currency_minor(text(&input["prices"][0]["price"]["currency"]))
}

fn currency_minor(currency: &str) -> i128 {
    match currency {
        "JPY" => PARTS,
        "KWD" => PARTS / 1_000,
        _ => PARTS / 100,
    }
}

fn money(input: &Value, amount: i128) -> Value {
    amount_in(amount, &input["prices"][0]["price"]["currency"])
}

/// With the decimals of the currency, and as many more as are needed.
pub fn amount_in(amount: i128, currency: &Value) -> Value {
    let (mut rest, mut digits) = (amount, 6);
    while digits > decimals(currency) && rest % 10 == 0 {
        (rest, digits) = (rest / 10, digits - 1);
    }
    let text = match digits {
        0 => rest.to_string(),
        1..=9 => {
            let scale = 10_i128.pow(digits);
            let padded = format!("{:09}", rest % scale);
            format!("{}.{}", rest / scale, &padded[padded.len() - digits as usize..])
        }
        _ => panic!("at most six decimals"),
    };
    json!({"amount": text, "currency": currency})
}

fn decimals(currency: &Value) -> u32 {
    match text(currency) {
        "JPY" => 0,
        "KWD" => 3,
        _ => 2,
    }
}

/// A decimal in parts.
pub fn parse(text: &str) -> i128 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<6}").parse().expect("at most six decimals")
}

/// To whole coins, once, halves to even.
fn rounded(amount: i128, unit: i128) -> i128 {
    halves_to_even(amount, unit) * unit
}

fn halves_to_even(numerator: i128, denominator: i128) -> i128 {
    let (floor, rest) = (numerator / denominator, numerator % denominator);
    match (rest * 2).cmp(&denominator) {
        std::cmp::Ordering::Less => floor,
        std::cmp::Ordering::Greater => floor + 1,
        std::cmp::Ordering::Equal => floor + floor % 2,
    }
}

/// The days from one day to another; negative backwards.
pub fn days(from: Day, to: Day) -> i64 {
    if from <= to { from.days_until(to) } else { -to.days_until(from) }
}

fn late(input: &Value) -> &str {
    input["late"].as_str().unwrap_or("from_order")
}

fn optional(day: Option<Day>) -> Option<String> {
    day.map(Day::text)
}

fn date(value: &Value) -> Option<Day> {
    value.as_str().map(Day::parse)
}

fn day(value: &Value) -> Day {
    date(value).expect("a day")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn integer(value: &Value) -> i64 {
    value.as_i64().expect("an integer")
}

fn integer_of(count: i128) -> i64 {
    i64::try_from(count).expect("a count")
}

fn length<T>(items: &[T]) -> i128 {
    i128::try_from(items.len()).expect("a count")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn members(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
