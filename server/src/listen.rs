//! Connections: how long a caller may take to send a request, and how connections end when the server stops.

mod strict;

use std::{convert::Infallible, future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};
use tower::{Service, ServiceExt};

use self::strict::Strict;
use crate::{middleware::address, router, state::AppState};

/// How long a connection may take to send the head of a request, or be idle before the next one. Longer than load
/// balancers keep idle connections, so that none closes while they send a request.
pub const PATIENCE: Duration = Duration::from_secs(75);
/// How long requests in progress may take once the server is to stop; then their connections are cut.
pub const GRACE: Duration = Duration::from_secs(15);
/// The pause when no connection can be accepted, for lack of file handles.
const RECOVER: Duration = Duration::from_secs(1);

/// Serves until `stopped`, and then finishes requests in progress, for [`GRACE`] at most.
pub async fn serve(listener: TcpListener, state: AppState, patience: Duration, stopped: impl Future<Output = ()>) {
    serve_for(listener, state, patience, stopped, GRACE).await;
}

/// The same, with another grace period.
pub async fn serve_for(
    listener: TcpListener,
    state: AppState,
    patience: Duration,
    stopped: impl Future<Output = ()>,
    grace: Duration,
) {
    // Dropped at the end, which cuts the remaining connections.
    let (_whole, cut) = watch::channel(());
    let (mut stopped, connections) = (pin!(stopped), GracefulShutdown::new());
    let service = router::service(&state);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stopped => break,
        };
        let (service, state) = (service.clone(), state.clone());
        let answer = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(Body::new);
            state.unproxied.look(&state.settings.proxies, request.headers(), &state.services.identity.watch);
            address::note(&state.settings.proxies, peer, &mut request);
            answer(service.clone(), request)
        });
        let mut protocol = http1::Builder::new();
        protocol.timer(TokioTimer::new()).header_read_timeout(patience);
        let connection = connections.watch(protocol.serve_connection(TokioIo::new(Strict::new(stream)), answer));
        let mut cut = cut.clone();
        tokio::spawn(async move {
            tokio::select! {
                ended = connection => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended early");
                    }
                }
                // Never changes, but closes.
                _ = cut.changed() => {}
            }
        });
    }
    // A server that accepts no connections must not keep callers in its queue.
    drop(listener);
    if timeout(grace, connections.shutdown()).await.is_err() {
        tracing::warn!("cutting connections that did not end in time");
    }
}

/// The answer. A connection whose request came in chunks ends with it, because [`Strict`] does not read past chunks.
async fn answer<S>(service: S, request: Request) -> Result<Response, Infallible>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = service.oneshot(request).await?;
    if is_last {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// The next caller. One that has already disconnected is not an error; any other error is worth a pause.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(RECOVER).await;
            }
        }
    }
}
