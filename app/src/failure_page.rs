//! The page that stands in for one that cannot be shown.

use leptos::prelude::*;

use crate::{
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
};

/// Says what happened and what to do; nothing of the request is repeated.
pub fn page(failure: &Failure, locale: Locale) -> Page {
    let ((title, advice), home) = (texts(failure, locale), home(locale));
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{advice}</p>
        <p><a class="usa-button" href="/">{home}</a></p>
    };
    Page::new(Portal::Site, title, view).status(failure.status())
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
            "There is nothing at this address, or it is not yours to see. Check the address, or start anew.",
        ),
        (Failure::NotFound, Locale::Spanish) => (
            "Página no encontrada",
            "No hay nada en esta dirección o no puede verlo. Revise la dirección o comience de nuevo.",
        ),
        (Failure::Forbidden, Locale::English) => {
            ("Not for this account", "The account you are signed in with may not do this. Sign in with another one.")
        }
        (Failure::Forbidden, Locale::Spanish) => {
            ("No con esta cuenta", "Esta cuenta no puede hacer esto. Inicie sesión con otra.")
        }
        (Failure::Invalid, Locale::English) => (
            "We could not read the form",
            "It was sent in a way our pages do not send it. Open the page again and fill it in there.",
        ),
        (Failure::Invalid, Locale::Spanish) => (
            "No pudimos leer el formulario",
            "Se envió de una forma que nuestras páginas no usan. Abra la página de nuevo y complétela.",
        ),
        (Failure::Conflict, Locale::English) => (
            "It has changed meanwhile",
            "Somebody else was faster. Go back, reload the page and look at how it stands now.",
        ),
        (Failure::Conflict, Locale::Spanish) => {
            ("Ha cambiado mientras tanto", "Alguien se adelantó. Vuelva, recargue la página y mire cómo está ahora.")
        }
        (Failure::TooMany, Locale::English) => ("Too many attempts", "Wait some minutes before you try again."),
        (Failure::TooMany, Locale::Spanish) => {
            ("Demasiados intentos", "Espere unos minutos antes de intentarlo de nuevo.")
        }
        (Failure::Unavailable, Locale::English) => {
            ("Not available at the moment", "We cannot reach our database. Nothing was lost; try again in a minute.")
        }
        (Failure::Unavailable, Locale::Spanish) => (
            "No disponible en este momento",
            "No podemos consultar nuestros datos. No se perdió nada; inténtelo en un minuto.",
        ),
        (Failure::Internal, Locale::English) => {
            ("Something went wrong", "This is our mistake and it has been noted. Try again later.")
        }
        (Failure::Internal, Locale::Spanish) => {
            ("Algo salió mal", "El error es nuestro y quedó registrado. Inténtelo más tarde.")
        }
    }
}
