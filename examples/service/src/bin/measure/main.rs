//! How many requests a second, and how soon they are answered: `cargo xtask service --measure` writes it into the README.
//!
//! One run on each database: reads and bookings over 1, 16 and 256 connections, each beside plain inserts of as many rows,
//! one by one, each committed to the disk. Figures of different machines cannot be compared; the ratio can.

mod client;
mod plain;
mod table;

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use client::Connection;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use table::{Measured, Row};

/// Customers, of which each request names one.
const CUSTOMERS: u64 = 100;

/// Measures the service on the databases that are given, and prints a table
#[derive(Debug, Parser)]
#[command(name = "measure")]
struct Arguments {
    /// An empty database; may be given again
    #[arg(long, required = true)]
    database: Vec<String>,
    /// How long each figure is measured, in seconds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// How many connections at once; may be given again
    #[arg(long, default_values_t = [1, 16, 256])]
    connections: Vec<u64>,
    /// The README in which the table is written anew; it is printed where absent
    #[arg(long)]
    readme: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut rows = Vec::new();
    for database in &arguments.database {
        let service = Service::start(database)?;
        let measured = runtime.block_on(measure(&arguments, database, service.address));
        rows.extend(measured.with_context(|| format!("on {}", kind(database)))?);
    }
    let table = table::markdown(&rows);
    print!("{table}");
    match &arguments.readme {
        Some(readme) => table::replace_in(readme, &table),
        None => Ok(()),
    }
}

/// `SQLite` or `PostgreSQL`.
fn kind(database: &str) -> &'static str {
    if database.starts_with("sqlite") { "SQLite" } else { "PostgreSQL" }
}

async fn measure(arguments: &Arguments, database: &str, address: SocketAddr) -> Result<Vec<Row>> {
    prepare(address).await?;
    let time = Duration::from_secs(arguments.seconds);
    let mut rows = Vec::new();
    for connections in &arguments.connections {
        let reads = run(address, *connections, time, &|number, count| read(number, count)).await?;
        let bookings =
            run(address, *connections, time, &|number, count| book(*connections, number, count)).await?;
        let plain = plain::inserts(database, bookings.requests, time).await?;
        rows.push(Row { database: kind(database), connections: *connections, reads, bookings, plain });
    }
    Ok(rows)
}

/// The accounts that requests name.
async fn prepare(address: SocketAddr) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    for number in 0..CUSTOMERS {
        let systems: Vec<Value> = (0..10_u64)
            .map(|system| json!({"serial": format!("{number}-{system}"), "model": "RV55", "state": "active"}))
            .collect();
        let account = json!({"uid": format!("c{number}"), "name": format!("Customer {number}"), "instance": "na",
            "format": "legacy", "kind": "customer", "tokens": 100, "systems": systems});
        let status = connection.send("POST", "/accounts", &account.to_string()).await?;
        ensure!(status == 201, "an account was answered with {status}: is the database empty?");
    }
    Ok(())
}

/// A request: method, path, body, and the status of its answer.
type Request = (&'static str, String, String, u16);

fn read(number: u64, count: u64) -> Request {
    let customer = number.wrapping_mul(31).wrapping_add(count).wrapping_rem(CUSTOMERS);
    ("GET", format!("/accounts/c{customer}"), String::new(), 200)
}

fn book(connections: u64, number: u64, count: u64) -> Request {
    let customer = number.wrapping_mul(31).wrapping_add(count).wrapping_rem(CUSTOMERS);
    let key = format!("{connections} {number} {count}");
    let grant = json!({"key": key, "on": "2023-05-16", "type": "grant", "account": format!("c{customer}"), "tokens": 1});
    ("POST", "/bookings".to_owned(), grant.to_string(), 201)
}

/// All connections at once send one request after the other.
async fn run(
    address: SocketAddr,
    connections: u64,
    time: Duration,
    request: &(dyn Fn(u64, u64) -> Request + Sync),
) -> Result<Measured> {
    let start = Instant::now();
    let clients = (0..connections).map(|number| one(address, number, start, time, request));
    let mut times = Vec::new();
    for part in join_all(clients.collect()).await {
        times.extend(part?);
    }
    Ok(Measured::new(times, start.elapsed()))
}

async fn one(
    address: SocketAddr,
    number: u64,
    start: Instant,
    time: Duration,
    request: &(dyn Fn(u64, u64) -> Request + Sync),
) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(address).await?;
    let mut times = Vec::new();
    for count in 0.. {
        if start.elapsed() >= time {
            break;
        }
        let (method, path, body, expected) = request(number, count);
        let sent = Instant::now();
        let status = connection.send(method, &path, &body).await?;
        ensure!(status == expected, "{method} {path} was answered with {status}");
        times.push(sent.elapsed());
    }
    Ok(times)
}

/// Drives all of them at once, on this thread: what they do is wait.
async fn join_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut all = true;
        for (future, done) in running.iter_mut().filter(|(_, done)| done.is_none()) {
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(value) => *done = Some(value),
                std::task::Poll::Pending => all = false,
            }
        }
        if all { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, done)| done).collect()
}

/// The service as a process of its own, beside this one.
struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    fn start(database: &str) -> Result<Self> {
        let program = format!("alms-service{}", std::env::consts::EXE_SUFFIX);
        let mut command = Command::new(std::env::current_exe()?.with_file_name(program));
        // A slow machine is measured, too: nobody is sent away.
        command.args(["--insecure", "--log", "error", "--listen", "127.0.0.1:0", "--answer-seconds", "600"]);
        let command = command.env("ALMS_DATABASE", database).stdout(Stdio::piped());
        let mut child = command.spawn().context("cannot start the service")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("it has no output")?).read_line(&mut line)?;
        let address =
            line.trim().strip_prefix("listening on http://").context("it did not start")?.parse()?;
        Ok(Self { child, address })
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
