//! The documents by which client libraries configure themselves, as this server answers them.

use leptos::prelude::*;
use mail::site::MEMBER;
use oauth::metadata::{openid_configuration, smart_configuration};
use programs::surface::{Surface, SurfaceKind};
use serde::Serialize;

use super::{Docs, body::Body, code};
use crate::{
    components::table::Table,
    owner::launch,
    texts::{docs::discovery as text, registry::environment},
};

pub fn body(docs: &Docs<'_>) -> Body {
    let environments = docs.program.environments.iter().map(|info| info.environment);
    let of = |kind: SurfaceKind| {
        environments.clone().flat_map(move |environment| {
            launch::bases(docs.web, docs.program, kind, environment).into_iter().map(move |base| (environment, base))
        })
    };
    let row = |what: &'static str, at: String, (place, _): &(model::partition::Environment, Surface)| {
        let link = view! { <a class="usa-link breakable" href=at.clone()>{at.clone()}</a> };
        vec![what.into_any(), environment(*place).into_any(), link.into_any()]
    };
    let mut rows = Vec::new();
    for base in of(SurfaceKind::Authz) {
        rows.push(row(text::OPENID, format!("{}/.well-known/openid-configuration", base.1.base()), &base));
        rows.push(row(text::OAUTH, format!("{}/.well-known/oauth-authorization-server", base.1.base()), &base));
        rows.push(row(text::KEYS, format!("{}/oauth/jwks", base.1.base()), &base));
    }
    for base in of(SurfaceKind::Fhir) {
        rows.push(row(text::SMART, format!("{}/.well-known/smart-configuration", base.1.base()), &base));
    }
    for base in of(SurfaceKind::Fhir).chain(of(SurfaceKind::Public)) {
        rows.push(row(text::METADATA, format!("{}/metadata", base.1.base()), &base));
    }
    let here = docs.first_environment();
    let authz = launch::bases(docs.web, docs.program, SurfaceKind::Authz, here);
    let fhir = launch::bases(docs.web, docs.program, SurfaceKind::Fhir, here);
    let body = Body::new().show(view! { <p>{text::INTRO}</p> }).section("addresses", text::ADDRESSES).show(
        view! { <Table caption=text::ADDRESSES columns=vec![text::DOCUMENT, text::ENVIRONMENT, text::ADDRESS] rows /> },
    );
    let Some(server) = authz.first() else { return body };
    let body = body
        .section("openid-configuration", text::OPENID)
        .show(view! { <p>{text::ABOUT_OPENID}</p> })
        .show(code::block(pretty(&openid_configuration(docs.program, server))));
    let Some(beside) = fhir.first().and_then(|base| docs.web.services.bases.authz_beside(base)) else { return body };
    body.section("smart-configuration", text::SMART).show(view! { <p>{text::ABOUT_SMART}</p> }).show(code::block(
        pretty(&smart_configuration(docs.program, beside, docs.web.services.registry.site.page(MEMBER))),
    ))
}

fn pretty(document: &impl Serialize) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}
