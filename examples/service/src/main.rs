//! `cargo run -p alms-service -- --insecure` starts the service for a trial; `--help` tells the rest.

use alms_service::callers::{CallerHeader, Callers, Insecure};
use alms_service::{DatabaseUrl, Limits, Settings, app, serve};
use anyhow::{Context as _, Result};
use axum::http::HeaderName;
use clap::{ArgGroup, Parser};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;

/// Token bookings and migrations over HTTP
///
/// Somebody has to say who the callers are: a proxy in a header, or an identity provider in signed tokens.
#[derive(Debug, Parser)]
#[command(name = "alms-service", version)]
#[command(group = ArgGroup::new("who").required(true).args(WHO))]
struct Arguments {
    /// Where the ledger is: `sqlite://FILE`, or `postgres://USER:PASSWORD@HOST/DATABASE`, better in ALMS_DATABASE than here
    #[arg(long, env = "ALMS_DATABASE", hide_env_values = true, default_value = "sqlite://alms-service.db")]
    database: DatabaseUrl,
    /// Where to listen; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The header in which a proxy says who the caller is, such as `x-alms-caller: partner p1`
    #[arg(long, value_name = "NAME")]
    caller_header: Option<HeaderName>,
    /// An address of the proxy; only it may set the header
    #[arg(long, value_name = "ADDRESS", requires = "caller_header", default_values = ["127.0.0.1", "::1"])]
    proxy: Vec<IpAddr>,
    #[cfg(feature = "jwt")]
    #[command(flatten)]
    tokens: tokens::Arguments,
    /// Everyone may do everything, and nobody signs in: for a trial on this machine
    #[arg(long)]
    insecure: bool,
    /// How long the body of a request may take, in seconds
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    body_seconds: u64,
    /// How long a request may take from its arrival, whatever it waits for, in seconds
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=3600))]
    answer_seconds: u64,
    /// How many requests may wait for their turn to write
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    queue: u32,
    /// How many connections there may be at once
    #[arg(long, default_value_t = 800, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    connections: u32,
    /// How many of them from one address; behind a proxy as many as there may be at once
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    connections_of_one: Option<u32>,
    /// The size of an SQLite database, in pages of 4,096 bytes, as a quota
    #[arg(long, value_name = "PAGES")]
    sqlite_pages: Option<NonZeroU32>,
    /// What to write to standard error: `error`, `warn`, `info`, `debug` (every request) or `off`
    #[arg(long, default_value = "warn")]
    log: LevelFilter,
}

/// Of these one has to be given.
#[cfg(feature = "jwt")]
const WHO: [&str; 3] = ["caller_header", "jwt_key", "insecure"];
#[cfg(not(feature = "jwt"))]
const WHO: [&str; 2] = ["caller_header", "insecure"];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_max_level(arguments.log).with_writer(std::io::stderr).init();
    let app = app(arguments.settings()?).await?;
    let listener = TcpListener::bind(arguments.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", arguments.listen))?;
    println!("listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    serve(listener, app, arguments.limits(), interrupted()).await.context("cannot take connections")
}

impl Arguments {
    fn settings(&self) -> Result<Settings> {
        let defaults = Settings::new(self.database.clone(), Insecure);
        Ok(Settings {
            callers: self.callers()?,
            body_time: Duration::from_secs(self.body_seconds),
            answer_time: Duration::from_secs(self.answer_seconds),
            queue_max: usize::try_from(self.queue)?,
            pages_max: self.sqlite_pages,
            ..defaults
        })
    }

    fn callers(&self) -> Result<Arc<dyn Callers>> {
        if let Some(name) = &self.caller_header {
            return Ok(Arc::new(CallerHeader::new(name.clone(), self.proxy.clone())));
        }
        #[cfg(feature = "jwt")]
        if let Some(tokens) = self.tokens.callers()? {
            return Ok(Arc::new(tokens));
        }
        tracing::warn!("nobody signs in: whoever reaches the service may do everything");
        Ok(Arc::new(Insecure))
    }

    fn limits(&self) -> Limits {
        let defaults = Limits::default();
        let connections_max = usize::try_from(self.connections).unwrap_or(defaults.connections_max);
        // All that comes through a proxy comes from its address.
        let of_one = if self.caller_header.is_some() { connections_max } else { connections_max.div_ceil(2) };
        let given = self.connections_of_one.and_then(|count| usize::try_from(count).ok());
        Limits { connections_max, connections_of_one_max: given.unwrap_or(of_one), ..defaults }
    }
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

/// Signed tokens, with the feature `jwt`.
#[cfg(feature = "jwt")]
mod tokens {
    use alms_service::callers::{Algorithm, BearerTokens, TokenSettings};
    use anyhow::{Context as _, Result};
    use std::path::PathBuf;

    /// What signed tokens have to say.
    #[derive(Debug, clap::Args)]
    #[group(skip)]
    pub(super) struct Arguments {
        /// The public key (PEM) of whoever signs the callers' JSON Web Tokens
        #[arg(long, value_name = "FILE", requires = "jwt_issuer", requires = "jwt_audience")]
        jwt_key: Option<PathBuf>,
        /// How the tokens are signed
        #[arg(long, default_value = "es256")]
        jwt_algorithm: Algorithm,
        /// Who issues the tokens, as their `iss` says
        #[arg(long, value_name = "ISSUER", requires = "jwt_key")]
        jwt_issuer: Option<String>,
        /// Whom the tokens are for, as their `aud` says
        #[arg(long, value_name = "AUDIENCE", requires = "jwt_key")]
        jwt_audience: Option<String>,
    }

    impl Arguments {
        pub(super) fn callers(&self) -> Result<Option<BearerTokens>> {
            let (Some(path), Some(issuer), Some(audience)) =
                (&self.jwt_key, &self.jwt_issuer, &self.jwt_audience)
            else {
                return Ok(None);
            };
            let key = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let settings = TokenSettings {
                algorithm: self.jwt_algorithm,
                issuer: issuer.clone(),
                audience: audience.clone(),
            };
            let tokens = BearerTokens::from_pem(&key, &settings);
            Ok(Some(tokens.with_context(|| format!("{} is not such a key", path.display()))?))
        }
    }
}
