//! The HTML document around a page.

use leptos::{config::LeptosOptions, hydration::HydrationScripts, nonce::Nonce, prelude::*};

use crate::{
    components::{
        alert::Alert, alert::Tone, breadcrumbs::Breadcrumbs, bulletins::Banners, footer::Footer, header::Header,
    },
    page::{Page, Portal},
    texts::{
        frame as text,
        notices::{notice, reason},
    },
    web::Web,
};

/// The whole document. The body is rendered first, because it decides whether the head loads the islands.
pub fn shell(web: &Web, page: Page, nonce: &Nonce) -> impl IntoView + use<> {
    provide_context(nonce.clone());
    let locale = web.locale();
    let title = format!("{} – {}", page.title, page.portal.name(locale));
    let about = page.about.clone().unwrap_or_else(|| page.portal.about(locale).into());
    // Otherwise browsers ask for them only after they have read the style sheet. `crossorigin`, because fonts are fetched without
    // credentials.
    let font = |address: &&'static str| view! { <link rel="preload" href=*address r#as="font" type="font/woff2" crossorigin="anonymous" /> };
    let fonts = if page.light { &[] } else { web.services.assets.fonts };
    let fonts = fonts.iter().map(font).collect_view();
    let class = format!("{}{}", page.portal.accent(), if page.light { " light" } else { "" });
    let assets = web.services.assets.clone();
    let body = body(web, page).to_html();
    let islands = assets.islands.clone().filter(|_| body.contains("<leptos-island"));
    view! {
        <html lang=locale.tag() class=class>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <meta name="description" content=about />
                {fonts}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {(!assets.style.is_empty()).then(|| view! { <link rel="stylesheet" href=assets.style.clone() /> })}
                {islands.map(scripts)}
            </head>
            <body inner_html=body></body>
        </html>
    }
}

/// Loads `/pkg/{name}.js` and `/pkg/{name}_bg.wasm` once the page is idle.
fn scripts(name: String) -> impl IntoView {
    let options = LeptosOptions::builder().output_name(name).site_pkg_dir("pkg").build();
    view! { <HydrationScripts options islands=true /> }
}

fn body(web: &Web, page: Page) -> impl IntoView + use<> {
    let locale = web.locale();
    let done = web.request.query("done").and_then(|word| word.parse().ok()).map(|done| notice(done).of(locale));
    let why = web.request.query("why").and_then(|word| word.parse().ok()).map(reason);
    let main = match page.portal {
        Portal::Consent => "site-main site-main--center",
        _ if page.wide => "site-main site-main--wide",
        _ => "site-main",
    };
    view! {
        <a class="usa-skipnav" href="#main">{text::SKIP.of(locale)}</a>
        <Header web=web.clone() portal=page.portal current=page.current badges=page.badges navigable=page.navigable acting_for=page.acting_for
            form=page.kept_form has_languages=page.has_languages />
        <Banners notices=page.banners locale />
        <main id="main" class=main tabindex="-1">
            <Breadcrumbs steps=page.crumbs here=page.title />
            {done.map(|sentence| view! { <Alert tone=Tone::Success>{sentence}</Alert> })}
            {why.map(|sentence| view! { <Alert tone=Tone::Info>{sentence}</Alert> })}
            {page.view}
        </main>
        <Footer web=web.clone() plain=page.portal == Portal::Consent />
    }
}
