//! `/admin/reports`: what the office did and what the endpoints carried, each report as a chart, a table and a file.

mod access;
mod chosen;
pub mod report;
mod show;
mod traffic;
mod work;

use leptos::prelude::*;
use store::Ctx;

use self::{
    chosen::Chosen,
    report::{Format, Report},
};
use super::desk::Desk;
use crate::{
    components::not_understood::NotUnderstood,
    failure::Failure,
    page::{File, Page, Portal},
    texts::admin::figures as text,
    web::Web,
};

pub const PATH: &str = "/admin/reports";
pub const FILE: &str = "/admin/reports/file";

/// The reports in the order of the page. A new report is one more word here, with its sentences and its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Registrations,
    Denials,
    Active,
    Ended,
    Traffic,
    Endpoints,
    Errors,
    Authorizations,
    PatientAccess,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Registrations,
        Self::Denials,
        Self::Active,
        Self::Ended,
        Self::Traffic,
        Self::Endpoints,
        Self::Errors,
        Self::Authorizations,
        Self::PatientAccess,
    ];

    /// In addresses, and in the names of files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registrations => "registrations",
            Self::Denials => "denials",
            Self::Active => "active-access",
            Self::Ended => "ended-access",
            Self::Traffic => "traffic",
            Self::Endpoints => "endpoints",
            Self::Errors => "errors",
            Self::Authorizations => "authorizations",
            Self::PatientAccess => "patient-access",
        }
    }

    fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

async fn report(web: &Web, ctx: &mut Ctx, kind: Kind, chosen: &Chosen) -> Result<Report, Failure> {
    match kind {
        Kind::Registrations => work::registrations(ctx, chosen).await,
        Kind::Denials => work::denials(ctx, chosen).await,
        Kind::Active => access::active(web, ctx, chosen).await,
        Kind::Ended => access::ended(ctx, chosen).await,
        Kind::Traffic => traffic::per_day(ctx, chosen).await,
        Kind::Endpoints => traffic::per_endpoint(ctx, chosen).await,
        Kind::Errors => traffic::errors(ctx, chosen).await,
        Kind::Authorizations => traffic::authorizations(ctx, chosen).await,
        Kind::PatientAccess => access::patient_access(web, ctx, chosen).await,
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let (chosen, filters) = Chosen::of(&web, ctx.now, &desk.reach);
    let mut reports = Vec::new();
    for kind in Kind::ALL {
        reports.push(report(&web, &mut ctx, kind, &chosen).await?);
    }
    drop(ctx);
    let contents = Kind::ALL.map(|kind| {
        view! { <li><a class="usa-link" href=format!("#{}", kind.as_str())>{text::title(kind)}</a></li> }
    });
    let sections = Kind::ALL.into_iter().zip(reports).map(|(kind, report)| show::section(kind, report, &chosen));
    let view = view! {
        <h1>{text::TITLE}</h1>
        {show::form(&web, &chosen)}
        <NotUnderstood filters />
        <p class="usa-hint">{text::about_period(chosen.period())}</p>
        <nav aria-label=text::CONTENTS><ul class="usa-list">{contents.into_iter().collect_view()}</ul></nav>
        {sections.collect_view()}
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

/// `?report=traffic&format=csv` with the same filters.
pub async fn file(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let kind = Kind::find(web.request.query("report").unwrap_or("traffic")).ok_or(Failure::NotFound)?;
    let format = Format::find(web.request.query("format").unwrap_or("csv")).ok_or(Failure::NotFound)?;
    let mut ctx = web.services.store.read().await?;
    let (chosen, _) = Chosen::of(&web, ctx.now, &desk.reach);
    let report = report(&web, &mut ctx, kind, &chosen).await?;
    let name = format!("{}-{}.{}", kind.as_str(), chosen.file_part(kind), format.ending());
    let file = File { name, media_type: format.media_type(), content: report.write(format) };
    Ok(Page::file(Portal::Admin, file))
}
