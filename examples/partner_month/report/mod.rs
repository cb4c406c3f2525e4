//! The month for a person to keep, 80 columns wide.

mod customers;
mod notifications;
mod registrations;
mod renewals;
#[path = "../../shared/tables.rs"]
mod tables;

pub(crate) use registrations::{print as registrations, tell};
use tables::{counted, heading, number, table};

use alms_core::reseller::{
    CustomersPage, CustomersQuery, NotifiedCustomer, NotifiedReseller, RenewalNotifications,
};
use anyhow::Result;
use std::io::Write;
use std::path::Path;

/// Whose month, and of which day.
pub(crate) struct Month<'a> {
    /// The reseller.
    pub(crate) reseller: &'a NotifiedReseller,
    /// What the Customers page was asked for.
    pub(crate) query: &'a CustomersQuery,
    /// Within how many days a system has to end to be notified.
    pub(crate) within: u32,
    /// The customers with their subscriptions.
    pub(crate) notified: &'a [NotifiedCustomer],
}

/// Prints the customers, who must renew, and who is told.
pub(crate) fn print(
    out: &mut dyn Write,
    month: &Month<'_>,
    page: &CustomersPage<'_>,
    notifications: &RenewalNotifications<'_>,
    folder: &Path,
) -> Result<()> {
    let Month { reseller, query, .. } = month;
    let title = format!("{} of {} ({})", query.on, reseller.name, reseller.uid);
    writeln!(out, "{title}\n{}", "=".repeat(title.chars().count()))?;
    writeln!(out, "Nothing is sent or registered.")?;
    customers::print(out, query, page)?;
    renewals::print(out, month)?;
    notifications::print(out, notifications, folder)?;
    Ok(())
}
