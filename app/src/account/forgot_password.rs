//! `/account/forgot-password`

use identity::recovery;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::form::{Actions, PostForm},
    failure::Failure,
    form::{Form, input::Input},
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let label = t("Healthcare ID or email address", "Healthcare ID o correo electrónico");
    let form = Form::open(&web, "forgot-password", vec![Input::text("login", label).autocomplete("username")]).await?;
    let title = t("Forgot your password?", "¿Olvidó su contraseña?");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{t(
                "We send you a link with which you choose a new one. It works once, for 30 minutes.",
                "Le enviamos un enlace para elegir una nueva. Funciona una vez, durante 30 minutos.",
            )}</p>
            <PostForm to=ForgotPassword::PATH>
                {form.fields()} <Actions submit=t("Send the link", "Enviar el enlace") cancel=t("Cancel", "Cancelar") cancel_to="/signin" />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Site, title, view))
}

/// Answers the same, and as fast, whether there is such an account or not.
#[server(endpoint = "forgot-password")]
pub async fn forgot_password(login: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let mut ctx = web.services.store.write().await?;
    recovery::forgot_password(&mut ctx, &login, web.request.address).await?;
    ctx.commit().await?;
    web.redirect("/account/check-mail?for=recovery");
    Ok(())
}
