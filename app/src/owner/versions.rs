//! `/owner/organization/versions/{number}` and `/owner/applications/{id}/versions/{number}`: what was sent, as it was.

use leptos::prelude::*;
use model::id::ApplicationId;
use registry::{applications, subject::Subject};

use crate::{
    components::{
        time::show_in,
        versions::{Reader, Shown},
    },
    failure::Failure,
    owner::{application::Tab, applications as list, organization, vendor::Vendor},
    page::Page,
    texts::{
        owner::{APPLICATIONS, ORGANIZATION_PROFILE},
        registry::version_of,
    },
    web::Web,
};

pub async fn of_organization(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let organization = vendor.member()?.0;
    let subject = Subject::Organization(organization.id.clone());
    let name = organization.name().to_owned();
    let mut ctx = web.services.store.read().await?;
    let shown = Shown::find(&mut ctx, &subject, web.request.param("number")?, name.clone()).await?;
    drop(ctx);
    let title = version_of(name, shown.submission.number);
    let view = view! { <h1>{title.clone()}</h1> {shown.view(&web, Reader::Vendor)} };
    Ok(vendor.page(title, view).at(organization::PATH).under(organization::PATH, ORGANIZATION_PROFILE))
}

pub async fn of_application(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    show_in(&web.services.programs, &app.registration.programs);
    let number = web.request.param("number")?;
    let shown = Shown::find(&mut ctx, &app.subject(), number, app.organization_name.clone()).await?;
    drop(ctx);
    let title = version_of(app.name(), shown.submission.number);
    let view = view! { <h1>{title.clone()}</h1> {shown.view(&web, Reader::Vendor)} };
    let page = vendor.page(title, view).at(list::PATH).under(list::PATH, APPLICATIONS);
    Ok(page.under(Tab::Registration.of(&app.id), app.name().to_owned()))
}
