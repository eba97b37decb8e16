//! Blocking an organization or an app, unblocking it, and revoking it for good, with a reason that its owner reads.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    application::Standing,
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::{ApplicationId, OrganizationId},
    organization::OrganizationStatus,
    text::Paragraph,
};
use oauth::grants::{
    ending::Revoked,
    extent::{self, Extent, MOST},
};
use registry::{applications, organizations, subject::Subject};
use store::Ctx;

use super::{
    comment::{about, path},
    desk::Desk,
    search,
};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        marked::marked,
        pager::grouped,
    },
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
        /// `block`, `unblock` or `revoke`
        step: String = Input::hidden();
    }
}

/// What is done to an organization or an app.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Block,
    Unblock,
    Revoke,
}

impl Step {
    fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Revoke => "revoke",
        }
    }

    fn of(word: &str) -> Result<Self, Failure> {
        [Self::Block, Self::Unblock, Self::Revoke]
            .into_iter()
            .find(|step| step.as_str() == word)
            .ok_or(Failure::Invalid)
    }

    /// The last part of its page's address.
    fn page(self) -> &'static str {
        if self == Self::Revoke { "revoke" } else { "block" }
    }

    fn notice(self) -> Notice {
        match self {
            Self::Block => Notice::Blocked,
            Self::Unblock => Notice::Unblocked,
            Self::Revoke => Notice::RevokedForGood,
        }
    }

    /// Whether this desk may do it. Only administrators do what nothing undoes.
    fn allow(self, desk: &Desk) -> Result<(), Failure> {
        match self {
            Self::Revoke => desk.allow(&[Role::Administrator]),
            Self::Block | Self::Unblock => desk.allow(&[Role::Administrator, Role::Reviewer]),
        }
    }
}

/// `/admin/organizations/{id}/block`
pub async fn organization_page(web: Web) -> Result<Page, Failure> {
    of_organization(web, |status| match status {
        OrganizationStatus::Approved => Some(Step::Block),
        OrganizationStatus::Suspended => Some(Step::Unblock),
        _ => None,
    })
    .await
}

/// `/admin/organizations/{id}/revoke`
pub async fn organization_revoke_page(web: Web) -> Result<Page, Failure> {
    of_organization(web, |status| status.revoke().ok().map(|_| Step::Revoke)).await
}

async fn of_organization(web: Web, step: impl Fn(OrganizationStatus) -> Option<Step>) -> Result<Page, Failure> {
    let id = OrganizationId::new(web.request.param("id")?);
    let desk = Desk::enter(&web).await?;
    Step::Block.allow(&desk)?;
    let organization = organizations::get(&mut web.services.store.read().await?, &id).await?;
    let subject = Subject::Organization(id);
    let step = step(organization.status).ok_or_else(|| Failure::redirect(path(&subject)))?;
    page(&web, &desk, organization.name(), &subject, step).await
}

/// `/admin/applications/{id}/block`
pub async fn application_page(web: Web) -> Result<Page, Failure> {
    of_application(web, |is_blocked| if is_blocked { Step::Unblock } else { Step::Block }).await
}

/// `/admin/applications/{id}/revoke`
pub async fn application_revoke_page(web: Web) -> Result<Page, Failure> {
    of_application(web, |_| Step::Revoke).await
}

async fn of_application(web: Web, step: impl Fn(bool) -> Step) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let desk = Desk::enter(&web).await?;
    Step::Block.allow(&desk)?;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get_any(&mut ctx, &id).await?;
    let revoked = applications::revoked_at(&mut ctx, &id).await?.is_some();
    drop(ctx);
    let subject = app.subject();
    if app.standing == Standing::Deleted || revoked {
        return Err(Failure::redirect(path(&subject)));
    }
    page(&web, &desk, app.name(), &subject, step(app.blocked_at.is_some())).await
}

async fn page(web: &Web, desk: &Desk, name: &str, subject: &Subject, step: Step) -> Result<Page, Failure> {
    step.allow(desk)?;
    let mut ctx = web.services.store.read().await?;
    desk.require(&mut ctx, subject).await?;
    let extent = extent_of(&mut ctx, subject).await?;
    drop(ctx);
    if desk.belongs_to(web, subject).await? {
        return Err(Failure::Forbidden);
    }
    let (title, effect, button) = match step {
        Step::Block => (text::block(name), text::BLOCK_EFFECT, BLOCK),
        Step::Unblock => (text::unblock(name), text::UNBLOCK_EFFECT, UNBLOCK),
        Step::Revoke => (text::revoke(name), text::REVOKE_EFFECT, text::REVOKE),
    };
    let numbers = if step == Step::Unblock { text::WORKS_AGAIN } else { text::STOPS };
    let form = about(Form::of::<BlockForm>(web).await?, subject).own("step", step.as_str());
    let fields = form.fields();
    let back = path(subject);
    let cancel_to = back.clone();
    let heading = title.clone();
    let danger = step != Step::Unblock;
    let view = view! {
        <h1>{heading}</h1>
        <p class="usa-intro" id="extent">{sentence(numbers, extent)}</p>
        <p>{effect}</p>
        <ErrorSummary form />
        <PostForm to=Block::PATH>
            {fields}
            <Actions submit=button danger cancel=CANCEL cancel_to />
        </PostForm>
    };
    Ok(desk.page(title, view).under(search::PATH, SEARCH).under(back, name))
}

async fn extent_of(ctx: &mut Ctx, subject: &Subject) -> Result<Extent, Failure> {
    Ok(match subject {
        Subject::Organization(id) => extent::of_organization(ctx, id).await?,
        Subject::Application(_, id) => extent::of_application(ctx, id).await?,
        Subject::Ticket(..) => return Err(Failure::NotFound),
    })
}

/// The sentence with both numbers in it.
fn sentence(template: &'static str, extent: Extent) -> Vec<AnyView> {
    let numbers = [members(extent), tokens(extent)];
    marked(template, |place, _| view! { <strong>{numbers.get(place).cloned()}</strong> }.into_any())
}

/// `12 members`
pub fn members(extent: Extent) -> String {
    match extent.members {
        1 => text::ONE_MEMBER.to_owned(),
        count => text::members(number(count)),
    }
}

/// `31 tokens`
pub fn tokens(extent: Extent) -> String {
    match extent.tokens {
        1 => text::ONE_TOKEN.to_owned(),
        count => text::tokens(number(count)),
    }
}

fn number(count: i64) -> String {
    if MOST < count { text::more_than(grouped(MOST)) } else { grouped(count) }
}

/// What the form names; an app's organization is the one it has, whatever was sent.
async fn subject(ctx: &mut Ctx, form: &BlockForm) -> Result<Subject, Failure> {
    if form.application.is_empty() {
        return Ok(Subject::Organization(OrganizationId::new(form.organization.as_str())));
    }
    let id = ApplicationId::new(form.application.as_str());
    let app = applications::get_any(ctx, &id).await?;
    Ok(Subject::Application(app.organization, id))
}

#[server(endpoint = "block")]
pub async fn block(#[server(flatten)] form: BlockForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    Step::Block.allow(&desk)?;
    let step = Step::of(&form.step)?;
    step.allow(&desk)?;
    let mut ctx = web.services.store.read().await?;
    let subject = subject(&mut ctx, &form).await?;
    desk.require(&mut ctx, &subject).await?;
    drop(ctx);
    if desk.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let here = path(&subject);
    let reason = match Paragraph::read(&form.reason) {
        Ok(reason) => reason,
        Err(code) => {
            let errors = [FieldError::new("reason", code)];
            return web.refuse(BlockForm::NAME, format!("{here}/{}", step.page()), &form, errors).await;
        }
    };
    switch(&web, &desk, &subject, step, &reason).await?;
    web.redirect(step.notice().on(&here));
    Ok(())
}

async fn switch(web: &Web, desk: &Desk, subject: &Subject, step: Step, reason: &Paragraph) -> Result<(), Failure> {
    let (by, registry) = (&desk.account.id, &web.services.registry);
    let ending = Revoked { site: &web.services.identity.site };
    let mut ctx = web.services.store.write().await?;
    let ctx_mut = &mut ctx;
    match (step, subject) {
        (Step::Block, Subject::Organization(id)) => organizations::block(ctx_mut, registry, by, id, reason).await?,
        (Step::Unblock, Subject::Organization(id)) => organizations::unblock(ctx_mut, registry, by, id, reason).await?,
        (Step::Revoke, Subject::Organization(id)) => {
            organizations::revoke(ctx_mut, registry, &ending, by, id, reason).await?;
        }
        (Step::Block, Subject::Application(_, id)) => applications::block(ctx_mut, registry, by, id, reason).await?,
        (Step::Unblock, Subject::Application(_, id)) => {
            applications::unblock(ctx_mut, registry, by, id, reason).await?;
        }
        (Step::Revoke, Subject::Application(_, id)) => {
            applications::revoke(ctx_mut, registry, &ending, by, id, reason).await?;
        }
        (_, Subject::Ticket(..)) => return Err(Failure::NotFound),
    }
    Ok(ctx.commit().await?)
}
