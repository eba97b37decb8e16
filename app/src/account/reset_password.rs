//! `/account/reset-password`: the link of the mail to who forgot.

use identity::{error::Error, recovery};
use leptos::{prelude::*, server_fn::ServerFn};
use model::password::Password;

use crate::{
    account::{
        refusal::refusal,
        sign_up::password_input,
        verify::expired,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash},
    page::Page,
    web::Web,
};

const FORM: &str = "reset-password";
const PATH: &str = "/account/reset-password";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    if !recovery::is_link_valid(&mut ctx, &token).await? {
        return Ok(expired(locale));
    }
    let next = recovery::way_of_reset(&mut ctx, &token).await?;
    drop(ctx);
    let way = Way::of_mail(&web, next.as_deref()).await?;
    let form =
        Form::open(&web, FORM, vec![password_input(locale.of("New password", "Contraseña nueva"), locale)]).await?;
    let title = locale.of("Choose a new password", "Elija una nueva contraseña");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=ResetPassword::PATH>
                <input type="hidden" name="token" value=token />
                {form.fields()} <Actions submit=locale.of("Save the password", "Guardar la contraseña") />
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}

#[server(endpoint = "reset-password")]
pub async fn reset_password(token: String, password: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = || url::form_urlencoded::Serializer::new(format!("{PATH}?")).append_pair("token", &token).finish();
    let parsed = match password.parse::<Password>() {
        Ok(password) => password,
        Err(error) => return web.refuse(FORM, here(), &(), [flash::Error::new("password", error)]).await,
    };
    match recovery::reset(&web.services.identity, &token, &parsed, web.request.address).await {
        Ok(reset) => web.redirect(way::to_sign_in(&web, "reset", reset.next.as_deref()).await?),
        Err(Error::LinkInvalid) => web.redirect(PATH),
        Err(error) => web.refuse(FORM, here(), &(), [refusal(error)?]).await?,
    }
    Ok(())
}
