//! `/owner/organization`: the Organization Profile, which is also where the vendor follows its review.

use leptos::prelude::*;
use model::{organization::OrganizationStatus, team::TeamRole};
use registry::{
    organizations::Organization,
    subject::Subject,
    team::{self, Colleague},
};

use crate::{
    components::{
        entries,
        history::History,
        marked::marked,
        organization::{AttestationFacts, OrganizationFacts, address},
        status::Status,
        summary::{Fact, Summary},
    },
    failure::Failure,
    owner::{comment, dashboard::Waiting, registration::demographics, vendor::Vendor},
    page::Page,
    texts::{
        owner::{EMAIL, NAME, ORGANIZATION_PROFILE, organization as text},
        registry::{MAILING_ADDRESS, PHYSICAL_ADDRESS, organization_status, team_role},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organization";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let (organization, member) = vendor.member()?;
    let mut ctx = web.services.store.read().await?;
    let subject = Subject::Organization(organization.id.clone());
    let (events, pages) = entries::page(&web, &mut ctx, &subject, entries::vendor).await?;
    let colleagues = team::list(&mut ctx, &organization.id).await?;
    drop(ctx);
    let comment = comment::section(&web, &organization.id, None).await?;
    let registration = organization.registration.clone();
    let attestation = registration.attestation.clone();
    let edit = organization.status.resubmit().is_ok() && member.role == TeamRole::Owner;
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
        <Summary facts=facts(organization, &colleagues, edit) />
        {fixed(&web, organization)}
        <details class="disclosure">
            <summary>{text::REGISTRATION_INFO}</summary>
            <OrganizationFacts registration />
        </details>
        <details class="disclosure">
            <summary>{text::ATTESTATION_INFO}</summary>
            <AttestationFacts attestation />
        </details>
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

/// How to change what was approved.
fn fixed(web: &Web, organization: &Organization) -> Option<impl IntoView + use<>> {
    let email = web.services.programs.iter().next()?.support.email.clone();
    let address = |_, _| view! { <a class="usa-link" href=format!("mailto:{email}")>{email.clone()}</a> }.into_any();
    (organization.status == OrganizationStatus::Approved)
        .then(|| view! { <p class="usa-hint">{marked(text::FIXED, address)}</p> })
}
