//! `/owner/organization`: the Organization Profile, which is also where the vendor follows its review.

use leptos::prelude::*;
use model::{
    application::Approval, organization::OrganizationStatus, organization_form::OrganizationDraft, team::TeamRole,
};
use registry::{
    WaitingEdit,
    organizations::{self, Organization},
    subject::Subject,
    team::{self, Colleague},
};

use crate::{
    components::{
        alert::{Alert, Tone},
        changes::Changes,
        entries,
        history::History,
        marked::marked,
        organization::{AttestationFacts, OrganizationFacts, address, fields},
        status::Status,
        summary::{Fact, Summary},
        versions::{self, Reader},
    },
    failure::Failure,
    owner::{comment, conversation::Standing, dashboard::Waiting, registration::demographics, vendor::Vendor},
    page::Page,
    texts::{
        owner::{EMAIL, NAME, ORGANIZATION_PROFILE, organization as text},
        registry::{APPROVED, CHANGE, MAILING_ADDRESS, PHYSICAL_ADDRESS, organization_status, team_role},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organization";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let (organization, member) = vendor.member()?;
    let mut ctx = web.services.store.read().await?;
    let subject = Subject::Organization(organization.id.clone());
    let (events, pages) = entries::page(&web, &mut ctx, &subject, Reader::Vendor).await?;
    let colleagues = team::list(&mut ctx, &organization.id).await?;
    let change = organizations::waiting(&mut ctx, &organization.id).await?;
    let standing = Standing::find(&mut ctx, &subject).await?;
    let versions = versions::section(&web, &mut ctx, &subject, Reader::Vendor).await?;
    drop(ctx);
    let standing = standing.view(&web, &subject, member).await?;
    let comment = comment::section(&web, &organization.id, None).await?;
    let registration = organization.registration.clone();
    let attestation = registration.attestation.clone();
    let edit = organization.status.may_be_edited() && member.role == TeamRole::Owner;
    let correct = (edit && vendor.is_needed()).then(|| {
        view! {
            <p><a class="usa-button" href=demographics::PATH>{text::CORRECT}</a></p>
        }
    });
    let waiting = (!organization.status.is_approved())
        .then(|| view! { <Waiting organization=organization.clone()>{correct}</Waiting> });
    let view = view! {
        <h1>{ORGANIZATION_PROFILE}</h1>
        {waiting}
        {standing}
        {change.map(|change| waiting_change(organization, &change, edit))}
        <Summary facts=facts(organization, &colleagues, edit) />
        {(organization.status == OrganizationStatus::Approved).then(|| view! { <p class="usa-hint">{text::REVIEWED}</p> })}
        <details class="disclosure">
            <summary>{text::REGISTRATION_INFO}</summary>
            <OrganizationFacts registration />
        </details>
        <details class="disclosure">
            <summary>{text::ATTESTATION_INFO}</summary>
            <AttestationFacts attestation />
        </details>
        {versions}
        <History events pages>{comment}</History>
    };
    Ok(vendor.page(ORGANIZATION_PROFILE, view).at(PATH))
}

fn facts(organization: &Organization, colleagues: &[Colleague], edit: bool) -> Vec<Fact> {
    let edit = edit.then(|| {
        let text = marked(text::EDIT, |_, text| view! { <span class="usa-sr-only">{text}</span> }.into_any());
        view! { " "<a class="usa-link" href=demographics::PATH>{text}</a> }
    });
    let demographics = &organization.registration.demographics;
    let owners = || colleagues.iter().filter(|colleague| colleague.role == TeamRole::Owner);
    let each = |text: fn(&Colleague) -> &String| {
        owners().map(|owner| view! { <span class="line">{text(owner).clone()}</span> }).collect_view()
    };
    let developers = colleagues.iter().filter(|colleague| colleague.role != TeamRole::Owner);
    let developers: Vec<String> =
        developers.map(|colleague| format!("{} ({})", colleague.name, team_role(colleague.role))).collect();
    let (tone, status) = organization_status(organization.status);
    let mut facts = vec![
        Fact::new(NAME, view! { {organization.name().to_owned()} {edit} }),
        Fact::new(text::TIN, demographics.tin.number().to_owned()),
        Fact::new(MAILING_ADDRESS, address(&demographics.mailing_address)),
        Fact::new(text::OWNER, each(|colleague| &colleague.name)),
        Fact::new(EMAIL, each(|colleague| &colleague.email)),
        Fact::new(PHYSICAL_ADDRESS, address(&demographics.physical_address)),
        Fact::new(text::STATUS, view! { <Status tone text=status /> }),
    ];
    if !developers.is_empty() {
        facts.push(Fact::new(text::TEAM, developers.join(", ")));
    }
    facts
}

/// The change of an approved organization, and its review.
fn waiting_change(
    organization: &Organization,
    change: &WaitingEdit<OrganizationDraft>,
    edit: bool,
) -> impl IntoView + use<> {
    let (tone, heading, text) = match change.state {
        Approval::InformationAsked => (Tone::Warning, text::CHANGE_ASKED, text::ABOUT_CHANGE_ASKED),
        Approval::Denied => (Tone::Error, text::CHANGE_DENIED, text::ABOUT_CHANGE_DENIED),
        _ => (Tone::Info, text::CHANGE_PENDING, text::ABOUT_CHANGE_PENDING),
    };
    let correct = (edit && !change.is_under_review()).then(|| {
        view! {
            <p><a class="usa-button" href=demographics::PATH>{text::CORRECT_CHANGE}</a></p>
        }
    });
    let (before, after) = (fields(&organization.registration), fields(&change.registration));
    view! {
        <Alert tone heading=heading><p>{text}</p> {correct}</Alert>
        <Changes before after columns=[APPROVED, CHANGE] />
    }
}
