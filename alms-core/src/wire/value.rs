//! Single values as JSON, for hosts that keep accounts and plans in a database of their own.

#[cfg(feature = "ledger")]
mod ledger;
#[cfg(feature = "migration")]
mod migration;

#[cfg(feature = "ledger")]
pub use ledger::{booking_from_json, booking_to_json, ledger_from_json, ledger_to_json, receipt_to_json};
#[cfg(feature = "migration")]
pub use migration::{
    applied_to_json, comparison_to_json, explanation_to_json, fleet_scenario_from_json, plan_from_json,
    plan_to_json, planned_system_from_json, planned_system_to_json, write_plan_json,
};

use super::doc::account::AccountDoc;
use super::doc::account_view::Whole;
use super::doc::subscription::SubscriptionDoc;
use super::doc::system::{InAccount, SystemDoc, SystemList};
use super::error::Located;
use super::view::Needing;
use super::{Error, parse};
use crate::account::{Account, System, Systems};
use crate::rule::RuleSet;
use crate::subscriptions::Holding;
use crate::tokens::Tokens;
use alms_json::{Read, to_text};

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

/// The systems of an account, in a document that has nothing else.
#[derive(Read)]
#[serde(deny_unknown_fields)]
struct SystemsDoc<'a> {
    systems: SystemList<'a>,
}

/// The systems that a JSON document holds in its field `systems`, each serial once.
///
/// ```
/// use alms_core::wire;
/// let systems = wire::systems_from_json(r#"{"systems":[{"serial":"LA1","model":"RV55","state":"active"}]}"#)?;
/// assert_eq!(systems.len(), 1);
/// let error = wire::systems_from_json(r#"{"systems":[{"serial":"LA1","model":"RV55","state":"on"}]}"#).unwrap_err();
/// assert_eq!(error.path(), "systems[0].state");
/// # Ok::<(), wire::Error>(())
/// ```
///
/// # Errors
/// [`Error`] as for an operation that takes an account.
pub fn systems_from_json(json: &str) -> Result<Systems, Error> {
    let document = parse::document::<SystemsDoc<'_>>(json)?;
    let (systems, _) = document.systems.read().at("systems")?;
    Systems::try_new(systems).at("systems")
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
