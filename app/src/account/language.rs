//! The language in which we write.

use identity::accounts::Account;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    home::language::ChooseLanguage,
    locale::Locale,
    texts::{account::manage as text, notices::Notice},
    web::Web,
};

/// Each language by its own name; choosing one changes the pages too.
pub fn section(web: &Web, account: &Account) -> impl IntoView + use<> {
    let locale = web.locale();
    let other = Locale::ALL.into_iter().find(|other| *other != account.language);
    let change = other.map(|other| {
        view! {
            <form method="post" action=ChooseLanguage::PATH>
                <input type="hidden" name="language" value=other.tag() />
                <input type="hidden" name="next" value=Notice::Saved.on("/account") />
                <button class="usa-button usa-button--outline" type="submit" lang=other.tag()>{other.name()}</button>
            </form>
        }
    });
    view! {
        <h2>{text::LANGUAGE.of(locale)}</h2>
        <p>{text::we_write_in(account.language).of(locale)}</p>
        {change}
    }
}
