//! Single values as JSON, for hosts that keep accounts and plans in a database of their own.

use super::doc::account::AccountDoc;
use super::doc::account_view::Whole;
use super::doc::apply::AppliedDoc;
use super::doc::booking::BookingDoc;
use super::doc::compare::ComparisonDoc;
use super::doc::explain::ExplanationDoc;
use super::doc::fleet::FleetScenarioDoc;
use super::doc::ledger::{WrittenLedgerDoc, ledger};
use super::doc::plan::{PlanDoc, PlannedSystemDoc};
use super::doc::replay::{LedgerDoc, Outcome, PreviewDoc};
use super::doc::subscription::SubscriptionDoc;
use super::doc::system::{InAccount, SystemDoc};
use super::view::Needing;
use super::{Error, parse};
use crate::account::{Account, System};
use crate::migration::columns::Scenario;
use crate::migration::{Applied, Comparison, Explanation, Plan, PlannedSystem};
use crate::rule::RuleSet;
use crate::subscriptions::Holding;
use crate::text::BookingKey;
use crate::tokens::{Booking, Ledger, Receipt, Tokens};
use alms_json::{to_text, to_writer};

/// An account in the wire form.
pub fn account_to_json(account: &Account) -> String {
    to_text(&AccountDoc::of(account))
}

/// The account that a JSON document holds.
///
/// # Errors
/// [`Error`] as for an operation that takes an account, its path without the leading `account`.
pub fn account_from_json(json: &str) -> Result<Account, Error> {
    parse::document::<Needing<AccountDoc<'_>, Whole>>(json)?.0.read(&mut RuleSet::default())
}

/// The account that a JSON document holds, and whether it gives the stock: without a ledger that says it, the
/// stock is then 0.
///
/// # Errors
/// [`Error`] as for [`account_from_json`], but for an absent stock.
pub fn account_with_stock_from_json(json: &str) -> Result<(Account, bool), Error> {
    let document = parse::document::<Needing<AccountDoc<'_>, Whole>>(json)?.0;
    let tokens = document.tokens()?;
    Ok((document.read_with(tokens.unwrap_or(Tokens::ZERO), &mut RuleSet::default())?, tokens.is_some()))
}

/// A system in the wire form.
pub fn system_to_json(system: &System) -> String {
    to_text(&SystemDoc::of(system))
}

/// The system that a JSON document holds.
///
/// ```
/// use alms_core::wire;
/// let json = r#"{"serial":"LA1","model":"RV55","state":"active","last_communication":"2023-03-01"}"#;
/// assert_eq!(wire::system_from_json(json)?.serial.as_str(), "LA1");
/// # Ok::<(), wire::Error>(())
/// ```
///
/// # Errors
/// [`Error`] as for an operation that takes systems, its path from the system on.
pub fn system_from_json(json: &str) -> Result<System, Error> {
    parse::document::<Needing<SystemDoc<'_>, InAccount>>(json)?.read()
}

/// What a fleet in columns is planned under: the migration date of the accounts that do not say one, and the policy.
///
/// ```
/// use alms_core::wire;
/// let scenario = wire::fleet_scenario_from_json(r#"{"on":"2023-03-25","policy":{"cleanup":"strict"}}"#)?;
/// assert_eq!(scenario.on, Some("2023-03-25".parse().unwrap()));
/// assert_eq!(wire::fleet_scenario_from_json(r#"{"policy":{"clean":1}}"#).unwrap_err().path(), "policy.clean");
/// # Ok::<(), wire::Error>(())
/// ```
///
/// # Errors
/// [`Error`] as for `migration.plan`, whose fields `on` and `policy` these are; both may be absent.
pub fn fleet_scenario_from_json(json: &str) -> Result<Scenario, Error> {
    parse::document::<FleetScenarioDoc<'_>>(json)?.read()
}

/// A plan in the wire form, as [`call`](super::call)`("migration.plan", …)` gives it.
pub fn plan_to_json(plan: &Plan) -> String {
    to_text(&PlanDoc::of(plan))
}

/// Writes a plan in the wire form without holding the text: for plans of a million systems.
///
/// # Errors
/// Those of the writer.
pub fn write_plan_json(plan: &Plan, mut writer: impl std::io::Write) -> std::io::Result<()> {
    to_writer(&mut writer, &PlanDoc::of(plan))
}

/// What a plan says about one system, in the wire form.
pub fn planned_system_to_json(planned: &PlannedSystem) -> String {
    to_text(&PlannedSystemDoc::of(planned))
}

/// What a plan says about one system, as a JSON document holds it.
///
/// # Errors
/// [`Error`] when the document is not part of a plan.
pub fn planned_system_from_json(json: &str) -> Result<PlannedSystem, Error> {
    parse::document::<PlannedSystemDoc<'_>>(json)?.read()
}

/// The plan that a JSON document holds.
///
/// # Errors
/// [`Error`] when the document is not a plan. Whether the plan still fits its account is for
/// [`apply`](crate::migration::apply) to say.
pub fn plan_from_json(json: &str) -> Result<Plan, Error> {
    parse::document::<PlanDoc<'_>>(json)?.read()
}

/// What a migration leaves, in the wire form.
pub fn applied_to_json(applied: &Applied) -> String {
    to_text(&AppliedDoc::of(applied))
}

/// An explanation in the wire form.
pub fn explanation_to_json(explanation: &Explanation) -> String {
    to_text(&ExplanationDoc::of(explanation))
}

/// Scenarios side by side, in the wire form.
///
/// # Errors
/// [`Error`] when a price has more than 28 digits.
pub fn comparison_to_json(comparison: &Comparison) -> Result<String, Error> {
    Ok(to_text(&ComparisonDoc::of(comparison)?))
}

/// The subscription with its history that a JSON document holds: one of those that `subscriptions.due` takes.
///
/// # Errors
/// [`Error`] as for an operation that takes a subscription, its path without the leading `subscription`.
///
/// ```
/// use alms_core::wire;
/// let json = r#"{"serial": "LA1", "offer": "AirLink Complete", "registered": "2023-01-15"}"#;
/// assert_eq!(wire::subscription_from_json(json)?.origin.end_date(), Some("2024-01-15".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn subscription_from_json(json: &str) -> Result<Holding, Error> {
    parse::document::<SubscriptionDoc<'_>>(json)?.read()
}

/// A subscription in the wire form, as every operation takes it.
pub fn subscription_to_json(subscription: &Holding) -> String {
    to_text(&SubscriptionDoc::of(subscription))
}

/// A ledger in the wire form: the input of [`call`](super::call)`("tokens.replay", …)` that leads to it.
///
/// ```
/// use alms_core::wire;
/// let json = concat!(
///     r#"{"accounts":[{"uid":"c1","name":"Acme","kind":"customer","administrators":[],"partners":[],"opening":20}],"#,
///     r#""bookings":[{"key":"may","on":"2023-05-31","type":"consumption","account":"c1","month":"2023-05","peak":8}]}"#,
/// );
/// let ledger = wire::ledger_from_json(json)?;
/// assert_eq!(ledger.account(&"c1".parse()?)?.standing.balance.get(), 12);
/// assert_eq!(wire::ledger_to_json(&ledger), json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger_to_json(ledger: &Ledger) -> String {
    to_text(&WrittenLedgerDoc::of(ledger))
}

/// The ledger that a JSON document holds: its accounts, with its bookings booked in their order.
///
/// # Errors
/// [`Error`] when the document is not a ledger or one of its bookings is refused: what is stored was accepted.
pub fn ledger_from_json(json: &str) -> Result<Ledger, Error> {
    let document: LedgerDoc = parse::document(json)?;
    ledger(document.accounts, document.bookings, &mut RuleSet::default())
}

/// A booking in the wire form.
pub fn booking_to_json(booking: &Booking) -> String {
    to_text(&BookingDoc::of(booking))
}

/// The booking that a JSON document holds, for a host that keeps a ledger in memory and is sent one after another.
///
/// The ledger is asked only whether it knows the key: that of another booking is refused before anything else
/// is (ORD-7), also before packs of 0.
///
/// ```
/// use alms_core::{account::Kind, tokens::{Holder, Ledger, Tokens}, wire};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::ZERO, status: None };
/// let mut ledger = Ledger::open(vec![holder])?;
/// let json = r#"{"key":"g1","on":"2023-05-04","type":"grant","account":"c1","tokens":6}"#;
/// let booking = wire::booking_from_json(json, &ledger)?;
/// assert_eq!(wire::booking_to_json(&booking), json);
///
/// let preview = ledger.preview(&booking)?;
/// let receipt = ledger.book(booking.clone())?;
/// let answer = wire::receipt_to_json(&ledger, &booking.key, &receipt);
/// assert_eq!(answer, wire::receipt_to_json(&ledger, &booking.key, &preview));
/// assert!(answer.contains(r#""balance_before":0,"balance_after":6"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error`] as for `tokens.preview`, its path without the leading `booking`.
pub fn booking_from_json(json: &str, ledger: &Ledger) -> Result<Booking, Error> {
    parse::document::<BookingDoc<'_>>(json)?.read()?.checked(ledger)
}

/// What the booking with this key does, in the wire form, as [`call`](super::call)`("tokens.preview", …)` gives it.
pub fn receipt_to_json(ledger: &Ledger, key: &BookingKey, receipt: &Receipt) -> String {
    let outcome = Outcome::new(key.clone(), Ok(*receipt));
    to_text(&PreviewDoc::of(ledger, &outcome, Some(receipt)))
}
