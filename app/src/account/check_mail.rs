//! `/account/check-mail`: what to do after signing up or asking for a link. The page says the same to everyone.

use leptos::prelude::*;

use crate::{
    account::{sign_in::with_next, way::Way},
    failure::Failure,
    page::Page,
    texts::account::sign_up as text,
    web::Web,
};

/// The address of the page after asking for a password or an ID.
pub fn after_recovery(next: Option<&str>) -> String {
    let path = with_next("/account/check-mail", next.unwrap_or_default());
    format!("{path}{}for=recovery", if path.contains('?') { '&' } else { '?' })
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = Way::of_page(&web).await?;
    let lost = web.request.query("for") == Some("recovery");
    let sent = if lost { text::SENT_IF_KNOWN } else { text::SENT };
    let onward = (!way.next().is_empty()).then(|| view! { <p>{text::COME_BACK.of(locale)}</p> });
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::CHECK_MAIL.of(locale)}</h1>
            {way.facts()}
            <p>{sent.of(locale)}</p>
            <p>{text::NOT_ARRIVED.of(locale)}</p>
            {onward}
            <p><a class="usa-button" href=way.by("/signin")>{text::GO_TO_SIGN_IN.of(locale)}</a></p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(text::CHECK_MAIL.of(locale), view))
}
