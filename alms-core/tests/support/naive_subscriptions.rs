//! What is asked of subscriptions a second time, from the rules and from nothing else: state, due list, invoices,
//! quote, alignment, renewal.
//!
//! Dates are walked day by day and month by month, and what is cheapest is found by trying everything. It takes
//! documents of the right shape only. Where several things are wrong with a document, the rules do not say which is
//! reported: a refusal here is the list of all, and the library may report any one. Where they leave a choice between
//! purchases that cost the same, reach as far and take as many units, the library's choice is taken.

#[path = "naive_life.rs"]
pub mod life;

use crate::support::naive_calendar::Day;
pub use life::{CONNECTIVITY, Life, event_faults};
use life::{date, is_support, length_fault};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub rule: Option<&'static str>,
    pub path: String,
    /// The fewest months of a term that is not over on the day of its order.
    pub months_needed: Option<i64>,
}

fn fault(code: &'static str, rule: Option<&'static str>, path: &str) -> Fault {
    Fault { code, rule, path: path.to_owned(), months_needed: None }
}

fn under(prefix: &str, faults: Vec<Fault>) -> Vec<Fault> {
    faults.into_iter().map(|fault| Fault { path: format!("{prefix}.{}", fault.path), ..fault }).collect()
}

impl Fault {
    /// As an error of the library is compared: code, rule, path, and the months that would do.
    pub fn in_short(&self) -> Value {
        json!([self.code, self.rule, self.path, self.months_needed])
    }
}

/// The output document, or all that is wrong with the input.
pub type Answer = Result<Value, Vec<Fault>>;

/// Parts of a currency's unit in which amounts are counted here.
const PARTS: i128 = 1_000_000;

/// `subscriptions.state`; a refused event has all errors that it may have, in short.
pub fn state(input: &Value) -> Answer {
    let (doc, on) = (&input["subscription"], day(&input["on"]));
    let faults = life::faults(doc);
    if !faults.is_empty() {
        return Err(under("subscription", faults));
    }
    let (life, results) = Life::until(doc, on, &input["late"], None);
    let state = life.state_on(on);
    let (active, offer) = (state == "active", life.offer_on(on));
    let (end, warranty) = (life.end_on(on), life.warranty_on(on));
    if end.is_some_and(|end| !end.in_range()) || life.period_is_out_of_range(on) {
        return Err(vec![fault("date_out_of_range", Some("SUB-7"), "on")]);
    }
    let notification = life.notified_from(on);
    let mut rules = vec![life.decided_by(on)];
    if notification.is_some_and(|from| from <= on) {
        rules.push("SUB-5");
    }
    let settled = !["inventory", "not_started"].contains(&state);
    if settled && warranty != Life::begin(doc, None).warranty {
        rules.push("SUB-6");
    }
    let events = results.into_iter().map(|(index, result)| {
        let event = &doc["events"][index];
        let (on, kind) = (&event["on"], &event["type"]);
        match result {
            Ok(effect) => json!({"on": on, "type": kind, "ok": true, "effect": effect}),
            Err(faults) => {
                let faults = under(&format!("subscription.events[{index}]"), faults);
                let faults: Vec<Value> = faults.iter().map(Fault::in_short).collect();
                json!({"on": on, "type": kind, "ok": false, "errors": faults})
            }
        }
    });
    Ok(json!({
        "serial": doc["serial"],
        "on": on.text(),
        "state": state,
        "offer": offer,
        "next_offer": life.next_offer(on).map(|(from, offer)| json!({"offer": offer, "from": from.text()})),
        "included_year": life.included_on(on),
        "end_date": optional(end),
        "renews_by_itself": life.end.is_some() && life.goes_on() && life.terminates.is_none(),
        "terminates_on": optional(life.terminates),
        "warranty_end": optional(warranty),
        "service": active,
        "support": active && !["AirLink Basic"].iter().chain(&CONNECTIVITY).any(|none| offer == *none),
        "warranty": life.under_warranty(on),
        "account_access": true,
        "notification": notification.map(|from| json!({"from": from.text(), "due": from <= on})),
        "events": events.collect::<Vec<_>>(),
        "rules": rules,
    }))
}

/// `subscriptions.renew`
pub fn renew(input: &Value) -> Answer {
    let (doc, on, late) = (&input["subscription"], day(&input["on"]), &input["late"]);
    let mut faults = under("subscription", life::faults(doc));
    faults.extend(length_fault(input));
    let refused = |code, rule, field: &str| fault(code, Some(rule), &format!("subscription.{field}"));
    if doc["billing"] == "direct" || doc["billing"] == "free" {
        faults.push(refused("billing_mismatch", "SUB-8", "billing"));
    } else if !doc["renews_every_months"].is_null() {
        faults.push(refused("billing_mismatch", "SUB-8", "renews_every_months"));
    }
    let mut life = Life::begin(doc, None);
    let Some(old) = life.end.filter(|_| faults.is_empty()) else {
        // It says nothing of an end.
        let untold = ["end_date", "registered", "first_registered"].iter().all(|field| doc[*field].is_null());
        if life.end.is_none() || untold {
            faults.push(refused("no_end_date", "SUB-2", "end_date"));
        }
        return Err(faults);
    };
    let (months, field) = life::length(input);
    let term = life.order(months, field, on, late)?;
    let rules = life.book(&term, on);
    Ok(json!({"end_date": term.end.text(), "warranty_end": optional(life.warranty_by_service()),
        "reactivated": on > old, "rules": rules, "terms_from": term.anchor.text()}))
}

/// What is wrong with the facts of a fleet.
fn fleet_faults(input: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (index, doc) in list(&input["subscriptions"]).iter().enumerate() {
        let place = format!("subscriptions[{index}]");
        let offer = if is_support(&doc["offer"]) { "support" } else { text(&doc["offer"]) };
        if !known.insert((text(&doc["serial"]), offer)) {
            faults.push(fault("duplicate_serial", Some("SUB-11"), &format!("{place}.serial")));
        }
        faults.extend(under(&place, life::faults(doc)));
    }
    faults
}

/// Also that a day of the request lies where it may not.
fn out_of_range(input: &Value, field: &str) -> Vec<Fault> {
    let mut faults = fleet_faults(input);
    faults.push(fault("out_of_range", None, field));
    faults
}

/// The lives of a fleet on a day; a fact or an event that is refused fails the call.
fn fleet<'a>(
    input: &'a Value,
    on: Day,
    late: &Value,
    invoice_day: Option<i64>,
) -> Result<Vec<Life<'a>>, Vec<Fault>> {
    let mut faults = fleet_faults(input);
    let mut lives = Vec::new();
    for (index, doc) in list(&input["subscriptions"]).iter().enumerate() {
        if !life::faults(doc).is_empty() {
            continue;
        }
        let (life, results) = Life::until(doc, on, late, invoice_day);
        for (event, result) in results {
            let place = format!("subscriptions[{index}].events[{event}]");
            faults.extend(under(&place, result.err().unwrap_or_default()));
        }
        lives.push(life);
    }
    if faults.is_empty() { Ok(lives) } else { Err(faults) }
}

/// Whether a document or an event of it is refused, events later than a day left aside.
pub fn is_refused(doc: &Value, on: Day, late: &Value, invoice_day: Option<i64>) -> bool {
    !life::faults(doc).is_empty()
        || Life::until(doc, on, late, invoice_day).1.iter().any(|(_, result)| result.is_err())
}

/// `subscriptions.due`
pub fn due(input: &Value) -> Answer {
    let on = day(&input["on"]);
    let within = input["within_days"].as_i64().unwrap_or(90);
    let lives = fleet(input, on, &input["late"], None)?;
    let (mut rows, mut count) = (BTreeMap::<&str, Vec<(Day, Value)>>::new(), BTreeMap::<&str, i64>::new());
    for life in &lives {
        let kind = match (life.skipped(), life.end) {
            (_, None) => "inventory",
            (Some("renews_by_itself"), _) => "renewing_by_themselves",
            (Some(_), _) => "other",
            (None, Some(end)) => {
                let left = days(on, end);
                // The end date is the first day without service.
                let kind = if left <= 0 {
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

/// The systems of an invoice line, by period end, months, days of a period that is cut short, and offer.
type LineSystems<'a> = BTreeMap<(Day, i64, Option<(i64, i64)>, &'a str), Vec<&'a Value>>;

/// `subscriptions.invoices`: every period is asked whether it begins in the time.
pub fn invoices(input: &Value) -> Answer {
    let (from, until) = (day(&input["from"]), day(&input["until"]));
    if until < from || until > from.add_months(120) {
        return Err(out_of_range(input, "until"));
    }
    // Purchase orders renew the others; their histories have to be right all the same.
    let lives = fleet(input, until, &Value::Null, input["invoice_day"]["day"].as_i64())?;
    let mut begins: BTreeMap<Day, LineSystems<'_>> = BTreeMap::new();
    for life in lives.iter().filter(|life| life.is_direct() && life.end.is_some()) {
        let ends = |start: Day| life.terminates.is_some_and(|terminates| start >= terminates);
        for period in life.periods().take_while(|period| period.start <= until && !ends(period.start)) {
            if from <= period.start {
                let key = (period.end, period.months, period.cut, life.offer_on(period.start));
                begins.entry(period.start).or_default().entry(key).or_default().push(&life.doc["serial"]);
            }
        }
    }
    let mut faults = Vec::new();
    let mut invoices = Vec::new();
    for (start, systems) in begins {
        let mut total = 0;
        let mut lines = Vec::new();
        for ((end, months, cut, offer), serials) in systems {
            let Some(price) = price_of(input, offer, months) else {
                faults.push(fault("missing_price", Some("SUB-7"), "prices"));
                continue;
            };
            let unit = minor(input);
            let amount = match cut {
                None => rounded(price * length(&serials), unit),
                // Once for each system.
                Some((part, full)) => {
                    let coins = halves_to_even(price * i128::from(part), i128::from(full) * unit);
                    coins * unit * length(&serials)
                }
            };
            total += amount;
            let days = cut.map(|(part, full)| json!({"numerator": part, "denominator": full}));
            lines.push(
                json!({"offer": offer, "months": months, "start_date": start.text(), "end_date": end.text(),
                "days": days, "quantity": serials.len(), "unit_price": money(input, price),
                "amount": money(input, amount), "serials": serials}),
            );
        }
        invoices.push(json!({"on": start.text(), "lines": lines, "total": money(input, total)}));
    }
    if faults.is_empty() { Ok(json!({"invoices": invoices})) } else { Err(faults) }
}

/// What is bought for a system: how many terms of so many months each.
type Bought = BTreeMap<i64, i64>;

/// A quote's wish for one system: its terms, or why it is passed over.
fn wished(input: &Value, life: &Life<'_>, row: Option<&Value>) -> Result<Bought, Value> {
    let (on, late) = (day(&input["on"]), &input["late"]);
    let skip = |reason: &str| json!({"reason": reason, "rule": skipped_by(reason)});
    if let Some(reason) = life.skipped() {
        return Err(skip(reason));
    }
    let end = life.end.expect("a term");
    if end > day(&input["due_until"]) {
        return Err(skip("not_due"));
    }
    let Some(until) = date(&input["renew"]["until"]) else {
        let (months, field) = life::length(&input["renew"]);
        return match life.order(months, field, on, late) {
            Ok(_) => Ok(Bought::from([(months, 1)])),
            Err(faults) => {
                let mut skipped = skip("term_over_before_order");
                skipped["months_needed"] = json!(faults[0].months_needed);
                Err(skipped)
            }
        };
    };
    if end >= until {
        return Err(skip("covered"));
    }
    let suffices = |months: &i64| {
        let end = life.next_term(*months, on, late).end;
        end >= until && end > on
    };
    let needed = (1..).find(suffices).expect("some day");
    let units: Vec<(i64, i128)> = list(&input["prices"])
        .iter()
        .filter(|price| price["offer"] == life.last_offer() && integer(&price["months"]) % 12 == 0)
        .map(|price| (integer(&price["months"]), parse(text(&price["price"]["amount"]))))
        .collect();
    if units.is_empty() {
        return Ok(Bought::new());
    }
    let best = cheapest(&units, needed);
    let told = |(months, _): &(i64, i128)| {
        let terms = row.map(|row| members(&row["terms"])).unwrap_or_default();
        terms.iter().find(|term| term["months"] == *months).map_or(0, |term| integer(&term["quantity"]))
    };
    let told: Vec<i64> = units.iter().map(told).collect();
    let chosen = if best.contains(&told) { &told } else { &best[0] };
    let counts = units.iter().zip(chosen).map(|((months, _), count)| (*months, *count));
    Ok(counts.filter(|(_, count)| *count > 0).collect())
}

/// `subscriptions.quote`
pub fn quote(input: &Value, answer: &Value) -> Answer {
    let (on, due_until) = (day(&input["on"]), day(&input["due_until"]));
    if due_until < on || due_until > on.add_months(120) {
        return Err(out_of_range(input, "due_until"));
    }
    if input["renew"]["until"].is_null()
        && let Some(wrong) = length_fault(&input["renew"])
    {
        return Err(under("renew", vec![wrong]));
    }
    // A price may be missing before a history that is wrong.
    let lives = fleet(input, on, &input["late"], None).map_err(|mut faults| {
        faults.push(fault("missing_price", Some("SUB-10"), "prices"));
        faults
    })?;
    let mut faults = Vec::new();
    let (mut systems, mut skipped) = (Vec::new(), Vec::new());
    let mut terms: BTreeMap<(&str, i64), i128> = BTreeMap::new();
    let mut falls_due: BTreeMap<(i64, i64), (i64, i128)> = BTreeMap::new();
    let mut lapsed = (0, 0);
    for life in &lives {
        let (serial, offer) = (&life.doc["serial"], life.last_offer());
        let told = |row: &&Value| row["serial"] == *serial && row["offer"] == offer;
        let bought = match wished(input, life, members(&answer["systems"]).iter().find(told)) {
            Ok(bought) => bought,
            Err(mut row) => {
                row["serial"] = serial.clone();
                skipped.push(row);
                continue;
            }
        };
        if bought.keys().any(|months| price_of(input, offer, *months).is_none()) || bought.is_empty() {
            faults.push(fault("missing_price", Some("SUB-10"), "prices"));
            continue;
        }
        let end = life.end.expect("a term");
        let cost: i128 = bought
            .iter()
            .map(|(months, count)| price_of(input, offer, *months).expect("a price") * i128::from(*count))
            .sum();
        bought
            .iter()
            .for_each(|(months, count)| *terms.entry((offer, *months)).or_default() += i128::from(*count));
        let due = if end <= on { &mut lapsed } else { falls_due.entry((end.year, end.month)).or_default() };
        (due.0, due.1) = (due.0 + 1, due.1 + cost);
        let mut renewed = life.clone();
        let months: i64 = bought.iter().map(|(months, count)| months * count).sum();
        let rules = renewed.book(&life.next_term(months, on, &input["late"]), on);
        let terms = bought.iter().rev().map(|(months, count)| json!({"months": months, "quantity": count}));
        systems.push(json!({"serial": serial, "offer": offer, "end_date": end.text(),
            "terms": terms.collect::<Vec<_>>(), "new_end_date": optional(renewed.end),
            "event": {"on": on.text(), "type": "renewal", "months": months},
            "warranty_end": optional(renewed.warranty_by_service()), "reactivated": on > end,
            "rules": rules}));
    }
    let exact: Vec<i128> = terms
        .iter()
        .map(|((offer, months), count)| price_of(input, offer, *months).unwrap_or(0) * count)
        .collect();
    let Some(paid) = discounted(input, &exact) else {
        faults.push(fault("invalid_discount", Some("ORD-8"), "discount.amount"));
        return Err(faults);
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let prices = |list: i128, total: i128| json!({"list": money(input, list), "discount": money(input, list - total), "total": money(input, total)});
    let (mut lines, mut list_sum, mut total_sum) = (Vec::new(), 0, 0);
    for ((((offer, months), count), exact), total) in terms.iter().zip(&exact).zip(&paid) {
        let list = rounded(*exact, minor(input));
        (list_sum, total_sum) = (list_sum + list, total_sum + total);
        let mut line = prices(list, *total);
        line["offer"] = json!(offer);
        line["months"] = json!(months);
        line["quantity"] = json!(integer_of(*count));
        line["unit_price"] = money(input, price_of(input, offer, *months).expect("a price"));
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
        return Err(out_of_range(input, "date"));
    }
    let method = input["method"].as_str().unwrap_or("terms");
    let lives = fleet(input, on, &input["late"], None)?;
    let mut skipped = Vec::new();
    let mut sharing = Vec::new();
    for life in &lives {
        let covered = |end: Day| (method != "pooled_days" && end >= wanted).then_some("covered");
        match life.skipped().or_else(|| covered(life.end.expect("a term"))) {
            Some(reason) => skipped
                .push(json!({"serial": life.doc["serial"], "reason": reason, "rule": skipped_by(reason)})),
            None => sharing.push((life, life.end.expect("a term"), life.term_start(on, &input["late"]))),
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
    let end_after = |life: &Life<'_>, months: i64| life.next_term(months, on, &input["late"]).end;
    // No term is over on the day of its order.
    let reached = wanted.max(on.next());
    let months =
        |life: &Life<'_>| (1..).find(|months| end_after(life, *months) >= reached).expect("some day");
    let mut basket = vec![0; units.len()];
    let (mut needed, mut left_over, mut days_each, mut systems) = (0, 0, Value::Null, Vec::new());
    let mut row = |life: &Life<'_>, end: Day, gets: i64, new_end: Day, units: Vec<Value>| {
        systems.push(
            json!({"serial": life.doc["serial"], "end_date": end.text(), "gets": gets, "new_end_date": new_end.text(),
            "surplus_days": days(wanted, new_end), "units": units}),
        );
    };
    if method == "terms" {
        for (index, (life, end, _)) in sharing.iter().enumerate() {
            let way = buy(months(life), &answer["systems"][index]["units"]);
            needed += months(life);
            left_over += bought(&way) - months(life);
            basket.iter_mut().zip(&way).for_each(|(sum, count)| *sum += count);
            let new_end = end_after(life, bought(&way));
            let taken = way.iter().zip(list(&input["units"])).filter(|(count, _)| **count > 0);
            let taken = taken.map(|(count, unit)| json!({"name": unit["name"], "quantity": count}));
            row(life, *end, bought(&way), new_end, taken.collect());
        }
    } else if method == "packs" {
        needed = sharing.iter().map(|(life, _, _)| months(life)).sum();
        basket = buy(needed, &answer["lines"]);
        left_over = bought(&basket) - needed;
        for (life, end, _) in &sharing {
            row(life, *end, months(life), end_after(life, months(life)), Vec::new());
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
        for (life, end, base) in &sharing {
            row(life, *end, days(*base, common), common, Vec::new());
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
        "inventory" => "MIG-3",
        "term_over_before_order" => "SUB-4",
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

fn optional(day: Option<Day>) -> Option<String> {
    day.map(Day::text)
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
