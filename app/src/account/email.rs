//! Another e-mail address: it takes effect when the link sent to it is opened.

use crate::texts::notices::Notice;
use identity::change;
use leptos::{prelude::*, server_fn::ServerFn};
use model::email::Email;
use serde::{Deserialize, Serialize};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Input, Kind},
    },
    web::Web,
};
use model::form::check::Check;

const FORM: &str = "email";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    email: String,
    #[serde(skip_serializing)]
    email_password: String,
}

pub async fn section(web: &Web) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let inputs = vec![
        Input::new(Kind::Email, "email", locale.of("New email address", "Nuevo correo electrónico"))
            .autocomplete("email")
            .check(Check::Email)
            .hint(locale.of(
                "We send a link to it. The old address stays until you open the link.",
                "Le enviamos un enlace. La dirección anterior sigue hasta que lo abra.",
            )),
        Input::password("email_password", locale.of("Current password", "Contraseña actual"), "current-password"),
    ];
    let form = Form::open(web, FORM, inputs).await?;
    Ok(view! {
        <h2>{locale.of("Email address", "Correo electrónico")}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangeEmail::PATH>{form.fields()} <Actions submit=locale.of("Send the link", "Enviar el enlace") /></PostForm>
    })
}

#[server(endpoint = "change-email")]
pub async fn change_email(#[server(flatten)] form: EmailForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let email = match form.email.parse::<Email>() {
        Ok(email) => email,
        Err(error) => return web.refuse(FORM, "/account", &form, [Error::new("email", error)]).await,
    };
    match change::email(&web.services.identity, &account.id, &form.email_password, &email).await {
        Ok(()) => web.redirect(Notice::Email.on("/account")),
        Err(error) => {
            let error = Error { field: "email_password".to_owned(), ..refusal(error)? };
            web.refuse(FORM, "/account", &form, [error]).await?;
        }
    }
    Ok(())
}
