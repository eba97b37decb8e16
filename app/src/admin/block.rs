//! Blocking an organization or an app, and unblocking it, with a reason that its owner reads.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application::Standing,
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::{ApplicationId, OrganizationId},
    organization::OrganizationStatus,
    text::Paragraph,
};
use registry::{applications, organizations, subject::Subject};

use super::{
    comment::{about, path},
    desk::Desk,
    search,
};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    page::Page,
    texts::{
        admin::{BLOCK, CANCEL, SEARCH, UNBLOCK, block as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct BlockForm("block") {
        reason: String = Input::area(4, "Reason", "Enter a reason. The owner will read it.")
            .max_length(2000).hint("The owner will read it in an email.");
        organization: String = Input::hidden();
        /// Empty: the organization itself.
        application: String = Input::hidden();
        /// `block` or `unblock`
        step: String = Input::hidden();
    }
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
        "block" => (text::block(name), text::BLOCK_EFFECT, BLOCK),
        _ => (text::unblock(name), text::UNBLOCK_EFFECT, UNBLOCK),
    };
    let form = about(Form::of::<BlockForm>(web).await?, subject).own("step", step);
    let fields = form.fields();
    let back = path(subject);
    let cancel_to = back.clone();
    let heading = title.clone();
    let view = view! {
        <h1>{heading}</h1>
        <p>{effect}</p>
        <ErrorSummary form />
        <PostForm to=Block::PATH>
            {fields}
            <Actions submit=button cancel=CANCEL cancel_to />
        </PostForm>
    };
    Ok(desk.page(title, view).under(search::PATH, SEARCH).under(back, name))
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
    let reason = match Paragraph::read(&form.reason) {
        Ok(reason) => reason,
        Err(code) => {
            let errors = [FieldError::new("reason", code)];
            return web.refuse(BlockForm::NAME, format!("{page}/block"), &form, errors).await;
        }
    };
    let done = switch(&web, &reviewer, &subject, &form.step, &reason).await?;
    web.redirect(done.on(&page));
    Ok(())
}

/// Blocks or unblocks; what is done by it.
async fn switch(web: &Web, desk: &Desk, subject: &Subject, step: &str, reason: &Paragraph) -> Result<Notice, Failure> {
    let (by, registry) = (&desk.account.id, &web.services.registry);
    let mut ctx = web.services.store.write().await?;
    match (step, subject) {
        ("block", Subject::Organization(id)) => organizations::block(&mut ctx, registry, by, id, reason).await?,
        ("unblock", Subject::Organization(id)) => organizations::unblock(&mut ctx, registry, by, id, reason).await?,
        ("block", Subject::Application(_, id)) => applications::block(&mut ctx, registry, by, id, reason).await?,
        ("unblock", Subject::Application(_, id)) => applications::unblock(&mut ctx, registry, by, id, reason).await?,
        _ => return Err(Failure::Invalid),
    }
    ctx.commit().await?;
    Ok(if step == "block" { Notice::Blocked } else { Notice::Unblocked })
}
