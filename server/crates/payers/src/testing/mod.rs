//! A provider for tests, without a network: it keeps to the specification, unless a test wants it otherwise.

mod key;

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::digest::sha256;
use url::{Url, form_urlencoded};

use crate::fetch::{Body, Failed, Fetch, Request, Response};

use key::Key;
pub use key::Kind;

pub const CLIENT_ID: &str = "flex-at-the-provider";
pub const CLIENT_SECRET: &str = "a secret: with %, + and spaces";

/// One provider.
pub struct FakeProvider {
    pub issuer: String,
    state: Mutex<State>,
}

struct State {
    keys: Vec<Key>,
    /// What discovery says besides what it must, or in its place.
    metadata: Value,
    codes: BTreeMap<String, Code>,
    /// What was asked for, in order: `discovery`, `jwks`, `token`, `userinfo`.
    asked: Vec<String>,
    is_down: bool,
    /// What the token endpoint says to a right code, in place of its own answer.
    token_answer: Option<Result<(u16, String), Failed>>,
    /// What came to the token endpoint.
    token_requests: Vec<Request>,
}

/// What a code stands for.
struct Code {
    redirect_uri: String,
    challenge: String,
    id_token: String,
    userinfo: Value,
}

/// How an id_token differs from a right one: members of this object replace its own, null removes them.
#[derive(Clone, Debug)]
pub struct Differently {
    pub header: Value,
    pub claims: Value,
    pub userinfo: Value,
    pub signed: Signed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// With the newest of its published keys.
    Rightly,
    /// With a key of the right kind and name that belongs to someone else.
    ByAStranger,
    /// HMAC with what both sides know.
    WithTheClientSecret,
    /// HMAC with what everyone knows: the published key set.
    WithThePublicKey,
    Not,
}

impl Default for Differently {
    fn default() -> Self {
        Self { header: json!({}), claims: json!({}), userinfo: json!({}), signed: Signed::Rightly }
    }
}

impl Differently {
    pub fn claims(claims: Value) -> Self {
        Self { claims, ..Self::default() }
    }
}

impl FakeProvider {
    pub fn new(issuer: &str, kind: Kind) -> Arc<Self> {
        let state = State {
            keys: vec![Key::new(kind, "key-1")],
            metadata: json!({}),
            codes: BTreeMap::new(),
            asked: Vec::new(),
            is_down: false,
            token_answer: None,
            token_requests: Vec::new(),
        };
        Arc::new(Self { issuer: issuer.to_owned(), state: Mutex::new(state) })
    }

    /// Replaces members of the discovery document; null removes them.
    pub fn set_metadata(&self, metadata: Value) {
        self.state().metadata = metadata;
    }

    pub fn set_down(&self, is_down: bool) {
        self.state().is_down = is_down;
    }

    /// From now on a right code gets this text and status, with `{id_token}` filled in, or nothing.
    pub fn set_token_answer(&self, answer: Result<(u16, &str), Failed>) {
        self.state().token_answer = Some(answer.map(|(status, text)| (status, text.to_owned())));
    }

    /// What came to the token endpoint so far.
    pub fn token_requests(&self) -> Vec<Request> {
        self.state().token_requests.clone()
    }

    /// Signs with a new key from now on, and publishes no other.
    pub fn rotate(&self, kind: Kind, kid: &str) {
        self.state().keys = vec![Key::new(kind, kid)];
    }

    /// The same, and goes on publishing those before.
    pub fn add(&self, kind: Kind, kid: &str) {
        self.state().keys.push(Key::new(kind, kid));
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// The user of this authentication request agrees: the answer's query.
    pub fn agree(&self, url: &str, now: Timestamp, differently: &Differently) -> Vec<(String, String)> {
        let query: BTreeMap<String, String> = Url::parse(url).expect("a URL").query_pairs().into_owned().collect();
        let id_token = self.id_token(&query["nonce"], now, differently);
        let mut userinfo =
            json!({ "sub": differently.claims.get("sub").cloned().unwrap_or_else(|| json!("subject-1")) });
        merge(&mut userinfo, &differently.userinfo);
        let mut state = self.state();
        let name = format!("code-{}-{}", state.codes.len() + 1, &sha256(&self.issuer)[..8]);
        let code = Code {
            redirect_uri: query["redirect_uri"].clone(),
            challenge: query["code_challenge"].clone(),
            id_token,
            userinfo,
        };
        state.codes.insert(name.clone(), code);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![pair("code", &name), pair("state", &query["state"]), pair("iss", &self.issuer)]
    }

    fn id_token(&self, nonce: &str, now: Timestamp, differently: &Differently) -> String {
        let state = self.state();
        let key = state.keys.last().expect("a key");
        let second = now.as_second();
        let mut claims = json!({
            "iss": self.issuer, "sub": "subject-1", "aud": CLIENT_ID, "nonce": nonce,
            "iat": second, "exp": second + 300, "auth_time": second,
        });
        merge(&mut claims, &differently.claims);
        let mut header = json!({ "alg": key.algorithm(), "kid": key.kid(), "typ": "JWT" });
        merge(&mut header, &differently.header);
        match differently.signed {
            Signed::Rightly => key.sign(&header, &claims),
            Signed::ByAStranger => Key::new(key.kind(), key.kid()).sign(&header, &claims),
            Signed::WithTheClientSecret => key::hmac(CLIENT_SECRET.as_bytes(), &header, &claims),
            Signed::WithThePublicKey => key::hmac(key.public().to_string().as_bytes(), &header, &claims),
            Signed::Not => key::unsigned(&header, &claims),
        }
    }

    fn answer(&self, request: &Request) -> Result<Response, Failed> {
        let path = request.url.as_str().strip_prefix(&self.issuer).unwrap_or_default().to_owned();
        let mut state = self.state();
        state.asked.push(path.rsplit('/').next().unwrap_or_default().to_owned());
        if state.is_down {
            return Err(Failed("connection refused".to_owned()));
        }
        let (status, body) = match path.as_str() {
            "/.well-known/openid-configuration" => (200, self.discovery(&state.metadata)),
            "/jwks" => (200, json!({ "keys": state.keys.iter().map(Key::public).collect::<Vec<_>>() })),
            "/token" => return token(&mut state, request),
            "/userinfo" => userinfo(&state, request),
            _ => (404, json!({})),
        };
        Ok(Response { status, body: body.to_string().into_bytes() })
    }

    fn discovery(&self, differently: &Value) -> Value {
        let mut document = json!({
            "issuer": self.issuer,
            "authorization_endpoint": format!("{}/authorize", self.issuer),
            "token_endpoint": format!("{}/token", self.issuer),
            "userinfo_endpoint": format!("{}/userinfo", self.issuer),
            "end_session_endpoint": format!("{}/logout", self.issuer),
            "jwks_uri": format!("{}/jwks", self.issuer),
            "authorization_response_iss_parameter_supported": true,
        });
        merge(&mut document, differently);
        document
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test thread died")
    }
}

/// RFC 6749 §4.1.3 with RFC 7636 §4.6: a code works once, for its client, redirect URI and verifier.
fn token(state: &mut State, request: &Request) -> Result<Response, Failed> {
    state.token_requests.push(request.clone());
    let refused = |status, error| Ok(Response { status, body: json!({ "error": error }).to_string().into_bytes() });
    let Some(Body::Form(form)) = &request.body else { return refused(400, "invalid_request") };
    let form: BTreeMap<String, String> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    if !is_ours(request.authorization.as_deref(), &form) {
        return refused(401, "invalid_client");
    }
    let code = form.get("code").and_then(|code| state.codes.get(code).map(|known| (code.clone(), known)));
    let fits = |code: &Code| {
        form.get("redirect_uri") == Some(&code.redirect_uri)
            && form.get("code_verifier").map(|verifier| sha256(verifier)) == Some(code.challenge.clone())
    };
    let Some((name, code)) = code.filter(|(_, code)| fits(code)) else { return refused(400, "invalid_grant") };
    let answer = match &state.token_answer {
        None => {
            let tokens =
                json!({ "id_token": code.id_token, "access_token": access_token(&name), "token_type": "Bearer" });
            Ok((200, tokens.to_string()))
        }
        Some(answer) => answer.clone().map(|(status, text)| (status, text.replace("{id_token}", &code.id_token))),
    };
    if let Some(code) = state.codes.get_mut(&name) {
        code.challenge.clear();
    }
    answer.map(|(status, text)| Response { status, body: text.into_bytes() })
}

/// Whether the client proved who it is, in one way (RFC 6749 §2.3.1).
fn is_ours(authorization: Option<&str>, form: &BTreeMap<String, String>) -> bool {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", encode(CLIENT_ID), encode(CLIENT_SECRET))));
    let in_form = |name: &str| form.get(name).map(String::as_str);
    match (authorization, in_form("client_id"), in_form("client_secret")) {
        (Some(authorization), None, None) => authorization == basic,
        (None, Some(id), Some(secret)) => (id, secret) == (CLIENT_ID, CLIENT_SECRET),
        _ => false,
    }
}

/// The access token of a code.
pub fn access_token(code: &str) -> String {
    format!("access-{code}")
}

fn userinfo(state: &State, request: &Request) -> (u16, Value) {
    let bearer = request.authorization.as_deref().and_then(|header| header.strip_prefix("Bearer access-"));
    match bearer.and_then(|code| state.codes.get(code)) {
        Some(code) => (200, code.userinfo.clone()),
        None => (401, json!({})),
    }
}

fn merge(own: &mut Value, others: &Value) {
    let (Some(own), Some(others)) = (own.as_object_mut(), others.as_object()) else { return };
    for (name, value) in others {
        if value.is_null() {
            own.remove(name);
        } else {
            own.insert(name.clone(), value.clone());
        }
    }
}

/// All that can be reached.
pub struct Network(pub Vec<Arc<FakeProvider>>);

impl Fetch for Network {
    fn fetch(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, Failed>> + Send + '_>> {
        Box::pin(async move {
            let provider = self.0.iter().find(|provider| request.url.as_str().starts_with(&provider.issuer));
            provider.ok_or_else(|| Failed("no such host".to_owned()))?.answer(&request)
        })
    }
}
