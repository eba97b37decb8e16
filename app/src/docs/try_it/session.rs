//! The session in which a visitor is a test member: an authorization code flow with PKCE, of which the page keeps every step.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fhir::members;
use identity::guests::{self, Guest, Role};
use jiff::{SignedDuration, Timestamp};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    id::{PatientId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use oauth::pkce::Challenge;
use programs::{program::Program, surface::SurfaceKind};
use registry::published;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Url, form_urlencoded::Serializer};

use super::{SLUG, answer, tried};
use crate::{
    components::{
        alert::{Alert, Tone},
        form::PostForm,
        summary::{Fact, Summary},
        time::date_and_time,
    },
    docs::{Docs, code, path},
    endpoints::{Call, Method},
    failure::Failure,
    locale::Locale,
    owner::launch,
    page::Page,
    texts::docs::try_it as text,
    web::{Web, request::local_path},
};

/// A sandbox publishes few members.
const MOST: u32 = 500;

/// What the page knows of its session; sealed in the database.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Held {
    /// The test member's name.
    member: String,
    /// Where the visitor goes on after the callback.
    next: String,
    state: String,
    verifier: String,
    authorization_request: String,
    /// The callback's query; the code in it has been used.
    callback: Option<String>,
    token_request: Option<String>,
    token_response: Option<Value>,
    /// `error` and `error_description`, where there is no token.
    refused: Option<(String, String)>,
    /// Of the access token.
    expires_at: Option<Timestamp>,
}

/// The browser's session.
pub struct Session {
    held: Held,
    is_live: bool,
}

/// A test member whom a visitor may be.
pub struct Offer {
    patient: PatientId,
    name: String,
    claims: i64,
    payer: PayerId,
}

/// The prefix keeps other hosts of the domain from setting it, and needs https.
fn cookie(https: bool) -> &'static str {
    if https { "__Host-flex_try_it" } else { "flex_try_it" }
}

/// The guest of this browser, with the token that names it.
async fn guest(web: &Web, program: &ProgramId) -> Result<Option<(String, Guest)>, Failure> {
    let Some(token) = web.request.cookie(cookie(web.is_https())) else { return Ok(None) };
    let mut ctx = web.services.store.read().await?;
    let found = guests::find(&mut ctx, &web.services.identity.sealing, token, program).await?;
    Ok(found.map(|guest| (token.to_owned(), guest)))
}

impl Session {
    pub async fn of(web: &Web, program: &Program) -> Result<Option<Self>, Failure> {
        let Some((token, mut guest)) = guest(web, &program.id).await? else { return Ok(None) };
        let mut held: Held = serde_json::from_str(&guest.held).unwrap_or_default();
        let is_over = |held: &Held| held.expires_at.is_some_and(|at| at <= web.services.store.now());
        if is_over(&held) && !web.request.only_looks {
            renew(web, program, &mut held).await?;
            keep(web, &token, &mut guest, &held).await?;
        }
        let is_live = held.expires_at.is_some() && !is_over(&held);
        // Someone who never came back from the consent page starts again.
        Ok((is_live || held.refused.is_some()).then_some(Self { held, is_live }))
    }

    /// The access token, as long as it is valid.
    pub fn token(&self) -> Option<&str> {
        let token = self.held.token_response.as_ref()?.get("access_token")?.as_str()?;
        self.is_live.then_some(token)
    }

    /// The test member's id.
    pub fn patient(&self) -> Option<&str> {
        self.held.token_response.as_ref()?.get("patient")?.as_str()
    }

    /// Who one is, in a line.
    pub fn line(&self, docs: &Docs<'_>) -> AnyView {
        let name = self.held.member.clone();
        view! { <div class="docs-session"><p>{text::SIGNED_IN_AS} " " <strong>{name}</strong></p> {sign_out(docs)}</div> }.into_any()
    }

    /// Who one is, what one may do, until when; or why there is no token, and the form to begin again.
    pub fn whole(&self, docs: &Docs<'_>, offers: &[Offer]) -> AnyView {
        if let Some((error, description)) = &self.held.refused {
            let refused = answer::refused(docs, error, description);
            return view! {
                <Alert tone=Tone::Warning heading=text::REFUSED>{refused}</Alert>
                {sign_in(docs, offers, &docs.chapter(SLUG))}
            }
            .into_any();
        }
        let scopes = self.held.token_response.as_ref().and_then(|response| response.get("scope")?.as_str());
        let until = self.held.expires_at.map(|at| date_and_time(at, Locale::English)).unwrap_or_default();
        let facts = vec![
            Fact::new(text::SIGNED_IN_AS, self.held.member.clone()),
            Fact::new(text::SCOPES, code::word(scopes.unwrap_or_default())),
            Fact::new(text::UNTIL, until),
        ];
        view! { <Summary facts /> {sign_out(docs)} }.into_any()
    }

    /// Every step of the flow, closed.
    pub fn steps(&self) -> Option<AnyView> {
        let Held { authorization_request, callback, token_request, token_response, .. } = &self.held;
        let (callback, token_request) = (callback.clone()?, token_request.clone()?);
        let response = token_response.as_ref()?;
        let token = |name: &str| decoded(response.get(name)?.as_str()?);
        let id_token = token("id_token").map(|decoded| code::titled(text::ID_TOKEN, decoded));
        let access_token = token("access_token").map(|decoded| {
            view! { {code::titled(text::ACCESS_TOKEN, decoded)} <p class="usa-hint">{code::words(text::ABOUT_DECODED)}</p> }
        });
        let request = authorization_request.replacen('?', "?\n  ", 1).replace('&', "\n  &");
        let view = view! {
            <details class="disclosure docs-answer">
                <summary>{text::STEPS}</summary>
                {code::titled(text::AUTHORIZATION_REQUEST, request)}
                {code::titled(text::CALLBACK, callback.replace('&', "\n  &"))}
                {code::titled(text::TOKEN_REQUEST, token_request)}
                {code::titled(text::TOKEN_RESPONSE, pretty(response))}
                {access_token}
                {id_token}
            </details>
        };
        Some(view.into_any())
    }
}

/// The claims of a JWT (RFC 7519 §3); `None` for another token.
fn decoded(token: &str) -> Option<String> {
    let mut parts = token.split('.').map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok());
    let (header, claims): (Value, Value) = (parts.next()??, parts.next()??);
    Some(format!("{}\n{}", pretty(&header), pretty(&claims)))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The members whom a visitor may be: those whose plan lets testers sign in with us.
pub async fn offers(web: &Web, program: &Program) -> Result<Vec<Offer>, Failure> {
    let partition = Partition::new(&program.id, Environment::Sandbox);
    let mut ctx = web.services.store.read().await?.within(partition);
    let offer = |member: members::Member| {
        let open = |payer: &&programs::program::Payer| {
            !payer.has_provider(Environment::Sandbox) && member.payer.as_ref().is_none_or(|own| *own == payer.id)
        };
        let payer = program.payers.iter().find(open)?.id.clone();
        Some(Offer { patient: member.patient, name: member.name, claims: member.claims, payer })
    };
    Ok(members::list(&mut ctx, MOST).await?.into_iter().filter_map(offer).collect())
}

/// The form that begins a session, and then leads to `next`.
pub fn sign_in(docs: &Docs<'_>, offers: &[Offer], next: &str) -> AnyView {
    if offers.is_empty() {
        return view! { <p>{text::NO_MEMBERS}</p> }.into_any();
    }
    // The first with claims has the most to show.
    let chosen = offers.iter().position(|offer| 0 < offer.claims).unwrap_or_default();
    let option = |(place, offer): (usize, &Offer)| {
        let (label, is_chosen) = (text::person(offer.name.as_str(), offer.claims), place == chosen);
        view! { <option value=offer.patient.to_string() selected=is_chosen>{label}</option> }
    };
    let options = offers.iter().enumerate().map(option).collect_view();
    let (program, next) = (docs.program.id.to_string(), next.to_owned());
    view! {
        <PostForm to=TryItSignIn::PATH class="docs-try">
            <input type="hidden" name="program" value=program />
            <input type="hidden" name="next" value=next />
            <label class="usa-label" for="patient">{text::WHO}</label>
            <select class="usa-select" id="patient" name="patient">{options}</select>
            <button class="usa-button" type="submit">{text::SIGN_IN}</button>
        </PostForm>
    }
    .into_any()
}

fn sign_out(docs: &Docs<'_>) -> AnyView {
    let program = docs.program.id.to_string();
    view! {
        <PostForm to=TryItSignOut::PATH>
            <input type="hidden" name="program" value=program />
            <button class="usa-button usa-button--outline usa-button--small" type="submit">{text::SIGN_OUT}</button>
        </PostForm>
    }
    .into_any()
}

/// Begins a session as this test member: sends the browser to the authorization server.
#[server(endpoint = "try-it-sign-in")]
pub async fn try_it_sign_in(program: String, patient: String, #[server(default)] next: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let program = web.services.programs.get(&ProgramId::new(program)).cloned().ok_or(Failure::NotFound)?;
    let try_it = program.sandbox.try_it.as_ref().ok_or(Failure::NotFound)?;
    let offers = offers(&web, &program).await?;
    let offer = offers.into_iter().find(|offer| offer.patient.as_str() == patient).ok_or(Failure::NotFound)?;
    let own = format!("{}/{SLUG}", path(&program));
    let next = local_path(&next).filter(|next| next.starts_with(&own)).unwrap_or(&own).to_owned();
    let client = published::page_client(try_it);
    let partition = Partition::new(&program.id, Environment::Sandbox);
    let role = Role { partition: &partition, payer: &offer.payer, patient: &offer.patient, client: &client };
    let sealing = &web.services.identity.sealing;
    let mut ctx = web.services.store.write().await?;
    if let Some(before) = web.request.cookie(cookie(web.is_https())) {
        guests::leave(&mut ctx, before).await?;
    }
    let mut arrived = guests::arrive(&mut ctx, sealing, &role).await?;
    let (state, verifier) = (ctx.random_secret(), ctx.random_secret());
    let request = authorization_request(&web, &program, &offer.payer, &state, &verifier, &arrived.ticket)?;
    let held = Held {
        member: offer.name,
        next,
        state,
        verifier,
        authorization_request: request.to_string(),
        ..Held::default()
    };
    hold(&mut arrived.guest, &held)?;
    guests::hold(&mut ctx, sealing, &arrived.token, &arrived.guest).await?;
    ctx.commit().await?;
    web.set_cookie(cookie(web.is_https()), &arrived.token, None);
    web.redirect(request.as_str());
    Ok(())
}

/// Every scope but the one that keeps an app connected: no one would end it.
fn authorization_request(
    web: &Web,
    program: &Program,
    payer: &PayerId,
    state: &str,
    verifier: &str,
    ticket: &str,
) -> Result<Url, Failure> {
    let payer = program.payer(payer).ok_or(Failure::NotFound)?;
    let try_it = program.sandbox.try_it.as_ref().ok_or(Failure::NotFound)?;
    let base = authz(web, program).ok_or(Failure::NotFound)?;
    let scopes: Vec<&str> =
        program.scopes.iter().map(|scope| scope.name.as_str()).filter(|name| *name != "offline_access").collect();
    let challenge = Challenge::of(verifier).ok_or(Failure::Internal)?;
    let client = published::page_client(try_it);
    let redirect_uri = published::page_redirect_uri(&web.services.registry.site, program);
    let parameters = [
        ("response_type", "code"),
        ("client_id", client.as_str()),
        ("redirect_uri", redirect_uri.as_str()),
        ("scope", &scopes.join(" ")),
        ("state", state),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("login_hint", ticket),
    ];
    Url::parse_with_params(&launch::launch_url(&base, payer), parameters).map_err(|error| Failure::internal(&error))
}

fn authz(web: &Web, program: &Program) -> Option<String> {
    let bases = launch::bases(web, program, SurfaceKind::Authz, Environment::Sandbox);
    bases.first().map(|base| base.base().to_owned())
}

fn hold(guest: &mut Guest, held: &Held) -> Result<(), Failure> {
    guest.held = serde_json::to_string(held).map_err(|error| Failure::internal(&error))?;
    Ok(())
}

/// Stores what the page knows now.
async fn keep(web: &Web, token: &str, guest: &mut Guest, held: &Held) -> Result<(), Failure> {
    hold(guest, held)?;
    let mut ctx = web.services.store.write().await?;
    guests::hold(&mut ctx, &web.services.identity.sealing, token, guest).await?;
    Ok(ctx.commit().await?)
}

/// `/docs/{program}/try-it/callback`: the redirect URI of the page's client. It leaves no code in the browser's history.
pub async fn callback(web: Web) -> Result<Page, Failure> {
    let program = tried(&web)?;
    let own = format!("{}/{SLUG}", path(&program));
    let Some((token, mut guest)) = guest(&web, &program.id).await? else { return Err(Failure::redirect(own)) };
    let mut held: Held = serde_json::from_str(&guest.held).unwrap_or_default();
    let is_ours = !held.state.is_empty()
        && web.request.query("state") == Some(held.state.as_str())
        && web.request.query("iss") == authz(&web, &program).as_deref();
    if !is_ours || web.request.only_looks {
        return Err(Failure::redirect(own));
    }
    held.state.clear();
    held.callback = Some(web.request.path_and_query());
    match web.request.query("code") {
        Some(code) => exchange(&web, &program, code, &mut held).await?,
        None => {
            let value = |name| web.request.query(name).unwrap_or_default().to_owned();
            held.refused = Some((value("error"), value("error_description")));
        }
    }
    held.verifier.clear();
    let next = std::mem::take(&mut held.next);
    keep(&web, &token, &mut guest, &held).await?;
    Err(Failure::redirect(if held.refused.is_none() { next } else { own }))
}

/// A token for the code (RFC 6749 §4.1.3).
async fn exchange(web: &Web, program: &Program, code: &str, held: &mut Held) -> Result<(), Failure> {
    let try_it = program.sandbox.try_it.as_ref().ok_or(Failure::NotFound)?;
    let client = published::page_client(try_it);
    let redirect_uri = published::page_redirect_uri(&web.services.registry.site, program);
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", client.as_str()),
        ("code", code),
        ("redirect_uri", &redirect_uri),
        ("code_verifier", &held.verifier),
    ];
    let form = Serializer::new(String::new()).extend_pairs(form).finish();
    ask(web, program, form, held).await
}

/// A new token for the refresh token, if there is one (RFC 6749 §6).
async fn renew(web: &Web, program: &Program, held: &mut Held) -> Result<(), Failure> {
    let try_it = program.sandbox.try_it.as_ref().ok_or(Failure::NotFound)?;
    let client = published::page_client(try_it);
    let before = held.token_response.take().unwrap_or_default();
    held.expires_at = None;
    let Some(refresh_token) = before.get("refresh_token").and_then(Value::as_str) else { return Ok(()) };
    let form = [("grant_type", "refresh_token"), ("client_id", client.as_str()), ("refresh_token", refresh_token)];
    let form = Serializer::new(String::new()).extend_pairs(form).finish();
    ask(web, program, form, held).await
}

/// What the token endpoint answers this form: a token, or why there is none.
async fn ask(web: &Web, program: &Program, form: String, held: &mut Held) -> Result<(), Failure> {
    let base = authz(web, program).ok_or(Failure::NotFound)?;
    held.token_request = Some(code::post(&base, "/oauth/token", &form));
    let Some(answer) = post(web, &base, "/oauth/token", form).await else {
        held.refused = Some((String::new(), text::NO_ANSWER.to_owned()));
        return Ok(());
    };
    let response: Value = serde_json::from_str(&answer).unwrap_or_default();
    let value = |name: &str| response.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match response.get("expires_in").and_then(Value::as_i64) {
        Some(seconds) => {
            held.expires_at = Some(web.services.store.now() + SignedDuration::from_secs(seconds));
            held.token_response = Some(response);
        }
        None => held.refused = Some((value("error"), value("error_description"))),
    }
    Ok(())
}

/// The body of the authorization server's answer.
async fn post(web: &Web, base: &str, path: &str, form: String) -> Option<String> {
    let url = Url::parse(&format!("{base}{path}")).ok()?;
    let call = Call { method: Method::Post(form), url, headers: Vec::new(), address: web.request.address };
    Some(web.services.endpoints.call(call).await?.body)
}

/// Ends the session: revokes the token (RFC 7009) and forgets the visitor.
#[server(endpoint = "try-it-sign-out")]
pub async fn try_it_sign_out(program: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let program = web.services.programs.get(&ProgramId::new(program)).cloned().ok_or(Failure::NotFound)?;
    let try_it = program.sandbox.try_it.as_ref().ok_or(Failure::NotFound)?;
    if let Some((token, guest)) = guest(&web, &program.id).await? {
        let held: Held = serde_json::from_str(&guest.held).unwrap_or_default();
        let access_token = held.token_response.as_ref().and_then(|response| response.get("access_token")?.as_str());
        if let (Some(access_token), Some(base)) = (access_token, authz(&web, &program)) {
            let client = published::page_client(try_it);
            let form = [("client_id", client.as_str()), ("token", access_token)];
            let form = Serializer::new(String::new()).extend_pairs(form).finish();
            post(&web, &base, "/oauth/revoke", form).await;
        }
        let mut ctx = web.services.store.write().await?;
        guests::leave(&mut ctx, &token).await?;
        ctx.commit().await?;
    }
    web.set_cookie(cookie(web.is_https()), "", Some(0));
    web.redirect(format!("{}/{SLUG}", path(&program)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_decoded_and_nothing_else_is() {
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        let token = format!("{}.{}.c2ln", part(r#"{"alg":"ES256"}"#), part(r#"{"sub":"a"}"#));
        assert_eq!(decoded(&token).as_deref(), Some("{\n  \"alg\": \"ES256\"\n}\n{\n  \"sub\": \"a\"\n}"));
        for other in ["", "abc", "a.b.c", "e30", ".."] {
            assert_eq!(decoded(other), None, "{other}");
        }
    }
}
