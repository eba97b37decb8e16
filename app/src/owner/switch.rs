//! Switching an app off and on, and deleting it.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{application::Standing, id::ApplicationId};
use registry::applications::{self, Application};

use crate::{
    components::dialog::Dialog,
    failure::Failure,
    owner::{applications as list, vendor::Vendor},
    page::Page,
    web::Web,
};

/// Deactivate, or Reactivate; nothing where an administrator decides.
pub fn button(app: &Application) -> Option<impl IntoView + use<>> {
    let (to, text) = match app.standing {
        Standing::Active => (DeactivateApp::PATH, "Deactivate"),
        Standing::Deactivated => (ReactivateApp::PATH, "Reactivate"),
        Standing::Blocked | Standing::Deleted => return None,
    };
    Some(view! {
        <form method="post" action=to>
            <input type="hidden" name="application" value=app.id.to_string() />
            <button class="usa-button usa-button--outline" type="submit">{text}</button>
        </form>
    })
}

#[server(endpoint = "deactivate-app")]
pub async fn deactivate_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(application);
    let mut ctx = web.services.store.write().await?;
    applications::deactivate(&mut ctx, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(format!("{}/{id}?done=deactivated", list::PATH));
    Ok(())
}

#[server(endpoint = "reactivate-app")]
pub async fn reactivate_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(application);
    let mut ctx = web.services.store.write().await?;
    applications::reactivate(&mut ctx, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(format!("{}/{id}?done=reactivated", list::PATH));
    Ok(())
}

/// `/owner/applications/{id}/delete`: asks first.
pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    let view = view! {
        <Dialog title="Delete this application?">
            <p>
                <strong>{app.name().to_owned()}</strong>" will stop working at once: its credentials and tokens end, and members lose the \
                 connection. This cannot be undone. To stop it for a while, deactivate it instead."
            </p>
            <form class="actions" method="post" action=DeleteApp::PATH>
                <input type="hidden" name="application" value=id.to_string() />
                <button class="usa-button usa-button--danger" type="submit">"Delete"</button>
                <a class="usa-button usa-button--outline" href=list::path(&app)>"Cancel"</a>
            </form>
        </Dialog>
    };
    Ok(vendor.page("Delete this application?", view).at(list::PATH))
}

#[server(endpoint = "delete-app")]
pub async fn delete_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut ctx = web.services.store.write().await?;
    applications::delete(&mut ctx, vendor.member()?.1, &ApplicationId::new(application)).await?;
    ctx.commit().await?;
    web.redirect(format!("{}?done=deleted", list::PATH));
    Ok(())
}
