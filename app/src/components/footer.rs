//! Below every page: documentation, terms, privacy, accessibility.

use leptos::prelude::*;
use model::texts::Text;

use crate::{docs, texts::frame as text, web::Web};

/// `plain` leaves out what leads away and opens the texts in a tab of their own.
#[component]
pub fn Footer(web: Web, plain: bool) -> impl IntoView {
    let locale = web.locale();
    let documentation = (!plain).then_some((docs::PATH, text::DOCUMENTATION));
    let texts = [("/terms", text::TERMS), ("/privacy", text::PRIVACY), ("/accessibility", text::ACCESSIBILITY)];
    let links = documentation.into_iter().chain(texts);
    let link = |(path, name): (&'static str, Text)| {
        let target = plain.then_some("_blank");
        view! { <li><a href=path target=target rel=plain.then_some("noopener")>{name.of(locale)}</a></li> }
    };
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p class="site-footer__name">{text::SITE}</p>
                <ul class="site-footer__links">{links.map(link).collect_view()}</ul>
            </div>
        </footer>
    }
}
