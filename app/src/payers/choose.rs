//! `/member/signin`: where to sign in to the member portal, where some payers have a sign-in of their own.

use leptos::prelude::*;
use payers::provider::Provider;

use crate::{
    account::sign_in::with_next,
    components::alert::{Alert, Tone},
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    payers::{path, problem::Problem, shown_name},
    web::{Web, request::local_path},
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let next = web.request.query("next").and_then(local_path).unwrap_or("/member").to_owned();
    if web.services.payers.is_empty() {
        return Err(Failure::redirect(with_next("/signin", &next)));
    }
    let title = locale.of("Sign in to the member portal", "Inicie sesión en el portal para miembros");
    // On the main host, where providers send the browser back to.
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
            <p>{locale.of(
                "These health plans sign you in themselves:",
                "Estos planes de salud inician su sesión ellos mismos:",
            )}</p>
            <ul class="usa-list usa-list--unstyled choices">{web.services.payers.iter().map(entry).collect_view()}</ul>
            <h2 class="card__more">{locale.of("Any other health plan", "Cualquier otro plan de salud")}</h2>
            <p>
                <a class="usa-button" href=with_next("/signin", &next)>
                    {locale.of("Sign in with Healthcare ID", "Iniciar sesión con Healthcare ID")}
                </a>
            </p>
        </div>
    };
    Ok(Page::new(Portal::Member, title, view))
}

/// What went wrong a moment ago, where the address says so.
fn problem(web: &Web, locale: Locale) -> Option<impl IntoView + use<>> {
    let problem = web.request.query("problem").and_then(Problem::find)?;
    let query = |name: &str| web.request.query(name).unwrap_or_default();
    let named = |provider: &&Provider| {
        let home = &provider.home;
        home.partition.program.as_str() == query("program")
            && home.partition.environment.as_str() == query("environment")
            && home.payer.as_str() == query("payer")
    };
    let (heading, text) = problem.texts(&web.services.payers.iter().find(named)?.name, locale);
    Some(view! { <Alert tone=Tone::Error heading=heading>{text}</Alert> })
}
