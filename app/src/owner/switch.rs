//! Switching an app off and on, and deleting it.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{application::Standing, id::ApplicationId};
use oauth::grants::ending::Grants;
use registry::applications::{self, Application};

use crate::{
    failure::Failure,
    owner::{
        application::Tab,
        applications as list,
        question::{self, Question},
        vendor::Vendor,
    },
    page::Page,
    texts::{
        notices::Notice,
        owner::{
            DELETE,
            application::{DEACTIVATE, REACTIVATE},
            switch as text,
        },
    },
    web::Web,
};

/// Deactivate, which asks first, or Reactivate. Reactivate is missing while an administrator blocks the app.
pub fn button(app: &Application) -> Option<AnyView> {
    match app.standing {
        Standing::Active => {
            let path = format!("{}/deactivate", list::path(app));
            Some(view! { <a class="usa-button usa-button--outline" href=path>{DEACTIVATE}</a> }.into_any())
        }
        Standing::Deactivated if !app.liveness().is_blocked() => Some(
            view! {
                <form method="post" action=ReactivateApp::PATH>
                    <input type="hidden" name="application" value=app.id.to_string() />
                    <button class="usa-button usa-button--outline" type="submit">{REACTIVATE}</button>
                </form>
            }
            .into_any(),
        ),
        Standing::Deactivated | Standing::Deleted | Standing::Unknown => None,
    }
}

/// `/owner/applications/{id}/deactivate`: asks first.
pub async fn deactivation(web: Web) -> Result<Page, Failure> {
    let (vendor, app, _) = question::subject(&web).await?;
    let [title, about, yes] = [text::DEACTIVATE_QUESTION, text::ABOUT_DEACTIVATE, DEACTIVATE];
    Ok(question::ask(&vendor, &app, Tab::Overview, Question { title, about, yes, to: DeactivateApp::PATH }))
}

#[server(endpoint = "deactivate-app")]
pub async fn deactivate_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    applications::deactivate(&mut ctx, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::Deactivated.on(&format!("{}/{id}", list::PATH)));
    Ok(())
}

#[server(endpoint = "reactivate-app")]
pub async fn reactivate_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    applications::reactivate(&mut ctx, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::Reactivated.on(&format!("{}/{id}", list::PATH)));
    Ok(())
}

/// `/owner/applications/{id}/delete`: asks first.
pub async fn page(web: Web) -> Result<Page, Failure> {
    let (vendor, app, _) = question::subject(&web).await?;
    let [title, about, yes] = [text::DELETE_QUESTION, text::ABOUT_DELETE, DELETE];
    Ok(question::ask(&vendor, &app, Tab::Registration, Question { title, about, yes, to: DeleteApp::PATH }))
}

#[server(endpoint = "delete-app")]
pub async fn delete_app(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    let ending = Grants { site: &web.services.identity.site };
    applications::delete(&mut ctx, &ending, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::Deleted.on(list::PATH));
    Ok(())
}
