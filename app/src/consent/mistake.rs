//! An app's authorization request that cannot go on and must not be answered by a redirect: the address could be
//! anybody's. Nothing of the request is repeated.

use leptos::prelude::*;
use model::application::Stopped;
use oauth::authorize::{Mistake, Shown};

use crate::{
    locale::Locale,
    page::{Page, Portal},
};

/// 400, with a word for the app's developer.
pub fn page(mistake: &Mistake, locale: Locale) -> Page {
    if let Mistake::Stopped(stopped) = mistake {
        return self::stopped(*stopped, locale);
    }
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

/// An app that may not ask at present.
pub fn stopped(_stopped: Stopped, locale: Locale) -> Page {
    let title = locale.of("This app cannot be connected at present", "Esta aplicación no se puede conectar por ahora");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "The app is not approved yet, was switched off by its makers, or was suspended. Nothing was shared. The app's \
                 makers see the reason in their portal.",
                "La aplicación aún no está aprobada, sus autores la desactivaron o está suspendida. No se compartió nada. Sus \
                 autores ven el motivo en su portal.",
            )}</p>
        </div>
    };
    Page::new(Portal::Consent, title, view).status(403)
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
