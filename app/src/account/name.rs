//! How one is called.

use crate::texts::notices::Notice;
use identity::accounts::{self, Account};
use leptos::{prelude::*, server_fn::ServerFn};
use model::account::PersonName;
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    web::Web,
};

const FORM: &str = "name";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let inputs = vec![Input::text("name", locale.of("Your name", "Su nombre")).autocomplete("name").max_length(100)];
    let form = Form::open(web, FORM, inputs).await?.fill(&NameForm { name: account.name.to_string() });
    Ok(view! {
        <h2>{locale.of("Name", "Nombre")}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangeName::PATH>{form.fields()} <Actions submit=locale.of("Save the name", "Guardar el nombre") /></PostForm>
    })
}

#[server(endpoint = "change-name")]
pub async fn change_name(#[server(flatten)] form: NameForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    let name = match form.name.parse::<PersonName>() {
        Ok(name) => name,
        Err(error) => return web.refuse(FORM, "/account", &form, [Error::new("name", error)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    accounts::rename(&mut ctx, &account.id, &name).await?;
    ctx.commit().await?;
    web.redirect(Notice::Saved.on("/account"));
    Ok(())
}
