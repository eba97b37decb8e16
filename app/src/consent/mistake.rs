//! An app's authorization request that cannot go on and must not be answered by a redirect: the address could be
//! anybody's. Nothing of the request is repeated.

use leptos::prelude::*;
use model::application::Stopped;
use oauth::authorize::{Mistake, Shown};

use crate::{
    consent::frame::back_to_app,
    locale::Locale,
    page::{Page, Portal},
};

/// 400, with a word for the app's developer.
pub fn page(mistake: &Mistake, locale: Locale) -> Page {
    let title = locale.of("This app's request is not right", "La solicitud de la aplicación no es correcta");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "We cannot go on, and nothing was shared. This is not your fault: the app sent something we cannot accept. Go back \
                 to the app, and tell its makers what stands below.",
                "No podemos continuar y no se compartió nada. No es culpa suya: la aplicación envió algo que no podemos aceptar. \
                 Vuelva a la aplicación y cuente a sus autores lo que dice abajo.",
            )}</p>
            <p lang="en"><code>{mistake.to_string()}</code></p>
        </div>
    };
    Page::new(Portal::Consent, title, view).status(400)
}

/// Back to an app whose address is known good.
pub enum Way {
    /// Before the request was kept: the app's own address, with the answer.
    Address(String),
    /// From a request that waits: by answering it.
    Answer(String),
}

/// An app that may not ask at present.
pub fn stopped(stopped: Stopped, way: &Way, locale: Locale) -> Page {
    let title = locale.of("This app cannot be connected at present", "Esta aplicación no se puede conectar por ahora");
    let text = locale.of("Back to the app", "Volver a la aplicación");
    let back = match way {
        Way::Address(address) => {
            view! { <p><a class="usa-button usa-button--outline" href=address.clone()>{text}</a></p> }.into_any()
        }
        Way::Answer(handle) => back_to_app(handle, "cancel", text.to_owned()).into_any(),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{why(stopped, locale)}</p>
            <p>{locale.of(
                "You shared nothing in answer to this request. The app's makers see more in their portal.",
                "Usted no compartió nada como respuesta a esta solicitud. Sus autores ven más en su portal.",
            )}</p>
            {back}
        </div>
    };
    Page::new(Portal::Consent, title, view).leaving().status(403)
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
    let title = locale.of("Do you want to go back to this app?", "¿Quiere volver a esta aplicación?");
    let what = match locale {
        Locale::English => format!(
            "{app} by {organization} sent a request that we cannot accept. Nothing was shared. If you did not start in this app, \
             close this window."
        ),
        Locale::Spanish => format!(
            "{app}, de {organization}, envió una solicitud que no podemos aceptar. No se compartió nada. Si no comenzó en esta \
             aplicación, cierre esta ventana."
        ),
    };
    let place = target.place().to_owned();
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{what}</p>
            <p>{locale.of("The link leads to", "El enlace lleva a")}" "<code class="breakable">{place}</code></p>
            <p>{locale.of(
                "Never type your password, your member ID or a code into an app or a page that this link opens.",
                "Nunca escriba su contraseña, su ID de miembro ni un código en una aplicación o página que abra este enlace.",
            )}</p>
            <p><a class="usa-button usa-button--outline" rel="noreferrer" href=target.as_str().to_owned()>
                {locale.of("Go back to the app", "Volver a la aplicación")}
            </a></p>
        </div>
    };
    Page::new(Portal::Consent, title, view).status(400)
}
