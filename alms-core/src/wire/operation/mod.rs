//! The operations: what each one reads, runs and writes.

#[cfg(feature = "accounts")]
mod accounts;
#[cfg(feature = "subscriptions")]
mod billing;
#[cfg(feature = "ledger")]
mod ledger;
#[cfg(feature = "migration")]
mod migration;
#[cfg(feature = "subscriptions")]
mod offers;
#[cfg(feature = "ledger")]
mod orders;
#[cfg(feature = "reseller")]
mod reseller;
#[cfg(feature = "ledger")]
mod simulation;
#[cfg(feature = "reseller")]
mod subaccounts;
#[cfg(feature = "subscriptions")]
mod subscriptions;
#[cfg(feature = "files")]
mod systems;
#[cfg(feature = "tokens")]
mod tokens;
#[cfg(feature = "subscriptions")]
mod xr;

use super::ErrorCode;
use super::error::{Error, shown};
use crate::calendar::add_months;
use crate::json::answer;
use crate::names::quoted;
use crate::rule::RuleSet;
#[cfg(feature = "subscriptions")]
use crate::subscriptions::coterm;

/// An operation: its name, its documents, and what it does.
#[derive(Debug)]
pub struct Operation {
    /// The name, such as `migration.plan`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// JSON Schema (draft 2020-12) of the input.
    #[cfg(feature = "schema-text")]
    pub input_schema: &'static str,
    /// JSON Schema (draft 2020-12) of the output.
    #[cfg(feature = "schema-text")]
    pub output_schema: &'static str,
    /// Reads, runs and writes; adds the rules that fired.
    pub(in crate::wire) run: fn(&str, &mut RuleSet) -> Result<String, Error>,
}

/// What a row runs: the function of the domain that is named in brackets, between JSON and JSON; or one of the older form, which
/// reads and writes its documents itself.
macro_rules! run {
    (($compute:path)) => {
        |input, fired| {
            let answered = answer(input, $compute)?;
            *fired = answered.rules;
            Ok(answered.json)
        }
    };
    ($run:path) => {
        $run
    };
}

macro_rules! operations {
    ($($(#[$condition:meta])? $name:literal $run:tt $(:: $within:ident)?: $summary:literal;)+) => {
        /// Every operation, by name.
        pub static OPERATIONS: &[Operation] = &[$($(#[$condition])? Operation {
            name: $name,
            summary: $summary,
            #[cfg(feature = "schema-text")]
            input_schema: include_str!(concat!("../../../schema/", $name, ".input.json")),
            #[cfg(feature = "schema-text")]
            output_schema: include_str!(concat!("../../../schema/", $name, ".output.json")),
            run: run!($run $(:: $within)?),
        },)+];
    };
}

operations! {
    #[cfg(feature = "accounts")]
    "accounts.activate" accounts::activate:
        "Activates an account that a reseller created for its customer, within seven days.";
    #[cfg(feature = "accounts")]
    "accounts.activation" accounts::activation:
        "Says whether an account that a reseller created is pending, activated or expired on a day.";
    #[cfg(feature = "accounts")]
    "accounts.check" accounts::check:
        "Says all that the rules have against an account: limits of its kind, trial, support contact, administrators.";
    #[cfg(feature = "accounts")]
    "accounts.commission" accounts::commission:
        "Says what a partner has of a customer's account: sign-up links, support, commissions.";
    #[cfg(feature = "accounts")]
    "accounts.convert" accounts::convert:
        "Converts an account: customer to free tier, free tier to customer, customer to reseller; what is in it stays.";
    #[cfg(feature = "accounts")]
    "accounts.create" accounts::create:
        "Creates an account: by a general sign-up, through a partner's link, by a reseller or the vendor; reports every fault.";
    #[cfg(feature = "accounts")]
    "accounts.link" accounts::link:
        "Links a customer's legacy account with the avc account that it got under a second e-mail address.";
    #[cfg(feature = "accounts")]
    "accounts.lookup" accounts::lookup:
        "Finds accounts by UID, exact name or e-mail address, and shows what the viewer may see of them.";
    #[cfg(feature = "accounts")]
    "accounts.partnership" accounts::partnership:
        "Takes a step towards a partnership or within it: request, grant, refuse, link by ticket, assign a profile, end.";
    #[cfg(feature = "subscriptions")]
    "billing.options" billing::options:
        "Says for a country which payments and services are open, how each is arranged, and what stands in the way of the others.";
    "calendar.add_months" (add_months):
        "Adds months to a date: anchor + n, clamped to the month's last day.";
    #[cfg(feature = "migration")]
    "migration.apply" migration::apply:
        "Applies a migration plan with the customer's consent: gives the avc account, its subscriptions and the deleted systems.";
    #[cfg(feature = "migration")]
    "migration.apply_reseller" migration::apply_reseller:
        "Applies the plan of a reseller's migration with the partner's consent: gives the merged avc account and its subscriptions.";
    #[cfg(feature = "migration")]
    "migration.compare" migration::compare:
        "Plans several scenarios of one account and says what differs, per system and in total, and what it takes to reach a date.";
    #[cfg(feature = "migration")]
    "migration.explain" migration::explain:
        "Explains what a migration does to one system: the rules, the exact fraction, the rounding, the sources.";
    #[cfg(feature = "migration")]
    "migration.plan" migration::plan:
        "Plans the migration of a legacy account: what becomes of every system and every token.";
    #[cfg(feature = "migration")]
    "migration.plan_reseller" migration::plan_reseller:
        "Plans the migration of a reseller's account and the merge of other accounts of the same partner into it.";
    #[cfg(feature = "subscriptions")]
    "offers.catalogue" offers::catalogue:
        "Gives the catalogue of offers that is in effect on a day, with a customer's own offers on top.";
    #[cfg(feature = "subscriptions")]
    "offers.for_model" offers::for_model:
        "Lists the offers that an account can have for a device and the default one, and says why not the others.";
    #[cfg(feature = "subscriptions")]
    "offers.load" offers::load:
        "Checks a catalogue of offers and a customer's own ones; reports everything that is wrong.";
    #[cfg(feature = "ledger")]
    "orders.list" orders::list:
        "Lists the stock updates of an account as they stood on a day: orders, transfers, notes, grants, registrations.";
    #[cfg(feature = "tokens")]
    "orders.price" tokens::price:
        "Prices an order of Service Packs: packs x list price - discount, rounded once.";
    #[cfg(all(feature = "ledger", feature = "files"))]
    "orders.to_csv" orders::to_csv:
        "Lists the stock updates of an account as CSV.";
    #[cfg(all(feature = "reseller", feature = "files"))]
    "reseller.bulk_register" reseller::bulk_register:
        "Registers the systems of a CSV file in their accounts, each row by itself, with every error beside its cell.";
    #[cfg(feature = "reseller")]
    "reseller.customer_systems" reseller::customer_systems:
        "Lists the systems behind a number of the Customers page, with their end dates.";
    #[cfg(feature = "reseller")]
    "reseller.customers" reseller::customers:
        "Shows a reseller's customers: systems, first renewal, systems that end soon, profile, administrators; filtered and sorted.";
    #[cfg(all(feature = "reseller", feature = "files"))]
    "reseller.customers_to_csv" reseller::customers_to_csv:
        "Shows a reseller's customers, systems and renewals as CSV.";
    #[cfg(all(feature = "reseller", feature = "files"))]
    "reseller.notifications" reseller::notifications:
        "Says who is told what about the renewals of a month, with the CSV to attach; nothing is sent.";
    #[cfg(feature = "reseller")]
    "reseller.subaccounts" subaccounts::subaccounts:
        "Shows a reseller's customers: balance, status, active systems, date to buy by; filtered and sorted.";
    #[cfg(all(feature = "reseller", feature = "files"))]
    "reseller.subaccounts_to_csv" subaccounts::subaccounts_to_csv:
        "Shows a reseller's customers as CSV.";
    #[cfg(feature = "reseller")]
    "reseller.transfer" reseller::transfer:
        "Transfers systems between a reseller's and a partnered account: what results for each, or all that stands in its way.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.align" subscriptions::align:
        "Gives the cheapest purchase by which every system lasts until a common date, and what is left over.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.coterm" (coterm):
        "Gives terms one common end date: the weighted mean of their days, rounded and capped by policy.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.due" subscriptions::due:
        "Lists the subscriptions that end within some days, and those that have ended.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.invoices" subscriptions::invoices:
        "Gives the invoices of direct billing: each period in advance, by offer.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.quote" subscriptions::quote:
        "Quotes the renewal of a fleet: purchase order lines, exact cost, what falls due per month, the dates after.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.register" subscriptions::register:
        "Registers a system in an avc account: offer, end date, warranty, or everything that stands in the way.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.renew" subscriptions::renew:
        "Renews a subscription for some years: end date, warranty, reactivation.";
    #[cfg(feature = "subscriptions")]
    "subscriptions.state" subscriptions::state:
        "Says what a subscription is on a date: state, offer, end, warranty, notification, what came of its events.";
    #[cfg(all(feature = "subscriptions", feature = "files"))]
    "subscriptions.to_ics" subscriptions::to_ics:
        "Writes the renewals of a fleet as an iCalendar file (RFC 5545).";
    #[cfg(feature = "files")]
    "systems.from_api" systems::from_api:
        "Reads systems from an answer of the AirVantage API; reports every bad item with line, column and value.";
    #[cfg(feature = "files")]
    "systems.from_csv" systems::from_csv:
        "Reads systems from a CSV export of the systems grid; reports every bad row with line, column and value.";
    #[cfg(feature = "files")]
    "systems.to_csv" systems::to_csv:
        "Writes systems, such as the deleted ones of a migration, as CSV from which they can be registered again.";
    #[cfg(feature = "tokens")]
    "tokens.advice" tokens::advice:
        "Says how many Service Packs to buy so that a stock lasts for some months or until a date, and what they cost.";
    #[cfg(feature = "tokens")]
    "tokens.coverage" tokens::coverage:
        "Says for how many months packs last for a number of systems.";
    #[cfg(feature = "tokens")]
    "tokens.forecast" tokens::forecast:
        "Forecasts when a stock runs out, and the packs that make it last.";
    #[cfg(feature = "ledger")]
    "tokens.journal" ledger::journal:
        "Lists every movement of tokens between vendor, accounts and consumption: the double entry behind the bookings.";
    #[cfg(feature = "ledger")]
    "tokens.meter" ledger::meter:
        "Takes daily counts of active systems and gives each month's peak.";
    #[cfg(feature = "ledger")]
    "tokens.preview" ledger::preview:
        "Says what a booking would do, by the computation that books it.";
    #[cfg(feature = "ledger")]
    "tokens.replay" ledger::replay:
        "Books a list of bookings in their order: balances, results, reactivations, refusals.";
    #[cfg(feature = "ledger")]
    "tokens.report" ledger::report:
        "Gives the monthly report of an account, with its customers for a reseller.";
    #[cfg(feature = "ledger")]
    "tokens.simulate" simulation::simulate:
        "Simulates month by month what planned bookings and an assumed use do: balances, suspensions, reactivations.";
    #[cfg(feature = "ledger")]
    "tokens.statement" ledger::statement:
        "Gives the statement of an account: stock, this month, forecast, twelve months of use and purchases, stock updates.";
    #[cfg(feature = "subscriptions")]
    "xr.check" xr::check:
        "Says which XR Series routers may register in an account, and everything that keeps the others from it.";
}

/// The operation of this name.
pub(in crate::wire) fn find(name: &str) -> Result<&'static Operation, Error> {
    OPERATIONS.iter().find(|operation| operation.name == name).ok_or_else(|| {
        let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let message = format!("the operation `{}` is unknown; use one of {}", shown(name), quoted(&names));
        Error::new(ErrorCode::UnknownOperation, message).with("expected", names)
    })
}
