//! `/account/second-factor/passkeys/{id}`: another name for a passkey.

use crate::texts::notices::Notice;
use identity::second_factor::passkeys;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{id::PasskeyId, text::Name};
use serde::{Deserialize, Serialize};

use super::{PATH as OVERVIEW, new_passkey};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    page::Page,
    web::Web,
};

pub const PATH: &str = "/account/second-factor/passkeys/{id}";
const FORM: &str = "rename-passkey";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RenamePasskeyForm {
    name: String,
    id: String,
}

pub fn path(id: &PasskeyId) -> String {
    PATH.replace("{id}", id.as_str())
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, locale) = (web.healthcare_account().await?, web.locale());
    let id = PasskeyId::new(web.request.param("id")?);
    let passkey = passkeys::get(&mut web.services.store.read().await?, &account.id, &id).await?;
    let form = Form::open(&web, FORM, vec![new_passkey::name(locale), Input::hidden("id")]).await?;
    let form = form.fill(&RenamePasskeyForm { name: passkey.name, id: id.to_string() });
    let title = locale.of("Rename the passkey", "Cambiar el nombre de la llave de acceso");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <ErrorSummary form=form.clone() />
            <PostForm to=RenamePasskey::PATH>
                {form.fields()}
                <Actions submit=locale.of("Save the name", "Guardar el nombre") cancel=locale.of("Cancel", "Cancelar") cancel_to=OVERVIEW />
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
    match Name::parse(&form.name) {
        Ok(name) => passkeys::rename(&mut ctx, &account.id, &id, &name).await?,
        Err(code) => {
            drop(ctx);
            return web.refuse(FORM, path(&id), &form, [Error::new("name", code)]).await;
        }
    }
    ctx.commit().await?;
    web.redirect(Notice::Saved.on(OVERVIEW));
    Ok(())
}
