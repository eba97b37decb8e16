//! Counts every call of the FHIR and OAuth endpoints, whatever layer answers it. Preflights are not calls.
//!
//! Who called and what came of it is known further in, where `client` and `endpoint` say it. They reach the call's own
//! place through the task, because an extension of the request would allocate for every call.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};

use axum::{
    extract::Request,
    http::{Method, Response},
};
use model::{
    id::ClientId,
    partition::{Environment, Partition},
};
use pin_project_lite::pin_project;
use programs::surface::{Surface, SurfaceKind};
use store::Store;
use tokio::task::futures::TaskLocalFuture;
use tower::{Layer, Service};
use usage::{
    endpoint::{Api, Endpoint, Named},
    meter::{Call, Meter},
};

tokio::task_local! {
    static TOLD: RefCell<Told>;
}

/// In the extensions of a request that the server makes for no one but itself.
#[derive(Clone, Copy)]
pub struct Uncounted;

/// What is known of the call this task answers.
#[derive(Default)]
pub struct Told {
    client: Option<ClientId>,
    environment: Option<Environment>,
    endpoint: Option<Named>,
}

/// The app that calls, and its environment if that is known.
pub fn client(client: &ClientId, environment: Option<Environment>) {
    // A handler that a test calls is not counted.
    let _ = TOLD.try_with(|told| {
        let mut told = told.borrow_mut();
        told.client = Some(client.clone());
        told.environment = environment.or(told.environment);
    });
}

/// Which endpoint it is, more exactly than its address says.
pub fn endpoint(endpoint: Named) {
    let _ = TOLD.try_with(|told| told.borrow_mut().endpoint = Some(endpoint));
}

/// The environment of a call that no app made: a base for both serves the real directory.
pub fn environment(surface: &Surface) -> Environment {
    surface.environment().unwrap_or(Environment::Production)
}

/// Cheap to clone, which each call does.
#[derive(Clone)]
pub struct Metering(Arc<(Meter, Store)>);

impl Metering {
    pub fn new(meter: Meter, store: Store) -> Self {
        Self(Arc::new((meter, store)))
    }
}

impl<S> Layer<S> for Metering {
    type Service = Metered<S>;

    fn layer(&self, inner: S) -> Metered<S> {
        Metered { inner, metering: self.clone() }
    }
}

#[derive(Clone)]
pub struct Metered<S> {
    inner: S,
    metering: Metering,
}

/// A call on its way.
struct Begun {
    metering: Metering,
    surface: Arc<Surface>,
    endpoint: Endpoint,
    at: Instant,
}

impl<S, B> Service<Request> for Metered<S>
where
    S: Service<Request, Response = Response<B>>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answer<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let is_call = request.method() != Method::OPTIONS && request.extensions().get::<Uncounted>().is_none();
        let surface = request.extensions().get::<Arc<Surface>>().filter(|_| is_call);
        let begun = surface.map(|surface| Begun {
            metering: self.metering.clone(),
            surface: surface.clone(),
            endpoint: of_path(&self.metering.0.0, surface, request.uri().path()),
            at: Instant::now(),
        });
        Answer { inner: TOLD.scope(RefCell::default(), self.inner.call(request)), begun }
    }
}

pin_project! {
    /// Counts the call.
    pub struct Answer<F> {
        #[pin]
        inner: TaskLocalFuture<RefCell<Told>, F>,
        begun: Option<Begun>,
    }
}

impl<F, B, E> Future for Answer<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let answer = ready!(this.inner.as_mut().poll(context));
        if let (Some(begun), Ok(response)) = (this.begun.take(), &answer) {
            let told = this.inner.take_value().map(RefCell::into_inner).unwrap_or_default();
            begun.count(&told, response.status().as_u16());
        }
        Poll::Ready(answer)
    }
}

impl Begun {
    fn count(&self, told: &Told, status: u16) {
        let (meter, store) = &*self.metering.0;
        let environment = told.environment.unwrap_or_else(|| environment(&self.surface));
        let api = match self.surface.kind {
            SurfaceKind::Fhir => Api::Fhir,
            SurfaceKind::Public => Api::Directory,
            SurfaceKind::Authz => Api::OAuth,
        };
        let (client, at) = (told.client.as_ref(), store.now());
        meter.count(&Call {
            program: &self.surface.program,
            environment,
            client,
            api,
            endpoint: told.endpoint.map_or(self.endpoint, Endpoint::Named),
            status,
            took: self.at.elapsed(),
            at,
        });
        if told.endpoint == Some(Named::AuthorizeStarted) || told.endpoint == Some(Named::AuthorizeRefused) {
            let started = told.endpoint == Some(Named::AuthorizeStarted);
            let outcome = if started { Named::Started } else { Named::Failed };
            meter.authorization(&Partition::new(&self.surface.program, environment), client, outcome, at);
        }
    }
}

/// What is called at this path, which the routes know it by.
fn of_path(meter: &Meter, surface: &Surface, path: &str) -> Endpoint {
    let below = path.strip_prefix(surface.path.as_str());
    match (surface.kind, below) {
        (SurfaceKind::Authz, Some(below)) => Endpoint::Named(Named::oauth(below)),
        // The address of RFC 8414 §3.1, before the issuer's path.
        (SurfaceKind::Authz, None) => Endpoint::Named(Named::Discovery),
        (_, Some(below)) if below.starts_with("/.well-known/") => Endpoint::Named(Named::Discovery),
        (_, Some(below)) => meter.fhir(below),
        (_, None) => Endpoint::Named(Named::Metadata),
    }
}
