//! The documents that are the service's own; what is inside them is the library's.
//!
//! One set of types is read, written and described: [`openapi`](crate::openapi) makes its schemas from them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// An account with its stock and its subscriptions.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AccountState<'a> {
    /// How often it changed, and 1. Changes name the version that they change.
    #[schemars(schema_with = "version")]
    pub(crate) version: i64,
    /// Its token stock; of an avc account what was converted.
    pub(crate) stock: Stock<'a>,
    /// The account; its tokens are those of the stock, and 0 once it is avc.
    #[schemars(schema_with = "account")]
    pub(crate) account: &'a RawValue,
    /// What its systems are entitled to; empty before the migration.
    #[schemars(schema_with = "subscriptions")]
    pub(crate) subscriptions: &'a RawValue,
}

/// A token stock.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Stock<'a> {
    /// How many tokens there are.
    pub(crate) balance: i64,
    /// `active` or `suspended`.
    pub(crate) status: &'a str,
}

/// The systems of an account as they are now.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SystemsChange<'a> {
    /// The version that the account has; any other is refused.
    #[serde(borrow)]
    #[schemars(schema_with = "version")]
    pub(crate) version: &'a RawValue,
    /// All of its systems.
    #[serde(borrow)]
    #[schemars(schema_with = "systems")]
    pub(crate) systems: &'a RawValue,
}

/// A booking that was booked.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StoredBooking<'a> {
    /// Its place among all bookings.
    #[schemars(schema_with = "version")]
    pub(crate) sequence: i64,
    /// Who entered it; null where that is not known.
    pub(crate) entered_by: Option<&'a str>,
    /// The booking.
    #[schemars(schema_with = "booking")]
    pub(crate) booking: &'a RawValue,
    /// What it did.
    #[schemars(schema_with = "preview")]
    pub(crate) receipt: &'a RawValue,
}

/// For which day and by which policy a migration is planned.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanRequest<'a> {
    /// The migration date.
    #[serde(borrow)]
    #[schemars(schema_with = "day")]
    pub(crate) on: &'a RawValue,
    /// The policy; the rulebook's defaults where absent.
    #[serde(borrow, default)]
    #[schemars(schema_with = "policy")]
    pub(crate) policy: Option<&'a RawValue>,
}

/// A plan that is kept here.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlanState<'a> {
    /// The version of the account from which it was made.
    #[schemars(schema_with = "version")]
    pub(crate) version: i64,
    /// Whether it was carried out.
    pub(crate) applied: bool,
    /// The consent to it; null before there is one.
    #[schemars(schema_with = "given_consent")]
    pub(crate) consent: Option<&'a RawValue>,
    /// The plan.
    #[schemars(schema_with = "plan")]
    pub(crate) plan: &'a RawValue,
}

/// Who agrees to a plan, and when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentRequest<'a> {
    /// Who.
    #[serde(borrow)]
    #[schemars(schema_with = "text")]
    pub(crate) by: &'a RawValue,
    /// When.
    #[serde(borrow)]
    #[schemars(schema_with = "day")]
    pub(crate) on: &'a RawValue,
}

/// The systems of a report, as the library reads them.
#[derive(Serialize)]
pub(crate) struct ListedSystems<'a> {
    pub(crate) systems: &'a RawValue,
}

/// What a plan is asked for, as the library reads it.
#[derive(Serialize)]
pub(crate) struct AskedScenario<'a> {
    pub(crate) on: &'a RawValue,
    pub(crate) policy: Option<&'a RawValue>,
}

/// A consent to one plan, as the library reads it.
#[derive(Serialize)]
pub(crate) struct GivenConsent<'a> {
    pub(crate) by: &'a RawValue,
    pub(crate) on: &'a RawValue,
    pub(crate) fingerprint: &'a str,
}

/// A plan that is to be carried out, as the library reads it.
#[derive(Serialize)]
pub(crate) struct Application<'a> {
    pub(crate) account: &'a RawValue,
    pub(crate) plan: &'a RawValue,
    /// Null without one, which the library refuses.
    pub(crate) consent: &'a RawValue,
}

/// How much there is.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Health {
    /// Accounts.
    pub(crate) accounts: i64,
    /// Bookings.
    pub(crate) bookings: i64,
}

fn version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "minimum": 1, "maximum": i64::MAX})
}

/// A document of the library, by its name among the components.
fn of_library(name: &str) -> Schema {
    json_schema!({"$ref": format!("#/components/schemas/{name}")})
}

fn account(_: &mut SchemaGenerator) -> Schema {
    of_library("Account")
}

fn subscriptions(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": of_library("Subscription")})
}

fn systems(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": of_library("SystemInput")})
}

fn booking(_: &mut SchemaGenerator) -> Schema {
    of_library("BookingInput")
}

fn preview(_: &mut SchemaGenerator) -> Schema {
    of_library("Preview")
}

fn policy(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [of_library("PolicyInput"), {"type": "null"}]})
}

fn plan(_: &mut SchemaGenerator) -> Schema {
    of_library("Plan")
}

fn given_consent(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [of_library("ConsentInput"), {"type": "null"}]})
}

/// The schemas of single values, which the library has inside its documents.
fn day(_: &mut SchemaGenerator) -> Schema {
    crate::openapi::of_field("migration.plan", None, "on")
}

fn text(_: &mut SchemaGenerator) -> Schema {
    crate::openapi::of_field("migration.apply", Some("Consent"), "by")
}
