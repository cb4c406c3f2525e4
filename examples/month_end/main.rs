//! Runs the month end of a partner and its customers: meter, consumption, suspensions, who must buy, statement.
//!
//! `cargo run --release --example month_end` runs the data in `month_end/data`;
//! `cargo run --release --example month_end -- --help` tells what it does with files of yours.

mod args;
mod booking;
mod counts;
#[path = "../shared/ending.rs"]
mod ending;
mod files;
mod input;
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
