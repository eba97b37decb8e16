//! `/account/second-factor/passkeys/{id}`: renames a passkey.

use identity::second_factor::passkeys;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, field::Field, input::Input},
    id::PasskeyId,
    text::Name,
};

use super::PATH as OVERVIEW;
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    page::Page,
    texts::{
        account::{CANCEL, SAVE_NAME, inputs, second_factor as text},
        notices::Notice,
    },
    web::Web,
};

pub const PATH: &str = "/account/second-factor/passkeys/{id}";

form! {
    pub struct RenamePasskeyForm("rename-passkey") {
        name: String = inputs::passkey_name();
        id: String = Input::hidden();
    }
}

pub fn path(id: &PasskeyId) -> String {
    PATH.replace("{id}", id.as_str())
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, locale) = (web.healthcare_account().await?, web.locale());
    let id = PasskeyId::new(web.request.param("id")?);
    let passkey = passkeys::get(&mut web.services.store.read().await?, &account.id, &id).await?;
    let form = Form::of::<RenamePasskeyForm>(&web).await?;
    let form = form.fill(&RenamePasskeyForm { name: passkey.name, id: id.to_string() });
    let title = text::RENAME_PASSKEY.of(locale);
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <ErrorSummary form=form.clone() />
            <PostForm to=RenamePasskey::PATH>
                {form.fields()}
                <Actions submit=SAVE_NAME.of(locale) cancel=CANCEL.of(locale) cancel_to=OVERVIEW />
            </PostForm>
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "rename-passkey")]
pub async fn rename_passkey(#[server(flatten)] form: RenamePasskeyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    let mut ctx = web.services.store.write().await?;
    let id = passkeys::get(&mut ctx, &account.id, &PasskeyId::new(form.id.clone())).await?.id;
    match Name::read(&form.name) {
        Ok(name) => passkeys::rename(&mut ctx, &account.id, &id, &name).await?,
        Err(code) => {
            drop(ctx);
            return web.refuse(RenamePasskeyForm::NAME, path(&id), &form, [Error::new("name", code)]).await;
        }
    }
    ctx.commit().await?;
    web.redirect(Notice::Saved.on(OVERVIEW));
    Ok(())
}
