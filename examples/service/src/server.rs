//! The loop that takes connections.

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How long the head of a request may take, and how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// How long requests that are under way may take once the service stops.
const LAST_REQUESTS_TIME: Duration = Duration::from_secs(10);

/// More connections than this wait until others are closed. A process may often open 1,024 files, and the database
/// needs some of them.
const CONNECTIONS_MAX: usize = 800;

/// Serves until `stop`, then finishes the requests that are under way.
///
/// It is `axum::serve` with two more limits: a client that sends its head slowly, or nothing, loses its connection, and
/// there are not more connections than files that the process may open.
///
/// # Errors
/// The listener cannot be asked.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let (graceful, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS_MAX)));
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // The client is gone already, or there is no file left to open: others will close theirs.
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // An answer is one small packet: waiting for more of it gains nothing.
        stream.set_nodelay(true).ok();
        let service = TowerToHyperService::new(app.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::time::timeout(LAST_REQUESTS_TIME, graceful.shutdown()).await.ok();
    Ok(())
}
