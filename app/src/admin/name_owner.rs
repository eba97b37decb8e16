//! `/admin/organizations/{id}/owner`: names an owner, for an organization whose owners left without a successor. Administrators
//! only, and not for their own organization or themselves.

use identity::accounts;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{Code, Form as _, input::Input},
    id::OrganizationId,
    team::TeamRole,
    text::{Line, Paragraph},
};
use registry::{
    applications,
    error::Error as Refused,
    organizations,
    subject::Subject,
    team::{
        self, Colleague,
        change::{self, Grounds},
    },
};

use super::{comment::path, desk::Desk, search};
use crate::{
    components::{
        form::{ErrorSummary, PostForm},
        pager::grouped,
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error},
    page::Page,
    texts::{
        admin::{CANCEL, SEARCH, name_owner as text},
        notices::Notice,
        registry::team_role,
    },
    web::Web,
};

pub struct NewOwner {
    login: Line,
    reason: Paragraph,
    evidence: Paragraph,
}

form! {
    pub struct NameOwnerForm("name-owner") => NewOwner {
        login: String => Line = Input::text(
                "Healthcare ID or email address of the new owner",
                "Enter the Healthcare ID or the email address of the new owner.",
            )
            .max_length(254);
        reason: String => Paragraph = Input::area(3, "Reason", "Enter a reason. All owners will read it.")
            .max_length(1000).hint("All owners, and the new one, will read it in an email and in the history.");
        evidence: String => Paragraph = Input::area(3, "Evidence", "Say what you have seen or received.")
            .max_length(2000).hint("What you have seen or received, such as a letter of the company. Only the audit log keeps it.");
        organization: String = Input::hidden();
    }
}

async fn administrator(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&[Role::Administrator])?;
    Ok(desk)
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let id = OrganizationId::new(web.request.param("id")?);
    let subject = Subject::Organization(id.clone());
    let mut ctx = web.services.store.read().await?;
    let organization = organizations::get(&mut ctx, &id).await?;
    let colleagues = team::list(&mut ctx, &id).await?;
    let apps = applications::count_of(&mut ctx, &id).await?;
    drop(ctx);
    if desk.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let form = Form::of::<NameOwnerForm>(&web).await?.own("organization", id.as_str());
    let fields = form.fields();
    let (back, title) = (path(&subject), text::title(organization.name()));
    let cancel_to = back.clone();
    let view = view! {
        <h1>{title.clone()}</h1>
        <p>{text::EFFECT}</p>
        <Summary facts=facts(&colleagues, apps) />
        <ErrorSummary form />
        <PostForm to=NameOwner::PATH>
            {fields}
            <div class="actions">
                <button class="usa-button usa-button--danger" type="submit">{text::NAME_OWNER}</button>
                <a class="usa-button usa-button--outline" href=cancel_to>{CANCEL}</a>
            </div>
        </PostForm>
    };
    Ok(desk.page(title, view).under(search::PATH, SEARCH).under(back, organization.name()))
}

/// What the administrator decides about, in numbers and names.
fn facts(colleagues: &[Colleague], apps: i64) -> Vec<Fact> {
    let line = |colleague: &Colleague| {
        let line = text::colleague(&colleague.name, &colleague.email, team_role(colleague.role));
        view! { <span class="line">{line}</span> }
    };
    let owners = colleagues.iter().filter(|colleague| colleague.role == TeamRole::Owner).count();
    let team = match colleagues {
        [] => text::EMPTY_TEAM.into_any(),
        colleagues => colleagues.iter().map(line).collect_view().into_any(),
    };
    vec![Fact::new(text::TEAM, team), Fact::new(text::OWNERS, owners.to_string()), Fact::new(text::APPS, grouped(apps))]
}

#[server(endpoint = "name-owner")]
pub async fn name_owner(#[server(flatten)] form: NameOwnerForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let id = OrganizationId::new(form.organization.as_str());
    let subject = Subject::Organization(id.clone());
    organizations::get(&mut web.services.store.read().await?, &id).await?;
    if desk.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let page = format!("{}/owner", path(&subject));
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return web.refuse(NameOwnerForm::NAME, page, &form, errors).await,
    };
    match name(&web, &desk, &id, &new).await? {
        Ok(()) => web.redirect(Notice::OwnerNamed.on(&path(&subject))),
        Err(code) => web.refuse(NameOwnerForm::NAME, page, &form, [Error::new("login", code)]).await?,
    }
    Ok(())
}

/// Names the owner, or returns what is wrong with the account.
async fn name(web: &Web, desk: &Desk, id: &OrganizationId, new: &NewOwner) -> Result<Result<(), Code>, Failure> {
    let (by, registry) = (&desk.account.id, &web.services.registry);
    let grounds = Grounds { reason: &new.reason, evidence: &new.evidence };
    let mut ctx = web.services.store.write().await?;
    let account = accounts::find_by_login(&mut ctx, new.login.as_str()).await?;
    // An account whose address is not confirmed may be a stranger's.
    let Some(account) = account.filter(|account| account.email_verified_at.is_some()) else {
        return Ok(Err(Code::NotAnAccount));
    };
    match change::name_owner(&mut ctx, registry, by, id, &account.id, grounds).await {
        Ok(()) => {
            ctx.commit().await?;
            Ok(Ok(()))
        }
        Err(Refused::AlreadyOnTeam) => Ok(Err(Code::OwnerAlready)),
        Err(Refused::TooMany) => Ok(Err(Code::TooManyOrganizations)),
        Err(error) => Err(error.into()),
    }
}
