//! Another password; every other session ends.

use crate::texts::notices::Notice;
use identity::change;
use leptos::{prelude::*, server_fn::ServerFn};
use model::password::Password;

use crate::{
    account::{refusal::refusal, sign_up::password_input},
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    web::Web,
};

const FORM: &str = "password";

pub async fn section(web: &Web) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let current =
        Input::password("current_password", locale.of("Current password", "Contraseña actual"), "current-password");
    let form =
        Form::open(web, FORM, vec![current, password_input(locale.of("New password", "Contraseña nueva"), locale)])
            .await?;
    Ok(view! {
        <h2>{locale.of("Password", "Contraseña")}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangePassword::PATH>
            {form.fields()} <Actions submit=locale.of("Change the password", "Cambiar la contraseña") />
        </PostForm>
    })
}

#[server(endpoint = "change-password")]
pub async fn change_password(current_password: String, password: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.account()?, web.session_id().ok_or(Failure::Forbidden)?);
    let new = match password.parse::<Password>() {
        Ok(new) => new,
        Err(error) => return web.refuse(FORM, "/account", &(), [Error::new("password", error)]).await,
    };
    match change::password(&web.services.identity, &account.id, session, &current_password, &new).await {
        Ok(renewed) => {
            web.set_session(&renewed);
            web.redirect(Notice::Password.on("/account"));
            Ok(())
        }
        Err(error) => web.refuse(FORM, "/account", &(), [refusal(error)?]).await,
    }
}
