//! `/owner/applications/{id}/keys`: the public keys with which a confidential app authenticates instead of its secret.

use std::collections::BTreeMap;

use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{application::ClientKind, client_keys::ClientKeysForm, form::Form as _, id::ApplicationId};
use registry::{
    applications::{self, Application},
    client_keys::{self, KeysInfo},
};

use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        keys::RegisteredKeys,
        marked::naming,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        application::Tab,
        applications as list,
        question::{self, Question},
        refusal::refusal,
        vendor::Vendor,
    },
    page::Page,
    texts::{
        notices::Notice,
        owner::{APPLICATIONS, CANCEL, SAVE, keys as text},
    },
    web::Web,
};

/// The keys on the app's page, with the way to change them.
pub fn section(
    app: &Application,
    info: Option<KeysInfo>,
    last_uses: BTreeMap<String, Timestamp>,
) -> impl IntoView + use<> {
    let path = format!("{}/keys", list::path(app));
    let (known, change) = match info {
        Some(info) => (registered(app, info, last_uses).into_any(), text::CHANGE),
        None => (view! { <p>{text::NONE}</p> }.into_any(), text::REGISTER),
    };
    view! {
        <h3>{text::TITLE}</h3>
        <p class="usa-hint">{text::HINT}</p>
        {known}
        <p><a class="usa-button usa-button--outline" href=path>{change}</a></p>
    }
}

fn registered(app: &Application, info: KeysInfo, last_uses: BTreeMap<String, Timestamp>) -> impl IntoView + use<> {
    view! {
        <RegisteredKeys info last_uses />
        <p><a class="usa-link" href=format!("{}/remove-keys", list::path(app))>{text::REMOVE_NOW}</a></p>
    }
}

/// `/owner/applications/{id}/remove-keys`: asks first.
pub async fn removal(web: Web) -> Result<Page, Failure> {
    let (vendor, app, mut ctx) = question::subject(&web).await?;
    client_keys::of_application(&mut ctx, vendor.member()?.1, &app.id).await?.ok_or(Failure::NotFound)?;
    let [title, about, yes] = [text::REMOVE_QUESTION, text::ABOUT_REMOVE, text::REMOVE];
    Ok(question::ask(&vendor, &app, Tab::Credentials, Question { title, about, yes, to: RemoveKeys::PATH }))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    if app.registration.client_kind == ClientKind::Public {
        return Err(Failure::NotFound);
    }
    let info = client_keys::of_application(&mut ctx, vendor.member()?.1, &id).await?;
    drop(ctx);
    let current = info.and_then(|info| info.keys).map(|keys| ClientKeysForm::from(&keys)).unwrap_or_default();
    let start = ClientKeysForm { application: id.to_string(), ..current };
    let form = Form::of::<ClientKeysForm>(&web).await?.fill(&start);
    let fields = form.fields();
    let (path, back) = (list::path(&app), Tab::Credentials.of(&app.id));
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{naming(text::ABOUT, app.name())}</p>
        <ErrorSummary form />
        <PostForm to=SetKeys::PATH class="usa-form--wide">
            {fields}
            <Actions submit=SAVE cancel=CANCEL cancel_to=back />
        </PostForm>
    };
    Ok(vendor.page(text::TITLE, view).at(list::PATH).under(list::PATH, APPLICATIONS).under(path, app.name()))
}

#[server(endpoint = "set-keys")]
pub async fn set_keys(#[server(flatten)] form: ClientKeysForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(form.application.as_str());
    let vendor = Vendor::of_app(&web, &id).await?;
    let path = format!("{}/{id}", list::PATH);
    match set(&web, &vendor, &id, &form).await? {
        Ok(()) => web.redirect(Notice::KeysSet.on(&Tab::Credentials.of(&id))),
        Err(errors) => {
            // What is typed waits in the session; a private key pasted by mistake must not.
            web.refuse(ClientKeysForm::NAME, format!("{path}/keys"), &form.without_secrets(), errors).await?;
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
    // Before what was typed is looked at, so that all that others learn of an app is that it is not found.
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
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    client_keys::remove(&mut ctx, &web.services.registry, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::KeysRemoved.on(&Tab::Credentials.of(&id)));
    Ok(())
}
