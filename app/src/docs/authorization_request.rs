//! The request that sends a member's browser to us, and what comes back.

use leptos::prelude::*;
use programs::{
    program::Program,
    scope::{Scope, ScopeKind},
    surface::SurfaceKind,
};

use super::{
    Docs,
    body::{Body, MarkKind, row_name, slug},
    code,
};
use crate::{
    components::{marked::linked, table::Table},
    texts::docs::authorization as text,
};

const PKCE: &str = "&code_challenge=CODE_CHALLENGE&code_challenge_method=S256";

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = docs.section("authorization-request").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let base = docs.base(SurfaceKind::Authz, docs.first_environment());
    let scopes = example_scopes(docs.program).join("%20");
    let query =
        format!("response_type=code&client_id=CLIENT_ID&redirect_uri=REDIRECT_URI&scope={scopes}&state=1234zyx");
    let example = |query: &str| code::block(code::get(&base, "/oauth/authorize", query));
    let challenge = view! {
        {linked(text::CODE_CHALLENGE, format!("{}#code-challenge", docs.chapter("native-apps")))}
    };
    let parameters: Vec<(&str, AnyView)> = vec![
        ("response_type", code::word(text::RESPONSE_TYPE)),
        ("client_id", text::CLIENT_ID.into_any()),
        ("scope", view! { <a class="usa-link" href=docs.chapter("scopes")>{text::SCOPE}</a> }.into_any()),
        ("state", text::STATE.into_any()),
        ("redirect_uri", text::REDIRECT_URI.into_any()),
        ("code_challenge", challenge.into_any()),
        ("code_challenge_method", code::word(text::CODE_CHALLENGE_METHOD)),
    ];
    let callback = vec![("code", text::CODE_BACK.into_any()), ("state", text::STATE_BACK.into_any())];
    let (parameters, callback) = (Parameters::new("parameter", parameters), Parameters::new("callback", callback));
    let body = Body::new().paragraphs(intro).section("parameters", text::REQUIRED_PARAMETERS);
    parameters
        .add(body, [text::PARAMETER, text::VALUE], text::REQUIRED_PARAMETERS)
        .section("example-1", text::WITH_PKCE)
        .show(example(&format!("{query}{PKCE}")))
        .show(docs.published_line(SurfaceKind::Authz, "/oauth/authorize"))
        .section("example-2", text::WITHOUT_PKCE)
        .show(example(&query))
        .show(view! { <p>{text::ONLY_CONFIDENTIAL}</p> })
        .section("sign-in", text::SIGN_IN)
        .show(view! { <p>{text::ABOUT_SIGN_IN}</p> })
        .section("callback", text::CALLBACK)
        .show(view! { <p>{text::ABOUT_CALLBACK}</p> })
        .with(|body| callback.add(body, [text::PARAMETER, text::VALUE], text::CALLBACK))
        .show(view! { <p>{text::COMPARE}</p> })
}

/// A table of parameters whose rows have addresses.
pub struct Parameters {
    prefix: &'static str,
    rows: Vec<(&'static str, AnyView)>,
}

impl Parameters {
    pub fn new(prefix: &'static str, rows: Vec<(&'static str, AnyView)>) -> Self {
        Self { prefix, rows }
    }

    /// Adds the table, and lets the search find its rows.
    pub fn add(self, body: Body, columns: [&'static str; 2], caption: &'static str) -> Body {
        let id = |name: &str| format!("{}-{}", self.prefix, slug(name));
        let names: Vec<_> = self.rows.iter().map(|(name, _)| (id(name), *name)).collect();
        let rows = self.rows.into_iter().map(|(name, value)| vec![row_name(id(name), name), value]).collect();
        let body = body.show(view! { <Table caption columns=columns.into() rows /> });
        names.into_iter().fold(body, |body, (id, name)| body.mark(MarkKind::Parameter, &id, name, caption))
    }
}

/// Two patient scopes: those of the published examples, or the program's first.
pub fn example_scopes(program: &Program) -> Vec<&str> {
    let usual = ["patient/Patient.read", "patient/ExplanationOfBenefit.read"];
    if usual.iter().all(|name| program.scope(name).is_some()) {
        return usual.into();
    }
    let patient = program.scopes.iter().filter(|scope: &&Scope| scope.kind() == ScopeKind::Patient);
    patient.take(2).map(|scope| scope.name.as_str()).collect()
}
