//! Every mutant meets the tests that come to it, the fastest first, until one fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::build::Program;

/// Random cases of a property or a differential test: every mutant meets them.
const CASES: &str = "100";
/// The number of no mutant.
const NONE: &str = "999999";
/// A program that takes so many times as long as without a mutant, and then some, does not come to an end.
const PATIENCE: u32 = 6;
const PATIENCE_MIN: Duration = Duration::from_secs(20);

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// By this test program.
    Caught(String),
    /// This test program never came to its end.
    Hung(String),
    /// All programs that come to it passed; so many are these.
    Missed(usize),
}

/// A test program, the mutants that it comes to, and how long it takes.
#[derive(Debug)]
struct Known {
    program: Program,
    reached: BTreeSet<usize>,
    time: Duration,
}

/// Judges `numbers` by the programs, and by the examples of the documentation, on as many threads as there are cores; each outcome is `said` as soon as it is known.
pub(crate) fn judge(
    programs: Vec<Program>,
    examples: impl Fn() -> Command + Sync,
    folder: &Path,
    work: &Path,
    numbers: &[usize],
    said: impl Fn(usize, &Outcome) + Sync,
) -> Result<BTreeMap<usize, Outcome>> {
    let mut known: Vec<Known> =
        programs.into_iter().map(|program| learn(program, folder, work)).collect::<Result<_>>()?;
    // Most mutants per second first.
    let speed = |known: &Known| known.reached.len() as u128 * 1_000_000 / known.time.as_micros().max(1);
    known.sort_by_key(|known| std::cmp::Reverse(speed(known)));
    ensure!(examples().env("ALMS_MUTANT", NONE).status()?.success(), "the examples fail without a mutant");
    let (examples, said) = (&examples, &said);
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some(&number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let mut outcome = meet(&known, folder, number)?;
                        // They are compiled anew each time: most mutants are caught before.
                        if matches!(outcome, Outcome::Missed(_)) {
                            let is_caught =
                                !examples().env("ALMS_MUTANT", number.to_string()).status()?.success();
                            outcome =
                                if is_caught { Outcome::Caught("examples".to_owned()) } else { outcome };
                        }
                        said(number, &outcome);
                        let mut outcomes = outcomes.lock().expect("no worker panics");
                        outcomes.insert(number, outcome);
                        if outcomes.len().is_multiple_of(100) {
                            println!("{} of {} mutants judged", outcomes.len(), numbers.len());
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    Ok(outcomes.into_inner().expect("no worker panics"))
}

/// Runs a program without a mutant.
fn learn(program: Program, folder: &Path, work: &Path) -> Result<Known> {
    let reached = work.join("reached").join(&program.name);
    fs::create_dir_all(reached.parent().context("it lies in a folder")?)?;
    let _ = fs::remove_file(&reached);
    let status = command(&program, folder).env("ALMS_MUTANTS_REACHED", &reached).status()?;
    ensure!(status.success(), "{} fails without a mutant", program.name);
    let reached = fs::read_to_string(&reached).unwrap_or_default();
    let reached = reached.lines().map(str::parse).collect::<Result<BTreeSet<usize>, _>>()?;
    let start = Instant::now();
    command(&program, folder).env("ALMS_MUTANT", NONE).status()?;
    let time = start.elapsed();
    println!("{}: {} ms, comes to {} mutants", program.name, time.as_millis(), reached.len());
    Ok(Known { program, reached, time })
}

fn meet(known: &[Known], folder: &Path, number: usize) -> Result<Outcome> {
    let mut count = 0;
    for Known { program, time, .. } in known.iter().filter(|known| known.reached.contains(&number)) {
        count += 1;
        let mut child = command(program, folder).env("ALMS_MUTANT", number.to_string()).spawn()?;
        let patience = (*time * PATIENCE).max(PATIENCE_MIN);
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if start.elapsed() > patience {
                child.kill()?;
                child.wait()?;
                return Ok(Outcome::Hung(program.name.clone()));
            }
            thread::sleep(Duration::from_millis(5));
        };
        if !status.success() {
            return Ok(Outcome::Caught(program.name.clone()));
        }
    }
    Ok(Outcome::Missed(count))
}

fn command(program: &Program, folder: &Path) -> Command {
    let mut command = Command::new(&program.path);
    // What fails is not made smaller: that it fails is all that is asked.
    command
        .args(["--quiet", "--test-threads=1"])
        .env("ALMS_CASES", CASES)
        .env("PROPTEST_MAX_SHRINK_ITERS", "0");
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
