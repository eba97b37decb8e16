//! "In progress": the drafts that a vendor can continue or delete. The dashboard and the applications page show it.

use leptos::prelude::*;
use registry::drafts::{self, Draft, Kind};

use super::page;
use crate::{
    components::{
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    owner::vendor::Vendor,
    texts::owner::drafts as text,
    web::Web,
};

/// The section, or nothing if no draft is stored. It reads; return your own reading first.
pub async fn in_progress(web: &Web, vendor: &Vendor) -> Result<Option<AnyView>, Failure> {
    let mut ctx = web.services.store.read().await?;
    let drafts = drafts::list(&mut ctx, &vendor.account.id, vendor.organization_id()).await?;
    drop(ctx);
    if drafts.is_empty() {
        return Ok(None);
    }
    let columns = vec![text::NAME, text::KIND, text::SAVED, text::WHAT_TO_DO];
    let rows = drafts.iter().map(row).collect();
    Ok(Some(
        view! {
            <h2>{text::IN_PROGRESS}</h2>
            <Table caption=text::IN_PROGRESS columns rows />
            <p class="usa-hint">{text::kept_for(drafts::DAYS)}</p>
        }
        .into_any(),
    ))
}

/// What the draft is called.
pub fn name(draft: &Draft) -> String {
    if draft.name.trim().is_empty() { text::UNNAMED.to_owned() } else { draft.name.clone() }
}

/// What becomes of it.
pub fn kind(draft: &Draft) -> &'static str {
    match (draft.kind, &draft.organization) {
        (Kind::Application, _) => text::APPLICATION,
        (Kind::Organization, None) => text::ORGANIZATION,
        (Kind::Organization, Some(_)) => text::CORRECTION,
        (Kind::Unknown, _) => text::OF_ANOTHER_VERSION,
    }
}

fn row(draft: &Draft) -> Row {
    let (name, path) = (name(draft), format!("{}/delete", page::path(&draft.id)));
    let go_on = page::continue_at(draft).map(|address| {
        let name = name.clone();
        view! { <a class="usa-link" href=address>{text::CONTINUE}<span class="usa-sr-only">" "{name}</span></a> }
    });
    let named = name.clone();
    vec![
        view! { {named} }.into_any(),
        kind(draft).into_any(),
        view! { <Time at=draft.saved_at /> }.into_any(),
        view! { <span class="row-links">{go_on}<a class="usa-link" href=path>{text::DELETE}<span class="usa-sr-only">" "{name}</span></a></span> }.into_any(),
    ]
}
