//! The account holder's name.

use identity::accounts::{self, Account};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::PersonName,
    form,
    form::{FieldError, Form as _, field::Field},
};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    texts::{
        account::{NAME, SAVE_NAME, inputs},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct NameForm("name") {
        name: String = inputs::person_name();
    }
}

pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let form = Form::of::<NameForm>(web).await?.fill(&NameForm { name: account.name.to_string() });
    Ok(view! {
        <h2>{NAME.of(locale)}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=ChangeName::PATH>{form.fields()} <Actions submit=SAVE_NAME.of(locale) /></PostForm>
    })
}

#[server(endpoint = "change-name")]
pub async fn change_name(#[server(flatten)] form: NameForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    let name = match PersonName::read(&form.name) {
        Ok(name) => name,
        Err(code) => return web.refuse(NameForm::NAME, "/account", &form, [FieldError::new("name", code)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    accounts::rename(&mut ctx, &account.id, &name).await?;
    ctx.commit().await?;
    web.redirect(Notice::Saved.on("/account"));
    Ok(())
}
