//! An app's authorization request that is not kept, because it or its app is not right. What could be anybody's address is
//! not led to, and nothing of the request is repeated.

use leptos::prelude::*;
use model::application::Stopped;
use oauth::authorize::{Mistake, Shown};

use crate::{
    consent::ending::{Back, Ending, On, nothing_shared, unchanged},
    locale::Locale,
    page::Page,
};

/// 400, with a word for the app's developer.
pub fn page(mistake: &Mistake, locale: Locale) -> Page {
    let told = view! {
        <p>{locale.of(
            "We cannot go on. This is not your fault: the app sent something we cannot accept. Go back to the app, and tell its \
             makers what stands below.",
            "No podemos continuar. No es culpa suya: la aplicación envió algo que no podemos aceptar. Vuelva a la aplicación y \
             cuente a sus autores lo que dice abajo.",
        )}</p>
        <p lang="en"><code>{mistake.to_string()}</code></p>
        <p>{unchanged(locale)}</p>
    };
    let title = locale.of("This app's request is not right", "La solicitud de la aplicación no es correcta").to_owned();
    Ending { title, told: told.into_any(), on: On::portal(locale), back: Back::None }.page(locale).status(400)
}

/// An app that may not ask at present.
pub fn stopped(stopped: Stopped, back: Back, locale: Locale) -> Page {
    // A request that was never kept may be one that was answered before.
    let waits = matches!(back, Back::Answer { .. });
    let told = view! {
        <p>{why(stopped, locale)}</p>
        <p>
            {if waits { nothing_shared(locale) } else { unchanged(locale) }} " "
            {locale.of("The app's makers see more in their portal.", "Sus autores ven más en su portal.")}
        </p>
    };
    let title = locale.of("This app cannot be connected at present", "Esta aplicación no se puede conectar por ahora");
    Ending { title: title.to_owned(), told: told.into_any(), on: On::portal(locale), back }.page(locale).status(403)
}

fn why(stopped: Stopped, locale: Locale) -> &'static str {
    match stopped {
        Stopped::PendingReview => {
            locale.of("The app is still being reviewed.", "La aplicación todavía está en revisión.")
        }
        Stopped::Denied => locale.of("The app was not approved.", "La aplicación no fue aprobada."),
        Stopped::Organization => locale.of(
            "The organization behind the app is not approved at present.",
            "La organización de la aplicación no está aprobada por ahora.",
        ),
        Stopped::Deactivated => {
            locale.of("The app's makers have switched it off.", "Los autores de la aplicación la desactivaron.")
        }
        Stopped::Blocked => locale.of("The app is blocked.", "La aplicación está bloqueada."),
        Stopped::Deleted => locale.of("The app no longer exists.", "La aplicación ya no existe."),
        Stopped::UnknownState => {
            locale.of("The app cannot be used at the moment.", "La aplicación no se puede usar en este momento.")
        }
        Stopped::NotRegistered => locale.of(
            "The app is registered for public information only, so it cannot ask you for anything.",
            "La aplicación está registrada solo para información pública, así que no puede pedirle nada.",
        ),
    }
}

/// What an app asked for is wrong, and the app is one whose errors do not lead back by themselves: whoever reads decides.
pub fn onward(Shown { app, organization, target }: Shown, locale: Locale) -> Page {
    let what = match locale {
        Locale::English => format!(
            "{app} by {organization} sent a request that we cannot accept. If you did not start in this app, close this window."
        ),
        Locale::Spanish => format!(
            "{app}, de {organization}, envió una solicitud que no podemos aceptar. Si no comenzó en esta aplicación, cierre esta \
             ventana."
        ),
    };
    let place = target.place().to_owned();
    let told = view! {
        <p>{what}</p>
        <p>{unchanged(locale)}</p>
        <p>{locale.of("The link back leads to", "El enlace de vuelta lleva a")}" "<code class="breakable">{place}</code></p>
        <p>{locale.of(
            "Never type your password, your member ID or a code into an app or a page that this link opens.",
            "Nunca escriba su contraseña, su ID de miembro ni un código en una aplicación o página que abra este enlace.",
        )}</p>
    };
    let title = locale.of("Do you want to go back to this app?", "¿Quiere volver a esta aplicación?").to_owned();
    let back = Back::Address(target.as_str().to_owned());
    Ending { title, told: told.into_any(), on: On::portal(locale), back }.page(locale).status(400)
}
