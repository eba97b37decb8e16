//! Every error that an app can receive: from the enumerations that make them, so that none is missing.

use ::fhir::outcome::Issue;
use leptos::prelude::*;
use oauth::{error::Code, reason::Reason};

use super::{
    Docs,
    body::{Body, MarkKind, row_name, slug},
    code,
};
use crate::{
    components::{marked::linked, table::Table},
    texts::docs::errors as text,
};

/// The id of an error's row on the page: `error-grant-revoked`.
pub fn anchor(word: &str) -> String {
    format!("error-{}", slug(word))
}

/// The same for a kind of OperationOutcome, of which several have one code: `error-404-not-found`.
pub fn issue_anchor(issue: Issue) -> String {
    format!("error-{}-{}", issue.status(), slug(text::issue_name(issue)))
}

pub fn body(docs: &Docs<'_>) -> Body {
    let body = Body::new().show(
        view! { <p>{text::INTRO}</p> <p>{linked(text::SEE_SAMPLE, format!("{}#errors", docs.chapter("samples")))}</p> },
    );
    issues(reasons(codes(body)))
}

/// Where an app meets the errors of OAuth.
fn codes(body: Body) -> Body {
    let rows = Code::ALL.iter().map(|code| {
        let word = code.as_str();
        vec![row_name(anchor(word), word), text::code_cause(*code).into_any(), text::code_remedy(*code).into_any()]
    });
    let body = body
        .section("oauth-errors", text::OAUTH)
        .show(view! { <p>{code::words(text::ABOUT_OAUTH)}</p> })
        .show(code::titled(text::EXAMPLE, text::OAUTH_EXAMPLE))
        .show(table(text::OAUTH, text::CODE, rows.collect()));
    Code::ALL.iter().fold(body, |body, code| {
        body.mark(MarkKind::Error, &anchor(code.as_str()), code.as_str(), text::code_cause(*code))
    })
}

fn reasons(body: Body) -> Body {
    let rows = Reason::ALL.iter().map(|reason| {
        let word = reason.as_str();
        vec![
            row_name(anchor(word), word),
            text::reason_cause(*reason).into_any(),
            text::reason_remedy(*reason).into_any(),
        ]
    });
    let body = body
        .section("reasons", text::REASONS)
        .show(view! { <p>{code::words(text::ABOUT_REASONS)}</p> })
        .show(code::titled(text::EXAMPLE, text::REASON_EXAMPLE))
        .show(table(text::REASONS, text::REASON, rows.collect()));
    Reason::ALL.iter().fold(body, |body, reason| {
        body.mark(MarkKind::Error, &anchor(reason.as_str()), reason.as_str(), text::reason_cause(*reason))
    })
}

fn issues(body: Body) -> Body {
    let rows = Issue::ALL.iter().map(|issue| {
        let name = format!("{} {}", issue.status(), issue.code());
        vec![
            row_name(issue_anchor(*issue), name),
            text::issue_cause(*issue).into_any(),
            text::issue_remedy(*issue).into_any(),
        ]
    });
    let body = body
        .section("fhir-errors", text::FHIR)
        .show(view! { <p>{code::words(text::ABOUT_FHIR)}</p> })
        .show(code::titled(text::EXAMPLE, text::FHIR_EXAMPLE))
        .show(table(text::FHIR, text::STATUS, rows.collect()));
    Issue::ALL.iter().fold(body, |body, issue| {
        let name = format!("{} {}", issue.status(), issue.code());
        body.mark(MarkKind::Error, &issue_anchor(*issue), name, text::issue_cause(*issue))
    })
}

fn table(caption: &'static str, first: &'static str, rows: Vec<Vec<AnyView>>) -> impl IntoView {
    view! { <Table caption=caption columns=vec![first, text::CAUSE, text::REMEDY] rows /> }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_error_has_an_address_of_its_own() {
        let words = Code::ALL.iter().map(|code| code.as_str()).chain(Reason::ALL.iter().map(|reason| reason.as_str()));
        let anchors: Vec<String> =
            words.map(anchor).chain(Issue::ALL.iter().map(|issue| issue_anchor(*issue))).collect();
        assert_eq!(anchors.iter().collect::<BTreeSet<_>>().len(), anchors.len(), "{anchors:?}");
    }
}
