//! The gate of `cargo xtask bench`: what the worst inputs of every operation cost, and whether that grows with their bytes.
//!
//! Prints a row per operation, for the input that takes the most time per byte. Fails where eight times the input allocates or
//! writes more than nine times as much, or where an operation has no worst input.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]
#![expect(clippy::float_arithmetic, clippy::arithmetic_side_effects, reason = "measured times are no money")]

#[path = "../tests/measure/mod.rs"]
mod measure;

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use alms_checks::worst::{self, Worst};
use alms_core::wire;
use measure::Cost;

/// Each time is the best of so many.
const RUNS: usize = 5;

/// How many times as long an input of eight times the size may take before the row says so.
const TIMES_MAX: f64 = 12.0;

/// Three doublings.
const DOUBLED: usize = 8;

/// What an input of the largest size costs.
struct Measured {
    about: &'static str,
    cost: Cost,
    seconds: f64,
    /// How many times as long as an eighth of it.
    times: f64,
    complaint: Option<String>,
}

fn main() -> ExitCode {
    let mut complaints = Vec::new();
    println!("| operation | worst input | bytes in | bytes out | seconds | memory | times as long | |");
    println!("|---|---|--:|--:|--:|--:|--:|---|");
    for operation in wire::operations() {
        let measured: Vec<Measured> = worst::of(operation.name).iter().map(Measured::of).collect();
        complaints.extend(measured.iter().filter_map(|one| {
            let complaint = one.complaint.as_ref()?;
            Some(format!("{}, {}: {complaint}", operation.name, one.about))
        }));
        let worst =
            measured.iter().max_by(|one, other| one.seconds_a_byte().total_cmp(&other.seconds_a_byte()));
        match worst {
            Some(worst) => println!("| `{}` {}", operation.name, worst.row()),
            None => {
                complaints.push(format!("{}: add its worst inputs to alms_checks::worst", operation.name))
            }
        }
    }
    complaints.iter().for_each(|complaint| eprintln!("{complaint}"));
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Measured {
    fn of(worst: &Worst) -> Self {
        let Worst { op, about, largest, input } = *worst;
        let (smaller, larger) = (input(largest / DOUBLED), input(largest / DOUBLED * DOUBLED));
        let cost = Cost::of(op, &larger);
        let seconds = best_time(op, &larger);
        let times = seconds / best_time(op, &smaller);
        Self { about, cost, seconds, times, complaint: Cost::of(op, &smaller).complaint(&cost) }
    }

    fn seconds_a_byte(&self) -> f64 {
        let bytes = u32::try_from(self.cost.input).unwrap_or(u32::MAX);
        self.seconds / f64::from(bytes)
    }

    fn row(&self) -> String {
        let Cost { input, written, held, .. } = self.cost;
        let slow = if self.times > TIMES_MAX { "slow" } else { "" };
        format!(
            "| {} | {input} | {written} | {:.4} | {held} | {:.1} | {slow} |",
            self.about, self.seconds, self.times
        )
    }
}

fn best_time(op: &str, input: &str) -> f64 {
    let time = |_| {
        let (start, waited) = (Instant::now(), waited());
        // A refusal takes its time, too.
        drop(std::hint::black_box(wire::call(op, input)));
        start.elapsed().saturating_sub(self::waited().saturating_sub(waited)).as_secs_f64()
    };
    (0..RUNS).map(time).fold(f64::INFINITY, f64::min)
}

/// How long this thread has waited for a processor that others had; nothing where the system does not tell.
fn waited() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().nth(1).and_then(|waited| waited.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
