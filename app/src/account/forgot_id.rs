//! `/account/forgot-id`

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
    let inputs = vec![Input::email("email", t("Email address", "Correo electrónico"))];
    let form = Form::open(&web, "forgot-id", inputs).await?;
    let way = Way::of_page(&web).await?;
    let (cancel_to, kept) = (way.by("/signin"), way::field(way.next()));
    let title = t("Forgot your Healthcare ID?", "¿Olvidó su Healthcare ID?");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <p>{t(
                "You can sign in with your email address as well. If you want to know your ID, we send it to you.",
                "También puede iniciar sesión con su correo. Si quiere saber su ID, se lo enviamos.",
            )}</p>
            <PostForm to=ForgotId::PATH>
                {form.fields()} {kept}
                <Actions submit=t("Send my ID", "Enviar mi ID") cancel=t("Back to sign in", "Volver a iniciar sesión") cancel_to />
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}

/// Answers the same, and as fast, whether there is such an account or not.
#[server(endpoint = "forgot-id")]
pub async fn forgot_id(email: String, #[server(default)] next: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let next = way::kept(&next);
    let mut ctx = web.services.store.write().await?;
    recovery::forgot_id(&mut ctx, &email, web.request.address, next).await?;
    ctx.commit().await?;
    way::hold_open(&web, next.unwrap_or_default()).await?;
    web.redirect(check_mail::after_recovery(next));
    Ok(())
}
