//! Tokens: for a code, for an app of its own, by a refresh token, and how to send them.

use leptos::prelude::*;
use programs::{program::Program, resource::Access, scope::ScopeKind, surface::SurfaceKind};
use serde::Serialize;

use super::{Docs, authorization_request::Parameters, authorization_request::example_scopes, body::Body, code};
use crate::texts::docs::authorization as text;

const TOKEN: &str = "/oauth/token";
const CODE_FORM: &str = "grant_type=authorization_code&code=AUTH_CODE_HERE&redirect_uri=REDIRECT_URI&client_id=CLIENT_ID&client_secret=CLIENT_SECRET";

fn base(docs: &Docs<'_>) -> String {
    docs.base(SurfaceKind::Authz, docs.first_environment())
}

fn intro<'p>(docs: &Docs<'p>, id: &str) -> &'p [String] {
    let section = docs.program.sections.iter().find(|section| section.id == id);
    section.map(|section| section.paragraphs.as_slice()).unwrap_or_default()
}

pub fn exchange(docs: &Docs<'_>) -> Body {
    let base = base(docs);
    let parameters = Parameters::new(
        "parameter",
        vec![
            ("client_id", text::TOKEN_CLIENT_ID.into_any()),
            (text::CLIENT_SECRET, text::CLIENT_SECRET_VALUE.into_any()),
            ("code", text::CODE.into_any()),
            (text::CODE_VERIFIER, text::CODE_VERIFIER_VALUE.into_any()),
            ("grant_type", code::word("authorization_code")),
            ("redirect_uri", text::SAME_REDIRECT_URI.into_any()),
        ],
    );
    let properties = Parameters::new(
        "property",
        vec![
            ("access_token", text::ACCESS_TOKEN.into_any()),
            ("refresh_token", text::REFRESH_TOKEN.into_any()),
            ("expires_in", text::EXPIRES_IN.into_any()),
            ("scope", text::SCOPE_BACK.into_any()),
            ("patient", text::PATIENT.into_any()),
            ("token_type", text::TOKEN_TYPE.into_any()),
            ("access_grant_expiration", text::ACCESS_GRANT_EXPIRATION.into_any()),
        ],
    );
    let seconds = docs.program.lifetimes.access_token.as_secs();
    Body::new()
        .paragraphs(intro(docs, "token"))
        .section("endpoint", text::TOKEN_ENDPOINT)
        .show(view! { <p>{text::ABOUT_TOKEN_ENDPOINT}</p> })
        .show(code::block(format!("{base}{TOKEN}")))
        .show(docs.published_line(SurfaceKind::Authz, TOKEN))
        .section("parameters", text::POST_PARAMETERS)
        .with(|body| parameters.add(body, [text::PARAMETER_NAME, text::PARAMETER_VALUE], text::POST_PARAMETERS))
        .show(view! { <p>{text::BOTH}</p> })
        .section("sample-request", text::SAMPLE_REQUEST)
        .show(code::titled(
            text::IF_PKCE,
            code::post(&base, TOKEN, &format!("{CODE_FORM}&code_verifier=CODE_VERIFIER")),
        ))
        .show(code::titled(text::IF_NOT_PKCE, code::post(&base, TOKEN, CODE_FORM)))
        .section("response", text::RESPONSE)
        .show(view! { <p>{text::ABOUT_RESPONSE}</p> })
        .with(|body| properties.add(body, [text::PROPERTY, text::VALUE], text::RESPONSE))
        .section("sample-response", text::SAMPLE_RESPONSE)
        .show(code::block(sample_response(docs.program)))
        .show(view! { <p>{text::lives(seconds)}</p> })
}

/// In the order in which people read it.
#[derive(Serialize)]
struct SampleResponse<'s> {
    access_token: &'s str,
    token_type: &'s str,
    patient: &'s str,
    expires_in: i64,
    scope: &'s str,
    refresh_token: &'s str,
    access_grant_expiration: &'s str,
}

/// Invented tokens; the rest is what the program answers.
fn sample_response(program: &Program) -> String {
    let scopes = example_scopes(program);
    let answer = SampleResponse {
        access_token: "RsT50jbzRn430zqMLgV3Ia",
        token_type: "Bearer",
        patient: "2234234234",
        expires_in: program.lifetimes.access_token.as_secs(),
        scope: scopes.first().copied().unwrap_or_default(),
        refresh_token: "PiV50jbzRn520zwCJwV3Ia",
        access_grant_expiration: "2027-07-01T00:00:00Z",
    };
    serde_json::to_string_pretty(&answer).unwrap_or_default()
}

/// For programs with public scopes.
pub fn has_public_scopes(program: &Program) -> bool {
    program.scopes.iter().any(|scope| scope.kind() == ScopeKind::Public)
}

pub fn client_credentials(docs: &Docs<'_>) -> Body {
    let usual = ["public/Practitioner.read", "public/PractitionerRole.read"];
    let scopes = if usual.iter().all(|name| docs.program.scope(name).is_some()) {
        // As the published example has it: the server takes `user` for `public` here.
        "public/Practitioner.read%20user/PractitionerRole.read".to_owned()
    } else {
        let public = docs.program.scopes.iter().filter(|scope| scope.kind() == ScopeKind::Public);
        public.take(2).map(|scope| scope.name.as_str()).collect::<Vec<_>>().join("%20")
    };
    let form = format!("grant_type=client_credentials&client_id=CLIENT_ID&client_secret=CLIENT_SECRET&scope={scopes}");
    Body::new()
        .paragraphs(intro(docs, "client-credentials"))
        .show(view! { <p>{text::RESPONSE_FOLLOWS}</p> })
        .show(code::block(code::post(&base(docs), TOKEN, &form)))
        .show(docs.published_line(SurfaceKind::Authz, TOKEN))
        .show(view! { <p>{text::USER_SCOPES}</p> })
}

pub fn refresh(docs: &Docs<'_>) -> Body {
    let form = "grant_type=refresh_token&refresh_token=xxxxxxxxxxx&client_id=CLIENT_ID&client_secret=CLIENT_SECRET";
    Body::new()
        .paragraphs(intro(docs, "refresh"))
        .show(view! { <p>{text::refreshed(docs.program.lifetimes.access_token.as_secs())}</p> })
        .section("example", text::REFRESH_EXAMPLE)
        .show(code::block(code::post(&base(docs), TOKEN, form)))
        .show(docs.published_line(SurfaceKind::Authz, TOKEN))
}

pub fn using(docs: &Docs<'_>) -> Body {
    let member = docs.program.resources.iter().filter(|resource| resource.access == Access::Member);
    let mut kinds: Vec<&str> = member.map(|resource| resource.kind.as_str()).collect();
    kinds.sort_by_key(|kind| *kind != "ExplanationOfBenefit");
    let path = format!("/{}", kinds.first().copied().unwrap_or("metadata"));
    let url = format!("{}{path}", docs.base(SurfaceKind::Fhir, docs.first_environment()));
    Body::new()
        .paragraphs(intro(docs, "using-tokens"))
        .section("example", text::EXAMPLE_REQUEST)
        .show(code::block(text::call(url)))
        .show(docs.published_line(SurfaceKind::Fhir, &path))
}
