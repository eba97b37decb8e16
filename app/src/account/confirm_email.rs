//! `/account/confirm-email`: the link of the mail to a new address.

use crate::texts::notices::Notice;
use identity::{change, error::Error};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    account::verify::expired,
    components::form::{Actions, PostForm},
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    if !change::is_link_valid(&mut ctx, &token).await? {
        return Ok(expired(locale));
    }
    let title = locale.of("Confirm your new email address", "Confirme su nuevo correo electrónico");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "From then on we write to this address, and you can sign in with it.",
                "Desde entonces le escribiremos a esta dirección y podrá iniciar sesión con ella.",
            )}</p>
            <PostForm to=ConfirmEmail::PATH>
                <input type="hidden" name="token" value=token />
                <Actions submit=locale.of("Confirm", "Confirmar") />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Site, title, view))
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
