//! `/member/signin`: where to sign in to the member portal, if some payers have a sign-in of their own.

use leptos::prelude::*;
use payers::provider::Provider;

use crate::{
    account::sign_in::with_next,
    components::alert::{Alert, Tone},
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    payers::{path, problem::Problem, shown_name},
    texts::payers as text,
    web::{Web, request::local_path},
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let next = web.request.query("next").and_then(local_path).unwrap_or("/member").to_owned();
    if web.services.payers.is_empty() {
        return Err(Failure::redirect(with_next("/signin", &next)));
    }
    let title = text::CHOOSE.of(locale);
    // On the main host, because providers send the browser back there.
    let origin = web.services.payers.origin();
    let entry = |provider: &Provider| {
        view! {
            <li>
                <a class="usa-button usa-button--outline" href=format!("{origin}{}", with_next(&path(provider), &next))>
                    {shown_name(provider, locale)}
                </a>
            </li>
        }
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {problem(&web, locale)}
            <p>{text::OWN_SIGN_IN.of(locale)}</p>
            <ul class="usa-list usa-list--unstyled choices">{web.services.payers.iter().map(entry).collect_view()}</ul>
            <h2 class="card__more">{text::OTHER_PLANS.of(locale)}</h2>
            <p>
                <a class="usa-button" href=with_next("/signin", &next)>
                    {text::HEALTHCARE_ID.of(locale)}
                </a>
            </p>
        </div>
    };
    Ok(Page::new(Portal::Member, title, view))
}

/// What went wrong a moment ago, if the address says so.
fn problem(web: &Web, locale: Locale) -> Option<impl IntoView + use<>> {
    let problem = web.request.query("problem").and_then(Problem::find)?;
    let query = |name: &str| web.request.query(name).unwrap_or_default();
    let named = |provider: &&Provider| {
        let home = &provider.home;
        home.partition.program.as_str() == query("program")
            && home.partition.environment.as_str() == query("environment")
            && home.payer.as_str() == query("payer")
    };
    let heading = problem.heading(&web.services.payers.iter().find(named)?.name, locale);
    Some(view! { <Alert tone=Tone::Error heading>{text::problem(problem).of(locale)}</Alert> })
}
