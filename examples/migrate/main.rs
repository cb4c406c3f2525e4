//! Plans the migration of a legacy ALMS account from an export of its systems.
//!
//! `cargo run --release --example migrate` runs the two published examples of the source document;
//! `cargo run --release --example migrate -- --help` tells what it does with a file of yours.

mod args;
mod failure;
mod input;
mod published;
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
        Err(failure) => failure.report(),
    }
}
