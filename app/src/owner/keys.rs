//! `/owner/applications/{id}/keys`: the public keys with which a confidential app proves itself in place of its secret.

use crate::texts::notices::Notice;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{application::ClientKind, client_keys::ClientKeysForm, form::Form as _, id::ApplicationId};
use registry::{
    applications::{self, Application},
    client_keys::{self, KeysInfo},
};
use serde::{Deserialize, Serialize};

use crate::{
    components::{
        dialog::Dialog,
        form::{Actions, ErrorSummary, PostForm},
        keys::RegisteredKeys,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{applications as list, refusal::refusal, vendor::Vendor},
    page::Page,
    web::Web,
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeysForm {
    application: String,
    #[serde(flatten)]
    keys: ClientKeysForm,
}

/// What the app's page says of its keys, with the way to change them.
pub fn section(app: &Application, info: Option<KeysInfo>) -> impl IntoView + use<> {
    let path = format!("{}/keys", list::path(app));
    let (known, change) = match info {
        Some(info) => (registered(app, info).into_any(), "Change keys"),
        None => (view! { <p>"None are registered."</p> }.into_any(), "Register keys"),
    };
    view! {
        <h3>"Public keys"</h3>
        <p class="usa-hint">
            "A server app can sign with a private key that never leaves it, in place of sending a secret (private_key_jwt)."
        </p>
        {known}
        <p><a class="usa-button usa-button--outline" href=path>{change}</a></p>
    }
}

fn registered(app: &Application, info: KeysInfo) -> impl IntoView + use<> {
    view! {
        <RegisteredKeys info />
        <p><a class="usa-link" href=format!("{}/remove-keys", list::path(app))>"Remove the keys now"</a></p>
    }
}

/// `/owner/applications/{id}/remove-keys`: asks first.
pub async fn removal(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.member()?.1;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, member, &id).await?;
    client_keys::of_application(&mut ctx, member, &id).await?.ok_or(Failure::NotFound)?;
    drop(ctx);
    let view = view! {
        <Dialog title="Remove the public keys?">
            <p>
                "What the private keys of "<strong>{app.name().to_owned()}</strong>" sign will not be accepted any more, from \
                 this moment on. You can register keys again at any time."
            </p>
            <form class="actions" method="post" action=RemoveKeys::PATH>
                <input type="hidden" name="application" value=id.to_string() />
                <button class="usa-button usa-button--danger" type="submit">"Remove the keys"</button>
                <a class="usa-button usa-button--outline" href=list::path(&app)>"Cancel"</a>
            </form>
        </Dialog>
    };
    Ok(vendor.page("Remove the public keys?", view).at(list::PATH))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    if app.registration.client_kind == ClientKind::Public {
        return Err(Failure::NotFound);
    }
    let info = client_keys::of_application(&mut ctx, vendor.member()?.1, &id).await?;
    drop(ctx);
    let start = info.and_then(|info| info.keys).map(|keys| ClientKeysForm::from(&keys)).unwrap_or_default();
    let form = Form::of::<ClientKeysForm>(&web).await?.fill(&start);
    let fields = form.fields();
    let (name, path) = (app.name().to_owned(), list::path(&app));
    let back = path.clone();
    let view = view! {
        <h1>"Public keys"</h1>
        <p>
            "With a key pair of its own, "<strong>{name}</strong>" can authenticate by a signed assertion (private_key_jwt). Its \
             secrets go on working; end them where you do not need them. What you save replaces the keys before at once."
        </p>
        <ErrorSummary form />
        <PostForm to=SetKeys::PATH class="usa-form--wide">
            {fields}
            <input type="hidden" name="application" value=id.to_string() />
            <Actions submit="Save" cancel="Cancel" cancel_to=back />
        </PostForm>
    };
    Ok(vendor.page("Public keys", view).at(list::PATH).under(list::PATH, "Applications").under(path, app.name()))
}

#[server(endpoint = "set-keys")]
pub async fn set_keys(#[server(flatten)] form: KeysForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(form.application.as_str());
    let path = format!("{}/{id}", list::PATH);
    match set(&web, &vendor, &id, &form.keys).await? {
        Ok(()) => web.redirect(Notice::KeysSet.on(&path)),
        Err(errors) => {
            // What is typed waits in the session; a private key pasted by mistake must not.
            let form = KeysForm { keys: form.keys.without_secrets(), ..form };
            web.refuse(ClientKeysForm::NAME, format!("{path}/keys"), &form, errors).await?;
        }
    }
    Ok(())
}

async fn set(
    web: &Web,
    vendor: &Vendor,
    id: &ApplicationId,
    form: &ClientKeysForm,
) -> Result<Result<(), Vec<Error>>, Failure> {
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.write().await?;
    // Before what was typed is looked at: nobody learns more of another's app than that it is not found.
    applications::get(&mut ctx, member, id).await?;
    let keys = match form.parse() {
        Ok(keys) => keys,
        Err(errors) => return Ok(Err(errors.into_iter().map(Into::into).collect())),
    };
    match client_keys::set(&mut ctx, &web.services.registry, member, id, &keys).await {
        Ok(()) => {
            ctx.commit().await?;
            Ok(Ok(()))
        }
        Err(error) => refusal(error).map(Err),
    }
}

#[server(endpoint = "remove-keys")]
pub async fn remove_keys(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(application);
    let mut ctx = web.services.store.write().await?;
    client_keys::remove(&mut ctx, &web.services.registry, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::KeysRemoved.on(&format!("{}/{id}", list::PATH)));
    Ok(())
}
