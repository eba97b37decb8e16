//! `/owner/applications`: the organization's apps.

use std::sync::Arc;

use leptos::prelude::*;
use programs::Programs;
use registry::applications::{self, Application};

use crate::{
    components::{
        application::program_names,
        empty::Empty,
        logo::Logo,
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::{Day, show_in},
    },
    failure::Failure,
    owner::{dashboard::Waiting, draft::list::in_progress, new_application, organization, vendor::Vendor},
    page::Page,
    texts::{
        owner::{
            APPLICATIONS, ENVIRONMENT, ORGANIZATION_PROFILE, PROGRAMS, REGISTERED, applications as text,
            new_application::TITLE as REGISTER,
        },
        registry::{access, application_status, environment},
    },
    web::Web,
};

pub const PATH: &str = "/owner/applications";

/// The page of one app.
pub fn path(app: &Application) -> String {
    format!("{PATH}/{}", app.id)
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let (organization, _) = vendor.member()?;
    let apps = applications::list(&mut web.services.store.read().await?, &organization.id).await?;
    let drafts = in_progress(&web, &vendor).await?;
    let pages = Pages::of(&web, apps.len());
    let approved = organization.status.is_approved();
    let waiting = (!approved).then(|| {
        view! {
            <Waiting organization=organization.clone()>
                <p><a class="usa-link" href=organization::PATH>{ORGANIZATION_PROFILE}</a></p>
            </Waiting>
        }
    });
    let list = if apps.is_empty() && approved {
        view! {
            <Empty title=text::NONE_YET>
                <p>{text::ABOUT_NONE}</p>
            </Empty>
        }
        .into_any()
    } else if apps.is_empty() {
        ().into_any()
    } else {
        view! { <Applications apps=pages.cut(apps) programs=web.services.programs.clone() /> {pages.links()} }
            .into_any()
    };
    let register = approved.then(|| {
        view! {
            <p class="actions"><a class="usa-button" href=new_application::details::PATH>{REGISTER}</a></p>
        }
    });
    let view = view! { <h1>{APPLICATIONS}</h1> {waiting} {list} {register} {drafts} };
    Ok(vendor.page(APPLICATIONS, view).at(PATH).wide())
}

/// A table of apps.
#[component]
pub fn Applications(apps: Vec<Application>, programs: Arc<Programs>) -> impl IntoView {
    let columns = vec![text::APP_NAME, text::STATUS, ENVIRONMENT, text::ACCESS, PROGRAMS, REGISTERED];
    let rows = apps.iter().map(|app| row(app, &programs)).collect();
    view! { <Table caption=APPLICATIONS columns rows /> }
}

fn row(app: &Application, programs: &Programs) -> Row {
    let (tone, status) = application_status(app.liveness());
    let registration = &app.registration;
    show_in(programs, &registration.programs);
    vec![
        view! {
            <span class="with-logo">
                <Logo name=app.name() logo=registration.logo.clone() small=true />
                <a class="usa-link" href=path(app)>{app.name().to_owned()}</a>
            </span>
        }
        .into_any(),
        view! { <Status tone text=status /> }.into_any(),
        environment(registration.environment).into_any(),
        access(registration.access).into_any(),
        program_names(programs, registration).into_any(),
        view! { <Day at=app.created_at /> }.into_any(),
    ]
}
