//! The token ledger a second time, straight from the rulebook and from nothing else.
//!
//! It knows the accounts and the bookings that were accepted, in their order. Every answer (a balance, a
//! status, whether the next booking is allowed) is worked out from that list from its beginning; nothing
//! is kept up to date, so nothing can go stale. It takes documents of the right shape only.
//!
//! Where several things are wrong with one booking, the rulebook does not say which of them is reported.
//! So a refusal here is the list of all of them, and the library may report any one.

use crate::support::naive_calendar::{Day, FIRST, LAST, days_in_month};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The largest number of the wire form.
pub const LIMIT: i128 = 1_000_000_000_000_000;

/// TOK-1
const TOKENS_PER_PACK: i128 = 12;

/// Where tokens come from or go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party<'a> {
    Vendor,
    Consumption,
    Account(&'a str),
}

/// Tokens that move from one party to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting<'a> {
    pub from: Party<'a>,
    pub to: Party<'a>,
    pub tokens: i128,
}

/// The part of a booking that an error points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The booking itself.
    Booking,
    /// One of its fields.
    Field(&'static str),
    /// The sources do not say.
    Anywhere,
}

/// One thing that is wrong with a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub rule: Option<&'static str>,
    pub place: Place,
}

/// What became of a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Booked { reactivated: Vec<String> },
    Refused(Vec<Fault>),
}

/// The accounts of a document and the bookings that were accepted so far.
#[derive(Clone)]
pub struct Ledger<'a> {
    accounts: &'a [Value],
    booked: Vec<&'a Value>,
}

/// Books a whole document; an error is that of the whole call, with its path.
pub fn replay(document: &Value) -> Result<(Ledger<'_>, Vec<Outcome>), (&'static str, String)> {
    let accounts = list(&document["accounts"]);
    for (index, account) in accounts.iter().enumerate() {
        if accounts.iter().take(index).any(|earlier| earlier["uid"] == account["uid"]) {
            return Err(("duplicate_account", format!("accounts[{index}].uid")));
        }
    }
    let mut ledger = Ledger { accounts, booked: Vec::new() };
    let outcomes = list(&document["bookings"]).iter().map(|booking| ledger.offer(booking)).collect();
    Ok((ledger, outcomes))
}

impl<'a> Ledger<'a> {
    /// Takes a booking or refuses it.
    pub fn offer(&mut self, booking: &'a Value) -> Outcome {
        // ORD-7, before anything else.
        if let Some(position) = self.position(&booking["key"]) {
            if content(self.booked[position]) == content(booking) {
                return Outcome::Booked { reactivated: self.reactivated(position) };
            }
            return Outcome::Refused(vec![at("key", "key_reused", Some("ORD-7"))]);
        }
        let faults = self.faults(booking);
        if !faults.is_empty() {
            return Outcome::Refused(faults);
        }
        let mut after = self.clone();
        after.booked.push(booking);
        let faults = after.stock_faults();
        if !faults.is_empty() {
            return Outcome::Refused(faults);
        }
        *self = after;
        Outcome::Booked { reactivated: self.reactivated(self.booked.len() - 1) }
    }

    /// The accounts with their balances and states, as `tokens.replay` returns them.
    pub fn accounts(&self) -> Value {
        let rows = self.accounts.iter().map(|account| {
            let uid = text(&account["uid"]);
            json!({"uid": uid, "balance": integer(self.balance(uid)), "status": self.status(uid)})
        });
        rows.collect()
    }

    /// ORD-7: the sum of the bookings is the balance.
    pub fn balance(&self, uid: &str) -> i128 {
        self.balance_as_of(uid, LAST)
    }

    /// The balance at the end of a day: what is effective on or before it.
    pub fn balance_as_of(&self, uid: &str, day: Day) -> i128 {
        let mut balance = self.opening(uid);
        for (position, booking) in self.booked.iter().enumerate() {
            if effective(booking) <= day {
                balance += net(&self.postings_of(position), uid);
            }
        }
        balance
    }

    /// The state after all bookings.
    pub fn status(&self, uid: &str) -> &'static str {
        self.states(uid).last().copied().expect("at least the state at the start")
    }

    /// The state at the start and after each booking.
    ///
    /// TOK-6: below zero suspends, more than zero reactivates, zero leaves it as it is.
    fn states(&self, uid: &str) -> Vec<&'static str> {
        let mut balance = self.opening(uid);
        let mut state = if balance < 0 { "suspended" } else { "active" };
        let mut states = vec![state];
        for position in 0..self.booked.len() {
            balance += net(&self.postings_of(position), uid);
            if balance < 0 {
                state = "suspended";
            }
            if balance > 0 {
                state = "active";
            }
            states.push(state);
        }
        states
    }

    /// Every movement of tokens in booking order, as `tokens.journal` returns them.
    pub fn journal(&self) -> Value {
        let mut entries = Vec::new();
        for (position, booking) in self.booked.iter().enumerate() {
            for posting in self.postings_of(position) {
                entries.push(json!({
                    "key": booking["key"],
                    "on": booking["on"],
                    "effective": effective(booking).text(),
                    "type": booking["type"],
                    "from": party(posting.from),
                    "to": party(posting.to),
                    "tokens": integer(posting.tokens),
                }));
            }
        }
        json!({"entries": entries})
    }

    /// The tokens of all postings that leave `from` (or any party) and reach `to` (or any party).
    pub fn total(&self, from: Option<Party<'_>>, to: Option<Party<'_>>) -> i128 {
        let mut total = 0;
        for position in 0..self.booked.len() {
            for posting in self.postings_of(position) {
                if from.is_none_or(|from| from == posting.from) && to.is_none_or(|to| to == posting.to) {
                    total += posting.tokens;
                }
            }
        }
        total
    }

    /// TOK-9: what an account gained and lost from `first` to `last`, by cause.
    pub fn flows(&self, uid: &str, first: Day, last: Day) -> Value {
        let [mut purchased, mut sold, mut adjusted, mut granted, mut registered, mut consumed] = [0_i128; 6];
        for (position, booking) in self.booked.iter().enumerate() {
            if effective(booking) < first || last < effective(booking) {
                continue;
            }
            // What an edit or a delete takes back belongs where its target belonged, and so does what it puts there.
            for (origin, postings) in self.parts_of(position) {
                for posting in postings {
                    let gained = net(&[posting], uid);
                    let vendor = [posting.from, posting.to].contains(&Party::Vendor);
                    match text(&origin["type"]) {
                        // The partner's side of what goes on to a customer.
                        "order" | "transfer" if !vendor && origin["partner"] == uid => sold -= gained,
                        "order" | "transfer" => purchased += gained,
                        // An adjustment by the vendor is one, too (ORD-5).
                        "credit_note" | "debit_note" | "withdrawal" => adjusted += gained,
                        "grant" => granted += gained,
                        "registration" => registered += gained,
                        _ => consumed -= gained,
                    }
                }
            }
        }
        json!({"purchased": integer(purchased), "sold": integer(sold), "adjusted": integer(adjusted),
            "granted": integer(granted), "registered": integer(registered), "consumed": integer(consumed)})
    }

    /// What moves when the booking at a position is booked.
    fn postings_of(&self, position: usize) -> Vec<Posting<'a>> {
        self.parts_of(position).into_iter().flat_map(|(_, postings)| postings).collect()
    }

    /// The same, each posting with the booking that it is one of: an edit is a reversal and a new booking (ORD-7).
    fn parts_of(&self, position: usize) -> Vec<(Value, Vec<Posting<'a>>)> {
        let booking = self.booked[position];
        let field = |name: &str| Party::Account(text(&booking[name]));
        let tokens = |name: &str| number(&booking[name]);
        let postings = match text(&booking["type"]) {
            "order" | "transfer" => self.sale(booking),
            "credit_note" => vec![posting(field("partner"), field("customer"), tokens("tokens"))],
            "debit_note" => vec![posting(field("customer"), field("partner"), tokens("tokens"))],
            "grant" => vec![posting(Party::Vendor, field("account"), tokens("tokens"))],
            "withdrawal" => vec![posting(field("account"), Party::Vendor, tokens("tokens"))],
            "registration" => vec![posting(Party::Vendor, field("account"), TOKENS_PER_PACK)],
            "consumption" => {
                // TOK-3, ACC-8: only customers pay.
                let pays = self.account(&booking["account"]).expect("booked")["kind"] == "customer";
                let consumed = if pays { tokens("peak") } else { 0 };
                let consumption = posting(field("account"), Party::Consumption, consumed);
                if consumed == 0 { Vec::new() } else { vec![consumption] }
            }
            _ => {
                let target = self.position(&booking["target"]).expect("booked");
                let old = self.as_edited(target, position).expect("not deleted");
                let back = reversed(&self.sale(&old));
                let new = self.as_edited(target, position + 1);
                let anew = new.map(|new| (new.clone(), self.sale(&new)));
                return [(old, back)].into_iter().chain(anew).collect();
            }
        };
        vec![(booking.clone(), postings)]
    }

    /// ORD-1, ORD-2, ORD-3: an order or transfer.
    fn sale(&self, booking: &Value) -> Vec<Posting<'a>> {
        let tokens = TOKENS_PER_PACK * number(&booking["packs"]);
        let party = |uid: &Value| Party::Account(text(&self.account(uid).expect("an account")["uid"]));
        let partner = party(&booking["partner"]);
        if booking["type"] == "transfer" {
            return vec![posting(partner, party(&booking["customer"]), tokens)];
        }
        let mut postings = vec![posting(Party::Vendor, partner, tokens)];
        if is_identified(booking) {
            let customer = self.identified(booking)[0];
            postings.push(posting(partner, Party::Account(text(&customer["uid"])), tokens));
        }
        postings
    }

    /// An order or transfer as it is just before the booking at `position`; nothing once it is deleted (ORD-4).
    fn as_edited(&self, target: usize, position: usize) -> Option<Value> {
        let mut order = self.booked[target].clone();
        let key = order["key"].clone();
        for change in self.booked.iter().take(position).filter(|change| change["target"] == key) {
            if change["type"] == "delete" {
                return None;
            }
            amend(&mut order, change);
        }
        Some(order)
    }

    /// Everything that is wrong with a booking before it moves any tokens.
    fn faults(&self, booking: &Value) -> Vec<Fault> {
        let mut faults: Vec<Fault> = day_fault(&booking["on"]).into_iter().collect();
        for field in ["partner", "customer", "account", "target", "serial"] {
            if booking[field] == "" {
                faults.push(at(field, "invalid_input", None));
            }
        }
        for field in ["partner", "customer", "account"] {
            if !booking[field].is_null() && self.account(&booking[field]).is_none() {
                faults.push(at(field, "unknown_account", Some("ACC-1")));
            }
        }
        match text(&booking["type"]) {
            "order" => {
                let rule = if is_identified(booking) { "ORD-1" } else { "ORD-2" };
                faults.extend(amount_faults(booking, "packs", rule));
                faults.extend(discount_fault(&booking["discount"], Some(number(&booking["packs"]))));
                faults.extend(self.identification_faults(booking));
            }
            "transfer" => {
                faults.extend(amount_faults(booking, "packs", "ORD-3"));
                faults.extend(self.partnership_fault(booking, self.account(&booking["customer"])));
            }
            "credit_note" | "debit_note" => {
                faults.extend(amount_faults(booking, "tokens", "ORD-5"));
                faults.extend(self.partnership_fault(booking, self.account(&booking["customer"])));
            }
            "grant" | "withdrawal" => faults.extend(amount_faults(booking, "tokens", "ORD-5")),
            "registration" => faults.extend(self.registration_faults(booking)),
            "consumption" => faults.extend(self.consumption_faults(booking)),
            _ => faults.extend(self.change_faults(booking)),
        }
        faults
    }

    /// ORD-1: an order for a customer names exactly one account, by name or uid and by administrator.
    fn identification_faults(&self, booking: &Value) -> Option<Fault> {
        if !is_identified(booking) {
            return None;
        }
        let company = !booking["customer_name"].is_null() || !booking["customer_uid"].is_null();
        if !company || booking["customer_admin"].is_null() {
            return Some(fault("incomplete_identification", Some("ORD-1")));
        }
        let matching = self.identified(booking);
        match matching.len() {
            0 => Some(fault("unknown_customer", Some("ORD-1"))),
            1 => self.partnership_fault(booking, Some(matching[0])),
            _ => Some(fault("ambiguous_customer", Some("ORD-1"))),
        }
    }

    /// ORD-9
    fn partnership_fault(&self, booking: &Value, customer: Option<&Value>) -> Option<Fault> {
        let is_partner = members(&customer?["partners"]).contains(&booking["partner"]);
        if is_partner { None } else { Some(at("partner", "not_a_partner", Some("ORD-9"))) }
    }

    /// TOK-7
    fn registration_faults(&self, booking: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        let series = ["LX", "ES", "GX", "RV", "MP"];
        if !series.iter().any(|series| text(&booking["model"]).starts_with(series)) {
            faults.push(at("model", "series_not_eligible", Some("TOK-7")));
        }
        let same =
            |earlier: &&Value| earlier["type"] == "registration" && earlier["serial"] == booking["serial"];
        if self.booked.iter().any(same) {
            faults.push(at("serial", "already_registered", Some("TOK-7")));
        }
        faults
    }

    /// TOK-2
    fn consumption_faults(&self, booking: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        let peak = number(&booking["peak"]);
        if !(0..=LIMIT).contains(&peak) {
            faults.push(at("peak", "out_of_range", None));
        }
        let Some(month_end) = month_end(&booking["month"]) else {
            faults.push(at("month", "invalid_input", None));
            return faults;
        };
        if day(&booking["on"]).is_some_and(|on| on < month_end) {
            faults.push(at("month", "month_not_over", Some("TOK-2")));
        }
        let same = |earlier: &&Value| {
            earlier["type"] == "consumption"
                && earlier["account"] == booking["account"]
                && earlier["month"] == booking["month"]
        };
        if self.booked.iter().any(same) {
            faults.push(at("month", "month_already_booked", Some("TOK-2")));
        }
        faults
    }

    /// ORD-4: an edit or a delete.
    fn change_faults(&self, booking: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        if booking["type"] == "edit" {
            if !booking["packs"].is_null() {
                faults.extend(amount_faults(booking, "packs", "ORD-4"));
            }
            faults.extend(discount_fault(&booking["discount"], None));
            if members(&booking["clear"]).iter().any(|field| !booking[text(field)].is_null()) {
                faults.push(at("clear", "invalid_input", Some("ORD-4")));
            }
        }
        let Some(position) = self.position(&booking["target"]) else {
            faults.push(at("target", "unknown_booking", Some("ORD-4")));
            return faults;
        };
        let target = self.booked[position];
        let editable = target["type"] == "order" || target["type"] == "transfer";
        if !editable {
            faults.push(at("target", "not_editable", Some("ORD-4")));
        }
        let now = self.as_edited(position, self.booked.len());
        if now.is_none() {
            faults.push(at("target", "already_deleted", Some("ORD-4")));
        }
        if let (Some(mut order), true, "edit") = (now, editable, text(&booking["type"])) {
            faults.extend(field_faults(booking, &order));
            amend(&mut order, booking);
            faults.extend(self.sale_faults(&order));
        }
        let month = |booking: &Value| day(&booking["on"]).map(Day::month_end);
        if month(booking).is_some() && month(booking) != month(target) {
            faults.push(at("on", "month_closed", Some("ORD-4")));
        }
        let earlier = |change: &&&Value| change["key"] == target["key"] || change["target"] == target["key"];
        let last = self.booked.iter().filter(earlier).filter_map(|change| day(&change["on"])).max();
        if day(&booking["on"]) < last {
            faults.push(at("on", "before_order", Some("ORD-4")));
        }
        faults
    }

    /// What is wrong with an order or transfer as an edit would leave it.
    fn sale_faults(&self, order: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        if order["type"] == "order" {
            faults.extend(discount_fault(&order["discount"], Some(number(&order["packs"]))));
            faults.extend(self.identification_faults(order));
        } else {
            faults.extend(self.partnership_fault(order, self.account(&order["customer"])));
        }
        faults
    }

    /// What is wrong with the balances after the last booking, by its net effect.
    fn stock_faults(&self) -> Vec<Fault> {
        let last = self.booked.len() - 1;
        let postings = self.postings_of(last);
        let mut faults = Vec::new();
        for account in self.accounts {
            let uid = text(&account["uid"]);
            let change = net(&postings, uid);
            if change == 0 {
                continue;
            }
            let balance = self.balance(uid);
            if balance.abs() > LIMIT {
                faults.push(Fault { code: "out_of_range", rule: None, place: Place::Anywhere });
            }
            if change < 0 && balance < 0 && self.is_stock_at(last, account) {
                faults.push(fault("insufficient_tokens", Some("ORD-3")));
            }
        }
        faults
    }

    /// ORD-3: whether the account is the one whose stock must suffice for the booking at a position.
    fn is_stock_at(&self, position: usize, account: &Value) -> bool {
        // A reseller's stock is a wholesale stock, also where it is somebody's customer.
        if account["kind"] == "reseller" {
            return true;
        }
        let booking = self.booked[position];
        match text(&booking["type"]) {
            "transfer" | "credit_note" => booking["partner"] == account["uid"],
            "edit" | "delete" => {
                let target = self.position(&booking["target"]).expect("booked");
                let orders = [self.as_edited(target, position), self.as_edited(target, position + 1)];
                let stock = |order: &Value| {
                    let delegation = order["type"] == "order" && is_identified(order);
                    !delegation && order["partner"] == account["uid"]
                };
                orders.iter().flatten().any(stock)
            }
            _ => false,
        }
    }

    /// TOK-6: the accounts that the booking at a position brought back, the customer before the partner.
    fn reactivated(&self, position: usize) -> Vec<String> {
        let back = |uid: &&str| {
            let states = self.states(uid);
            states[position] == "suspended" && states[position + 1] == "active"
        };
        self.sides(position).into_iter().filter(back).map(str::to_owned).collect()
    }

    /// The accounts that a booking speaks of, the customer before the partner, and what an edit names before what it
    /// named until then.
    fn sides(&self, position: usize) -> Vec<&'a str> {
        let booking = self.booked[position];
        let uid = |uid: &Value| text(&self.account(uid).expect("an account")["uid"]);
        let of_sale = |order: &Value| match text(&order["type"]) {
            "order" if is_identified(order) => {
                vec![text(&self.identified(order)[0]["uid"]), uid(&order["partner"])]
            }
            "order" => vec![uid(&order["partner"])],
            _ => vec![uid(&order["customer"]), uid(&order["partner"])],
        };
        match text(&booking["type"]) {
            "edit" | "delete" => {
                let target = self.position(&booking["target"]).expect("booked");
                let mut sides = Vec::new();
                for order in [self.as_edited(target, position + 1), self.as_edited(target, position)] {
                    let named = order.iter().flat_map(of_sale);
                    for uid in named.collect::<Vec<_>>() {
                        if !sides.contains(&uid) {
                            sides.push(uid);
                        }
                    }
                }
                sides
            }
            "order" | "transfer" | "credit_note" | "debit_note" => of_sale(booking),
            _ => vec![text(&booking["account"])],
        }
    }

    /// Where the list of booked bookings has a key.
    fn position(&self, key: &Value) -> Option<usize> {
        self.booked.iter().position(|booking| booking["key"] == *key)
    }

    fn account(&self, uid: &Value) -> Option<&'a Value> {
        self.accounts.iter().find(|account| account["uid"] == *uid)
    }

    fn opening(&self, uid: &str) -> i128 {
        let account = self.account(&json!(uid)).expect("an account");
        if account["opening"].is_null() { 0 } else { number(&account["opening"]) }
    }

    /// The accounts that all given parts of an order's identification match.
    fn identified(&self, booking: &Value) -> Vec<&'a Value> {
        let matches = |account: &&Value| {
            (booking["customer_name"].is_null() || booking["customer_name"] == account["name"])
                && (booking["customer_uid"].is_null() || booking["customer_uid"] == account["uid"])
                && members(&account["administrators"]).contains(&booking["customer_admin"])
        };
        self.accounts.iter().filter(matches).collect()
    }
}

/// What `tokens.forecast` returns, or everything it may refuse the document for.
pub fn forecast(input: &Value) -> Result<Value, Vec<Fault>> {
    let mut faults: Vec<Fault> = day_fault(&input["on"]).into_iter().collect();
    for field in ["balance", "expected_end", "previous_peak", "current_peak", "last_months"] {
        let lowest = if ["balance", "expected_end"].contains(&field) { -LIMIT } else { 0 };
        if !input[field].is_null() && !(lowest..=LIMIT).contains(&number(&input[field])) {
            faults.push(at(field, "out_of_range", None));
        }
    }
    let status = input["status"].as_str();
    let balance = number(&input["balance"]);
    if (status == Some("active") && balance < 0) || (status == Some("suspended") && balance > 0) {
        faults.push(at("status", "invalid_input", None));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let on = day(&input["on"]).expect("checked");
    let balance = number(&input["balance"]);
    let known = |field: &str| if input[field].is_null() { None } else { Some(number(&input[field])) };
    let predicted_use = known("previous_peak").max(known("current_peak"));
    // TOK-4: what is expected at the month's end, where somebody knows it.
    let first_end = predicted_use.map(|peak| known("expected_end").unwrap_or(balance - peak));
    let suspended = balance < 0 || input["status"] == "suspended";
    let packs_to_buy =
        predicted_use.zip(first_end).zip(known("last_months")).map(|((peak, first), months)| {
            let at_end = if months == 0 { balance } else { first - peak * (months - 1) };
            // TOK-6: more than zero, at once.
            let missing = (-at_end).max(if suspended { 1 - balance } else { 0 }).max(0);
            missing / TOKENS_PER_PACK + i128::from(missing % TOKENS_PER_PACK != 0)
        });
    let (month_ends, buy_by, months_left) = match predicted_use.zip(first_end) {
        known if balance < 0 => {
            let ends = known.filter(|_| on == on.month_end()).map(|(_, first)| (on, first));
            (ends.into_iter().collect(), Some(on), Some(0))
        }
        Some((peak, first)) if peak > 0 || first < 0 => run_down(on, first, peak, &mut faults),
        _ => (Vec::new(), None, None),
    };
    let beyond = |value: i128| value.abs() > LIMIT;
    if packs_to_buy.is_some_and(beyond) || month_ends.iter().any(|(_, balance)| beyond(*balance)) {
        faults.push(Fault { code: "out_of_range", rule: None, place: Place::Anywhere });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let month_end =
        |(date, balance): &(Day, i128)| json!({"date": date.text(), "balance": integer(*balance)});
    Ok(json!({
        "predicted_use": predicted_use.map(integer),
        "buy_by": buy_by.map(Day::text),
        "months_left": months_left,
        "month_ends": month_ends.iter().take(120).map(month_end).collect::<Vec<_>>(),
        "packs_to_buy": packs_to_buy.map(integer),
    }))
}

type RunDown = (Vec<(Day, i128)>, Option<Day>, Option<i64>);

/// TOK-5: month end after month end, until the stock is below zero or time runs out.
fn run_down(on: Day, first_end: i128, peak: i128, faults: &mut Vec<Fault>) -> RunDown {
    let (mut left, mut end) = (first_end, on.month_end());
    let mut month_ends = Vec::new();
    while end <= LAST {
        month_ends.push((end, left));
        if left < 0 {
            let covered = month_ends.len() - 1;
            return (month_ends, Some(end), Some(i64::try_from(covered).expect("few months")));
        }
        left -= peak;
        end = end.next().month_end();
    }
    faults.push(at("balance", "date_out_of_range", Some("TOK-5")));
    (month_ends, None, None)
}

/// ORD-2: an order with any part of a customer's identification is an order for that customer.
fn is_identified(order: &Value) -> bool {
    ["customer_name", "customer_uid", "customer_admin"].iter().any(|field| !order[*field].is_null())
}

/// TOK-2: consumption takes effect on the last day of its month, everything else on its day.
fn effective(booking: &Value) -> Day {
    if booking["type"] == "consumption" {
        month_end(&booking["month"]).expect("a month")
    } else {
        day(&booking["on"]).expect("a date")
    }
}

/// What an account gains by some postings.
fn net(postings: &[Posting<'_>], uid: &str) -> i128 {
    let mut net = 0;
    for posting in postings {
        if posting.to == Party::Account(uid) {
            net += posting.tokens;
        }
        if posting.from == Party::Account(uid) {
            net -= posting.tokens;
        }
    }
    net
}

/// The same postings back, the last first.
fn reversed<'a>(postings: &[Posting<'a>]) -> Vec<Posting<'a>> {
    postings.iter().rev().map(|old| posting(old.to, old.from, old.tokens)).collect()
}

fn posting<'a>(from: Party<'a>, to: Party<'a>, tokens: i128) -> Posting<'a> {
    Posting { from, to, tokens }
}

fn party(party: Party<'_>) -> Value {
    match party {
        Party::Vendor => json!({"party": "vendor", "account": null}),
        Party::Consumption => json!({"party": "consumption", "account": null}),
        Party::Account(uid) => json!({"party": "account", "account": uid}),
    }
}

/// What is wrong with a booking whatever the ledger holds: values that the wire form does not carry.
///
/// Such a document is none, and the whole call fails.
pub fn malformed(booking: &Value) -> Vec<Fault> {
    let mut faults: Vec<Fault> = day_fault(&booking["on"]).into_iter().collect();
    for field in ["partner", "customer", "account", "target", "serial"] {
        if booking[field] == "" {
            faults.push(at(field, "invalid_input", None));
        }
    }
    for field in ["packs", "tokens"] {
        if !booking[field].is_null() {
            let beyond = |fault: &Fault| fault.rule.is_none();
            faults.extend(amount_faults(booking, field, "").into_iter().filter(beyond));
        }
    }
    if !booking["peak"].is_null() && !(0..=LIMIT).contains(&number(&booking["peak"])) {
        faults.push(at("peak", "out_of_range", None));
    }
    if !booking["month"].is_null() && month_end(&booking["month"]).is_none() {
        faults.push(at("month", "invalid_input", None));
    }
    faults
}

/// ORD-7: a booking's fields; null and absent are the same.
fn content(booking: &Value) -> BTreeMap<&String, &Value> {
    let fields = booking.as_object().expect("an object");
    fields.iter().filter(|(_, field)| !field.is_null()).collect()
}

/// An amount that must be one or more.
fn amount_faults(booking: &Value, field: &'static str, rule: &'static str) -> Vec<Fault> {
    let amount = number(&booking[field]);
    let mut faults = Vec::new();
    // The tokens in packs are amounts, too.
    let most = if field == "packs" { LIMIT / 12 } else { LIMIT };
    if amount < -LIMIT || amount > most {
        faults.push(at(field, "out_of_range", None));
    }
    if amount <= 0 {
        faults.push(at(field, "not_positive", Some(rule)));
    }
    faults
}

/// ORD-4: what an edit says, on top of what was there.
fn amend(order: &mut Value, edit: &Value) {
    for (field, value) in edit.as_object().expect("an object") {
        let own = ["key", "on", "type", "target", "clear"].contains(&field.as_str());
        if !own && !value.is_null() {
            order[field] = value.clone();
        }
    }
    for field in members(&edit["clear"]) {
        let _ = order.as_object_mut().expect("an object").remove(text(field));
    }
}

/// ORD-4: fields that an order or transfer does not have, or may not lack.
fn field_faults(edit: &Value, order: &Value) -> Vec<Fault> {
    let optional = ["customer_name", "customer_uid", "customer_admin", "product", "discount"];
    let is_order = order["type"] == "order";
    let mut faults = Vec::new();
    for field in optional {
        let cleared = members(&edit["clear"]).contains(&json!(field));
        if !edit[field].is_null() && !is_order {
            faults.push(at(field, "invalid_input", Some("ORD-4")));
        }
        if cleared && !is_order {
            faults.push(at("clear", "invalid_input", Some("ORD-4")));
        }
    }
    if !edit["customer"].is_null() && is_order {
        faults.push(at("customer", "invalid_input", Some("ORD-4")));
    }
    faults
}

/// ORD-8: 0 to 100 percent, or an amount from 0 to the list price of 20 USD a pack, where the packs are known.
fn discount_fault(discount: &Value, packs: Option<i128>) -> Option<Fault> {
    let units = |value: &Value| value.as_str().map(|text| text.parse::<i128>().expect("a whole number"));
    let right = match (units(&discount["percent"]), units(&discount["amount"])) {
        (Some(percent), _) => (0..=100).contains(&percent),
        (None, Some(amount)) => 0 <= amount && packs.is_none_or(|packs| amount <= 20 * packs.max(0)),
        (None, None) => true,
    };
    let fault = Fault { code: "invalid_discount", rule: Some("ORD-8"), place: Place::Anywhere };
    if right { None } else { Some(fault) }
}

/// What is wrong with the field `on`.
fn day_fault(on: &Value) -> Option<Fault> {
    match day(on) {
        None => Some(at("on", "invalid_input", None)),
        Some(day) if !day.in_range() => Some(at("on", "out_of_range", None)),
        Some(_) => None,
    }
}

/// A date of the calendar, whether or not the wire form can carry it.
fn day(value: &Value) -> Option<Day> {
    let day = Day::parse(text(value));
    let exists = (1..=12).contains(&day.month) && (1..=days_in_month(day.year, day.month)).contains(&day.day);
    if exists { Some(day) } else { None }
}

/// The last day of a month `YYYY-MM`.
fn month_end(value: &Value) -> Option<Day> {
    day(&json!(format!("{}-01", text(value)))).filter(|first| FIRST <= *first).map(Day::month_end)
}

fn fault(code: &'static str, rule: Option<&'static str>) -> Fault {
    Fault { code, rule, place: Place::Booking }
}

fn at(field: &'static str, code: &'static str, rule: Option<&'static str>) -> Fault {
    Fault { code, rule, place: Place::Field(field) }
}

/// The members of an optional list.
fn members(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> i128 {
    i128::from(value.as_i64().expect("an integer"))
}

fn integer(value: i128) -> i64 {
    i64::try_from(value).expect("a number of the wire form")
}

/// Random documents: accounts of every kind and bookings that mostly fit them.
///
/// Bookings are drawn as drafts, which become JSON once the accounts and the earlier bookings are known: an
/// edit of something that was booked, by a partner that is one, is almost never drawn blindly. The twist of a
/// draft is what makes it wrong.
pub mod random {
    use super::{members, text};
    use crate::support::naive_calendar::{Day, days_in_month};
    use proptest::prelude::*;
    use proptest::sample::{Index, select, subsequence};
    use serde_json::{Value, json};

    /// How far the documents go.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Reach {
        /// Numbers of this world; a reseller is nobody's customer.
        Tame,
        /// Everything of the right shape, up to the limits of the wire form and beyond.
        Everything,
    }

    #[derive(Clone, Debug)]
    struct Account {
        kind: &'static str,
        name: &'static str,
        administrators: Vec<&'static str>,
        partners: Vec<Index>,
        opening: Option<i64>,
        write_nulls: bool,
    }

    #[derive(Clone, Debug)]
    struct Draft {
        kind: &'static str,
        customer: Index,
        partner: Index,
        earlier: Index,
        packs: i64,
        tokens: i64,
        month: i64,
        day: i64,
        serial: i64,
        model: &'static str,
        identification: &'static str,
        twist: Twist,
    }

    /// What is unusual about a booking.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Twist {
        Nothing,
        /// An earlier booking again.
        Again,
        /// An earlier booking again, with or without its null fields.
        AgainOtherNulls,
        /// The key of an earlier booking.
        SameKey,
        /// Null fields are written out.
        Nulls,
        /// Whatever account, partner or not.
        AnyPartner,
        /// A partner that is no account.
        StrangePartner,
        /// A customer that is no account.
        StrangeCustomer,
        /// Any earlier booking as the target.
        AnyTarget,
        /// A target that nobody booked.
        NoTarget,
        /// An edit in another month, a consumption before its month is over.
        OtherMonth,
        Date(&'static str),
        Month(&'static str),
        Amount(i64),
        /// One of the identifiers is empty.
        Empty,
    }

    /// Documents with every kind of mistake in their values.
    pub fn everything() -> impl Strategy<Value = Value> {
        document(Reach::Everything)
    }

    /// Documents with numbers and dates of this world, refused bookings included.
    pub fn tame() -> impl Strategy<Value = Value> {
        document(Reach::Tame)
    }

    fn document(reach: Reach) -> impl Strategy<Value = Value> {
        let size = if reach == Reach::Tame { 1..=25 } else { 1..=40 };
        let resellers = proptest::collection::vec(account(Just("reseller").boxed(), reach), 1..=2);
        let others = proptest::collection::vec(account(kind(reach), reach), 1..=5);
        let bookings = proptest::collection::vec(draft(reach), size);
        let twice = proptest::option::weighted(0.01, any::<Index>());
        (resellers, others, bookings, twice).prop_map(move |(resellers, others, drafts, twice)| {
            let mut accounts = accounts(&[resellers, others].concat(), reach);
            let mut bookings = Vec::new();
            for draft in &drafts {
                bookings.push(booking(draft, &accounts, &bookings));
            }
            if let (Some(index), Reach::Everything) = (twice, reach) {
                accounts.push(index.get(&accounts).clone());
            }
            json!({"accounts": accounts, "bookings": bookings})
        })
    }

    fn kind(reach: Reach) -> BoxedStrategy<&'static str> {
        let usual = prop_oneof![
            8 => Just("customer"),
            1 => Just("free_tier"),
            1 => Just("transition"),
        ];
        match reach {
            Reach::Tame => usual.boxed(),
            Reach::Everything => prop_oneof![9 => usual, 1 => Just("reseller")].boxed(),
        }
    }

    fn account(kind: BoxedStrategy<&'static str>, reach: Reach) -> impl Strategy<Value = Account> {
        let names = select(vec!["Acme", "Acme", "acme", "Beta", "Gamma & Co"]);
        let people = vec!["a@one.example", "b@two.example", "A@one.example"];
        let people = prop_oneof![9 => subsequence(people.clone(), 1..=3), 1 => subsequence(people, 0)];
        let partners = proptest::collection::vec(any::<Index>(), 0..=3);
        let opening = proptest::option::weighted(0.8, opening(reach));
        (kind, names, people, partners, opening, any::<bool>()).prop_map(
            |(kind, name, administrators, partners, opening, write_nulls)| Account {
                kind,
                name,
                administrators,
                partners,
                opening,
                write_nulls,
            },
        )
    }

    fn opening(reach: Reach) -> BoxedStrategy<i64> {
        let usual = prop_oneof![3 => 0_i64..=120, 2 => -30_i64..=10, 1 => select(vec![-12, -1, 0, 1, 12])];
        let limit = 1_000_000_000_000_000;
        let extreme = select(vec![limit, limit - 12, limit - 1, -limit, -limit + 5, limit / 2]);
        match reach {
            Reach::Tame => usual.boxed(),
            Reach::Everything => prop_oneof![30 => usual, 1 => extreme].boxed(),
        }
    }

    /// The accounts as the document has them. Nobody is a partner of itself.
    fn accounts(drafts: &[Account], reach: Reach) -> Vec<Value> {
        let uid =
            |index: usize| format!("{}{index}", if drafts[index].kind == "reseller" { "R" } else { "C" });
        let mut accounts = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let may_be_partner = |other: &usize| {
                let usual = drafts[*other].kind == "reseller" && draft.kind != "reseller";
                usual || (reach == Reach::Everything && *other != index && draft.write_nulls)
            };
            let candidates: Vec<usize> = (0..drafts.len()).filter(may_be_partner).collect();
            let mut partners = Vec::new();
            for chosen in draft.partners.iter().filter(|_| !candidates.is_empty()) {
                partners.push(uid(*chosen.get(&candidates)));
            }
            partners.sort();
            partners.dedup();
            let mut account = json!({"uid": uid(index), "name": draft.name, "kind": draft.kind,
                "administrators": draft.administrators, "partners": partners, "opening": draft.opening});
            let fields = account.as_object_mut().expect("an object");
            for field in ["administrators", "partners", "opening"] {
                let empty = fields[field].is_null() || fields[field] == json!([]);
                if empty && draft.write_nulls {
                    fields[field] = Value::Null;
                } else if empty {
                    let _ = fields.remove(field);
                }
            }
            accounts.push(account);
        }
        accounts
    }

    /// The kinds of bookings; the two kinds of orders have names of their own.
    fn booking_kind() -> impl Strategy<Value = &'static str> {
        weighted(&[
            (4, "wholesale"),
            (4, "delegation"),
            (4, "transfer"),
            (2, "credit_note"),
            (2, "debit_note"),
            (1, "grant"),
            (1, "withdrawal"),
            (2, "registration"),
            (4, "consumption"),
            (6, "edit"),
            (2, "delete"),
        ])
    }

    /// The parts of an order's identification that are given.
    fn identification() -> impl Strategy<Value = &'static str> {
        weighted(&[
            (16, "uid, admin"),
            (16, "name, admin"),
            (16, "name, uid, admin"),
            (1, "admin"),
            (1, "uid"),
            (1, "name"),
            (1, "name, uid"),
            (1, "other name"),
            (1, "other admin"),
        ])
    }

    fn draft(reach: Reach) -> impl Strategy<Value = Draft> {
        let models =
            select(vec!["LX40", "ES450", "GX450", "RV50X", "RV55", "MP70", "XR80", "FX30", "Raven XE"]);
        let indices = (any::<Index>(), any::<Index>(), any::<Index>());
        let amounts = (1_i64..=5, 1_i64..=40);
        // A few of the days are the last ones of a month.
        let days = (0_i64..6, 1_i64..=35);
        let rest = (0_i64..6, models, identification(), twist(reach));
        (booking_kind(), indices, amounts, days, rest).prop_map(
            |(kind, (customer, partner, earlier), (packs, tokens), (month, day), rest)| {
                let (serial, model, identification, twist) = rest;
                Draft {
                    kind,
                    customer,
                    partner,
                    earlier,
                    packs,
                    tokens,
                    month,
                    day,
                    serial,
                    model,
                    identification,
                    twist,
                }
            },
        )
    }

    fn twist(reach: Reach) -> impl Strategy<Value = Twist> {
        let mut twists = vec![
            (280, Twist::Nothing),
            (6, Twist::Again),
            (6, Twist::AgainOtherNulls),
            (6, Twist::SameKey),
            (6, Twist::Nulls),
            (8, Twist::AnyPartner),
            (8, Twist::AnyTarget),
            (8, Twist::OtherMonth),
        ];
        if reach == Reach::Everything {
            let strange = [Twist::StrangePartner, Twist::StrangeCustomer, Twist::NoTarget, Twist::Empty];
            twists.extend(strange.map(|twist| (2, twist)));
            twists.extend([0, -1, -12, 10, 1_000].map(|amount| (1, Twist::Amount(amount))));
            let limit = 1_000_000_000_000_000;
            let huge = [limit, limit - 1, limit + 1, limit / 12, limit / 12 + 1, -limit, 1_000 * limit];
            twists.extend(huge.map(|amount| (1, Twist::Amount(amount))));
            let dates = ["2023-02-30", "1899-12-31", "2023-13-01", "1900-01-01", "9999-12-31"];
            twists.extend(dates.map(|date| (1, Twist::Date(date))));
            twists.extend(["2023-13", "2023-00", "1900-01", "2022-12"].map(|month| (2, Twist::Month(month))));
        }
        weighted(&twists)
    }

    /// One of the values, each so many times as likely. (`prop_oneof!` does the same with a generator of
    /// random numbers for each branch, which takes longer than to book what comes out.)
    fn weighted<T: Clone + std::fmt::Debug + 'static>(
        values: &[(usize, T)],
    ) -> impl Strategy<Value = T> + use<T> {
        select(values.iter().flat_map(|(times, value)| vec![value.clone(); *times]).collect::<Vec<_>>())
    }

    fn booking(draft: &Draft, accounts: &[Value], earlier: &[Value]) -> Value {
        let repeated = [Twist::Again, Twist::AgainOtherNulls].contains(&draft.twist);
        if repeated && !earlier.is_empty() {
            return again(draft.earlier.get(earlier), draft.twist);
        }
        let mut booking = plain(draft, accounts, earlier);
        booking["key"] = json!(format!("k{}", earlier.len()));
        match draft.twist {
            Twist::SameKey if !earlier.is_empty() => {
                booking["key"] = draft.earlier.get(earlier)["key"].clone();
            }
            Twist::Nulls => booking = again(&booking, Twist::AgainOtherNulls),
            Twist::Date(date) => booking["on"] = json!(date),
            Twist::Month(month) if booking["type"] == "consumption" => booking["month"] = json!(month),
            Twist::Amount(amount) => {
                for field in ["packs", "tokens", "peak"] {
                    if !booking[field].is_null() {
                        booking[field] = json!(amount);
                    }
                }
            }
            Twist::Empty => {
                let fields = ["customer", "partner", "account", "serial", "target"];
                let chosen = fields.into_iter().find(|field| !booking[*field].is_null());
                booking[chosen.expect("every booking names something")] = json!("");
            }
            _ => {}
        }
        booking
    }

    /// A booking once more, if wanted with the null fields of an order written out or left out.
    fn again(booking: &Value, twist: Twist) -> Value {
        let mut booking = booking.clone();
        let optional = ["customer_name", "customer_uid", "customer_admin"];
        if twist == Twist::AgainOtherNulls && booking["type"] == "order" {
            let fields = booking.as_object_mut().expect("an object");
            for field in optional {
                match fields.get(field) {
                    Some(Value::Null) => {
                        let _ = fields.remove(field);
                    }
                    Some(_) => {}
                    None => {
                        let _ = fields.insert(field.to_owned(), Value::Null);
                    }
                }
            }
        }
        booking
    }

    /// The booking without its key, as it would be right.
    fn plain(draft: &Draft, accounts: &[Value], earlier: &[Value]) -> Value {
        let customer = customer(draft, accounts);
        let partner = partner(draft, customer, accounts);
        let on = valid(2023, 1 + draft.month, draft.day).text();
        let po_number = format!("PO {}", draft.serial);
        let uid = match draft.twist {
            Twist::StrangeCustomer => json!("nobody"),
            _ => customer["uid"].clone(),
        };
        match draft.kind {
            "delegation" => {
                let mut order = json!({"type": "order", "on": on, "po_number": po_number, "partner": partner,
                    "packs": draft.packs});
                identify(&mut order, draft, customer, accounts);
                discount(&mut order, draft);
                order
            }
            "wholesale" => {
                let mut order = json!({"type": "order", "on": on, "po_number": po_number, "partner": partner,
                    "packs": draft.packs * 2});
                discount(&mut order, draft);
                order
            }
            "transfer" => json!({"type": "transfer", "on": on, "po_number": po_number, "partner": partner,
                "customer": uid, "packs": draft.packs}),
            "credit_note" | "debit_note" => json!({"type": draft.kind, "on": on, "partner": partner,
                "customer": uid, "tokens": draft.tokens}),
            "grant" => json!({"type": "grant", "on": on, "account": uid, "tokens": draft.tokens}),
            "withdrawal" => json!({"type": "withdrawal", "on": on, "account": uid, "tokens": draft.tokens,
                "reason": "booked twice"}),
            "registration" => json!({"type": "registration", "on": on, "account": uid,
                "serial": format!("S{}", draft.serial), "model": draft.model}),
            "consumption" => consumption(draft, &uid),
            _ => change(draft, customer, accounts, earlier),
        }
    }

    /// Every fifth order has a product or a discount, which may be more than the list price of one pack.
    fn discount(order: &mut Value, draft: &Draft) {
        match (draft.day % 5, draft.month % 3) {
            (0, 0) => order["product"] = json!("PACK-1"),
            (0, 1) => order["discount"] = json!({"percent": draft.tokens.to_string()}),
            (0, 2) => order["discount"] = json!({"amount": draft.tokens.to_string()}),
            _ => {}
        }
    }

    /// Usually an account that has a partner, where one is asked for.
    fn customer<'a>(draft: &Draft, accounts: &'a [Value]) -> &'a Value {
        let alone = ["grant", "withdrawal", "registration", "consumption"].contains(&draft.kind);
        let any = alone || draft.twist == Twist::AnyPartner;
        let fits = |account: &&Value| any || !members(&account["partners"]).is_empty();
        let fitting: Vec<&Value> = accounts.iter().filter(fits).collect();
        fitting
            .get(draft.customer.index(fitting.len().max(1)))
            .copied()
            .unwrap_or(draft.customer.get(accounts))
    }

    /// A partner of the customer where there is one.
    fn partner(draft: &Draft, customer: &Value, accounts: &[Value]) -> Value {
        let partners = members(&customer["partners"]);
        if draft.twist == Twist::StrangePartner {
            json!("nobody")
        } else if draft.twist == Twist::AnyPartner || partners.is_empty() {
            draft.partner.get(accounts)["uid"].clone()
        } else {
            draft.partner.get(partners).clone()
        }
    }

    fn identify(order: &mut Value, draft: &Draft, customer: &Value, accounts: &[Value]) {
        let first = members(&customer["administrators"]).first().cloned();
        let administrator = first.unwrap_or(json!("a@one.example"));
        if draft.identification.contains("name") {
            order["customer_name"] = customer["name"].clone();
        }
        if draft.identification.contains("uid") {
            order["customer_uid"] = customer["uid"].clone();
        }
        if draft.identification.contains("admin") {
            order["customer_admin"] = administrator.clone();
        }
        if draft.identification == "other name" {
            order["customer_name"] = draft.partner.get(accounts)["name"].clone();
            order["customer_uid"] = customer["uid"].clone();
            order["customer_admin"] = administrator;
        }
        if draft.identification == "other admin" {
            order["customer_uid"] = customer["uid"].clone();
            order["customer_admin"] = json!("x@nowhere.example");
        }
    }

    /// Booked within a month after the last day, or too early.
    fn consumption(draft: &Draft, account: &Value) -> Value {
        let end = valid(2023, 1 + draft.month, 31);
        let early = draft.twist == Twist::OtherMonth;
        let on = if early { end.add_days(-draft.day) } else { end.add_days(draft.day - 1) };
        json!({"type": "consumption", "on": on.text(), "account": account,
            "month": format!("{:04}-{:02}", end.year, end.month), "peak": draft.tokens / 2})
    }

    /// An edit or a delete of an earlier order or transfer, in its month, mostly on its day or later.
    fn change(draft: &Draft, customer: &Value, accounts: &[Value], earlier: &[Value]) -> Value {
        let any = draft.twist == Twist::AnyTarget;
        let fits = |booking: &&Value| any || booking["type"] == "order" || booking["type"] == "transfer";
        let targets: Vec<&Value> = earlier.iter().filter(fits).collect();
        let mut change = json!({"type": draft.kind, "target": "missing", "on": "2023-01-01"});
        let mut is_order = draft.tokens % 2 == 0;
        if draft.twist != Twist::NoTarget && !targets.is_empty() {
            let target = draft.earlier.get(&targets);
            let on = Day::parse(text(&target["on"]));
            let month = if draft.twist == Twist::OtherMonth { draft.month + 1 } else { on.month };
            // One in six is on any day of the month.
            let day = if draft.serial == 0 { draft.day } else { draft.day.max(on.day) };
            change["target"] = target["key"].clone();
            change["on"] = json!(valid(on.year, month.clamp(1, 12), day).text());
            is_order = target["type"] == "order";
        }
        if draft.kind == "edit" {
            edit(&mut change, draft, is_order, customer, accounts);
        }
        change
    }

    /// Other packs, another partner or customer, or any other field.
    fn edit(change: &mut Value, draft: &Draft, is_order: bool, customer: &Value, accounts: &[Value]) {
        let identification = json!(["customer_name", "customer_uid", "customer_admin"]);
        match draft.tokens % 10 {
            0..=3 => change["packs"] = json!(draft.packs),
            4 => {
                change["partner"] = partner(draft, customer, accounts);
                change["packs"] = json!(draft.packs);
            }
            5 if is_order => {
                identify(change, draft, customer, accounts);
                let absent = |field: &&Value| change[text(field)].is_null();
                change["clear"] = members(&identification).iter().filter(absent).cloned().collect();
                if draft.month % 2 == 0 {
                    change["partner"] = partner(draft, customer, accounts);
                }
            }
            5 => change["customer"] = customer["uid"].clone(),
            // For the partner's own stock.
            6 if is_order => change["clear"] = identification,
            6 | 7 => change["po_number"] = json!(format!("PO {}", draft.serial)),
            8 => {
                change["discount"] = json!({"amount": draft.tokens.to_string()});
                if draft.month == 0 {
                    change["clear"] = json!(["discount"]);
                }
            }
            _ => {
                change["product"] = json!("PACK-2");
                change["discount"] = json!({"percent": (draft.tokens * 4).to_string()});
            }
        }
    }

    /// The day, or the month's last day where it is shorter.
    fn valid(year: i64, month: i64, day: i64) -> Day {
        Day { year, month, day: day.min(days_in_month(year, month)) }
    }
}
