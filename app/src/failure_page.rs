//! The page that stands in for one that cannot be shown.

use leptos::prelude::*;
use model::account::Role;

use crate::{
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

/// Says what happened and what to do, in the frame of the portal that the address belongs to; nothing of the request is
/// repeated.
pub async fn page(failure: &Failure, web: &Web) -> Page {
    let locale = web.locale();
    let portal = Portal::of(web.request.came_from.as_deref().unwrap_or(&web.request.path));
    let (title, advice) = texts(failure, locale);
    let (path, way) = way_on(portal, locale);
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{advice}</p>
        <p><a class="usa-button" href=path>{way}</a></p>
    };
    let page = Page::new(portal, title, view).status(failure.status());
    if may_navigate(failure, portal, web).await { page } else { page.without_navigation() }
}

/// Links that would all be refused are not shown.
async fn may_navigate(failure: &Failure, portal: Portal, web: &Web) -> bool {
    match portal {
        Portal::Admin => web.staff(&Role::ALL).await.is_ok(),
        _ => *failure != Failure::Forbidden,
    }
}

fn way_on(portal: Portal, locale: Locale) -> (&'static str, &'static str) {
    match portal {
        Portal::Site => ("/", locale.of("Go to the start page", "Ir a la página de inicio")),
        Portal::Owner | Portal::Admin => (portal.home(), "Go to the dashboard"),
        // From there the app's request cannot go on: what there is to see is who has access.
        Portal::Member | Portal::Consent => {
            (Portal::Member.home(), locale.of("See your connected apps", "Ver sus aplicaciones conectadas"))
        }
    }
}

/// Where to go on.
pub fn home(locale: Locale) -> &'static str {
    locale.of("Go to the start page", "Ir a la página de inicio")
}

/// The page's title and its advice.
pub fn texts(failure: &Failure, locale: Locale) -> (&'static str, &'static str) {
    match (failure, locale) {
        (Failure::Redirect(_), _) => ("Elsewhere", ""),
        (Failure::NotFound, Locale::English) => (
            "Page not found",
            "We can’t find that page, or you don’t have access to it. Check the address, or go on from here.",
        ),
        (Failure::NotFound, Locale::Spanish) => (
            "Página no encontrada",
            "No encontramos esa página o usted no tiene acceso a ella. Revise la dirección o continúe desde aquí.",
        ),
        (Failure::Forbidden, Locale::English) => (
            "Not for this account",
            "Your account does not have access to this. If you have another one, sign in with that.",
        ),
        (Failure::Forbidden, Locale::Spanish) => {
            ("No con esta cuenta", "Su cuenta no tiene acceso a esto. Si tiene otra, inicie sesión con ella.")
        }
        (Failure::Invalid, Locale::English) => (
            "We could not read the form",
            "It did not reach us the way our pages send it. Open the page again and fill in the form there.",
        ),
        (Failure::Invalid, Locale::Spanish) => (
            "No pudimos leer el formulario",
            "No nos llegó como lo envían nuestras páginas. Abra la página de nuevo y complete el formulario allí.",
        ),
        (Failure::TooLarge, Locale::English) => (
            "That is too much text",
            "The form holds more than we can take, and nothing was saved. Go back, shorten what you wrote, and send it again.",
        ),
        (Failure::TooLarge, Locale::Spanish) => (
            "El texto es demasiado largo",
            "El formulario contiene más de lo que podemos recibir y no se guardó nada. Vuelva, acorte el texto y envíelo de nuevo.",
        ),
        (Failure::Conflict, Locale::English) => (
            "This has changed",
            "Someone changed this after you opened the page. Go back and reload it to see how it is now.",
        ),
        (Failure::Conflict, Locale::Spanish) => (
            "Esto ha cambiado",
            "Alguien cambió esto después de que usted abrió la página. Vuelva y recárguela para ver cómo está ahora.",
        ),
        (Failure::TooMany, Locale::English) => ("Too many attempts", "Wait a few minutes, then try again."),
        (Failure::TooMany, Locale::Spanish) => {
            ("Demasiados intentos", "Espere unos minutos antes de intentarlo de nuevo.")
        }
        (Failure::Unavailable, Locale::English) => {
            ("Not available right now", "We can’t reach our records. Nothing was lost. Try again in a minute.")
        }
        (Failure::Unavailable, Locale::Spanish) => (
            "No disponible en este momento",
            "No podemos consultar nuestros datos. No se perdió nada; inténtelo en un minuto.",
        ),
        (Failure::Internal, Locale::English) => {
            ("Something went wrong", "This is our mistake, and we have recorded it. Try again later.")
        }
        (Failure::Internal, Locale::Spanish) => {
            ("Algo salió mal", "El error es nuestro y quedó registrado. Inténtelo más tarde.")
        }
    }
}
