//! `/owner/applications/{id}/activity`: how the app is used, and what was said and done about it.

use leptos::prelude::*;

use super::{Opened, Tab};
use crate::{
    components::{entries, history::History, versions::Reader},
    failure::Failure,
    owner::{comment, usage},
    page::Page,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, mut ctx) = Opened::of(&web).await?;
    let app = &opened.app;
    let (events, pages) = entries::page(&web, &mut ctx, &app.subject(), Reader::Vendor).await?;
    let used = usage::of_application(&web, &mut ctx, app).await?;
    drop(ctx);
    let comment = comment::section(&web, &app.organization, Some(&app.id)).await?;
    let view = view! {
        {used}
        <div class="measure"><History events pages>{comment}</History></div>
    };
    Ok(opened.page(Tab::Activity, view))
}
