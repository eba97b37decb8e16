//! Choosing the language of pages and mail.

use identity::accounts;
use leptos::prelude::*;
use model::id::AccountId;

use crate::{
    failure::Failure,
    locale::Locale,
    web::{
        Web,
        request::{LANGUAGE_COOKIE, local_path},
    },
};

const YEAR_SECONDS: i64 = 365 * 24 * 60 * 60;

/// Keeps the language in the browser, and for mail in the account of the person who is signed in.
pub async fn remember(web: &Web, locale: Locale) -> Result<(), Failure> {
    web.set_cookie(LANGUAGE_COOKIE, locale.tag(), Some(YEAR_SECONDS));
    if let Ok(account) = web.account() {
        let mut ctx = web.services.store.write().await?;
        accounts::set_language(&mut ctx, &account.id, locale).await?;
        ctx.commit().await?;
    }
    Ok(())
}

/// After a sign-in: the pages change to the language of the account, unless the reader chose another in this browser. Then it
/// becomes the account's.
pub async fn follow(web: &Web, account: &AccountId) -> Result<(), Failure> {
    let chosen = web.request.chosen_language();
    let mut ctx = web.services.store.write().await?;
    if let Some(chosen) = chosen {
        accounts::set_language(&mut ctx, account, chosen).await?;
    }
    let language = accounts::get(&mut ctx, account).await?.language;
    ctx.commit().await?;
    suggest(web, language);
    Ok(())
}

/// Shows pages in this language until the reader chooses one in this browser.
pub fn suggest(web: &Web, language: Locale) {
    if web.request.chosen_language().is_none() && web.locale() != language {
        web.set_cookie(LANGUAGE_COOKIE, language.suggestion(), None);
    }
}

/// Remembers the language and goes back to the page on which it was chosen.
#[server(endpoint = "language")]
pub async fn choose_language(language: String, next: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let locale = Locale::find(&language).ok_or(Failure::Invalid)?;
    remember(&web, locale).await?;
    web.redirect(local_path(&next).unwrap_or("/"));
    Ok(())
}
