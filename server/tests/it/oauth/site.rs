//! A running server with one vendor, to which apps and members can be added.

use std::{
    collections::HashMap,
    convert::Infallible,
    fs,
    future::pending,
    net::SocketAddr,
    path::Path,
    sync::{Arc, OnceLock},
};

use ::payers::Payers;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, Method, Request, StatusCode, header},
    response::Response,
};
use identity::members;
use model::{
    application_form::ApplicationForm,
    client_keys::ClientKeys,
    id::{AccountId, ApplicationId, PatientId, SessionId},
    organization_form::OrganizationForm,
    partition::{Environment, Partition, ProgramId},
};
use oauth::{
    consent::{self, Choice},
    grants::member,
    requests::{Browser, SignedIn, Visit},
};
use programs::Programs;
use registry::{
    applications, client_keys, organizations,
    reviews::{self, Decision},
    subject::Subject,
    team::{self, Member},
};
use server::{
    listen, payers, router,
    settings::{Limits, Settings},
    state::AppState,
};
use store::{
    Ctx, SealingKey, assert_nothing_lent, sql,
    testing::{TestStore, apart, sqlite, temporary_folder},
};
use tokio::net::TcpListener;
use tower::{ServiceExt, util::BoxCloneSyncService};
use url::form_urlencoded::Serializer;

pub const CALLBACK: &str = "https://acme.example/callback";
pub const CHALLENGE: &str = "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU";
pub const VERIFIER: &str = "eae64b84b53f479d92ab81dce7c8bbe608492951def502d84b4f0cd7";
/// The bytes of the tests' sealing key.
pub const SEALING: [u8; 32] = [7; 32];
/// The address that the tests' server believes to have.
pub const MAIN: &str = "127.0.0.1:3000";

pub struct Site {
    /// Removed with the site.
    pub test: TestStore,
    pub state: AppState,
    /// Created once: creating a router with so many routes takes longer than answering most requests.
    service: BoxCloneSyncService<Request<Body>, Response, Infallible>,
    vendor: Member,
}

#[derive(Clone)]
pub struct App {
    pub id: String,
    /// Empty for a public client.
    pub secret: String,
    pub partition: Partition,
}

/// A person's browser.
pub struct Person {
    pub account: AccountId,
    signed_in: SignedIn,
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Site {
    pub async fn new() -> Self {
        Self::on(sqlite().await).await
    }

    /// On this database.
    pub async fn on(test: TestStore) -> Self {
        Self::set_up(test, embedded(), Settings::load(None).unwrap(), None).await
    }

    /// With limits of calls per minute for apps and networks.
    pub async fn limited(network: u32, client: u32) -> Self {
        let mut settings = Settings::load(None).unwrap();
        settings.limits = Limits { network, client, ..settings.limits };
        Self::set_up(sqlite().await, embedded(), settings, None).await
    }

    /// With these settings changed.
    pub async fn with_settings(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::load(None).unwrap();
        change(&mut settings);
        Self::set_up(sqlite().await, embedded(), settings, None).await
    }

    /// With browsers that come by https.
    pub async fn secure() -> Self {
        let mut settings = Settings::load(None).unwrap();
        settings.public_url = "https://flex.example.org".parse().unwrap();
        Self::set_up(sqlite().await, embedded(), settings, None).await
    }

    /// With these programs, some of whose payers have identity providers.
    pub async fn with(test: TestStore, programs: Arc<Programs>, payers: Payers) -> Self {
        Self::set_up(test, programs, Settings::load(None).unwrap(), Some(payers)).await
    }

    /// With one program, whose file has this besides.
    pub async fn with_more(test: TestStore, program: &str, more: &str) -> Self {
        Self::with_changed(test, program, |file| file + more).await
    }

    /// With one program, whose file is changed.
    pub async fn with_changed(test: TestStore, program: &str, change: impl FnOnce(String) -> String) -> Self {
        let name = format!("{program}.toml");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../programs").join(&name);
        let folder = temporary_folder("programs");
        fs::write(folder.join(&name), change(fs::read_to_string(file).unwrap())).unwrap();
        let programs = Programs::from_folder(&folder).unwrap();
        fs::remove_dir_all(folder).unwrap();
        let programs = Arc::new(programs.at(&"http://127.0.0.1:3000".parse().unwrap()));
        Self::set_up(test, programs, Settings::load(None).unwrap(), None).await
    }

    /// With these programs, at the address where [`Self::serve`] answers.
    pub async fn at(test: TestStore, address: SocketAddr, programs: Arc<Programs>) -> Self {
        let mut settings = Settings::load(None).unwrap();
        settings.public_url = format!("http://{address}").parse().unwrap();
        Self::set_up(test, programs, settings, None).await
    }

    async fn set_up(test: TestStore, programs: Arc<Programs>, settings: Settings, payers: Option<Payers>) -> Self {
        let payers = payers.unwrap_or_else(|| payers::services(&settings, payers::Known::default()).unwrap());
        let (store, sealing) = (test.store.clone(), SealingKey::new(SEALING));
        let state = AppState::with_payers(settings, store, programs, payers, sealing).await.unwrap();
        let vendor = vendor(&state).await;
        let service = BoxCloneSyncService::new(router::service(&state));
        Self { test, state, service, vendor }
    }

    /// A request to the main host.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.send_to(MAIN, method, path, headers, body).await
    }

    pub async fn send_to(
        &self,
        host: &str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(HeaderName::try_from(*name).unwrap(), *value);
        }
        self.answer(request.body(Body::from(body.as_ref().to_vec())).unwrap()).await
    }

    /// The answer to any request.
    pub async fn answer(&self, request: Request<Body>) -> Reply {
        let answer = async {
            let (parts, body) = self.service.clone().oneshot(request).await.unwrap().into_parts();
            (parts, to_bytes(body, 1 << 20).await.unwrap())
        };
        // A test that holds the one connection would wait for itself.
        assert_nothing_lent();
        let (parts, body) = apart(answer).await;
        let is_picture = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "image/png");
        let body = if is_picture { String::new() } else { String::from_utf8(body.to_vec()).unwrap() };
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Answers over the network until the test ends.
    pub fn serve(&self, listener: TcpListener) {
        tokio::spawn(listen::serve(listener, self.state.clone(), listen::PATIENCE, pending()));
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.state.services.store.now()
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], "").await
    }

    /// A form, as apps post it.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Reply {
        let headers = [headers, &[("content-type", "application/x-www-form-urlencoded")]].concat();
        self.send(Method::POST, path, &headers, &encoded(form)).await
    }

    /// A confidential app with both kinds of access in a program's sandbox.
    pub async fn app(&self, program: &str) -> App {
        self.register(program, Environment::Sandbox, "confidential").await.0
    }

    /// The same without a secret.
    pub async fn public_app(&self, program: &str) -> App {
        self.register(program, Environment::Sandbox, "public").await.0
    }

    /// The same in production, approved.
    pub async fn production_app(&self, program: &str) -> App {
        let (app, subject) = self.register(program, Environment::Production, "confidential").await;
        let mut ctx = self.write().await;
        let review = reviews::of_subject(&mut ctx, &subject).await.unwrap().remove(0);
        let (registry, reviewer) = (&self.state.services.registry, AccountId::new("account-reviewer"));
        let approve = Decision::Approve { comment: None };
        reviews::decide(&mut ctx, registry, &reviewer, &review.id, review.version, &approve).await.unwrap();
        ctx.commit().await.unwrap();
        app
    }

    async fn register(&self, program: &str, environment: Environment, kind: &str) -> (App, Subject) {
        let mut ctx = self.write().await;
        // One word, so that randomness never makes a short name that is reserved.
        let name = ctx.random_id().to_lowercase().replace(|char: char| !char.is_alphabetic(), "");
        let mut form = application(&format!("App {name}"), program);
        form.details.environment = environment.to_string();
        kind.clone_into(&mut form.registration.client_kind);
        let programs: Vec<ProgramId> = self.state.services.programs.iter().map(|program| program.id.clone()).collect();
        let draft = form.parse(&programs).unwrap();
        let registry = &self.state.services.registry;
        let registered = applications::register(&mut ctx, registry, &self.vendor, &draft).await.unwrap();
        ctx.commit().await.unwrap();
        let app = App {
            id: registered.application.client_id.as_str().to_owned(),
            secret: registered.secret.map(|secret| secret.expose().to_owned()).unwrap_or_default(),
            partition: Partition::new(&ProgramId::new(program), environment),
        };
        (app, Subject::Application(registered.application.organization, registered.application.id))
    }

    /// Registers these keys, so that the app can sign.
    pub async fn register_keys(&self, app: &App, jwks: &str) {
        let mut ctx = self.write().await;
        let query = sql("SELECT id FROM application WHERE client_id = $1").bind(app.id.clone());
        let (id,): (ApplicationId,) = query.fetch_one(&mut ctx.tx).await.unwrap();
        let keys = ClientKeys::Set(jwks.parse().unwrap());
        client_keys::set(&mut ctx, &self.state.services.registry, &self.vendor, &id, &keys).await.unwrap();
        ctx.commit().await.unwrap();
    }

    /// Someone who is signed in and is `patient-{name}` of the app's partition.
    pub async fn member(&self, name: &str, app: &App) -> Person {
        self.member_who_is(name, &format!("patient-{name}"), app).await
    }

    /// Someone who is signed in and is `patient-{name}` of the app's partition in production, by their member card.
    pub async fn real_member(&self, name: &str, app: &App) -> Person {
        let mut ctx = self.write().await;
        let account = account(&mut ctx, name).await;
        let patient = PatientId::new(format!("patient-{name}"));
        for payer in &self.state.services.programs.get(&app.partition.program).unwrap().payers {
            members::link_production(
                &mut ctx,
                &self.state.services.identity.site,
                &account,
                &app.partition,
                &payer.id,
                &patient,
            )
            .await
            .unwrap();
        }
        let signed_in = SignedIn { account: account.clone(), at: ctx.now, session: SessionId::new("session") };
        ctx.commit().await.unwrap();
        Person { account, signed_in }
    }

    /// Someone who is signed in and is this patient of the app's partition.
    pub async fn member_who_is(&self, name: &str, patient: &str, app: &App) -> Person {
        let mut ctx = self.write().await;
        let account = account(&mut ctx, name).await;
        ctx.commit().await.unwrap();
        self.member_of_account(account, patient, app).await
    }

    /// This account, signed in, which becomes this patient of the app's partition.
    pub async fn member_of_account(&self, account: AccountId, patient: &str, app: &App) -> Person {
        let mut ctx = self.write().await;
        let patient = PatientId::new(patient);
        for payer in &self.state.services.programs.get(&app.partition.program).unwrap().payers {
            members::link_sandbox(&mut ctx, &account, &app.partition, &payer.id, &patient).await.unwrap();
        }
        let signed_in = SignedIn { account: account.clone(), at: ctx.now, session: SessionId::new("session") };
        ctx.commit().await.unwrap();
        Person { account, signed_in }
    }

    /// Allows everything on the consent page; `location` is where `authorize` led.
    pub async fn allow(&self, person: &Person, authorized: &Reply, scope: &str) -> HashMap<String, String> {
        let handle = authorized.header("location").strip_prefix("/consent/").unwrap();
        let cookie = authorized.header("set-cookie").split(';').next().unwrap().split_once('=').unwrap();
        let cookies = [(cookie.0.to_owned(), cookie.1.to_owned())];
        let browser = Browser::from_cookies(&cookies, false);
        let visit = Visit { handle, browser: browser.as_ref(), signed_in: Some(&person.signed_in) };
        let services = &self.state.services;
        let mut ctx = self.write().await;
        let shown = consent::view(&mut ctx, &services.programs, &visit).await.unwrap().shown;
        let scopes = scope.split(' ').map(str::to_owned).collect();
        let choice = Choice { scopes, shown, ..Choice::default() };
        let answer = consent::allow(&mut ctx, &services.programs, &services.registry.site, &visit, &choice).await;
        ctx.commit().await.unwrap();
        query(answer.unwrap().as_str())
    }

    /// The whole flow to tokens at a base.
    pub async fn tokens(&self, authz: &str, app: &App, person: &Person, scope: &str) -> serde_json::Value {
        let payer = &self.state.services.programs.get(&app.partition.program).unwrap().payers[0].id;
        let path = format!("{authz}/{payer}/oauth/authorize?{}", encoded(&request(app, scope)));
        let authorized = self.get(&path).await;
        let answer = self.allow(person, &authorized, scope).await;
        let reply = self.post(&format!("{authz}/oauth/token"), &[], &exchange(app, &answer["code"])).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        reply.json()
    }

    /// The member revokes everything that they allowed.
    pub async fn revoke_all(&self, person: &Person) {
        let mut ctx = self.write().await;
        for connection in member::connected(&mut ctx, &person.account).await.unwrap() {
            let site = &self.state.services.registry.site;
            member::revoke(&mut ctx, site, &person.account, &connection.grant.id).await.unwrap();
        }
        ctx.commit().await.unwrap();
    }

    async fn write(&self) -> Ctx {
        self.state.services.store.write().await.unwrap()
    }
}

fn embedded() -> Arc<Programs> {
    static PROGRAMS: OnceLock<Arc<Programs>> = OnceLock::new();
    PROGRAMS.get_or_init(|| Arc::new(Programs::embedded().unwrap())).clone()
}

pub fn encoded(form: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(form).finish()
}

/// The query of a redirect to the app.
pub fn query(target: &str) -> HashMap<String, String> {
    let query = target.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('?')).unwrap();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

pub fn request<'a>(app: &'a App, scope: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("response_type", "code"),
        ("client_id", &app.id),
        ("redirect_uri", CALLBACK),
        ("scope", scope),
        ("state", "1234zyx"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
}

pub fn exchange<'a>(app: &'a App, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
        ("code_verifier", VERIFIER),
    ]
}

async fn vendor(state: &AppState) -> Member {
    let registry = &state.services.registry;
    let mut ctx = state.services.store.write().await.unwrap();
    let (owner, reviewer) = (account(&mut ctx, "owner").await, account(&mut ctx, "reviewer").await);
    let organization =
        organizations::register(&mut ctx, registry, &owner, &OrganizationForm::example().parse().unwrap())
            .await
            .unwrap();
    let review = reviews::of_subject(&mut ctx, &Subject::Organization(organization.id)).await.unwrap().remove(0);
    let approve = Decision::Approve { comment: None };
    reviews::decide(&mut ctx, registry, &reviewer, &review.id, review.version, &approve).await.unwrap();
    let vendor = team::get(&mut ctx, &owner).await.unwrap();
    ctx.commit().await.unwrap();
    vendor
}

async fn account(ctx: &mut Ctx, name: &str) -> AccountId {
    let id = AccountId::new(format!("account-{name}"));
    sql("INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, created_at)
         VALUES ($1, $2, $2, $3, $3, $4, '', $4)")
    .bind(&id)
    .bind(format!("healthcare-{name}"))
    .bind(format!("{name}@example.org"))
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
    .unwrap();
    id
}

fn application(name: &str, program: &str) -> ApplicationForm {
    let mut form = ApplicationForm::example(name, program);
    CALLBACK.clone_into(&mut form.details.redirect_uri);
    form
}
