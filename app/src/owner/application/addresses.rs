//! `/owner/applications/{id}/addresses`: the vendor's own addresses, and ours in each program of the app, one of them to start with.

use leptos::prelude::*;
use model::application::ClientKind;
use programs::{
    program::Program,
    surface::{Surface, SurfaceKind},
};
use registry::{applications::Application, notice_address};

use super::{Opened, Tab};
use crate::{
    components::{alert::Tone, copied::Copied, marked::marked, status::Status},
    docs,
    failure::Failure,
    owner::{launch, notices},
    page::Page,
    texts::{docs::api::surface, owner::application as text},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, mut ctx) = Opened::of(&web).await?;
    let app = &opened.app;
    let notices = if app.registration.access.includes_patient() {
        let address = notice_address::of_application(&mut ctx, opened.member()?, &app.id).await?;
        Some(notices::section(app, address))
    } else {
        None
    };
    drop(ctx);
    let ours = if app.organization_status.is_approved() {
        let programs = web.services.programs.iter();
        let programs = programs.filter(|program| app.registration.programs.contains(&program.id));
        programs.map(|program| of_program(&web, app, program)).collect_view().into_any()
    } else {
        view! { <p>{text::OURS_LATER}</p> }.into_any()
    };
    let view = view! {
        <div class="measure">
            {ours}
            <h2>{text::YOURS}</h2>
            <Copied id="redirect-uri" name=text::REDIRECT_URL value=app.registration.redirect_uri.to_string() />
            {notices}
        </div>
    };
    Ok(opened.page(Tab::Addresses, view))
}

/// What the app calls there: the base that leads to all others first, then each address that a client is configured with.
fn of_program(web: &Web, app: &Application, program: &Program) -> AnyView {
    let environment = app.registration.environment;
    let mut addresses = Addresses { program, shown: 0 };
    let bases = |kind| launch::bases(web, program, kind, environment);
    let (fhir, authz) = (bases(SurfaceKind::Fhir), bases(SurfaceKind::Authz));
    let recommended = fhir.first().map(|base| {
        let mark = view! { <Status tone=Tone::Success text=text::RECOMMENDED /> }.into_any();
        addresses.marked(surface(base.kind), base.base(), Some(mark))
    });
    let smart = fhir
        .first()
        .map(|base| addresses.one(text::DISCOVERY_SMART, &format!("{}/.well-known/smart-configuration", base.base())));
    let server = authz.first().map(|base| {
        let base = base.base();
        vec![
            addresses.one(surface(SurfaceKind::Authz), base),
            addresses.one(text::DISCOVERY_OPENID, &format!("{base}/.well-known/openid-configuration")),
            addresses.one(text::AUTHORIZE, &format!("{base}/oauth/authorize")),
            addresses.one(text::TOKEN, &format!("{base}/oauth/token")),
        ]
    });
    let launch_urls = authz.first().filter(|_| app.registration.access.includes_patient()).map(|base| {
        let urls =
            program.payers.iter().map(|payer| addresses.one(&payer.name, &launch::launch_url(base.base(), payer)));
        let urls = urls.collect_view();
        view! { <h3>{text::LAUNCH_URLS}</h3> {urls} }
    });
    let pkce = match app.registration.client_kind {
        ClientKind::Public => text::PKCE_REQUIRED,
        ClientKind::Confidential | ClientKind::Unknown => text::PKCE_RECOMMENDED,
    };
    let documentation = docs::path(program);
    let overview = documentation.clone();
    let chapter = move |place, text: String| {
        let chapter = if place == 0 { "authorization-request" } else { "scopes" };
        view! { <a class="usa-link" href=format!("{documentation}/{chapter}")>{text}</a> }.into_any()
    };
    let start =
        move |_, text: String| view! { <a class="usa-link" href=format!("{overview}/endpoints")>{text}</a> }.into_any();
    view! {
        <h2>{program.name.clone()}</h2>
        <p>{marked(text::START_HERE, start)}</p>
        {recommended}
        {smart}
        {server}
        {launch_urls}
        {others(&mut addresses, &fhir, &authz)}
        <p>{marked(pkce, chapter)}</p>
    }
    .into_any()
}

/// Hosts of their own. They answer as the first base of their kind does.
fn others(addresses: &mut Addresses<'_>, fhir: &[Surface], authz: &[Surface]) -> Option<impl IntoView + use<>> {
    let others = fhir.iter().skip(1).chain(authz.iter().skip(1));
    let others: Vec<_> = others.map(|base| addresses.one(surface(base.kind), base.base())).collect();
    (!others.is_empty()).then(|| {
        view! { <details class="disclosure"><summary>{text::OTHER_BASES}</summary>{others}</details> }
    })
}

/// The addresses of a program, numbered for the buttons that copy them.
struct Addresses<'a> {
    program: &'a Program,
    shown: usize,
}

impl Addresses<'_> {
    fn one(&mut self, name: &str, address: &str) -> AnyView {
        self.marked(name, address, None)
    }

    fn marked(&mut self, name: &str, address: &str, mark: Option<AnyView>) -> AnyView {
        self.shown += 1;
        let id = format!("address-{}-{}", self.program.id, self.shown);
        let (name, address) = (name.to_owned(), address.to_owned());
        view! { <Copied id name value=address mark /> }.into_any()
    }
}
