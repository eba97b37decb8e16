//! `/admin/organizations/{id}/list/{program}`: which apps of an organization may be used in a program.

use std::{collections::BTreeSet, sync::Arc};

use ::programs::program::Program;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    application::ListKind,
    form,
    form::{
        Code, Errors, FieldError, Form as _,
        input::{Choice, Input},
    },
    id::{ApplicationId, OrganizationId},
    partition::ProgramId,
    text::Paragraph,
};
use oauth::grants::extent;
use registry::{
    applications::{self, Application},
    lists::{self, List},
    organizations::{self, Organization},
    subject::Subject,
};
use store::Ctx;

use super::{block, comment::path, desk::Desk, search};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    form::Form,
    page::Page,
    texts::{
        admin::{CANCEL, CLOSED_ACCOUNT, NONE, SEARCH, list as text},
        notices::Notice,
        registry::environment,
    },
    web::Web,
};

/// Numbers beside so many apps at most; each needs a few statements.
const COUNTED: usize = 20;

form! {
    pub struct ListForm("set-list") {
        kind: String = Input::radios("Rule", "Choose a rule.")
            .choice("all", text::ALL)
            .choice("allow", text::kind(ListKind::Allow)).choice("deny", text::kind(ListKind::Deny));
        listed: Vec<String> = Input::checkboxes("Listed apps", "Choose at least one app.").optional();
        reason: String = Input::area(3, "Reason", "Enter a reason. The owner will read it.")
            .max_length(2000).hint("The owner will read it in an email.");
        organization: String = Input::hidden();
        program: String = Input::hidden();
    }
}

impl ListForm {
    fn of(list: Option<&List>) -> Self {
        let kind = list.map_or("all", |list| list.kind.as_str()).to_owned();
        let listed = list.map(|list| list.listed.iter().map(ToString::to_string).collect()).unwrap_or_default();
        Self { kind, listed, ..Self::default() }
    }

    fn parse(&self, program: &ProgramId) -> Result<(lists::Choice, Paragraph), Vec<FieldError>> {
        let mut errors = Errors::default();
        let kind = match self.kind.as_str() {
            "" => Err(Code::Required),
            "all" => Ok(None),
            kind => kind.parse::<ListKind>().map(Some),
        };
        let kind = errors.take("kind", kind);
        let listed: BTreeSet<ApplicationId> = match kind {
            Some(Some(_)) => self.listed.iter().map(ApplicationId::new).collect(),
            _ => BTreeSet::new(),
        };
        // A list of apps to keep out that names none would keep out none.
        if kind == Some(Some(ListKind::Deny)) && listed.is_empty() {
            errors.add("listed", Code::Required);
        }
        let reason = errors.read::<Paragraph>("reason", &self.reason);
        let choice = kind.map(|kind| lists::Choice { program: program.clone(), kind, listed });
        errors.finish(choice.zip(reason))
    }
}

/// The section of an organization's page.
pub async fn section(
    web: &Web,
    ctx: &mut Ctx,
    desk: &Desk,
    organization: &Organization,
    apps: &[Application],
) -> Result<impl IntoView + use<>, Failure> {
    let lists = lists::of_organization(ctx, &organization.id).await?;
    let writes = desk.roles.contains(&Role::Administrator);
    let programs = web.services.programs.iter().filter(|program| desk.reach.covers(&program.id));
    let rows: Vec<Row> = programs
        .map(|program| {
            let list = lists.iter().find(|list| list.program == program.id);
            row(organization, program, list, apps, writes)
        })
        .collect();
    let columns = vec![text::PROGRAM, text::RULE, text::KEPT_OUT, text::SET];
    Ok((!apps.is_empty()).then(|| {
        view! {
            <section id="lists">
                <h2>{text::TITLE}</h2>
                <p class="usa-hint">{text::ABOUT}</p>
                <Table caption=text::TITLE columns rows />
            </section>
        }
    }))
}

fn row(organization: &Organization, program: &Program, list: Option<&List>, apps: &[Application], writes: bool) -> Row {
    let out = apps.iter().filter(|app| list.is_some_and(|list| list.keeps_out(&app.id)));
    let out: Vec<&str> = out.map(Application::name).collect();
    let out = if out.is_empty() { NONE.to_owned() } else { out.join(", ") };
    let set = list.map(|list| {
        let by = list.by.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned());
        let at = list.set_at;
        view! {
            {by} ", " <Time at />
            <span class="line usa-hint prewrap breakable">{list.reason.clone()}</span>
        }
    });
    let change = writes.then(|| {
        let to = format!("/admin/organizations/{}/list/{}", organization.id, program.id);
        view! {
            <a class="usa-link line" href=to>{text::CHANGE}<span class="usa-sr-only">" "{text::in_program(&program.name)}</span></a>
        }
    });
    vec![
        program.name.clone().into_any(),
        list.map_or(text::ALL, |list| text::kind(list.kind)).into_any(),
        view! { <span class="breakable">{out}</span> }.into_any(),
        view! { {set} {change} }.into_any(),
    ]
}

/// The program that the address or the form names, for a desk that may change lists.
async fn program(web: &Web, desk: &Desk, id: &str) -> Result<Arc<Program>, Failure> {
    desk.allow(&[Role::Administrator])?;
    let id = ProgramId::new(id);
    web.services.programs.get(&id).filter(|program| desk.reach.covers(&program.id)).cloned().ok_or(Failure::NotFound)
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let program = program(&web, &desk, web.request.param("program")?).await?;
    let id = OrganizationId::new(web.request.param("id")?);
    let subject = Subject::Organization(id.clone());
    let mut ctx = web.services.store.read().await?;
    let organization = organizations::get(&mut ctx, &id).await?;
    desk.require(&mut ctx, &subject).await?;
    let lists = lists::of_organization(&mut ctx, &id).await?;
    let apps = applications::list(&mut ctx, &id).await?;
    let choices = choices(&mut ctx, &apps).await?;
    drop(ctx);
    if desk.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let list = lists.iter().find(|list| list.program == program.id);
    let form = Form::of::<ListForm>(&web).await?.offer("listed", choices).fill(&ListForm::of(list));
    let form = form.own("organization", id.to_string()).own("program", program.id.to_string());
    let (fields, back) = (form.fields(), path(&subject));
    let cancel_to = back.clone();
    let title = text::of(organization.name(), &program.name);
    let body = if apps.is_empty() {
        view! { <p>{text::NO_APPS}</p> }.into_any()
    } else {
        view! {
            <p>{text::EFFECT}</p>
            <ErrorSummary form />
            <PostForm to=SetList::PATH>
                {fields}
                <Actions submit=text::SAVE danger=true cancel=CANCEL cancel_to />
            </PostForm>
        }
        .into_any()
    };
    let view = view! { <h1>{title.clone()}</h1> {body} };
    Ok(desk.page(title, view).under(search::PATH, SEARCH).under(back, organization.name()))
}

/// Each app with how much would stop with it.
async fn choices(ctx: &mut Ctx, apps: &[Application]) -> Result<Vec<Choice>, Failure> {
    let mut choices = Vec::new();
    for (place, app) in apps.iter().enumerate() {
        let place_of = environment(app.registration.environment);
        let about = if place < COUNTED {
            let extent = extent::of_application(ctx, &app.id).await?;
            format!("{place_of}. {}", text::members_and_tokens(block::members(extent), block::tokens(extent)))
        } else {
            place_of.to_owned()
        };
        choices.push(Choice::new(app.id.to_string(), app.name().to_owned()).about(about));
    }
    Ok(choices)
}

#[server(endpoint = "set-list")]
pub async fn set_list(#[server(flatten)] form: ListForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    let program = program(&web, &desk, &form.program).await?;
    let id = OrganizationId::new(form.organization.as_str());
    let subject = Subject::Organization(id.clone());
    desk.require(&mut web.services.store.read().await?, &subject).await?;
    if desk.belongs_to(&web, &subject).await? {
        return Err(Failure::Forbidden);
    }
    let (choice, reason) = match form.parse(&program.id) {
        Ok(typed) => typed,
        Err(errors) => {
            let here = format!("{}/list/{}", path(&subject), program.id);
            return web.refuse(ListForm::NAME, here, &form, errors).await;
        }
    };
    let mut ctx = web.services.store.write().await?;
    lists::set(&mut ctx, &web.services.registry, &desk.account.id, &id, &choice, &reason).await?;
    ctx.commit().await?;
    web.redirect(Notice::ListSaved.on(&path(&subject)));
    Ok(())
}
