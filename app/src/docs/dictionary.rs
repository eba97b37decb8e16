//! Which elements the resources have, by the profiles that they follow.

use ::fhir::dictionary::{Element, Profile, find};
use leptos::prelude::*;

use super::{
    Docs,
    body::{Body, slug},
    code,
};
use crate::{components::table::Table, texts::docs::dictionary as text};

pub fn body(docs: &Docs<'_>) -> Body {
    let begin =
        Body::new().show(view! { <p>{text::INTRO}</p> <p>{text::MUST_SUPPORT}</p> <p>{code::words(text::PATHS)}</p> });
    docs.program.resources.iter().fold(begin, |body, resource| {
        let profiles: Vec<&Profile> = resource.profiles.iter().filter_map(|url| find(url)).collect();
        if profiles.is_empty() {
            return body;
        }
        let id = format!("dictionary-{}", slug(&resource.kind));
        let views = profiles.iter().map(|profile| view(profile)).collect_view();
        body.section(&id, resource.kind.clone()).show(views)
    })
}

fn view(profile: &Profile) -> impl IntoView + use<> {
    let name = profile.url.rsplit('/').next().unwrap_or_default();
    let rows = profile.elements.iter().map(row).collect();
    let columns = vec![text::ELEMENT, text::MEANING, text::CARDINALITY, text::TYPE];
    view! {
        <details class="disclosure disclosure--small" id=format!("profile-{}", slug(name))>
            <summary>{name}" "<span class="usa-hint">{text::version(profile.version)}</span></summary>
            <p><a class="usa-link breakable" href=profile.url rel="noopener">{profile.url}</a></p>
            <Table caption=text::elements_of(name) columns rows />
        </details>
    }
}

fn row(element: &Element) -> Vec<AnyView> {
    let must = element.must_support.then(|| view! { <br/><span class="usa-hint">{text::SUPPORTED}</span> });
    vec![
        code::word(element.path),
        element.meaning.into_any(),
        view! { <span class="nowrap">{element.cardinality}</span> {must} }.into_any(),
        view! { <span class="breakable">{element.types}</span> }.into_any(),
    ]
}
