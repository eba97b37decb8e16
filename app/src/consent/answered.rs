//! A request that waits no more: what became of it, where that stands in the member portal, and the way back to the app.

use leptos::prelude::*;
use model::{application::Stopped, scope::Scopes};
use oauth::{
    answered::{self, Outcome, What},
    consent::Error,
    grants::Grant,
    requests::Visit,
};
use store::Ctx;

use crate::{
    components::time::{date, date_and_time, show_in},
    consent::{
        ending::{Back, Ending, On},
        mistake,
    },
    failure::Failure,
    locale::Locale,
    member::{self, scopes::titles},
    page::Page,
    web::Web,
};

pub async fn page(web: &Web, ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Page, Failure> {
    match answered::outcome(ctx, visit).await {
        Ok(outcome) => Ok(show(web, visit.handle, &outcome)),
        Err(Error::NotFound) => Ok(unknown(web.locale())),
        Err(Error::Stopped(stopped)) => Ok(mistake::stopped(stopped, Back::None, web.locale())),
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
            allowed(web, outcome, scopes, &date_and_time(*at, locale)).into_any(),
        ),
        What::Refused(at) => {
            let at = date_and_time(*at, locale);
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
            let at = date_and_time(*at, locale);
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
    let on = match (&outcome.what, &outcome.live) {
        (_, Some(live)) => On::Link(
            member::path(&live.id),
            locale.of("See, change or end this access", "Ver, cambiar o terminar este acceso"),
        ),
        (What::Allowed(..), None) => {
            On::Link("/member/past".to_owned(), locale.of("See past access", "Ver los accesos anteriores"))
        }
        (What::Refused(_) | What::RanOut(_), None) => On::portal(locale),
    };
    Ending { title, told, on, back: Back::to(&app, handle, "back", locale) }.page(locale)
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
        Some(live) => access(live, outcome.stopped, locale).into_any(),
        None => view! {
            <p>{locale.of(
                "That access has ended since then. The app can read nothing by it now.",
                "Ese acceso ya terminó. Con él, la aplicación no puede leer nada ahora.",
            )}</p>
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
        let at = date_and_time(live.changed_at.unwrap_or(live.created_at), locale);
        let text = match locale {
            Locale::English => format!("{app} still has the access that you gave it on {at}."),
            Locale::Spanish => format!("{app} todavía tiene el acceso que usted le dio el {at}."),
        };
        let still = outcome.stopped.is_none().then(|| view! { <p>{text}</p> });
        view! { {still} {access(live, outcome.stopped, locale)} }
    })
}

fn access(live: &Grant, stopped: Option<Stopped>, locale: Locale) -> impl IntoView + use<> {
    let end = date(live.expires_at, locale);
    let until = match (stopped, live.offline, locale) {
        (Some(stopped), ..) => member::no_access_now(stopped, locale).to_owned(),
        (None, true, Locale::English) => format!("It has access until {end}, unless you end it before."),
        (None, true, Locale::Spanish) => format!("Tiene acceso hasta el {end}, si usted no lo termina antes."),
        (None, false, Locale::English) => "It does not stay connected: its access ends within minutes.".to_owned(),
        (None, false, Locale::Spanish) => "No sigue conectada: su acceso termina en unos minutos.".to_owned(),
    };
    view! { <p>{until}</p> }
}

/// A request of which this browser, or whoever is signed in, may know nothing.
pub fn unknown(locale: Locale) -> Page {
    let told = view! {
        <p>{locale.of(
            "It was answered, has run out, or began in another browser. To connect an app, go back to it and start again.",
            "Ya se respondió, se venció o comenzó en otro navegador. Para conectar una aplicación, vuelva a ella y empiece de \
             nuevo.",
        )}</p>
    };
    let title = locale.of("This request is not open any more", "Esta solicitud ya no está abierta").to_owned();
    Ending { title, told: told.into_any(), on: On::portal(locale), back: Back::None }.page(locale).status(404)
}
