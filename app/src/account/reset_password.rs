//! `/account/reset-password`: the link in the mail to a person who forgot their password.

use identity::{error::Error, recovery};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, field::Field, input::Input},
    password::Password,
};

use crate::{
    account::{
        refusal::refusal,
        verify::expired,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash},
    page::Page,
    texts::{
        account::{inputs, recovery as text},
        notices::Notice,
    },
    web::Web,
};

const PATH: &str = "/account/reset-password";

form! {
    pub struct ResetPasswordForm("reset-password") {
        /// Of the link.
        token: String = Input::hidden();
        #[serde(skip_serializing)]
        password: String = inputs::new_password();
    }
}

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
    let form = Form::of::<ResetPasswordForm>(&web).await?;
    let form = form.fill(&ResetPasswordForm { token, ..ResetPasswordForm::default() });
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::RESET.of(locale)}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=ResetPassword::PATH>
                {form.fields()} <Actions submit=text::SAVE_PASSWORD.of(locale) />
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(text::RESET.of(locale), view))
}

#[server(endpoint = "reset-password")]
pub async fn reset_password(#[server(flatten)] form: ResetPasswordForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let token = &form.token;
    let here = || url::form_urlencoded::Serializer::new(format!("{PATH}?")).append_pair("token", token).finish();
    let parsed = match Password::read(&form.password) {
        Ok(password) => password,
        Err(code) => return refuse(&web, here(), flash::Error::new("password", code)).await,
    };
    match recovery::reset(&web.services.identity, token, &parsed, web.request.address).await {
        Ok(reset) => web.redirect(way::to_sign_in(&web, Notice::Reset, reset.next.as_deref()).await?),
        Err(Error::LinkInvalid) => web.redirect(PATH),
        Err(error) => refuse(&web, here(), refusal(error)?).await?,
    }
    Ok(())
}

/// Keeps nothing of the form: the token opens the account, and the page's address has it anyway.
async fn refuse(web: &Web, page: String, error: flash::Error) -> Result<(), Failure> {
    web.refuse(ResetPasswordForm::NAME, page, &(), [error]).await
}
