//! Ends one of two live secrets.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::{ApplicationId, SecretId};
use registry::credentials;

use crate::{
    failure::Failure,
    owner::{applications, vendor::Vendor},
    web::Web,
};

pub fn button(app: &ApplicationId, secret: &SecretId) -> impl IntoView + use<> {
    view! {
        <form class="inline" method="post" action=EndSecret::PATH>
            <input type="hidden" name="application" value=app.to_string() />
            <input type="hidden" name="secret" value=secret.to_string() />
            <button class="usa-button usa-button--unstyled" type="submit">"End this secret now"</button>
        </form>
    }
}

#[server(endpoint = "end-secret")]
pub async fn end_secret(application: String, secret: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(application);
    let mut ctx = web.services.store.write().await?;
    credentials::end(&mut ctx, vendor.member()?.1, &id, &SecretId::new(secret)).await?;
    ctx.commit().await?;
    web.redirect(format!("{}/{id}?done=secret-ended", applications::PATH));
    Ok(())
}
