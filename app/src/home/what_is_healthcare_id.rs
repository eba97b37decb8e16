//! `/what-is-healthcare-id`. In English and Spanish, because members come here from sign-in, and go back to it.

use leptos::prelude::*;

use crate::{account::way::Way, failure::Failure, locale::Locale, page::Page, web::Web};

pub const PATH: &str = "/what-is-healthcare-id";

/// Also how other pages lead here.
pub fn title(locale: Locale) -> &'static str {
    locale.of("What is Healthcare ID?", "¿Qué es Healthcare ID?")
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let way = Way::of_page(&web).await?;
    let view = view! {
        <h1>{title(locale)}</h1>
        {way.facts()}
        <p class="usa-intro">{t(
            "Healthcare ID is the account you use everywhere on FHIR Layer EXchange: one ID and one password.",
            "Healthcare ID es la cuenta que usa en todo FHIR Layer EXchange: un ID y una contraseña.",
        )}</p>
        <h2>{t("Who needs one", "Quién lo necesita")}</h2>
        <ul class="usa-list">
            <li>
                <strong>{t("App owners", "Los propietarios de aplicaciones")}</strong>
                {t(
                    " use it to register their organization and apps, and to look after them.",
                    " lo usan para registrar y mantener su organización y sus aplicaciones.",
                )}
            </li>
            <li>
                <strong>{t("Administrators and support staff", "Los administradores y el personal de soporte")}</strong>
                {t(" use it to review registrations and to help.", " lo usan para revisar los registros y para ayudar.")}
            </li>
            <li>
                <strong>{t("Members", "Los miembros")}</strong>
                {t(
                    " use it where their health plan has no sign-in of its own, and to try an app in the sandbox with synthetic data.",
                    " lo usan si su plan de salud no tiene un inicio de sesión propio, y para probar una aplicación con datos \
                      ficticios.",
                )}
            </li>
        </ul>
        <p>{t("One Healthcare ID may do all of these.", "Un mismo Healthcare ID sirve para todo esto.")}</p>
        <h2>{t("How it is protected", "Cómo se protege")}</h2>
        <ul class="usa-list">
            <li>{t(
                "Your email address is confirmed before the account can be used.",
                "Su correo electrónico se confirma antes de poder usar la cuenta.",
            )}</li>
            <li>{t(
                "Your password is stored as a hash that cannot be turned back.",
                "De su contraseña se guarda solo un resumen (hash) del que no se puede recuperar.",
            )}</li>
            <li>{t(
                "You can see where you are signed in and sign out everywhere else.",
                "Puede ver dónde tiene la sesión abierta y cerrarla en todos los demás dispositivos.",
            )}</li>
            <li>{t("You are told by email when your password changes.", "Le avisamos por correo cuando cambia su contraseña.")}</li>
        </ul>
        <div class="actions">
            <a class="usa-button" href=way.by("/signup")>{t("Create Healthcare ID", "Crear Healthcare ID")}</a>
            <a class="usa-button usa-button--outline" href=way.by("/signin")>{t("Back to sign in", "Volver a iniciar sesión")}</a>
        </div>
        {way.cancel()}
    };
    Ok(way.page(title(locale), view).about(t(
        "A Healthcare ID is the one account for every FLEX portal.",
        "El Healthcare ID es la única cuenta para todos los portales de FLEX.",
    )))
}
