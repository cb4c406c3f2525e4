//! What can be said on the command line.

use alms_core::calendar::Date;
use alms_core::import::DateOrder;
use clap::Parser;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  partner_month
      May 2024, from the data of this example
  partner_month --book book.json --registrations new.csv --out may
      your accounts, your list; the files to attach go to the folder may
  partner_month --on 2024-06-03 --within 30
      a month later; what ends in the 30 days from then on

The book is JSON: {\"on\": ..., \"reseller\": {...}, \"accounts\": [...]}, each account with its subscriptions as
`subscriptions.due` takes them; one without a `profile` is no partner's customer, but may be registered in.
The registrations are CSV with the columns serial number, model and account UID, and where wanted offer,
SKU region and billing.

Exit codes: 0 done, 1 a file or a history is refused, 2 the command line is wrong,
3 reading or writing failed.";

/// Prints a partner's month (avc accounts, subscriptions).
///
/// The Customers page, who must renew by when, the renewal notifications with the files to attach, and what becomes
/// of a list of systems that are to be registered. Nothing is sent or registered.
#[derive(Debug, Parser)]
#[command(name = "partner_month", after_long_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// The reseller, the accounts and their subscriptions, as JSON [default: this example's]
    #[arg(long, value_name = "FILE", requires = "registrations")]
    pub(crate) book: Option<PathBuf>,
    /// The systems that are to be registered, as CSV [default: this example's]
    #[arg(long, value_name = "FILE")]
    pub(crate) registrations: Option<PathBuf>,
    /// What dates such as 03/04/2023 in the registrations mean; iso: what another of them tells, else an error
    #[arg(long, value_name = "ORDER", default_value = "iso", value_parser = order)]
    pub(crate) dates: DateOrder,
    /// Today [default: the day of the book]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// Notify what ends within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    pub(crate) within: u32,
    /// Write the files to attach into this folder, never over one that exists [default:
    /// target/partner_month, whose files are replaced]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

fn order(text: &str) -> Result<DateOrder, String> {
    text.parse().map_err(|error: alms_core::UnknownName| error.to_string())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: alms_core::calendar::ParseDateError| error.to_string())
}
