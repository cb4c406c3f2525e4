//! The loop that takes connections.

mod guests;
mod stream;

use crate::callers::Peer;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use guests::{Guest, Guests, Place, TooMany};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use stream::Timed;
use tokio::net::{TcpListener, TcpStream};

/// How long requests that are under way may take once the service stops.
const LAST_REQUESTS_TIME: Duration = Duration::from_secs(10);

/// How many clients are connected, and how long they may do nothing.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once. When all are taken, who has been idle for longest loses its own. A process may often open
    /// 1,024 files, and the database needs some of them.
    pub connections_max: usize,
    /// Connections at once from one address; further ones are closed.
    pub connections_of_one_max: usize,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub idle_time: Duration,
    /// How long a client may take to read an answer.
    pub write_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 800,
            connections_of_one_max: 400,
            idle_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
        }
    }
}

/// Serves until `stop`, then finishes the requests that are under way.
///
/// It is `axum::serve` with [`Limits`]: no client that sends or reads slowly, or does nothing, keeps others out.
///
/// # Errors
/// The listener cannot be asked.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.idle_time);
    let graceful = GracefulShutdown::new();
    let guests = Guests::new(limits.connections_max, limits.connections_of_one_max);
    let mut stop = std::pin::pin!(stop);
    loop {
        // Whatever the loop waits for, it hears that it has to stop.
        let (stream, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            taken = take(&listener, &guests) => match taken {
                Some(taken) => taken,
                None => continue,
            },
        };
        // An answer is one small packet: waiting for more of it gains nothing.
        stream.set_nodelay(true).ok();
        let stream = Timed::new(stream, limits.write_time, Arc::clone(place.guest()));
        tokio::spawn(converse(http.clone(), stream, place, app.clone(), graceful.watcher()));
    }
    drop(listener);
    let stopping = async {
        tokio::join!(graceful.shutdown(), async { guests.send_all_idle_away() });
    };
    tokio::time::timeout(LAST_REQUESTS_TIME, stopping).await.ok();
    Ok(())
}

/// The next connection and its place.
async fn take(listener: &TcpListener, guests: &Arc<Guests>) -> Option<(TcpStream, Place)> {
    let (stream, address) = match listener.accept().await {
        Ok(accepted) => accepted,
        Err(error) => {
            // The client is gone already, or there is no file left to open: others will close theirs.
            tracing::warn!(%error, "a connection was not taken");
            tokio::time::sleep(Duration::from_millis(50)).await;
            return None;
        }
    };
    match guests.place(address_of(address)).await {
        Ok(place) => Some((stream, place)),
        Err(TooMany) => {
            tracing::debug!(%address, "a connection was closed: there are too many from its address");
            None
        }
    }
}

/// An IPv4 address is the same one when it comes over IPv6.
fn address_of(address: SocketAddr) -> IpAddr {
    address.ip().to_canonical()
}

/// Answers one connection until it ends or has to leave.
async fn converse(http: http1::Builder, stream: Timed, place: Place, app: Router, watcher: Watcher) {
    let guest = Arc::clone(place.guest());
    let service = Host { app, peer: place.peer(), guest: Arc::clone(&guest) };
    let connection = watcher.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        ended = connection => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        }
        () = guest.has_to_leave() => {}
    }
    drop(place);
}

/// The service for one connection: requests say where they come from, and the connection says when it is busy.
#[derive(Debug)]
struct Host {
    app: Router,
    peer: Peer,
    guest: Arc<Guest>,
}

impl hyper::service::Service<Request<Incoming>> for Host {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        let answering = self.guest.answering();
        let answer = TowerToHyperService::new(self.app.clone()).call(request);
        Box::pin(async move {
            let answer = answer.await;
            drop(answering);
            answer
        })
    }
}
