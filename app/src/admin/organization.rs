//! `/admin/organizations/{id}`: all that is known of an organization.

use ::audit::views::Subject as Seen;
use leptos::prelude::*;
use model::{account::Role, history::Side, id::OrganizationId, organization::OrganizationStatus};
use registry::{
    applications, conversations, organizations,
    organizations::Organization,
    reviews::{self, Review},
    subject::Subject,
    team::{self, Colleague},
};

use super::{comment, concerns, desk::Desk, list, queue, search};
use crate::{
    components::{
        entries,
        history::History,
        marked::marked,
        organization::{AttestationFacts, OrganizationFacts},
        pager::Pages,
        status::Status,
        summary::{Fact, Summary},
        time::Time,
        turn::TurnLine,
        versions::{self, Reader},
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{
            BLOCK, BY_CLOSED_ACCOUNT, CHANGED, ID, ORGANIZATION_DEMOGRAPHICS, PRIVACY, REGISTERED, SEARCH, UNBLOCK,
            block, name_owner::NAME_OWNER, subject as text,
        },
        registry::{organization_status, outcome, team_role},
    },
    web::Web,
};

/// What the lists of this page are called in addresses.
const APPLICATIONS: &str = "applications";
const REVIEWS: &str = "reviews";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = OrganizationId::new(web.request.param("id")?);
    let subject = Subject::Organization(id.clone());
    let mut ctx = web.services.store.read().await?;
    let organization = organizations::get(&mut ctx, &id).await?;
    desk.require(&mut ctx, &subject).await?;
    let colleagues = team::list(&mut ctx, &id).await?;
    let apps = applications::list(&mut ctx, &id).await?;
    let usable = list::section(&web, &mut ctx, &desk, &organization, &apps).await?;
    let alike = organizations::alike(&mut ctx, &id, &organization.registration.demographics).await?;
    let rounds = reviews::of_subject(&mut ctx, &subject).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &subject, Reader::Staff).await?;
    let versions = versions::section(&web, &mut ctx, &subject, Reader::Staff).await?;
    let turn = conversations::turn(&mut ctx, &subject).await?;
    let waits = turn.is_some_and(|turn| turn.side == Some(Side::Administration));
    let waits = waits && rounds.first().is_none_or(|newest| newest.decision.is_some());
    let now = ctx.now;
    drop(ctx);
    let seen: Vec<Seen> = colleagues.iter().map(|colleague| Seen::Account(colleague.account.to_string())).collect();
    web.saw(&desk.account, &seen, None).await?;
    let may_act = desk.may_review() && !desk.belongs_to(&web, &subject).await?;
    let comment = if may_act { Some(comment::section(&web, &subject, waits).await?) } else { None };
    let (tone, status) = organization_status(organization.status);
    let programs = web.services.programs.clone();
    let app_pages = Pages::named(&web, APPLICATIONS, apps.len());
    let registration = organization.registration.clone();
    let attestation = registration.attestation.clone();
    let view = view! {
        <div class="heading-row"><h1>{organization.name().to_owned()}</h1> <Status tone text=status /></div>
        {turn.map(|turn| view! { <TurnLine turn now reader=Reader::Staff /> })}
        <Summary facts=facts(&organization, &colleagues) />
        {may_act.then(|| block_links(&organization, desk.roles.contains(&Role::Administrator)))}
        {(may_act && desk.may_name_owner()).then(|| owner_link(&organization))}
        {rounds_view(&web, rounds)}
        {concerns::alike_table(&alike)}
        <h2>{ORGANIZATION_DEMOGRAPHICS}</h2>
        <OrganizationFacts registration />
        <h2>{PRIVACY}</h2>
        <AttestationFacts attestation />
        <h2 id=APPLICATIONS>{text::APPLICATIONS}</h2>
        <search::Applications apps=app_pages.cut(apps) programs />
        {app_pages.links()}
        {usable}
        {versions}
        <History events pages>{comment}</History>
    };
    Ok(desk.page(organization.name(), view).under(search::PATH, SEARCH))
}

fn facts(organization: &Organization, colleagues: &[Colleague]) -> Vec<Fact> {
    let person = |colleague: &Colleague| {
        let line = text::colleague(&colleague.name, team_role(colleague.role), &colleague.email);
        view! { <span class="line">{line}</span> }
    };
    vec![
        Fact::new(ID, view! { <code>{organization.id.to_string()}</code> }),
        Fact::new(text::TEAM, colleagues.iter().map(person).collect_view()),
        Fact::new(REGISTERED, view! { <Time at=organization.created_at /> }),
        Fact::new(text::TERMS_AGREED, view! { <Time at=organization.terms_agreed_at /> }),
        Fact::new(CHANGED, view! { <Time at=organization.updated_at /> }),
    ]
}

fn block_links(organization: &Organization, is_administrator: bool) -> Option<impl IntoView + use<>> {
    let (step, class) = match organization.status {
        OrganizationStatus::Approved => (BLOCK, "usa-button usa-button--danger"),
        OrganizationStatus::Suspended => (UNBLOCK, "usa-button usa-button--outline"),
        _ => return None,
    };
    let path = format!("/admin/organizations/{}", organization.id);
    let revoke = is_administrator.then(|| {
        view! { <a class="usa-button usa-button--danger" href=format!("{path}/revoke")>{block::REVOKE}</a> }
    });
    Some(view! { <p class="actions"><a class=class href=format!("{path}/block")>{step}</a> {revoke}</p> })
}

fn owner_link(organization: &Organization) -> impl IntoView + use<> {
    let path = format!("/admin/organizations/{}/owner", organization.id);
    view! { <p class="actions"><a class="usa-button usa-button--outline" href=path>{NAME_OWNER}</a></p> }
}

/// The rounds of review so far.
pub fn rounds_view(web: &Web, rounds: Vec<Review>) -> impl IntoView + use<> {
    let pages = Pages::named(web, REVIEWS, rounds.len());
    let round = |review: Review| {
        let result = match &review.decision {
            Some(past) => {
                let (tone, text) = outcome(past.outcome);
                let by = past.by_name.clone().unwrap_or_else(|| BY_CLOSED_ACCOUNT.to_owned());
                let slot = |place, _| match place {
                    0 => view! { <Status tone text /> }.into_any(),
                    1 => by.clone().into_any(),
                    _ => view! { <Time at=past.at /> }.into_any(),
                };
                marked(text::DECIDED, slot)
            }
            None => marked(text::OPEN, |_, _| view! { <Time at=review.due_at /> }.into_any()),
        };
        let name = marked(text::REVIEW_OF, |_, _| view! { <Time at=review.submitted_at /> }.into_any());
        view! { <li><a class="usa-link" href=queue::path(&review)>{name}</a>" – "{result}</li> }
    };
    (!rounds.is_empty()).then(|| {
        view! {
            <h2 id=REVIEWS>{text::REVIEWS}</h2>
            <ul class="usa-list">{pages.cut(rounds).into_iter().map(round).collect_view()}</ul>
            {pages.links()}
        }
    })
}
