//! A new password; every other session ends.

use identity::change;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, field::Field},
    password::Password,
};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::{
        account::{inputs, manage as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct PasswordForm("password") {
        #[serde(skip_serializing)]
        current_password: String = inputs::current_password();
        #[serde(skip_serializing)]
        password: String = inputs::new_password();
    }
}

pub async fn section(web: &Web) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let form = Form::of::<PasswordForm>(web).await?;
    Ok(view! {
        <h2>{text::PASSWORD.of(locale)}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangePassword::PATH>
            {form.fields()} <Actions submit=text::CHANGE_PASSWORD.of(locale) />
        </PostForm>
    })
}

#[server(endpoint = "change-password")]
pub async fn change_password(#[server(flatten)] form: PasswordForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.account()?, web.session_id().ok_or(Failure::Forbidden)?);
    let new = match Password::read(&form.password) {
        Ok(new) => new,
        Err(code) => {
            return web.refuse(PasswordForm::NAME, "/account", &form, [Error::new("password", code)]).await;
        }
    };
    match change::password(&web.services.identity, &account.id, session, &form.current_password, &new).await {
        Ok(renewed) => {
            web.set_session(&renewed);
            web.redirect(Notice::Password.on("/account"));
            Ok(())
        }
        Err(error) => web.refuse(PasswordForm::NAME, "/account", &form, [refusal(error)?]).await,
    }
}
