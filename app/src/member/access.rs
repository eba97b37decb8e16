//! The access history of an app: what kind of data it read and when.

use audit::access::{self, Access};
use leptos::prelude::*;
use oauth::grants::member::Connection;
use store::Ctx;

use crate::{
    components::{
        pager::Pages,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    locale::Locale,
    member::history,
    texts::member::access as text,
    web::Web,
};

/// Each row is one hour and one kind of data.
pub async fn section(web: &Web, ctx: &mut Ctx, connection: &Connection) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let grants = [connection.grant.id.clone()];
    let pages = Pages::of(web, access::count(ctx, &grants).await?);
    let reads = access::history(ctx, &grants, pages.part()).await?;
    let columns = [text::WHAT, text::WHEN, text::READS].map(|name| name.of(locale)).to_vec();
    let all = view! { <p><a class="usa-link" href=history::PATH>{text::ALL_APPS.of(locale)}</a></p> };
    let table = if reads.is_empty() {
        view! { <p>{text::NOTHING_READ.of(locale)}</p> }.into_any()
    } else {
        let rows = reads.iter().map(|read| row(read, locale)).collect();
        view! { <Table caption=text::READ_BY_HOUR.of(locale) columns rows /> {pages.links()} }.into_any()
    };
    Ok(view! { <h2>{text::READ.of(locale)}</h2> {table} {all} })
}

fn row(read: &Access, locale: Locale) -> Row {
    vec![
        kind(&read.resource_type, locale).into_any(),
        view! { <Time at=read.last_at locale /> }.into_any(),
        read.reads.into_any(),
    ]
}

/// A resource type in a member's words. Other types keep FHIR's name.
pub fn kind(resource_type: &str, locale: Locale) -> String {
    let kind = match resource_type {
        "Patient" => text::PATIENT,
        "Coverage" => text::COVERAGE,
        "ExplanationOfBenefit" => text::CLAIMS,
        "Practitioner" | "PractitionerRole" => text::PROVIDERS,
        "Organization" | "OrganizationAffiliation" => text::ORGANIZATIONS,
        "Location" => text::LOCATIONS,
        "HealthcareService" => text::SERVICES,
        "InsurancePlan" => text::PLANS,
        "Condition" => text::CONDITIONS,
        "Encounter" => text::VISITS,
        "Immunization" => text::VACCINATIONS,
        "Provenance" => text::ORIGINS,
        "Endpoint" => text::ADDRESSES,
        "AuditEvent" => text::HISTORY,
        other => return other.to_owned(),
    };
    kind.of(locale).to_owned()
}
