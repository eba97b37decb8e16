//! What an app may ask for.

use leptos::prelude::*;
use programs::{
    scope::{Scope, ScopeKind},
    sensitive::Sensitive,
};

use super::{
    Docs,
    body::{Body, MarkKind, row_name, slug},
    code,
};
use crate::{components::table::Table, texts::docs::scopes as text};

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = docs.section("scopes").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let kinds = [
        (ScopeKind::Patient, "patient-access", text::PATIENT_ACCESS),
        (ScopeKind::Public, "public-access", text::PUBLIC_ACCESS),
        (ScopeKind::Context, "context", text::CONTEXT),
    ];
    let body = kinds.into_iter().fold(Body::new().paragraphs(intro), |body, (kind, id, title)| {
        let scopes: Vec<&Scope> = docs.program.scopes.iter().filter(|scope| scope.kind() == kind).collect();
        if scopes.is_empty() {
            return body;
        }
        let rows = scopes.iter().map(|scope| row(scope)).collect();
        let body = body.section(id, title);
        let body = body.show(view! { <Table caption=title columns=vec![text::SCOPE, text::ABOUT_SCOPE] rows /> });
        let future = scopes.iter().any(|scope| scope.future).then(|| view! { <p>{text::FUTURE}</p> });
        scopes.iter().fold(body.show(future), |body, scope| {
            body.mark(MarkKind::Scope, &anchor(scope), scope.name.clone(), scope.title.en.clone())
        })
    });
    protected(docs, body)
}

/// What the app reads only if the member selects it separately.
fn protected(docs: &Docs<'_>, body: Body) -> Body {
    let categories = &docs.program.sensitive;
    if categories.is_empty() {
        return body;
    }
    let row = |category: &Sensitive| {
        let codes = category.codes.iter().map(|label| view! { {code::word(label.clone())} " " }).collect_view();
        vec![format!("{}. {}", category.title.en, category.description.en).into_any(), codes.into_any()]
    };
    let rows = categories.iter().map(row).collect();
    body.section("protected", text::PROTECTED).show(view! {
        <p>{code::words(text::ABOUT_PROTECTED)}</p>
        <Table caption=text::PROTECTED columns=vec![text::CATEGORY, text::LABELS] rows />
    })
}

fn anchor(scope: &Scope) -> String {
    format!("scope-{}", slug(&scope.name))
}

fn row(scope: &Scope) -> Vec<AnyView> {
    let future = scope.future.then_some(" *");
    let about = format!("{}. {}", scope.title.en, scope.description.en);
    vec![view! { {row_name(anchor(scope), scope.name.clone())} {future} }.into_any(), about.into_any()]
}
