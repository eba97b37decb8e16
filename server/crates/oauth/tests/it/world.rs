//! A vendor with apps, a member, and the way between them.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use identity::members;
use mail::site::Site;
use model::{
    application::AccessType,
    id::{AccountId, ApplicationId, PatientId, PayerId, SessionId},
    partition::{Environment, Partition, ProgramId},
};
use oauth::{
    access::{Access, Checker, Denied},
    authorize::{Entrance, Refusal, check},
    bases::Bases,
    client::Client,
    client_auth::{Attempt, Authenticator},
    client_keys::ClientKeySets,
    consent::{self, Choice},
    dpop::Presented,
    endpoint::Endpoint,
    error::{Error, OAuthError},
    keys::Keys,
    parameters::Parameters,
    pushed::{self, Pushed},
    reason::Reason,
    requests::{self, Browser, SignedIn, Visit},
    token::{TokenResponse, exchange},
    tokens::Issuer,
};
use programs::{Programs, surface::Surface};
use registry::{
    Registry, applications, organizations,
    reviews::{self, Decision},
    subject::Subject,
    team::{self, Member},
};
use store::{Ctx, SealingKey, sql, testing::TestStore};

use crate::{
    forms::{application, organization},
    signer::Published,
};

pub const CALLBACK: &str = "https://acme.example/callback";
pub const CHALLENGE: &str = "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU";
pub const VERIFIER: &str = "eae64b84b53f479d92ab81dce7c8bbe608492951def502d84b4f0cd7";
pub const CA: &str = "/authz/oph/ca";
pub const IDAHO: &str = "/authz/idaho";
pub const IDAHO_SANDBOX: &str = "/authz/idaho/sandbox";

/// One test's deployment.
pub struct World<'t> {
    pub test: &'t TestStore,
    pub programs: Arc<Programs>,
    pub registry: Registry,
    pub bases: Arc<Bases>,
    pub keys: Arc<Keys>,
    /// What apps publish.
    pub published: Published,
    clients: Authenticator,
    pub tokens: Checker,
    vendor: Member,
    pub reviewer: AccountId,
}

/// A registered app.
#[derive(Clone)]
pub struct App {
    pub application: ApplicationId,
    pub partition: Partition,
    pub id: String,
    /// Empty for a public client.
    pub secret: String,
}

/// A browser in which someone is signed in.
pub struct Person {
    pub browser: Browser,
    pub signed_in: SignedIn,
}

pub fn embedded() -> Arc<Programs> {
    static PROGRAMS: OnceLock<Arc<Programs>> = OnceLock::new();
    PROGRAMS.get_or_init(|| Arc::new(Programs::embedded().unwrap())).clone()
}

impl<'t> World<'t> {
    pub async fn new(test: &'t TestStore) -> Self {
        Self::with(test, embedded()).await
    }

    pub async fn with(test: &'t TestStore, programs: Arc<Programs>) -> Self {
        let registry = Registry {
            programs: programs.clone(),
            site: Site::new("http://127.0.0.1:3000"),
            terms: "Be truthful.".into(),
        };
        let bases = Arc::new(Bases::new(&programs, &"http://127.0.0.1:3000".parse().unwrap()));
        let keys = Arc::new(Keys::load(&test.store, SealingKey::new([7; 32])).await.unwrap());
        let mut ctx = test.store.write().await.unwrap();
        let (owner, reviewer) = (account(&mut ctx, "owner").await, account(&mut ctx, "reviewer").await);
        organizations::register(&mut ctx, &registry, &owner, &organization()).await.unwrap();
        let vendor = team::get(&mut ctx, &owner).await.unwrap();
        ctx.commit().await.unwrap();
        let published = Published::default();
        let clients = Authenticator::new(&test.store, ClientKeySets::new(published.clone()));
        let tokens = Checker::new(&test.store, keys.clone(), bases.clone());
        let world = Self { test, programs, registry, bases, keys, published, clients, tokens, vendor, reviewer };
        world.approve(&Subject::Organization(world.vendor.organization.clone())).await;
        world
    }

    pub async fn write(&self) -> Ctx {
        self.test.store.write().await.unwrap()
    }

    pub async fn read(&self) -> Ctx {
        self.test.store.read().await.unwrap()
    }

    pub fn surface(&self, path: &str) -> Surface {
        let mut surfaces = self.programs.surfaces(&"http://127.0.0.1:3000".parse().unwrap()).into_iter();
        surfaces.find(|surface| surface.host.is_none() && surface.path == path).unwrap()
    }

    pub fn vendor(&self) -> &Member {
        &self.vendor
    }

    async fn approve(&self, subject: &Subject) {
        let mut ctx = self.write().await;
        let review = reviews::of_subject(&mut ctx, subject).await.unwrap().remove(0);
        let decision = Decision::Approve { comment: None };
        reviews::decide(&mut ctx, &self.registry, &self.reviewer, &review.id, review.version, &decision).await.unwrap();
        ctx.commit().await.unwrap();
    }

    /// A live app of both kinds of access in the CA sandbox that keeps a secret.
    pub async fn confidential(&self) -> App {
        self.app("oph-ca", Environment::Sandbox, AccessType::Both, "confidential").await
    }

    /// The same without a secret.
    pub async fn public(&self) -> App {
        self.app("oph-ca", Environment::Sandbox, AccessType::Both, "public").await
    }

    /// A live app.
    pub async fn app(&self, program: &str, environment: Environment, access: AccessType, kind: &str) -> App {
        let app = self.unreviewed_app(program, environment, access, kind).await;
        if environment == Environment::Production && access.includes_patient() {
            self.approve(&Subject::Application(self.vendor.organization.clone(), app.application.clone())).await;
        }
        app
    }

    pub async fn unreviewed_app(&self, program: &str, environment: Environment, access: AccessType, kind: &str) -> App {
        let mut ctx = self.write().await;
        // One word, so that a random name never contains a short reserved one.
        let name = ctx.random_id().to_lowercase().replace(|char: char| !char.is_alphabetic(), "");
        let name = format!("App {name}");
        let draft = application(&name, program, environment, access, kind);
        let draft = draft.parse(&[ProgramId::new("idaho"), ProgramId::new("oph-ca")]).unwrap();
        let registered = applications::register(&mut ctx, &self.registry, &self.vendor, &draft).await.unwrap();
        ctx.commit().await.unwrap();
        App {
            application: registered.application.id,
            partition: Partition::new(&ProgramId::new(program), environment),
            id: registered.application.client_id.as_str().to_owned(),
            secret: registered.secret.map(|secret| secret.expose().to_owned()).unwrap_or_default(),
        }
    }

    /// Someone who is signed in now and is the patient `patient-{name}` of the app's partition for every payer.
    pub async fn member(&self, name: &str, partition: &Partition) -> Person {
        let person = self.person(name).await;
        let mut ctx = self.write().await;
        let patient = PatientId::new(format!("patient-{name}"));
        for payer in &self.programs.get(&partition.program).unwrap().payers {
            let account = &person.signed_in.account;
            match partition.environment {
                Environment::Sandbox => members::link_sandbox(&mut ctx, account, partition, &payer.id, &patient).await,
                Environment::Production => {
                    members::link_production(&mut ctx, &self.registry.site, account, partition, &payer.id, &patient)
                        .await
                }
            }
            .unwrap();
        }
        ctx.commit().await.unwrap();
        person
    }

    /// Someone who is signed in now.
    pub async fn person(&self, name: &str) -> Person {
        let mut ctx = self.write().await;
        let (browser, at) = (Browser::fresh(&ctx), ctx.now);
        let session = SessionId::new(format!("session-{name}"));
        let signed_in = SignedIn { account: account(&mut ctx, name).await, at, session };
        ctx.commit().await.unwrap();
        Person { browser, signed_in }
    }

    /// `authorize` and what keeps it: the handle.
    pub async fn authorize(
        &self,
        authz: &str,
        payer: Option<&str>,
        parameters: &[(&str, &str)],
        person: &Person,
    ) -> Result<String, Refusal> {
        let surface = self.surface(authz);
        let program = self.programs.get(&surface.program).unwrap().clone();
        let payer = payer.map(PayerId::new);
        let entrance = Entrance {
            program: &program,
            surface: &surface,
            bases: &self.bases,
            payer: payer.as_ref(),
            signed_in: Some(&person.signed_in),
        };
        let parameters: Parameters = parameters.iter().copied().collect();
        let mut ctx = self.write().await;
        let request = check(&mut ctx, &entrance, &parameters).await?;
        let handle = requests::keep(&mut ctx, &request, &person.browser).await?;
        ctx.commit().await?;
        Ok(handle)
    }

    /// The member's yes; what the app reads from its redirect.
    pub async fn allow(
        &self,
        handle: &str,
        person: &Person,
        choice: &Choice,
    ) -> Result<HashMap<String, String>, consent::Error> {
        let visit = person.visit(handle);
        let shown = consent::view(&mut self.read().await, &self.programs, &visit).await;
        let shown = shown.map(|view| view.shown).unwrap_or_default();
        self.answer(handle, person, &Choice { shown, ..choice.clone() }).await
    }

    /// The same from a page that may be older.
    pub async fn answer(
        &self,
        handle: &str,
        person: &Person,
        choice: &Choice,
    ) -> Result<HashMap<String, String>, consent::Error> {
        let mut ctx = self.write().await;
        let visit = person.visit(handle);
        let target = consent::allow(&mut ctx, &self.programs, &self.registry.site, &visit, choice).await?;
        ctx.commit().await?;
        Ok(query(target.as_str()))
    }

    /// From `authorize` to the code, allowing everything.
    pub async fn code(&self, authz: &str, parameters: &[(&str, &str)], person: &Person) -> String {
        let payer = self.programs.get(&self.surface(authz).program).unwrap().payers[0].id.clone();
        let handle = self.authorize(authz, Some(payer.as_str()), parameters, person).await.unwrap();
        let scope = parameters.iter().find(|(name, _)| *name == "scope").unwrap().1;
        self.allow(&handle, person, &all(scope)).await.unwrap().remove("code").unwrap()
    }

    /// The token endpoint, with the secret in the form.
    pub async fn token(&self, authz: &str, parameters: &[(&str, &str)]) -> Result<TokenResponse, OAuthError> {
        self.token_call(authz, None, parameters).await.map_err(|error| error.told())
    }

    /// The same with a proof of a key.
    pub async fn token_proved(
        &self,
        authz: &str,
        parameters: &[(&str, &str)],
        proof: &str,
    ) -> Result<TokenResponse, OAuthError> {
        let address = format!("{}/oauth/token", self.surface(authz).base());
        let proof = Presented { proof, method: "POST", address };
        self.token_with(authz, None, parameters, Some(&proof)).await.map_err(|error| error.told())
    }

    pub async fn token_call(
        &self,
        authz: &str,
        authorization: Option<&str>,
        parameters: &[(&str, &str)],
    ) -> Result<TokenResponse, Error> {
        self.token_with(authz, authorization, parameters, None).await
    }

    async fn token_with(
        &self,
        authz: &str,
        authorization: Option<&str>,
        parameters: &[(&str, &str)],
        proof: Option<&Presented<'_>>,
    ) -> Result<TokenResponse, Error> {
        let surface = self.surface(authz);
        let parameters: Parameters = parameters.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
        let client = self.authenticate(authz, Endpoint::Token, authorization, &parameters).await?;
        let program = self.programs.get(&surface.program).unwrap();
        let issuer = Issuer { program, surface: &surface, bases: &self.bases, keys: &self.keys };
        let mut ctx = self.write().await;
        let answer = exchange(&mut ctx, &issuer, &client, &parameters, proof).await;
        if matches!(answer, Ok(_) | Err(Error::OAuth(_))) {
            ctx.commit().await.unwrap();
        }
        answer
    }

    /// The app pushes a request; its secret is among the parameters.
    pub async fn push(&self, authz: &str, parameters: &[(&str, &str)]) -> Result<Pushed, OAuthError> {
        self.push_with(authz, parameters, None).await
    }

    /// The same with a proof of a key.
    pub async fn push_proved(
        &self,
        authz: &str,
        parameters: &[(&str, &str)],
        proof: &str,
    ) -> Result<Pushed, OAuthError> {
        let address = Endpoint::PushedAuthorizationRequest.address(&self.surface(authz));
        self.push_with(authz, parameters, Some(&Presented { proof, method: "POST", address })).await
    }

    async fn push_with(
        &self,
        authz: &str,
        parameters: &[(&str, &str)],
        proof: Option<&Presented<'_>>,
    ) -> Result<Pushed, OAuthError> {
        let surface = self.surface(authz);
        let program = self.programs.get(&surface.program).unwrap().clone();
        let entrance =
            Entrance { program: &program, surface: &surface, bases: &self.bases, payer: None, signed_in: None };
        let parameters: Parameters = parameters.iter().copied().collect();
        let told = |error: Error| error.told();
        let client = self.authenticate(authz, Endpoint::PushedAuthorizationRequest, None, &parameters).await;
        let client = client.map_err(told)?;
        let mut ctx = self.write().await;
        let pushed = pushed::push(&mut ctx, &entrance, &client, &parameters, proof).await;
        if matches!(pushed, Ok(_) | Err(Error::OAuth(_))) {
            ctx.commit().await.unwrap();
        }
        pushed.map_err(told)
    }

    /// The client behind a request to an endpoint.
    pub async fn authenticate(
        &self,
        authz: &str,
        endpoint: Endpoint,
        authorization: Option<&str>,
        parameters: &Parameters,
    ) -> Result<Client, Error> {
        let authz = &self.surface(authz);
        let attempt = Attempt { authz, endpoint, authorization, parameters };
        self.clients.authenticate(&attempt).await
    }

    /// Tokens for everything in `scope`, by the whole way, in the CA sandbox.
    pub async fn tokens(&self, app: &App, scope: &str, person: &Person) -> TokenResponse {
        let code = self.code(CA, &request(app, scope), person).await;
        self.token(CA, &code_exchange(app, &code)).await.unwrap()
    }

    /// The same for what the member chose.
    pub async fn tokens_for(&self, app: &App, scope: &str, person: &Person, choice: &Choice) -> TokenResponse {
        let payer = self.programs.get(&app.partition.program).unwrap().payers[0].id.clone();
        let handle = self.authorize(CA, Some(payer.as_str()), &request(app, scope), person).await.unwrap();
        let answer = self.allow(&handle, person, choice).await.unwrap();
        self.token(CA, &code_exchange(app, &answer["code"])).await.unwrap()
    }

    /// A call to the FHIR API.
    pub async fn call(&self, fhir: &str, token: &str) -> Result<Access, Denied> {
        let surface = self.surface(fhir);
        self.tokens.check(&surface, token).await
    }

    /// The code of the refusal at the CA's FHIR base.
    pub async fn refused(&self, token: &str) -> Option<&'static str> {
        self.call("/fhir/oph/ca/R4", token).await.err().and_then(|denied| denied.reason()).map(Reason::as_str)
    }
}

impl Person {
    pub fn visit<'a>(&'a self, handle: &'a str) -> Visit<'a> {
        Visit { handle, browser: Some(&self.browser), signed_in: Some(&self.signed_in) }
    }
}

/// A well-formed authorization request of an app, with PKCE.
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

/// The exchange that follows [`request`].
pub fn code_exchange<'a>(app: &'a App, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
        ("code_verifier", VERIFIER),
    ]
}

pub fn refresh<'a>(app: &'a App, token: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
    ]
}

/// One parameter otherwise; an empty value leaves it out.
pub fn but<'a>(mut parameters: Vec<(&'a str, &'a str)>, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    parameters.retain(|(known, _)| *known != name);
    if !value.is_empty() {
        parameters.push((name, value));
    }
    parameters
}

/// Every scope chosen.
pub fn all(scope: &str) -> Choice {
    Choice { scopes: scope.split(' ').map(str::to_owned).collect(), ..Choice::default() }
}

/// The query of a redirect back to the app.
pub fn query(target: &str) -> HashMap<String, String> {
    let query = target.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('?')).expect("the app's redirect URI");
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
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
