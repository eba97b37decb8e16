//! Below every page: documentation, terms, privacy, accessibility, language.

use leptos::{prelude::*, server_fn::ServerFn};
use model::texts::Text;

use crate::{docs, home::language::ChooseLanguage, locale::Locale, texts::frame as text, web::Web};

/// `plain` leaves out what leads away and opens the texts in a tab of their own. `form` is the page's own that the language
/// buttons send, so that nothing chosen there is lost.
#[component]
pub fn Footer(web: Web, plain: bool, form: Option<&'static str>, has_languages: bool) -> impl IntoView {
    let locale = web.locale();
    let documentation = (!plain).then_some((docs::PATH, text::DOCUMENTATION));
    let texts = [("/terms", text::TERMS), ("/privacy", text::PRIVACY), ("/accessibility", text::ACCESSIBILITY)];
    let links = documentation.into_iter().chain(texts);
    let has_languages = has_languages && web.request.is_translated();
    let link = |(path, name): (&'static str, Text)| {
        let target = plain.then_some("_blank");
        view! { <li><a href=path target=target rel=plain.then_some("noopener")>{name.of(locale)}</a></li> }
    };
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p class="site-footer__name">{text::SITE}</p>
                <ul class="site-footer__links">{links.map(link).collect_view()}</ul>
                {has_languages.then(|| view! { <Language web=web.clone() form /> })}
            </div>
        </footer>
    }
}

/// A button for each other language, which comes back to this page.
#[component]
fn Language(web: Web, form: Option<&'static str>) -> impl IntoView {
    let here = web.request.path_and_query();
    let others = Locale::ALL.into_iter().filter(|locale| *locale != web.locale());
    let button = move |locale: Locale| {
        view! {
            <button class="usa-button usa-button--unstyled" form=form name="language" value=locale.tag() lang=locale.tag() type="submit">
                {locale.name()}
            </button>
        }
    };
    if form.is_some() {
        return view! { <div class="site-footer__language">{others.map(button).collect_view()}</div> }.into_any();
    }
    view! {
        <form class="site-footer__language" method="post" action=ChooseLanguage::PATH>
            <input type="hidden" name="next" value=here />
            {others.map(button).collect_view()}
        </form>
    }
    .into_any()
}
