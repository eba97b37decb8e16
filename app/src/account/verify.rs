//! `/account/verify`: the link of the mail after signing up. Opening it changes nothing, because mail scanners open
//! links too; its button does.

use identity::{error::Error, sign_up};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::form::{Actions, PostForm},
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    if !sign_up::is_link_valid(&mut ctx, &token).await? {
        return Ok(expired(locale));
    }
    let title = locale.of("Confirm your email address", "Confirme su correo electrónico");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "One more step, and your Healthcare ID is ready.",
                "Un paso más y su Healthcare ID estará listo.",
            )}</p>
            <PostForm to=Verify::PATH>
                <input type="hidden" name="token" value=token />
                <Actions submit=locale.of("Confirm", "Confirmar") />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Site, title, view))
}

/// A link that was used, replaced, or is too old.
pub fn expired(locale: Locale) -> Page {
    let title = locale.of("This link does not work any more", "Este enlace ya no funciona");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "It was used already, was replaced by a newer one, or is too old. If you wanted to confirm your address, sign in: \
                 you get a new link. If you wanted a new password, ask for it again.",
                "Ya se usó, se reemplazó por otro o es muy antiguo. Si quería confirmar su dirección, inicie sesión: recibirá otro \
                 enlace. Si quería una contraseña nueva, pídala de nuevo.",
            )}</p>
            <p class="actions">
                <a class="usa-button" href="/signin">{locale.of("Sign in", "Iniciar sesión")}</a>
                <a class="usa-button usa-button--outline" href="/account/forgot-password">
                    {locale.of("Forgot password", "Olvidé mi contraseña")}
                </a>
            </p>
        </div>
    };
    Page::new(Portal::Site, title, view).status(404)
}

#[server(endpoint = "verify-email")]
pub async fn verify(token: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let mut ctx = web.services.store.write().await?;
    match sign_up::verify(&mut ctx, &token).await {
        // Another account has confirmed the address meanwhile: its owner can sign in to that one.
        Err(Error::LinkInvalid | Error::EmailTaken) => web.redirect("/account/verify"),
        done => {
            done?;
            ctx.commit().await?;
            web.redirect("/signin?done=verified");
        }
    }
    Ok(())
}
