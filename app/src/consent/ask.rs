//! The consent page: who asks, what for, what, until when, and how to stop it. A phone's first screen shows all of that.

use fhir::members::Member;
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::partition::Environment;
use oauth::{
    consent::{self, ConsentView, Error, Subject},
    requests::Visit,
};
use store::Ctx;

use crate::{
    consent::{
        answer, answered, changed,
        decide::Decide,
        details,
        ending::{Back, Ending, On},
        groups, member, mistake, path,
        practice::Attested,
        who,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::consent::{ask as text, ending::NOTHING_SHARED, person},
    web::Web,
};

/// The form's id. The header's language button belongs to this form, so that a change of language keeps what was chosen.
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
    let title = title(&asked, member, locale);
    // The whole page is in the form, so that the answer stays in sight from the start. The parts that explain come between what is
    // asked and the answer.
    let view = view! {
        <form class="card consent" id=FORM method="post" action=Decide::PATH novalidate>
            <input type="hidden" name="handle" value=handle.to_owned() />
            <input type="hidden" name="shown" value=asked.shown.clone() />
            {changed::alert(web, &asked, member)}
            {who::asks(web, &asked, &title)}
            {who::is_about(web, &asked, member, handle)}
            {changed::since_the_last(web, &asked)}
            <Attested organization=asked.client.organization_name.clone() attestation=asked.client.attestation.clone() locale />
            {groups::all(web, &asked)}
            {details::all(&asked, locale)}
            {answer::bar(&asked, now, locale)}
        </form>
        {who::switch(handle)}
        {groups::script(web)}
    };
    Page::new(Portal::Consent, title, view).leaving().keeping(FORM).light()
}

/// What the app asks for.
fn title(asked: &ConsentView, member: Option<&Member>, locale: Locale) -> String {
    let app = &asked.client.name;
    match asked.subject {
        Subject::Health => match member.filter(|member| !asked.basis.is_own() && !member.first_name.is_empty()) {
            Some(member) => text::health_of(locale, app, &member.first_name),
            None => text::health(locale, app),
        },
        Subject::IdentityAndDirectory => text::identity_and_directory(locale, app),
        Subject::Identity => text::identity(locale, app),
        Subject::Directory => text::directory(locale, app),
        Subject::Connection => text::connection(locale, app),
    }
}

/// An account whose linked member is not, or no longer, in the plan's data has nothing to share.
fn no_record(web: &Web, handle: &str, asked: &ConsentView) -> Page {
    let locale = web.locale();
    let (why, on) = if !asked.basis.is_own() {
        (person::NOT_IN_DATA, On::Button(format!("{}/person", path(handle)), person::CHOOSE_SOMEONE_ELSE))
    } else if may_choose(asked) {
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
pub fn plans(web: &Web, asked: &ConsentView) -> usize {
    // A visitor of the documentation is a member of one plan.
    if asked.by_guest {
        return 1;
    }
    web.services.programs.get(&asked.partition.program).map_or(0, |program| program.payers.len())
}

/// In the sandbox members choose who they are, unless the payer's provider says who they are.
pub fn may_choose(asked: &ConsentView) -> bool {
    let environment = asked.partition.environment;
    environment == Environment::Sandbox && !asked.payer.has_provider(environment)
}
