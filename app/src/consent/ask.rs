//! The consent page.

use fhir::members::Member;
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::partition::Environment;
use oauth::{
    client::Client,
    consent::{self, ConsentView, Error, Stays, Subject},
    requests::Visit,
};
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        status::Status,
        summary::{Fact, Summary},
        time::date,
    },
    consent::{
        answered, changed,
        decide::Decide,
        ending::{Back, Ending, On},
        frame::plan_fact,
        length::options,
        member, mistake, path,
        practice::Attested,
        scopes::{Context, ScopeBoxes},
        switch_account::SwitchAccount,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::consent::{WHOSE_DATA, ask as text, ending::NOTHING_SHARED},
    web::Web,
};

/// The form's id. The footer's language buttons belong to this form, so that a change of language keeps what was chosen.
const FORM: &str = "answer";

pub async fn page(web: &Web, mut ctx: Ctx, visit: &Visit<'_>) -> Result<Page, Failure> {
    let locale = web.locale();
    match consent::view(&mut ctx, &web.services.programs, visit).await {
        Ok(asked) => {
            let Some(patient) = &asked.patient else { return Ok(show(web, visit.handle, asked, None, ctx.now)) };
            match member::find_in(&mut ctx, &asked.partition, &asked.payer.id, patient).await? {
                Some(member) => Ok(show(web, visit.handle, asked, Some(&member), ctx.now)),
                None => Ok(no_record(web, visit.handle, &asked)),
            }
        }
        Err(Error::NotFound) => answered::page(web, &mut ctx, visit).await,
        Err(Error::Due(_)) => Err(Failure::redirect(path(visit.handle))),
        Err(Error::Stopped(stopped)) => {
            Ok(mistake::stopped(stopped, Back::answering(visit.handle, "cancel", locale), locale))
        }
        Err(error) => Err(error.into()),
    }
}

fn show(web: &Web, handle: &str, asked: ConsentView, member: Option<&Member>, now: Timestamp) -> Page {
    let locale = web.locale();
    let app = asked.client.name.clone();
    let title = title(&app, asked.subject, locale);
    let handle = handle.to_owned();
    let draft = asked.draft.clone();
    let days = draft.as_ref().and_then(|draft| draft.days).unwrap_or(asked.default_days);
    let length = (asked.stays != Stays::Never).then(|| length(&asked, days, now, locale));
    let view = view! {
        <div class="card">
            {changed::alert(web, &asked, member)}
            {asking(&asked.client, title.clone(), locale)}
            {who(web, &asked, member, &handle)}
            {earlier(&asked, locale)}
            <Attested organization=asked.client.organization_name.clone() attestation=asked.client.attestation.clone() locale />
            <form class="usa-form" id=FORM method="post" action=Decide::PATH novalidate>
                <input type="hidden" name="handle" value=handle />
                <input type="hidden" name="shown" value=asked.shown.clone() />
                <ScopeBoxes scopes=asked.scopes.clone() checked=draft.map(|draft| draft.scopes) app=app.clone() locale />
                <Context scopes=asked.context.clone() app=app.clone() alone=asked.scopes.is_empty() locale />
                {length}
                {purpose(&asked.client, locale)}
                <div class="actions">
                    <button class="usa-button" type="submit" name="answer" value="allow">{text::ALLOW.of(locale)}</button>
                    <button class="usa-button usa-button--outline" type="submit" name="answer" value="cancel">
                        {text::CANCEL.of(locale)}
                    </button>
                </div>
            </form>
        </div>
    };
    Page::new(Portal::Consent, title, view).leaving().keeping(FORM)
}

/// What the app asks for.
fn title(app: &str, subject: Subject, locale: Locale) -> String {
    match subject {
        Subject::Health => text::health(locale, app),
        Subject::IdentityAndDirectory => text::identity_and_directory(locale, app),
        Subject::Identity => text::identity(locale, app),
        Subject::Directory => text::directory(locale, app),
        Subject::Connection => text::connection(locale, app),
    }
}

/// An account whose linked member is not, or no longer, in the plan's data has nothing to share.
fn no_record(web: &Web, handle: &str, asked: &ConsentView) -> Page {
    let locale = web.locale();
    let (why, on) = if may_choose(asked) {
        let on = On::Button(format!("{}/member", path(handle)), text::CHOOSE_ANOTHER_TEST_MEMBER);
        (text::TEST_MEMBER_GONE, on)
    } else {
        (text::NOT_IN_DATA, On::plan(handle, plans(web, asked)))
    };
    let title = text::no_record(locale, &asked.payer.name);
    let body = view! { <p>{why.of(locale)} " " {NOTHING_SHARED.of(locale)}</p> }.into_any();
    Ending { title, body, on, back: Back::to(&asked.client.name, handle, "cancel", locale) }.page(locale)
}

/// How many there are to choose from.
fn plans(web: &Web, asked: &ConsentView) -> usize {
    web.services.programs.get(&asked.partition.program).map_or(0, |program| program.payers.len())
}

/// In the sandbox members choose who they are, unless the payer's provider says who they are.
fn may_choose(asked: &ConsentView) -> bool {
    let environment = asked.partition.environment;
    environment == Environment::Sandbox && !asked.payer.has_provider(environment)
}

/// What the app may already do, which the answer would replace.
fn earlier(asked: &ConsentView, locale: Locale) -> Option<impl IntoView + use<>> {
    let grant = asked.earlier.as_ref()?;
    let (since, until) = (date(grant.changed_at.unwrap_or(grant.created_at), locale), date(grant.expires_at, locale));
    Some(view! { <Alert tone=Tone::Info>{text::earlier(locale, since, until)}</Alert> })
}

/// The app with its initial in place of a logo, and the organization behind it.
fn asking(client: &Client, title: String, locale: Locale) -> impl IntoView + use<> {
    let initial: String =
        client.name.chars().find(|char| char.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect();
    let by = text::an_app_by(locale, &client.organization_name);
    view! {
        <div class="asking">
            <span class="asking__logo" aria-hidden="true">{initial}</span>
            <div><h1>{title}</h1><p>{by}</p></div>
        </div>
    }
}

fn who(web: &Web, asked: &ConsentView, member: Option<&Member>, handle: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let name = web.signed_in_name().unwrap_or_default();
    let signed_in = view! {
        {name}
        <form method="post" action=SwitchAccount::PATH>
            <input type="hidden" name="handle" value=handle.to_owned() />
            <button class="usa-button usa-button--unstyled" type="submit">{text::NOT_YOU.of(locale)}</button>
        </form>
    };
    let sandbox = asked.partition.environment == Environment::Sandbox;
    let may_choose = may_choose(asked);
    let whose = member.map(|member| {
        let another = may_choose.then(|| {
            let change = text::CHOOSE_ANOTHER.of(locale);
            view! { <a class="who__change" href=format!("{}/member", path(handle))>{change}</a> }
        });
        let label = if sandbox { text::TEST_MEMBER } else { WHOSE_DATA };
        Fact::new(label.of(locale), view! { {member.name.clone()} {another} })
    });
    let plan = plan_fact(handle, asked.payer.name.clone(), 1 < plans(web, asked), locale);
    let facts = [Fact::new(text::SIGNED_IN_AS.of(locale), signed_in)].into_iter().chain(whose).chain([plan]).collect();
    let sandbox = sandbox.then(|| view! { <p><Status tone=Tone::Info text=text::SANDBOX.of(locale) /></p> });
    view! { <div class="who"><Summary facts />{sandbox}</div> }
}

fn length(asked: &ConsentView, chosen: u16, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let stays = match asked.stays {
        Stays::Always => text::ALWAYS_STAYS.of(locale),
        Stays::Asked => text::MAY_STAY.of(locale),
        Stays::Never => "",
    };
    view! {
        <div class="usa-form-group">
            <label class="usa-label" for="days">{text::HOW_LONG.of(locale)}</label>
            <span class="usa-hint" id="days-hint">{stays} " " {text::HOW_TO_STOP.of(locale)}</span>
            <select class="usa-select" id="days" name="days" aria-describedby="days-hint">
                {options(&asked.days, chosen, now, locale)}
            </select>
        </div>
    }
}

/// What the app says about itself, and where to read more. The description is the app's own, so it is in quotes.
fn purpose(client: &Client, locale: Locale) -> impl IntoView + use<> {
    let policy = text::policy(locale, &client.name);
    view! {
        <section class="form-section">
            <h2>{text::purpose(locale, &client.name)}</h2>
            <blockquote class="quote">{client.description.clone()}</blockquote>
            <ul class="usa-list">
                <li><a href=client.privacy_url.to_string() target="_blank" rel="noopener noreferrer nofollow">{policy}</a></li>
                <li><a href="/terms" target="_blank" rel="noopener">{text::TERMS.of(locale)}</a></li>
            </ul>
            <p class="usa-hint">{text::HIPAA.of(locale)}</p>
        </section>
    }
}
