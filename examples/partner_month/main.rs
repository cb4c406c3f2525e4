//! Prints a partner's month: the Customers page, who must renew, the notifications, a bulk registration.
//!
//! `cargo run --release --example partner_month` runs the data in `partner_month/data`;
//! `cargo run --release --example partner_month -- --help` tells what it does with files of yours.

mod args;
mod book;
#[path = "../shared/ending.rs"]
mod ending;
mod files;
mod report;
mod run;

use clap::Parser as _;
use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    match run::run(&args, &mut out).and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ending::report(&error),
    }
}
