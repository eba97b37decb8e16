//! A new email address: it takes effect when its owner opens the link that we send there.

use identity::change;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    email::Email,
    form,
    form::{Form as _, field::Field, input::Input},
};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::{
        account::{EMAIL_ADDRESS, SEND_LINK, inputs},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct EmailForm("email") {
        email: String = Input::email(
                ["New email address", "Nuevo correo electrónico"],
                ["Enter your new email address.", "Escriba su nuevo correo electrónico."],
            )
            .hint([
                "We will send a link to this address. You keep your old address until you open the link.",
                "Le enviaremos un enlace. Su dirección de antes sirve hasta que lo abra.",
            ]);
        #[serde(skip_serializing)]
        email_password: String = inputs::current_password();
    }
}

pub async fn section(web: &Web) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let form = Form::of::<EmailForm>(web).await?;
    Ok(view! {
        <h2>{EMAIL_ADDRESS.of(locale)}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangeEmail::PATH>{form.fields()} <Actions submit=SEND_LINK.of(locale) /></PostForm>
    })
}

#[server(endpoint = "change-email")]
pub async fn change_email(#[server(flatten)] form: EmailForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let email = match Email::read(&form.email) {
        Ok(email) => email,
        Err(code) => return web.refuse(EmailForm::NAME, "/account", &form, [Error::new("email", code)]).await,
    };
    match change::email(&web.services.identity, &account.id, &form.email_password, &email).await {
        Ok(()) => web.redirect(Notice::Email.on("/account")),
        Err(error) => {
            let error = Error { field: "email_password".to_owned(), ..refusal(error)? };
            web.refuse(EmailForm::NAME, "/account", &form, [error]).await?;
        }
    }
    Ok(())
}
