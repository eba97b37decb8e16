//! `/account/verify`: the link in the mail after signing up. Opening it changes nothing, because mail scanners open
//! links too; its buttons do. With `not-me`, it is the link for a person who did not sign up.

use identity::{error::Error, sign_up};
use leptos::{prelude::*, server_fn::ServerFn};
use oauth::requests::Browser;

use crate::{
    account::way::{self, Way},
    components::{
        form::PostForm,
        summary::{Fact, Summary},
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::{
        account::{CONFIRM, FORGOT_PASSWORD, HEALTHCARE_ID, NAME, SIGN_IN, sign_up as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    let Some((id, name)) = sign_up::asked_for(&mut ctx, &token).await? else { return Ok(expired(locale)) };
    let next = sign_up::way_of(&mut ctx, &token).await?;
    drop(ctx);
    let way = Way::of_mail(&web, next.as_deref()).await?;
    let not_me = web.request.query("not-me").is_some();
    let (title, about) =
        if not_me { (text::NOT_ME_TITLE, text::NOT_ME_ABOUT) } else { (text::CONFIRM_TITLE, text::CONFIRM_ABOUT) };
    let facts = vec![Fact::new(HEALTHCARE_ID, id.to_string()), Fact::new(NAME.of(locale), name.to_string())];
    let (confirm, disown) = (CONFIRM.of(locale), text::NOT_ME.of(locale));
    let (first, second) = if not_me {
        ("usa-button usa-button--outline", "usa-button usa-button--secondary")
    } else {
        ("usa-button", "usa-button usa-button--outline")
    };
    let confirm = view! { <button class=first type="submit" name="answer" value="confirm">{confirm}</button> };
    let disown = view! { <button class=second type="submit" name="answer" value="not-me">{disown}</button> };
    let buttons =
        if not_me { view! { {disown} {confirm} }.into_any() } else { view! { {confirm} {disown} }.into_any() };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title.of(locale)}</h1>
            {way.facts()}
            <Summary facts />
            <p>{about.of(locale)}</p>
            <PostForm to=Verify::PATH>
                <input type="hidden" name="token" value=token />
                <div class="actions">{buttons}</div>
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title.of(locale), view))
}

/// For a link that was used or replaced, or is too old.
pub fn expired(locale: Locale) -> Page {
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::EXPIRED_TITLE.of(locale)}</h1>
            <p>{text::EXPIRED_ABOUT.of(locale)}</p>
            <p class="actions">
                <a class="usa-button" href="/signin">{SIGN_IN.of(locale)}</a>
                <a class="usa-button usa-button--outline" href="/account/forgot-password">
                    {FORGOT_PASSWORD.of(locale)}
                </a>
            </p>
        </div>
    };
    Page::new(Portal::Site, text::EXPIRED_TITLE.of(locale), view).status(404)
}

#[server(endpoint = "verify-email")]
pub async fn verify(token: String, #[server(default)] answer: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let mut ctx = web.services.store.write().await?;
    if answer == "not-me" {
        return match sign_up::disown(&mut ctx, &token).await {
            Err(Error::LinkInvalid) => {
                web.redirect("/account/verify");
                Ok(())
            }
            done => {
                done?;
                ctx.commit().await?;
                web.redirect(Notice::Disowned.on("/signin"));
                Ok(())
            }
        };
    }
    let browser = web.browser();
    match sign_up::verify(&mut ctx, &token, browser.as_ref().map(Browser::as_str)).await {
        // Meanwhile another account has confirmed the address. Its owner can sign in to that one.
        Err(Error::LinkInvalid | Error::EmailTaken) => web.redirect("/account/verify"),
        done => {
            let verified = done?;
            ctx.commit().await?;
            web.redirect(way::to_sign_in(&web, Notice::Verified, verified.next.as_deref()).await?);
        }
    }
    Ok(())
}
