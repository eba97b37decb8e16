//! Ends one of two live secrets; asks first.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::{ApplicationId, SecretId};
use registry::{applications, credentials};

use crate::{
    components::{dialog::Dialog, marked::marked, time::Time},
    failure::Failure,
    owner::{application::Tab, applications as list, vendor::Vendor},
    page::Page,
    texts::{
        notices::Notice,
        owner::{CANCEL, credentials as text},
    },
    web::Web,
};

/// A link to the page that asks.
pub fn link(app: &ApplicationId, secret: &SecretId) -> impl IntoView + use<> {
    let path = format!("{}/{app}/end-secret?secret={secret}", list::PATH);
    view! { <a class="usa-link" href=path>{text::END_NOW}</a> }
}

/// `/owner/applications/{id}/end-secret?secret=…`
pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, member, &id).await?;
    let secrets = credentials::live(&mut ctx, member, &id).await?;
    drop(ctx);
    let asked = web.request.query("secret").unwrap_or_default();
    let secret = secrets.into_iter().find(|secret| secret.id.as_str() == asked).ok_or(Failure::NotFound)?;
    let named = |place, _| match place {
        0 => view! { <strong>{app.name().to_owned()}</strong> }.into_any(),
        _ => view! { <Time at=secret.created_at /> }.into_any(),
    };
    let about = marked(text::ABOUT_END, named);
    let view = view! {
        <Dialog title=text::END_QUESTION>
            <p>{about}</p>
            <form class="actions" method="post" action=EndSecret::PATH>
                <input type="hidden" name="application" value=id.to_string() />
                <input type="hidden" name="secret" value=secret.id.to_string() />
                <button class="usa-button usa-button--danger" type="submit">{text::END}</button>
                <a class="usa-button usa-button--outline" href=Tab::Credentials.of(&app.id)>{CANCEL}</a>
            </form>
        </Dialog>
    };
    Ok(vendor.page(text::END_QUESTION, view).at(list::PATH))
}

#[server(endpoint = "end-secret")]
pub async fn end_secret(application: String, secret: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    credentials::end(&mut ctx, vendor.member()?.1, &id, &SecretId::new(secret)).await?;
    ctx.commit().await?;
    web.redirect(Notice::SecretEnded.on(&Tab::Credentials.of(&id)));
    Ok(())
}
