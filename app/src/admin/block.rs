//! Blocking an organization or an app, and unblocking it, with a reason that its owner reads.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application::Standing,
    id::{ApplicationId, OrganizationId},
    organization::OrganizationStatus,
    text::Paragraph,
};
use registry::{applications, organizations, subject::Subject};
use serde::{Deserialize, Serialize};

use super::{comment::path, desk::Desk, search};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    page::Page,
    web::Web,
};

const FORM: &str = "block";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BlockForm {
    organization: String,
    /// Empty: the organization itself.
    application: String,
    /// `block` or `unblock`
    step: String,
    reason: String,
}

/// `/admin/organizations/{id}/block`
pub async fn organization_page(web: Web) -> Result<Page, Failure> {
    let id = OrganizationId::new(web.request.param("id")?);
    let desk = reviewer(&web).await?;
    let organization = organizations::get(&mut web.services.store.read().await?, &id).await?;
    let step = match organization.status {
        OrganizationStatus::Approved => "block",
        OrganizationStatus::Suspended => "unblock",
        _ => return Err(Failure::NotFound),
    };
    page(&web, &desk, organization.name(), &Subject::Organization(id), step).await
}

/// `/admin/applications/{id}/block`
pub async fn application_page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let desk = reviewer(&web).await?;
    let app = applications::get_any(&mut web.services.store.read().await?, &id).await?;
    if app.standing == Standing::Deleted {
        return Err(Failure::NotFound);
    }
    let step = if app.blocked_at.is_some() { "unblock" } else { "block" };
    page(&web, &desk, app.name(), &Subject::Application(app.organization.clone(), id), step).await
}

async fn reviewer(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    if desk.may_review() { Ok(desk) } else { Err(Failure::Forbidden) }
}

async fn page(web: &Web, desk: &Desk, name: &str, subject: &Subject, step: &'static str) -> Result<Page, Failure> {
    if desk.belongs_to(web, subject).await? {
        return Err(Failure::Forbidden);
    }
    let (title, effect, button) = match step {
        "block" => (
            format!("Block {name}?"),
            "It stops at once: nobody can sign in through it, and its tokens stop working. Until it is unblocked, it can be \
             neither deleted nor registered again, and what goes wrong with its requests is shown on a page.",
            "Block",
        ),
        _ => (
            format!("Unblock {name}?"),
            "It stands again as before the block, no more and no less: what its owner switched off stays off, tokens that have not \
             ended work again, and members do not have to consent again.",
            "Unblock",
        ),
    };
    let form = Form::open(
        web,
        FORM,
        vec![Input::area("reason", "Reason", 4).max_length(2000).hint("The owner is told by email.")],
    )
    .await?;
    let fields = form.fields();
    let (organization, application) =
        (subject.organization().to_string(), subject.application().map(ToString::to_string));
    let back = path(subject);
    let cancel_to = back.clone();
    let heading = title.clone();
    let view = view! {
        <h1>{heading}</h1>
        <p>{effect}</p>
        <ErrorSummary form />
        <PostForm to=Block::PATH>
            {fields}
            <input type="hidden" name="organization" value=organization />
            <input type="hidden" name="application" value=application.unwrap_or_default() />
            <input type="hidden" name="step" value=step />
            <Actions submit=button cancel="Cancel" cancel_to />
        </PostForm>
    };
    Ok(desk.page(title, view).under(search::PATH, "Search").under(back, name))
}

/// What the form names; an app's organization is the one it has, whatever was sent.
async fn subject(web: &Web, form: &BlockForm) -> Result<Subject, Failure> {
    if form.application.is_empty() {
        return Ok(Subject::Organization(OrganizationId::new(form.organization.as_str())));
    }
    let id = ApplicationId::new(form.application.as_str());
    let app = applications::get_any(&mut web.services.store.read().await?, &id).await?;
    Ok(Subject::Application(app.organization, id))
}

#[server(endpoint = "block")]
pub async fn block(#[server(flatten)] form: BlockForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = reviewer(&web).await?;
    let subject = subject(&web, &form).await?;
    if reviewer.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let page = path(&subject);
    let reason = match Paragraph::parse(&form.reason) {
        Ok(reason) => reason,
        Err(code) => {
            return web.refuse(FORM, format!("{page}/block"), &form, [Error::new("reason", code)]).await;
        }
    };
    switch(&web, &reviewer, &subject, &form.step, &reason).await?;
    web.redirect(format!("{page}?done={}ed", form.step));
    Ok(())
}

async fn switch(web: &Web, desk: &Desk, subject: &Subject, step: &str, reason: &Paragraph) -> Result<(), Failure> {
    let (by, registry) = (&desk.account.id, &web.services.registry);
    let mut ctx = web.services.store.write().await?;
    match (step, subject) {
        ("block", Subject::Organization(id)) => organizations::block(&mut ctx, registry, by, id, reason).await?,
        ("unblock", Subject::Organization(id)) => organizations::unblock(&mut ctx, registry, by, id, reason).await?,
        ("block", Subject::Application(_, id)) => applications::block(&mut ctx, registry, by, id, reason).await?,
        ("unblock", Subject::Application(_, id)) => applications::unblock(&mut ctx, registry, by, id, reason).await?,
        _ => return Err(Failure::Invalid),
    }
    Ok(ctx.commit().await?)
}
