//! The way into the sandbox, step by step, with what our own pages show.

use leptos::prelude::*;
use programs::{surface::SurfaceKind, text::Step};

use super::{Docs, body::Body, body::slug, endpoints::base, shown::shown};
use crate::{
    components::{
        marked::linked,
        summary::{Fact, Summary},
    },
    texts::docs::start as text,
};

pub fn body(docs: &Docs<'_>) -> Body {
    let sandbox = &docs.program.sandbox;
    let browsers = text::browsers(sandbox.browsers.join(text::AND));
    let body = Body::new()
        .show(view! { <p class="usa-intro">{sandbox.introduction.clone()}</p> })
        .show((!sandbox.browsers.is_empty()).then(|| view! { <p>{browsers}</p> }));
    let body = numbered(&sandbox.steps).into_iter().fold(body, |body, (number, step)| {
        let body = body.section(&format!("step-{}", slug(&number)), text::step(number, step.title.as_str()));
        let body = body.show(view! { <p>{step.text.clone()}</p> });
        body.show(step.shows.map(|page| shown(docs.program, page)))
    });
    let environment = docs.first_environment();
    let facts = [(text::AUTHORIZATION_URL, SurfaceKind::Authz), (text::FHIR_URL, SurfaceKind::Fhir)]
        .map(|(name, kind)| Fact::new(name, base(docs, kind, environment)));
    body.section("addresses", text::URLS)
        .show(view! { <Summary facts=facts.into() /> })
        .section("test-member", text::TEST_MEMBER)
        .show(view! { <p>{sandbox.test_member.clone()}</p> })
        .show(super::members::is_for(docs.program).then(|| {
            view! { <p>{linked(text::SAMPLE_PATIENTS, docs.chapter("members"))}</p> }
        }))
}

/// Each step with its number: `6`, `6.1`.
fn numbered(steps: &[Step]) -> Vec<(String, &Step)> {
    let (mut whole, mut part) = (0, 0);
    let mut number = |step: &Step| {
        (whole, part) = if step.part_of_previous { (whole, part + 1) } else { (whole + 1, 0) };
        if part == 0 { whole.to_string() } else { format!("{whole}.{part}") }
    };
    steps.iter().map(|step| (number(step), step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_step_are_numbered_below_it() {
        let step = |part_of_previous| Step { title: String::new(), text: String::new(), part_of_previous, shows: None };
        let steps = [false, false, true, true, false, true].map(step);
        let numbers: Vec<_> = numbered(&steps).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["1", "2", "2.1", "2.2", "3", "3.1"]);
    }
}
