//! Choosing a test member. In the sandbox, any Healthcare ID can be any of the published synthetic patients.

use fhir::members::Member;
use identity::members;
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::PatientId;
use oauth::requests::{self, Request, Visit};

use crate::{
    components::{
        empty::Empty,
        table::{Row, Table},
    },
    consent::{
        answered,
        frame::Frame,
        member::{Proof, find, proof, published},
        path,
    },
    failure::Failure,
    islands::filter::TableFilter,
    locale::Locale,
    page::{Page, Portal},
    texts::consent as text,
    web::Web,
};

/// `/consent/{handle}/member`: to choose another test member than last time.
pub async fn another(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let (request, _) = match requests::get(&mut ctx, &visit).await {
        Err(requests::Error::NotFound) => return answered::page(&web, &mut ctx, &visit).await,
        found => found?,
    };
    if proof(&web, &request) != Proof::Choice || request.signed_in(&visit).is_none() {
        return Err(Failure::redirect(path(handle)));
    }
    let frame = Frame::of(&web, &mut ctx, &request, handle).await?.ok_or_else(|| Failure::redirect(path(handle)))?;
    drop(ctx);
    page(&web, &request, &frame).await
}

pub async fn page(web: &Web, request: &Request, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?;
    let payer = request.payer.as_ref().ok_or_else(|| Failure::redirect(path(handle)))?;
    let members = published(web, &request.partition, payer).await?;
    let columns = [text::NAME, text::BORN, text::CLAIMS, text::ACTION].map(|name| name.of(locale)).to_vec();
    let title = text::CHOOSE_TEST_MEMBER.of(locale);
    let list = if members.is_empty() {
        view! { <Empty title=text::NO_TEST_MEMBERS.of(locale)><p>{text::WHY_NO_TEST_MEMBERS.of(locale)}</p></Empty> }
            .into_any()
    } else {
        let rows = members.iter().map(|member| row(member, handle, locale)).collect();
        view! {
            <TableFilter table="members".to_owned() label=text::FIND_BY_NAME.of(locale).to_owned() />
            <Table id="members" caption=title columns rows />
        }
        .into_any()
    };
    let view = view! {
        <h1>{title}</h1>
        {frame.facts()}
        <p class="usa-intro">{text::ABOUT_TEST_MEMBERS.of(locale)}</p>
        {list}
        {frame.cancel()}
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

fn row(member: &Member, handle: &str, locale: Locale) -> Row {
    let born = member.birth_date.map(|date| date.to_string()).unwrap_or_default();
    let choose = view! {
        <form method="post" action=ChooseTestMember::PATH>
            <input type="hidden" name="handle" value=handle.to_owned() />
            <input type="hidden" name="patient" value=member.patient.to_string() />
            <button class="usa-button usa-button--outline usa-button--small" type="submit">
                {text::CHOOSE.of(locale)} <span class="usa-sr-only">{member.name.clone()}</span>
            </button>
        </form>
    };
    vec![member.name.clone().into_any(), born.into_any(), member.claims.into_any(), choose.into_any()]
}

#[server(endpoint = "choose-test-member")]
pub async fn choose_test_member(handle: String, patient: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let (request, _) = requests::get(&mut web.services.store.read().await?, &visit).await?;
    // In production the answer must not reveal whether there is such a member.
    if proof(&web, &request) != Proof::Choice {
        return Err(Failure::NotFound);
    }
    let account = match &request.guest {
        Some(guest) => guest,
        None => &web.account()?.id,
    };
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    let patient = PatientId::new(patient);
    find(&web, &request.partition, payer, &patient).await?.ok_or(Failure::NotFound)?;
    let mut ctx = web.services.store.write().await?;
    members::link_sandbox(&mut ctx, account, &request.partition, payer, &patient).await?;
    ctx.commit().await?;
    web.redirect(path(&handle));
    Ok(())
}
