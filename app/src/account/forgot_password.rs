//! `/account/forgot-password`

use identity::recovery;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    account::{
        check_mail,
        way::{self, Way},
    },
    components::form::{Actions, PostForm},
    failure::Failure,
    form::{Form, input::Input},
    page::Page,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let label = t("Healthcare ID or email address", "Healthcare ID o correo electrónico");
    let form = Form::open(&web, "forgot-password", vec![Input::text("login", label).autocomplete("username")]).await?;
    let way = Way::of_page(&web).await?;
    let (cancel_to, kept) = (way.by("/signin"), way::field(way.next()));
    let title = t("Forgot your password?", "¿Olvidó su contraseña?");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <p>{t(
                "We send you a link with which you choose a new one. It works once, for 30 minutes.",
                "Le enviamos un enlace para elegir una nueva. Funciona una vez, durante 30 minutos.",
            )}</p>
            <PostForm to=ForgotPassword::PATH>
                {form.fields()} {kept}
                <Actions submit=t("Send the link", "Enviar el enlace") cancel=t("Back to sign in", "Volver a iniciar sesión") cancel_to />
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}

/// Answers the same, and as fast, whether there is such an account or not.
#[server(endpoint = "forgot-password")]
pub async fn forgot_password(login: String, #[server(default)] next: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let next = way::kept(&next);
    let mut ctx = web.services.store.write().await?;
    recovery::forgot_password(&mut ctx, &login, web.request.address, next).await?;
    ctx.commit().await?;
    way::hold_open(&web, next.unwrap_or_default()).await?;
    web.redirect(check_mail::after_recovery(next));
    Ok(())
}
