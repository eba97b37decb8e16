//! `/admin/organizations/{id}/versions/{number}` and `/admin/applications/{id}/versions/{number}`: what was sent, as it was.

use leptos::prelude::*;
use model::id::{ApplicationId, OrganizationId};
use registry::{applications, organizations, subject::Subject};

use super::{comment::path, desk::Desk, search};
use crate::{
    components::{
        time::show_in,
        versions::{Reader, Shown},
    },
    failure::Failure,
    page::Page,
    texts::{admin::SEARCH, registry::version_of},
    web::Web,
};

pub async fn of_organization(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = OrganizationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let organization = organizations::get(&mut ctx, &id).await?;
    let subject = Subject::Organization(id);
    desk.require(&mut ctx, &subject).await?;
    let name = organization.name().to_owned();
    let shown = Shown::find(&mut ctx, &subject, web.request.param("number")?, name.clone()).await?;
    drop(ctx);
    Ok(page(&web, &desk, &subject, name, &shown))
}

pub async fn of_application(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get_any(&mut ctx, &id).await?;
    desk.require(&mut ctx, &app.subject()).await?;
    show_in(&web.services.programs, &app.registration.programs);
    let number = web.request.param("number")?;
    let shown = Shown::find(&mut ctx, &app.subject(), number, app.organization_name.clone()).await?;
    drop(ctx);
    Ok(page(&web, &desk, &app.subject(), app.name().to_owned(), &shown))
}

fn page(web: &Web, desk: &Desk, subject: &Subject, name: String, shown: &Shown) -> Page {
    let title = version_of(&name, shown.submission.number);
    let view = view! { <h1>{title.clone()}</h1> {shown.view(web, Reader::Staff)} };
    desk.page(title, view).under(search::PATH, SEARCH).under(path(subject), name)
}
