//! Load for the service, with kills: `cargo run -p alms-service --bin load -- --seconds 120 --kills 10`.
//!
//! Clients book, repeat, migrate; the service is killed (SIGKILL) and started again in between. Afterwards everything is
//! counted, in the database and through the API, by sums that know nothing of the library: no acknowledged booking
//! lost, none there twice, sum = balance in every account, no plan applied to an account that changed.

mod books;
mod check;
mod client;
mod deeds;
mod figures;
mod random;
mod service;
mod worker;
mod world;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Parser;
use figures::Figures;
use random::Random;
use service::Service;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use worker::{Shared, Worker};
use world::World;

/// Books against the service under load and kills, then counts what is there
#[derive(Debug, Parser)]
#[command(name = "load")]
struct Arguments {
    /// How long the clients work
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// How often the service is killed in that time
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=1_000))]
    kills: u64,
    /// How many clients work at once
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=256))]
    clients: u64,
    /// An empty database; a temporary SQLite file where absent
    #[arg(long)]
    database: Option<String>,
    /// What the clients do follows from it, as far as they do not wait for each other
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The service; the one beside this program where absent
    #[arg(long)]
    service: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let database = arguments.database.clone();
    let database =
        database.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("load.db").display()));
    let program = match &arguments.service {
        Some(program) => program.clone(),
        None => {
            std::env::current_exe()?.with_file_name(format!("alms-service{}", std::env::consts::EXE_SUFFIX))
        }
    };
    let kind = database.split(':').next().unwrap_or_default();
    let (seconds, kills, clients) = (arguments.seconds, arguments.kills, arguments.clients);
    println!("load on {kind}: {seconds} s, {clients} clients, {kills} kills, seed {}", arguments.seed);

    let mut service = Service::start(&program, &database)?;
    let world = World::new();
    world.create(&service)?;
    let shared = Shared::default();
    let start = Instant::now();
    let figures = run(&arguments, &mut service, &world, &shared)?;
    figures.print(start.elapsed());
    if kills > 0 {
        println!("  restarts       {}", service.recoveries());
    }
    let report = check::everything(&database, &service, &world, &shared)?;
    report.print();
    ensure!(figures.answers_5xx == 0, "{} answers were 5xx", figures.answers_5xx);
    ensure!(figures.surprises.is_empty(), "unexpected answers, such as {:?}", figures.surprises.first());
    if report.faults.is_empty() {
        println!("  all counts agree");
        return Ok(());
    }
    bail!("{} faults", report.faults.len())
}

/// Lets the clients work and kills the service in between.
fn run(arguments: &Arguments, service: &mut Service, world: &World, shared: &Shared) -> Result<Figures> {
    let time = Duration::from_secs(arguments.seconds);
    let (address, stop) = (service.address(), AtomicBool::new(false));
    thread::scope(|scope| {
        let workers: Vec<_> = (0..arguments.clients)
            .map(|number| {
                let (address, stop) = (address.clone(), &stop);
                let random = Random::new(arguments.seed.wrapping_mul(1_000).wrapping_add(number));
                scope.spawn(move || Worker::new(number, &address, world, shared, random).work(stop))
            })
            .collect();
        let outcome = kill_in_between(arguments, service, shared, time);
        stop.store(true, Ordering::Relaxed);
        let mut figures = Figures::default();
        for worker in workers {
            let Ok(part) = worker.join() else { bail!("a client panicked") };
            figures.add(part);
        }
        outcome.map(|()| figures)
    })
}

fn kill_in_between(
    arguments: &Arguments,
    service: &mut Service,
    shared: &Shared,
    time: Duration,
) -> Result<()> {
    let mut random = Random::new(arguments.seed);
    let start = Instant::now();
    let slot =
        time.checked_div(u32::try_from(arguments.kills.saturating_add(1))?).context("too many kills")?;
    for kill in 1..=arguments.kills {
        // Somewhere in the second half of its slot: never at the same point of the clients' work.
        let slots = slot.saturating_mul(u32::try_from(kill)?);
        let early =
            Duration::from_micros(random.below(u64::try_from(slot.as_micros())?.saturating_div(2).max(1)));
        thread::sleep(slots.saturating_sub(early).saturating_sub(start.elapsed()));
        if kill % 2 == 1 {
            // The worst moment for a service that acknowledges before it has committed: right after it has.
            shared.wait_for_acknowledgement(slot);
        }
        service.kill_and_restart()?;
    }
    thread::sleep(time.saturating_sub(start.elapsed()));
    Ok(())
}
