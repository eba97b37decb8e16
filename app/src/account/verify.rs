//! `/account/verify`: the link of the mail after signing up. Opening it changes nothing, because mail scanners open
//! links too; its buttons do. With `not-me`, it is the link for whoever did not sign up.

use crate::texts::notices::Notice;
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
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    let Some((id, name)) = sign_up::asked_for(&mut ctx, &token).await? else { return Ok(expired(locale)) };
    let next = sign_up::way_of(&mut ctx, &token).await?;
    drop(ctx);
    let way = Way::of_mail(&web, next.as_deref()).await?;
    let not_me = web.request.query("not-me").is_some();
    let (title, text) = if not_me {
        (
            t("Was this not you?", "¿No fue usted?"),
            t(
                "Someone asked for this Healthcare ID with your email address. If it was not you, end the request. The ID is \
                 then gone, and no one can sign in with it.",
                "Alguien pidió este Healthcare ID con su correo electrónico. Si no fue usted, anule la solicitud. El ID se \
                 elimina y nadie podrá iniciar sesión con él.",
            ),
        )
    } else {
        (
            t("Confirm your email address", "Confirme su correo electrónico"),
            t(
                "Confirm it only if this is your name and the ID that you chose. Whoever chose the password can sign in then.",
                "Confírmelo solo si este es su nombre y el ID que eligió. Quien eligió la contraseña podrá iniciar sesión.",
            ),
        )
    };
    let facts = vec![Fact::new("Healthcare ID", id.to_string()), Fact::new(t("Name", "Nombre"), name.to_string())];
    let (confirm, disown) = (t("Confirm", "Confirmar"), t("This was not me", "No fui yo"));
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
            <h1>{title}</h1>
            {way.facts()}
            <Summary facts />
            <p>{text}</p>
            <PostForm to=Verify::PATH>
                <input type="hidden" name="token" value=token />
                <div class="actions">{buttons}</div>
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
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
        // Another account has confirmed the address meanwhile: its owner can sign in to that one.
        Err(Error::LinkInvalid | Error::EmailTaken) => web.redirect("/account/verify"),
        done => {
            let verified = done?;
            ctx.commit().await?;
            web.redirect(way::to_sign_in(&web, "verified", verified.next.as_deref()).await?);
        }
    }
    Ok(())
}
