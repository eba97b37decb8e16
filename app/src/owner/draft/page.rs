//! `/owner/drafts/{id}`: a draft by its id. It is what the script reads after it has saved, and asks before a draft is deleted.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{form::Code, id::DraftId};
use registry::drafts::{self, Draft, Found, Kind};

use super::{
    DRAFT, Mark,
    form::seconds,
    list::{kind, name},
};
use crate::{
    components::{
        dialog::Dialog,
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    owner::{applications, dashboard, new_application, registration, vendor::Vendor},
    page::Page,
    texts::{
        notices::Notice,
        owner::{CANCEL, drafts as text},
    },
    web::Web,
};

/// The page of one draft.
pub fn path(id: &DraftId) -> String {
    format!("/owner/drafts/{id}")
}

/// Where the draft is continued; nowhere in this version if another one wrote it.
pub fn continue_at(draft: &Draft) -> Option<String> {
    let path = match draft.kind {
        Kind::Application => new_application::details::PATH,
        Kind::Organization => registration::demographics::PATH,
        Kind::Unknown => return None,
    };
    Some(Mark::of(draft).on(path))
}

/// Where the vendor's drafts are listed.
pub fn list_of(vendor: &Vendor) -> &'static str {
    if vendor.organization().is_some() { applications::PATH } else { dashboard::PATH }
}

/// Where the script reads what became of its saving.
pub(super) fn answer(mark: &Mark, wrong: Option<Code>) -> String {
    let path = path(&mark.id);
    match wrong {
        None => format!("{path}?{DRAFT}={mark}"),
        Some(code) => format!("{path}?wrong={code}"),
    }
}

async fn subject(web: &Web) -> Result<(Vendor, Draft), Failure> {
    let vendor = Vendor::enter(web).await?;
    let draft = own(web, &vendor, web.request.param("id")?).await?;
    Ok((vendor, draft))
}

async fn own(web: &Web, vendor: &Vendor, id: &str) -> Result<Draft, Failure> {
    let mut ctx = web.services.store.read().await?;
    match drafts::find(&mut ctx, &vendor.account.id, &DraftId::new(id)).await? {
        Found::Draft(draft) => Ok(*draft),
        Found::Nothing | Found::NotTheirs => Err(Failure::NotFound),
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let wrong = web.request.query("wrong").is_some();
    let (vendor, draft) = subject(&web).await?;
    let facts = facts(&draft);
    let (title, go_on, delete) = (name(&draft), continue_at(&draft), format!("{}/delete", path(&draft.id)));
    let go_on = go_on.map(|address| view! { <a class="usa-button" href=address>{text::CONTINUE}</a> });
    let saved_at = draft.saved_at;
    let view = view! {
        <h1>{title.clone()}</h1>
        <Summary facts />
        <p id="draft-answer" data-draft=Mark::of(&draft).to_string() data-seconds=seconds(&web) data-wrong=wrong.then_some("")>
            {text::LAST_SAVED}" "<Time at=saved_at />
        </p>
        <p class="actions">
            {go_on}
            <a class="usa-button usa-button--outline" href=delete>{text::DELETE}</a>
        </p>
        <p class="usa-hint">{text::kept_for(drafts::DAYS)}</p>
    };
    Ok(vendor.page(title, view).at(applications::PATH))
}

fn facts(draft: &Draft) -> Vec<Fact> {
    vec![Fact::new(text::KIND, kind(draft))]
}

/// `/owner/drafts/{id}/delete`: asks first.
pub async fn deletion(web: Web) -> Result<Page, Failure> {
    let (vendor, draft) = subject(&web).await?;
    let (name, id, saved_at, back) = (name(&draft), draft.id.to_string(), draft.saved_at, list_of(&vendor));
    let view = view! {
        <Dialog title=text::DELETE_QUESTION>
            <p><strong>{name}</strong>" – "{kind(&draft)}</p>
            <p>{text::LAST_SAVED}" "<Time at=saved_at />". "{text::ABOUT_DELETE}</p>
            <form class="actions" method="post" action=DeleteDraft::PATH>
                <input type="hidden" name=DRAFT value=id />
                <button class="usa-button usa-button--danger" type="submit">{text::DELETE_DRAFT}</button>
                <a class="usa-button usa-button--outline" href=back>{CANCEL}</a>
            </form>
        </Dialog>
    };
    Ok(vendor.page(text::DELETE_QUESTION, view).at(applications::PATH))
}

#[server(endpoint = "delete-draft")]
pub async fn delete_draft(draft: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut ctx = web.services.store.write().await?;
    drafts::delete(&mut ctx, &vendor.account.id, &DraftId::new(draft)).await?;
    ctx.commit().await?;
    web.redirect(Notice::DraftDeleted.on(list_of(&vendor)));
    Ok(())
}
