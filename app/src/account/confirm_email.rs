//! `/account/confirm-email`: the link in the mail to a new address.

use identity::{change, error::Error};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    account::verify::expired,
    components::form::{Actions, PostForm},
    failure::Failure,
    page::{Page, Portal},
    texts::{
        account::{CONFIRM, manage as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    if !change::is_link_valid(&mut ctx, &token).await? {
        return Ok(expired(locale));
    }
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::CONFIRM_EMAIL.of(locale)}</h1>
            <p>{text::ABOUT_CONFIRMING.of(locale)}</p>
            <PostForm to=ConfirmEmail::PATH>
                <input type="hidden" name="token" value=token />
                <Actions submit=CONFIRM.of(locale) />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Site, text::CONFIRM_EMAIL.of(locale), view))
}

#[server(endpoint = "confirm-email")]
pub async fn confirm_email(token: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let mut ctx = web.services.store.write().await?;
    match change::confirm_email(&mut ctx, &web.services.identity.site, &token).await {
        Err(Error::LinkInvalid | Error::EmailTaken) => web.redirect("/account/confirm-email"),
        done => {
            done?;
            ctx.commit().await?;
            web.redirect(Notice::Saved.on("/account"));
        }
    }
    Ok(())
}
