//! In which language we write.

use identity::accounts::Account;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{home::language::ChooseLanguage, locale::Locale, web::Web};

/// Each language by its own name; choosing one changes the pages too.
pub fn section(web: &Web, account: &Account) -> impl IntoView + use<> {
    let locale = web.locale();
    let (now, other) = (account.language, Locale::ALL.into_iter().find(|other| *other != account.language));
    let text = match locale {
        Locale::English => format!("We write to you in {}.", now.name()),
        Locale::Spanish => format!("Le escribimos en {}.", now.name().to_lowercase()),
    };
    let change = other.map(|other| {
        view! {
            <form method="post" action=ChooseLanguage::PATH>
                <input type="hidden" name="language" value=other.tag() />
                <input type="hidden" name="next" value="/account?done=saved" />
                <button class="usa-button usa-button--outline" type="submit" lang=other.tag()>{other.name()}</button>
            </form>
        }
    });
    view! {
        <h2>{locale.of("Language of email and pages", "Idioma de los correos y las páginas")}</h2>
        <p>{text}</p>
        {change}
    }
}
