//! `cargo xtask campaign`: what takes too long for every change, and is repeated before a release.
//!
//! One file per part. A part says what it found, and gives one figure; docs/reliability.md has those of the last run.

mod agreement;
mod bindings;
mod coverage;
mod dependencies;
mod differential;
mod fuzz;
mod miri;
mod msrv;
mod mutants;
mod panics;
mod semver;
mod tools;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::counts::Counts;
use crate::service;
use crate::summary::{self, Outcome};
use crate::workspace::Workspace;

/// What is run, and for how long.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The parts, in this order; none are all of them
    parts: Vec<Part>,
    /// How many random cases a differential test compares
    #[arg(long, default_value_t = 1_000_000)]
    cases: u64,
    /// How many minutes each fuzz target runs; the five of them take an hour by default
    #[arg(long, default_value_t = 12)]
    minutes: u64,
    /// Only the mutants with this text in their name: `src/calendar`, `Date::add_months`
    #[arg(long)]
    mutants: Option<String>,
    /// The revision that the interface of the core is compared with; the last tag, or the commit before this one
    #[arg(long)]
    baseline: Option<String>,
}

/// A part of the campaign.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    /// A million random cases in the library and in the naive implementations; the same bytes in every runtime
    Differential,
    /// Mutants of the core that no test catches
    Mutants,
    /// Every fuzz target, from its corpus
    Fuzz,
    /// Lines of the core that no test runs
    Coverage,
    /// The core's unit tests in Miri
    Miri,
    /// Licences, sources and bans of dependencies; the core's own, each with its reason
    Deny,
    /// The core's interface against that of an earlier revision
    Semver,
    /// The core's tests with the oldest Rust that it promises
    Msrv,
    /// Panics that are left in a release build
    Panics,
    /// The packages in clean projects, Python with its debug allocator
    Bindings,
    /// Load and kills of the service in examples/service, on both databases
    Service,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Differential => "differential",
            Self::Mutants => "mutants",
            Self::Fuzz => "fuzz",
            Self::Coverage => "coverage",
            Self::Miri => "miri",
            Self::Deny => "deny",
            Self::Semver => "semver",
            Self::Msrv => "msrv",
            Self::Panics => "panics",
            Self::Bindings => "bindings",
            Self::Service => "service",
        }
    }

    fn run(self, workspace: &Workspace, options: &Options) -> Result<Found> {
        match self {
            Self::Differential => differential::run(workspace, options.cases),
            Self::Mutants => mutants::run(workspace, options.mutants.as_deref()),
            Self::Fuzz => fuzz::run(workspace, options.minutes),
            Self::Coverage => coverage::run(workspace),
            Self::Miri => miri::run(workspace),
            Self::Deny => dependencies::run(workspace),
            Self::Semver => semver::run(workspace, options.baseline.as_deref()),
            Self::Msrv => msrv::run(workspace),
            Self::Panics => panics::run(workspace),
            Self::Bindings => bindings::run(workspace),
            Self::Service => load(workspace),
        }
    }
}

/// The service under load, which fails by itself where a booking is lost, or there twice.
fn load(workspace: &Workspace) -> Result<Found> {
    const SECONDS: u64 = 120;
    const KILLS: u64 = 10;
    service::load(workspace, SECONDS, KILLS)?;
    let figure =
        format!("{SECONDS} s and {KILLS} kills on SQLite and on PostgreSQL: nothing lost, nothing twice");
    Ok(Found::checked(true, figure))
}

/// What a part found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Whether it is as promised.
    is_kept: bool,
    /// The figure, as docs/reliability.md has it.
    figure: String,
}

impl Found {
    /// As promised, or not.
    fn checked(is_kept: bool, figure: impl Into<String>) -> Self {
        Self { is_kept, figure: figure.into() }
    }
}

/// Runs the parts, all of them even if one fails, and sums up.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    let parts = if options.parts.is_empty() { Part::value_variants() } else { &options.parts };
    let mut outcomes = Vec::new();
    for part in parts {
        println!("\n== {}", part.name());
        let start = Instant::now();
        let found = part.run(workspace, options).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Found::checked(false, "failed")
        });
        println!("{}: {}", part.name(), found.figure);
        let counts = Counts { passed: found.is_kept.into(), failed: (!found.is_kept).into() };
        outcomes.push(Outcome { step: part.name(), counts, found: found.figure, time: start.elapsed() });
    }
    summary::print("found", &outcomes);
    ExitCode::from(u8::from(outcomes.iter().any(|outcome| outcome.counts.failed > 0)))
}

/// How many of a thousand; all of none.
fn per_mille(part: u64, whole: u64) -> u64 {
    part.saturating_mul(1000).checked_div(whole).unwrap_or(1000)
}
