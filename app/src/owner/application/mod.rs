//! `/owner/applications/{id}`: one app, in five pages that its tabs name. Each page has an address of its own, so that letters and
//! tasks lead to the right one.

pub mod activity;
pub mod addresses;
pub mod credentials;
pub mod overview;
pub mod registration;

use leptos::prelude::*;
use model::{history::Side, id::ApplicationId};
use registry::{
    applications::{self, Application},
    conversations,
    credentials::{self as secrets, SecretInfo},
    expiry,
    team::Member,
};
use store::Ctx;

use crate::{
    components::{logo::Logo, status::Status, time::show_in},
    failure::Failure,
    owner::{applications as list, vendor::Vendor},
    page::Page,
    texts::{
        owner::{APPLICATIONS, application as text},
        registry::application_status,
    },
    web::Web,
};

/// One of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Credentials,
    Addresses,
    Registration,
    Activity,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Overview, Self::Credentials, Self::Addresses, Self::Registration, Self::Activity];

    fn name(self) -> &'static str {
        match self {
            Self::Overview => text::OVERVIEW,
            Self::Credentials => text::CREDENTIALS,
            Self::Addresses => text::ADDRESSES,
            Self::Registration => text::REGISTRATION,
            Self::Activity => text::ACTIVITY,
        }
    }

    /// The page of this app.
    pub fn of(self, app: &ApplicationId) -> String {
        let page = match self {
            Self::Overview => "",
            Self::Credentials => "/credentials",
            Self::Addresses => "/addresses",
            Self::Registration => "/registration",
            Self::Activity => "/activity",
        };
        format!("{}/{app}{page}", list::PATH)
    }
}

/// The app of the address, for its vendor, and what its tabs say.
pub struct Opened {
    pub vendor: Vendor,
    pub app: Application,
    /// Those that work now.
    pub secrets: Vec<SecretInfo>,
    /// Whether the vendor owes an answer.
    pub is_asked: bool,
    /// Secrets that end soon.
    pub ending: Vec<SecretInfo>,
}

impl Opened {
    /// With the reading that the page goes on with. An app of others is not found.
    pub async fn of(web: &Web) -> Result<(Self, Ctx), Failure> {
        let id = ApplicationId::new(web.request.param("id")?);
        let vendor = Vendor::of_app(web, &id).await?;
        let member = vendor.member()?.1;
        let mut ctx = web.services.store.read().await?;
        let app = applications::get(&mut ctx, member, &id).await?;
        show_in(&web.services.programs, &app.registration.programs);
        let secrets = secrets::live(&mut ctx, member, &id).await?;
        let soon = ctx.now + expiry::SOON;
        let ends_soon = |secret: &&SecretInfo| secret.expires_at.is_some_and(|at| at <= soon);
        let ending = secrets.iter().filter(ends_soon).cloned().collect();
        let turn = conversations::turn(&mut ctx, &app.subject()).await?;
        let is_asked = turn.is_some_and(|turn| turn.side == Some(Side::Vendor));
        Ok((Self { vendor, app, secrets, is_asked, ending }, ctx))
    }

    pub fn member(&self) -> Result<&Member, Failure> {
        Ok(self.vendor.member()?.1)
    }

    /// The page of this tab: the app's name and status, the tabs, and the view.
    pub fn page(&self, tab: Tab, view: impl IntoView + 'static) -> Page {
        let app = &self.app;
        let (tone, status) = application_status(app.liveness());
        let name = app.name().to_owned();
        let heading = if tab == Tab::Overview {
            view! { <h1>{name.clone()}</h1> }.into_any()
        } else {
            view! { <h1>{name.clone()}<span class="usa-sr-only">": "{tab.name()}</span></h1> }.into_any()
        };
        let view = view! {
            <div class="heading-row heading-row--start">
                <Logo name=name logo=app.registration.logo.clone() />
                {heading}
                <Status tone text=status />
            </div>
            {self.tabs(tab)}
            {view}
        };
        let title = if tab == Tab::Overview { app.name().to_owned() } else { text::tab_of(app.name(), tab.name()) };
        let page = self.vendor.page(title, view).at(list::PATH).under(list::PATH, APPLICATIONS).wide();
        if tab == Tab::Overview { page } else { page.under(list::path(app), app.name()) }
    }

    fn tabs(&self, current: Tab) -> impl IntoView + use<> {
        let id = self.app.id.clone();
        let counts = [(Tab::Overview, usize::from(self.is_asked)), (Tab::Credentials, self.ending.len())];
        let tab = move |tab: Tab| {
            let count = counts.iter().find(|(counted, count)| *counted == tab && 0 < *count).map(|(_, count)| *count);
            let badge = count.map(|count| {
                view! { " "<span class="badge">{count}<span class="usa-sr-only">" "{text::NEED_YOU}</span></span> }
            });
            view! { <li><a href=tab.of(&id) aria-current=(tab == current).then_some("page")>{tab.name()} {badge}</a></li> }
        };
        view! { <nav class="tabs" aria-label=text::TABS><ul>{Tab::ALL.map(tab).collect_view()}</ul></nav> }
    }
}
