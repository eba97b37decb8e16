//! The access history of an app: what kind of data it read, when.

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
    web::Web,
};

/// Each row is an hour of one kind of data.
pub async fn section(web: &Web, ctx: &mut Ctx, connection: &Connection) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let grants: Vec<_> = connection.grants().map(|grant| grant.id.clone()).collect();
    let pages = Pages::of(web, access::count(ctx, &grants).await?);
    let reads = access::history(ctx, &grants, pages.part()).await?;
    let columns = match locale {
        Locale::English => vec!["What", "When", "Reads"],
        Locale::Spanish => vec!["Qué", "Cuándo", "Lecturas"],
    };
    let nothing = locale.of("This app has not read anything yet.", "Esta aplicación aún no ha leído nada.");
    let caption = locale.of("What the app read, by the hour", "Lo que leyó la aplicación, por hora");
    let table = if reads.is_empty() {
        view! { <p>{nothing}</p> }.into_any()
    } else {
        let rows = reads.iter().map(|read| row(read, locale)).collect();
        view! { <Table caption columns rows /> {pages.links()} }.into_any()
    };
    Ok(view! { <h2>{locale.of("What it read", "Lo que leyó")}</h2> {table} })
}

fn row(read: &Access, locale: Locale) -> Row {
    vec![
        kind(&read.resource_type, locale).into_any(),
        view! { <Time at=read.last_at locale /> }.into_any(),
        read.reads.into_any(),
    ]
}

/// A resource type in a member's words; types without one keep FHIR's name.
fn kind(resource_type: &str, locale: Locale) -> String {
    let text = match resource_type {
        "Patient" => {
            locale.of("Your name, birth date and contact details", "Su nombre, fecha de nacimiento y datos de contacto")
        }
        "Coverage" => locale.of("Your coverage", "Su cobertura"),
        "ExplanationOfBenefit" => locale.of("Your claims", "Sus reclamaciones"),
        "Practitioner" | "PractitionerRole" => locale.of("Doctors and other providers", "Médicos y otros proveedores"),
        "Organization" | "OrganizationAffiliation" => locale.of("Organizations", "Organizaciones"),
        "Location" => locale.of("Places of care", "Lugares de atención"),
        "HealthcareService" => locale.of("Services", "Servicios"),
        "InsurancePlan" => locale.of("Insurance plans", "Planes de seguro"),
        other => return other.to_owned(),
    };
    text.to_owned()
}
