//! `cargo run -p alms-service` starts the service; `--help` tells the rest.

use alms_service::{app, serve};
use anyhow::{Context as _, Result};
use clap::Parser;
use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;

/// Token bookings and migrations over HTTP
///
/// Nobody signs in: put it behind what authenticates the callers of your other services.
#[derive(Debug, Parser)]
#[command(name = "alms-service", version)]
struct Arguments {
    /// Where the ledger is: `sqlite://FILE`, or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(long, env = "ALMS_DATABASE", default_value = "sqlite://alms-service.db")]
    database: String,
    /// Where to listen; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// How long the body of a request may take, in seconds
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    body_seconds: u64,
    /// What to write to standard error: `error`, `warn`, `info`, `debug` (every request) or `off`
    #[arg(long, default_value = "warn")]
    log: LevelFilter,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_max_level(arguments.log).with_writer(std::io::stderr).init();
    let app = app(&arguments.database, Duration::from_secs(arguments.body_seconds)).await?;
    let listener = TcpListener::bind(arguments.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", arguments.listen))?;
    println!("listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    serve(listener, app, interrupted()).await.context("cannot take connections")
}

/// Ctrl-C or, from whoever manages services, SIGTERM.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    tokio::signal::ctrl_c().await.ok();
}
