//! `/account/check-mail`: what to do after signing up or asking for a link. Says the same whoever asked.

use leptos::prelude::*;

use crate::{
    account::{sign_in::with_next, way::Way},
    failure::Failure,
    page::Page,
    web::Web,
};

/// The address of the page after asking for a password or an ID.
pub fn after_recovery(next: Option<&str>) -> String {
    let path = with_next("/account/check-mail", next.unwrap_or_default());
    format!("{path}{}for=recovery", if path.contains('?') { '&' } else { '?' })
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let way = Way::of_page(&web).await?;
    let lost = web.request.query("for") == Some("recovery");
    let title = t("Check your email", "Revise su correo");
    let (note, note_es) = (
        "If you open the link in another browser or on another device, come back to this one afterwards to go on.",
        "Si abre el enlace en otro navegador o dispositivo, vuelva después a este para continuar.",
    );
    let onward = (!way.next().is_empty()).then(|| view! { <p>{t(note, note_es)}</p> });
    let what = if lost {
        t(
            "If there is a Healthcare ID for what you entered, a message is on its way to its email address.",
            "Si hay un Healthcare ID para lo que escribió, un mensaje va en camino a su correo.",
        )
    } else {
        t(
            "We sent a message to the address you entered. Open the link in it to confirm that the address is yours; then you can sign in.",
            "Enviamos un mensaje a la dirección que escribió. Abra el enlace para confirmar que es suya; después podrá iniciar sesión.",
        )
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <p>{what}</p>
            <p>{t(
                "Nothing after a few minutes? Look in the folder for unwanted mail, and check that the address was right.",
                "¿No llega en unos minutos? Busque en la carpeta de correo no deseado y compruebe la dirección.",
            )}</p>
            {onward}
            <p><a class="usa-button" href=way.by("/signin")>{t("Go to sign in", "Ir a iniciar sesión")}</a></p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}
