//! The switch to the other language.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{home::language::ChooseLanguage, locale::Locale, web::Web};

/// A button for each other language, in that language, which comes back to this page. `form` is the page's own form that the
/// buttons send, so that nothing chosen there is lost.
#[component]
pub fn Language(web: Web, form: Option<&'static str>) -> impl IntoView {
    let here = web.request.path_and_query();
    let others = Locale::ALL.into_iter().filter(|locale| *locale != web.locale());
    let button = move |locale: Locale| {
        view! {
            <button class="usa-button usa-button--unstyled" form=form name="language" value=locale.tag() lang=locale.tag() type="submit">
                {locale.name()}
            </button>
        }
    };
    let Some(form) = form else {
        return view! {
            <form class="site-header__language" method="post" action=ChooseLanguage::PATH>
                <input type="hidden" name="next" value=here />
                {others.map(button).collect_view()}
            </form>
        }
        .into_any();
    };
    // Enter in an input presses the form's first button (HTML, implicit submission). This one is first and chooses the language
    // that the page is in, so that Enter neither answers nor changes anything.
    view! {
        <div class="site-header__language">
            <button type="submit" form=form name="language" value=web.locale().tag() hidden></button>
            {others.map(button).collect_view()}
        </div>
    }
    .into_any()
}
