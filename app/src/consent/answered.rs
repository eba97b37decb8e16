//! A request that waits no more: what became of it, where that stands in the member portal, and the way back to the app.

use leptos::prelude::*;
use model::scope::Scopes;
use oauth::{
    answered::{self, Outcome, What},
    consent::Error,
    grants::Grant,
    requests::Visit,
};
use store::Ctx;

use crate::{
    components::time::{day_text, show_in, time_text},
    consent::frame::back_to_app,
    failure::Failure,
    locale::Locale,
    member::{self, scopes::titles},
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: &Web, ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Page, Failure> {
    match answered::outcome(ctx, visit).await {
        Ok(outcome) => Ok(show(web, visit.handle, &outcome)),
        Err(Error::NotFound) => Ok(unknown(web.locale())),
        Err(error) => Err(error.into()),
    }
}

fn show(web: &Web, handle: &str, outcome: &Outcome) -> Page {
    let locale = web.locale();
    show_in(&web.services.programs, [&outcome.client.partition.program]);
    let app = outcome.client.name.clone();
    let (title, told) = match &outcome.what {
        What::Allowed(at, scopes) => (
            match locale {
                Locale::English => format!("You allowed {app}"),
                Locale::Spanish => format!("Usted permitió el acceso a {app}"),
            },
            allowed(web, outcome, scopes, &time_text(*at, locale)).into_any(),
        ),
        What::Refused(at) => {
            let at = time_text(*at, locale);
            let told = match locale {
                Locale::English => format!("This request ended on {at}. You shared nothing in answer to it."),
                Locale::Spanish => format!("Esta solicitud terminó el {at}. Usted no compartió nada como respuesta."),
            };
            let title = match locale {
                Locale::English => format!("You did not allow {app}"),
                Locale::Spanish => format!("Usted no permitió el acceso a {app}"),
            };
            (title, view! { <p>{told}</p> {still(outcome, locale)} }.into_any())
        }
        What::RanOut(at) => {
            let at = time_text(*at, locale);
            let told = match locale {
                Locale::English => {
                    format!(
                        "It waited for your answer until {at}. You shared nothing in answer to it. You can start again in the app."
                    )
                }
                Locale::Spanish => format!(
                    "Esperó su respuesta hasta el {at}. Usted no compartió nada como respuesta. Puede empezar de nuevo en la \
                     aplicación."
                ),
            };
            let title = match locale {
                Locale::English => format!("The request of {app} has run out"),
                Locale::Spanish => format!("La solicitud de {app} venció"),
            };
            (title, view! { <p>{told}</p> {still(outcome, locale)} }.into_any())
        }
    };
    let back = match locale {
        Locale::English => format!("Back to {app}"),
        Locale::Spanish => format!("Volver a {app}"),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title.clone()}</h1>
            {told}
            {back_to_app(handle, "back", back)}
        </div>
    };
    Page::new(Portal::Consent, title, view).leaving()
}

/// What was allowed when, and what holds now.
fn allowed(web: &Web, outcome: &Outcome, scopes: &Scopes, at: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let partition = &outcome.client.partition;
    let lead = match locale {
        Locale::English => format!("On {at} you shared with it:"),
        Locale::Spanish => format!("El {at} compartió con ella:"),
    };
    let list = titles(&web.services.programs, &partition.program, scopes, locale);
    let line = |(title, _)| view! { <li>{title}</li> };
    let changed = outcome.live.as_ref().is_some_and(|live| live.scopes != *scopes).then(|| {
        locale.of(
            "You changed this since then. The member portal shows what the app may read now.",
            "Usted lo cambió después. El portal para miembros muestra lo que la aplicación puede leer ahora.",
        )
    });
    let now = match &outcome.live {
        Some(live) => access(live, locale).into_any(),
        None => view! {
            <p>{locale.of(
                "That access has ended since then: the app can read nothing now.",
                "Ese acceso ya terminó: la aplicación no puede leer nada ahora.",
            )}</p>
            <p><a href="/member/past">{locale.of("See past access", "Ver los accesos anteriores")}</a></p>
        }
        .into_any(),
    };
    view! {
        <p>{lead}</p>
        <ul class="usa-list">{list.into_iter().map(line).collect_view()}</ul>
        {changed.map(|text| view! { <p>{text}</p> })}
        {now}
    }
}

/// What the app may do all the same, by an earlier or a later answer.
fn still(outcome: &Outcome, locale: Locale) -> impl IntoView + use<> {
    let app = outcome.client.name.clone();
    outcome.live.as_ref().map(|live| {
        let at = time_text(live.changed_at.unwrap_or(live.created_at), locale);
        let text = match locale {
            Locale::English => format!("{app} still has the access that you gave it on {at}."),
            Locale::Spanish => format!("{app} todavía tiene el acceso que usted le dio el {at}."),
        };
        view! { <p>{text}</p> {access(live, locale)} }
    })
}

fn access(live: &Grant, locale: Locale) -> impl IntoView + use<> {
    let end = day_text(live.expires_at, locale);
    let until = match (live.offline, locale) {
        (true, Locale::English) => format!("It has access until {end}, unless you end it before."),
        (true, Locale::Spanish) => format!("Tiene acceso hasta el {end}, si usted no lo termina antes."),
        (false, Locale::English) => "It does not stay connected: its access ends within minutes.".to_owned(),
        (false, Locale::Spanish) => "No sigue conectada: su acceso termina en unos minutos.".to_owned(),
    };
    view! {
        <p>{until}</p>
        <p><a href=member::path(&live.id)>{locale.of("See, change or end this access", "Ver, cambiar o terminar este acceso")}</a></p>
    }
}

/// A request of which this browser, or whoever is signed in, may know nothing.
pub fn unknown(locale: Locale) -> Page {
    let title = locale.of("This request is not open any more", "Esta solicitud ya no está abierta");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "It was answered, has run out, or began in another browser. To connect an app, go back to it and start again.",
                "Ya se respondió, se venció o comenzó en otro navegador. Para conectar una aplicación, vuelva a ella y empiece de \
                 nuevo.",
            )}</p>
            <p><a href="/member">{locale.of("See which apps have access", "Ver qué aplicaciones tienen acceso")}</a></p>
        </div>
    };
    Page::new(Portal::Consent, title, view).status(404)
}
