//! `/admin/applications/{id}`: all that is known of an app.

use jiff::Timestamp;
use leptos::prelude::*;
use model::{account::Role, application::Standing, history::Side, id::ApplicationId};
use registry::{
    applications::{self, Application},
    client_keys::{self, KeysInfo},
    conversations,
    credentials::{self, SecretInfo},
    lists, reviews,
};

use super::{comment, desk::Desk, error_page, organization::rounds_view, reports, search};
use crate::{
    components::{
        alert::Tone,
        application::{ApplicationFacts, details, registration},
        entries,
        history::History,
        keys::RegisteredKeys,
        logo::Logo,
        marked::marked,
        status::Status,
        summary::{Fact, Summary},
        time::{Time, show_in},
        turn::TurnLine,
        versions::{self, Reader},
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{BLOCK, CHANGED, NONE, ORGANIZATION, REGISTERED, SEARCH, UNBLOCK, block, list, subject as text},
        registry::{access_status, application_status, vendors_switch, yes_no},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get_any(&mut ctx, &id).await?;
    show_in(&web.services.programs, &app.registration.programs);
    let subject = app.subject();
    desk.require(&mut ctx, &subject).await?;
    let revoked_at = applications::revoked_at(&mut ctx, &id).await?;
    let kept_out = lists::keeping_out(&mut ctx, &id).await?;
    let rounds = reviews::of_subject(&mut ctx, &subject).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &subject, Reader::Staff).await?;
    let secrets = credentials::live_of_any(&mut ctx, &id).await?;
    let keys = client_keys::of_any(&mut ctx, &id).await?;
    let reported = reports::section(&web, &mut ctx, &id).await?;
    let versions = versions::section(&web, &mut ctx, &subject, Reader::Staff).await?;
    let turn = conversations::turn(&mut ctx, &subject).await?;
    let waits = turn.is_some_and(|turn| turn.side == Some(Side::Administration));
    let waits = waits && rounds.first().is_none_or(|newest| newest.decision.is_some());
    let now = ctx.now;
    drop(ctx);
    let may_act = desk.may_review() && !desk.belongs_to(&web, &subject).await?;
    let comment = if may_act { Some(comment::section(&web, &subject, waits).await?) } else { None };
    let (tone, status) = application_status(app.liveness());
    let mut facts = facts(&app, secrets, keys);
    facts.extend(revoked_at.map(|at| Fact::new(block::REVOKED, since(at))));
    if !kept_out.is_empty() {
        let name = |id| web.services.programs.get(id).map_or_else(|| id.to_string(), |program| program.name.clone());
        facts.push(Fact::new(list::KEEPS_OUT, kept_out.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    let view = view! {
        <div class="heading-row">
            <Logo name=app.name() logo=app.registration.logo.clone() />
            <h1>{app.name().to_owned()}</h1>
            <Status tone text=status />
        </div>
        {turn.map(|turn| view! { <TurnLine turn now reader=Reader::Staff /> })}
        <Summary facts />
        {may_act.then(|| block_links(&app, revoked_at.is_some(), desk.roles.contains(&Role::Administrator)))}
        {rounds_view(&web, rounds)}
        <ApplicationFacts details=details(&web.services.programs, &app.registration)
            registration=registration(&app.organization_name, &app.registration) />
        {reported}
        {versions}
        <History events pages>{comment}</History>
    };
    Ok(desk.page(app.name(), view).under(search::PATH, SEARCH))
}

fn facts(app: &Application, secrets: Vec<SecretInfo>, keys: Option<KeysInfo>) -> Vec<Fact> {
    let organization = format!("/admin/organizations/{}", app.organization);
    let live = app.liveness();
    let status = |(tone, text): (Tone, &'static str)| view! { <Status tone text /> };
    vec![
        Fact::new(ORGANIZATION, view! { <a class="usa-link" href=organization>{app.organization_name.clone()}</a> }),
        Fact::new(text::CLIENT_ID, view! { <code class="breakable">{app.client_id.to_string()}</code> }),
        Fact::new(text::SECRETS, secrets_view(secrets)),
        Fact::new(
            text::PUBLIC_KEYS,
            keys.map_or_else(|| NONE.into_any(), |info| view! { <RegisteredKeys info /> }.into_any()),
        ),
        Fact::new(text::PUBLIC_ACCESS, status(access_status(live.public()))),
        Fact::new(text::PATIENT_ACCESS, status(access_status(live.patient()))),
        Fact::new(text::VENDORS_SWITCH, vendors_switch(app.standing)),
        Fact::new(text::BLOCKED, app.blocked_at.map_or_else(|| yes_no(false).into_any(), since)),
        Fact::new(text::ERRORS, error_page::fact(app)),
        Fact::new(REGISTERED, view! { <Time at=app.created_at /> }),
        Fact::new(CHANGED, view! { <Time at=app.updated_at /> }),
    ]
}

fn since(at: Timestamp) -> AnyView {
    marked(text::SINCE, |_, _| view! { <Time at /> }.into_any()).into_any()
}

/// When each was made; no page shows the secret itself again.
fn secrets_view(secrets: Vec<SecretInfo>) -> AnyView {
    if secrets.is_empty() {
        return NONE.into_any();
    }
    let line = |secret: SecretInfo| {
        let sentence = if secret.expires_at.is_some() { text::CREATED_UNTIL } else { text::CREATED };
        let times = [Some(secret.created_at), secret.expires_at];
        let time = |place: usize, _| times.get(place).copied().flatten().map(|at| view! { <Time at /> }).into_any();
        view! { <li>{marked(sentence, time)}</li> }
    };
    view! { <ul class="usa-list usa-list--unstyled">{secrets.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn block_links(app: &Application, is_revoked: bool, is_administrator: bool) -> Option<impl IntoView + use<>> {
    if app.standing == Standing::Deleted || is_revoked {
        return None;
    }
    let (step, class) = match app.blocked_at {
        Some(_) => (UNBLOCK, "usa-button usa-button--outline"),
        None => (BLOCK, "usa-button usa-button--danger"),
    };
    let path = format!("/admin/applications/{}", app.id);
    let revoke = is_administrator.then(|| {
        view! { <a class="usa-button usa-button--danger" href=format!("{path}/revoke")>{block::REVOKE}</a> }
    });
    Some(view! {
        <div class="actions">
            <a class=class href=format!("{path}/block")>{step}</a>
            {error_page::button(app)}
            {revoke}
        </div>
    })
}
