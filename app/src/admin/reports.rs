//! What members reported about an app, on the app's page.

use leptos::prelude::*;
use model::id::ApplicationId;
use oauth::reports::{self, Report};
use store::Ctx;

use crate::{
    components::{
        pager::Pages,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    texts::{admin::reports as text, registry::environment},
    web::Web,
};

/// The newest reports first. No one of the staff changes them here.
pub async fn section(web: &Web, ctx: &mut Ctx, app: &ApplicationId) -> Result<impl IntoView + use<>, Failure> {
    let pages = Pages::named(web, "reports", reports::count(ctx, app).await?);
    let reports = reports::of_application(ctx, app, pages.part()).await?;
    let body = if reports.is_empty() {
        view! { <p>{text::NONE}</p> }.into_any()
    } else {
        let columns = vec![text::DATE, text::REASON, text::PLAN, text::COMMENT];
        let rows = reports.into_iter().map(|report| row(web, report)).collect();
        view! {
            <p class="usa-hint">{text::ABOUT}</p>
            <Table caption=text::TITLE columns rows />
            {pages.links()}
        }
        .into_any()
    };
    Ok(view! { <section id="reports"><h2>{text::TITLE}</h2> {body}</section> })
}

fn row(web: &Web, report: Report) -> Row {
    let program = web.services.programs.get(&report.program);
    let payer = program.and_then(|program| program.payer(&report.payer));
    let payer = payer.map_or_else(|| report.payer.to_string(), |payer| payer.name.clone());
    let at = report.created_at;
    vec![
        view! { <Time at /> }.into_any(),
        text::reason(report.reason).into_any(),
        view! { {payer} <span class="line usa-hint">{environment(report.environment)}</span> }.into_any(),
        view! { <span class="prewrap breakable">{report.comment.unwrap_or_default()}</span> }.into_any(),
    ]
}
