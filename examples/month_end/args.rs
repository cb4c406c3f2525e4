//! What can be said on the command line.

use alms_core::calendar::{Date, Month};
use alms_core::import::DateOrder;
use alms_core::text::Uid;
use clap::Parser;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  month_end
      the month end of May 2023, from the data of this example
  month_end --ledger ledger.json --usage counts.csv --save ledger-2023-05.json
      the month after the last one booked; the ledger with it goes to a file of its own
  month_end --ledger ledger.json --usage counts.csv --on 2023-06-02 --within 90
      booked two days later; who must buy in the 90 days from then on
  month_end --ledger ledger-2023-05.json --usage late.csv --month 2023-05 --only harbor
      the month of one account whose counts came late
  month_end --grid customers.csv --orders orders.csv > may.txt
      the customers and the partner's stock updates for a spreadsheet

The ledger is JSON, {\"accounts\": [...], \"bookings\": [...]} as `tokens.replay` takes it.
The usage is CSV with the columns date, account and active: the systems active on that day.

Exit codes: 0 done, 1 a file or a rule refuses a row or a booking, and nothing is saved,
2 the command line is wrong, 3 reading or writing failed.";

/// Runs the month end of a partner and its customers (legacy accounts, token stocks).
///
/// Takes each account's peak from daily counts, books it, and prints what a partner wants to keep: who is
/// suspended, who must buy how many Service Packs by when, the statement of the partner's own stock, and that no
/// token is lost. Without --save it is a preview: nothing is changed anywhere.
#[derive(Debug, Parser)]
#[command(name = "month_end", after_long_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// Accounts and bookings so far, as JSON [default: this example's]
    #[arg(long, value_name = "FILE", requires = "usage")]
    pub(crate) ledger: Option<PathBuf>,
    /// Daily counts of active systems, as CSV [default: this example's]
    #[arg(long, value_name = "FILE")]
    pub(crate) usage: Option<PathBuf>,
    /// What dates such as 03/04/2023 in the counts mean; iso: what another of them tells, else an error
    #[arg(long, value_name = "ORDER", default_value = "iso", value_parser = order)]
    pub(crate) dates: DateOrder,
    /// Whose month end [default: the only reseller in the ledger]
    #[arg(long, value_name = "UID")]
    pub(crate) partner: Option<Uid>,
    /// Which month [default: the one after the last month booked]
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    pub(crate) month: Option<Month>,
    /// The day of the bookings and of the statement [default: the month's last day]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// Book only this account's month; may be repeated
    #[arg(long, value_name = "UID")]
    pub(crate) only: Vec<Uid>,
    /// List who must buy within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 60)]
    pub(crate) within: u32,
    /// Write the ledger with the new bookings; never over a file that exists
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Write the customers as CSV: balance, status, active systems, date to buy by (RES-7)
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub(crate) grid: Option<PathBuf>,
    /// Write the partner's stock updates of the past 12 months as CSV (ORD-6)
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub(crate) orders: Option<PathBuf>,
}

fn order(text: &str) -> Result<DateOrder, String> {
    text.parse().map_err(|error: alms_core::UnknownName| error.to_string())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: alms_core::calendar::ParseDateError| error.to_string())
}

fn month(text: &str) -> Result<Month, String> {
    text.parse().map_err(|error: alms_core::calendar::ParseMonthError| error.to_string())
}
