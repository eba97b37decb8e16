//! The vendor of a request to this portal, and its organization. An account may belong to several and acts for one of them,
//! which it chooses. But what an address or a form names decides first: an app, a draft, or the organization itself, so that
//! choosing another one in another tab never makes a form act for the wrong one.

use identity::accounts::Account;
use leptos::prelude::*;
use model::{
    history::Side,
    id::{ApplicationId, OrganizationId},
    organization::OrganizationStatus,
    team::TeamRole,
};
use registry::{
    conversations::{self, Filter},
    organizations::{self, Organization},
    team::{self, Member},
};
use url::form_urlencoded::Serializer;

use crate::{
    failure::Failure,
    owner::{inbox, organization, profile, registration::demographics},
    page::{Page, Portal},
    texts::notices::Reason,
    web::Web,
};

/// The parameter of addresses, and the field of forms.
pub const ORGANIZATION: &str = "organization";

/// A signed-in account with the organization it belongs to, if any.
#[derive(Debug)]
pub struct Vendor {
    pub account: Account,
    pub belongs: Option<(Organization, Member)>,
    /// How many conversations wait for this vendor.
    waits: usize,
    /// Whether the account belongs to more than one organization.
    pub has_several: bool,
}

/// For which of its organizations the vendor acts.
#[derive(Clone, Copy, Debug)]
enum For<'a> {
    /// The one that was chosen last.
    Chosen,
    Organization(&'a str),
    App(&'a ApplicationId),
}

impl Vendor {
    /// The vendor, for the organization that the address names as `organization`, otherwise for the one that was chosen.
    /// Others are sent to sign in, and at the first time to the profile.
    pub async fn enter(web: &Web) -> Result<Self, Failure> {
        let named = web.request.query(ORGANIZATION).map(For::Organization);
        Self::acting(web, named.unwrap_or(For::Chosen)).await
    }

    /// The vendor of a form that was shown for this organization. Pages from before an update name none.
    pub async fn of_form(web: &Web, organization: &str) -> Result<Self, Failure> {
        Self::acting(web, if organization.is_empty() { For::Chosen } else { For::Organization(organization) }).await
    }

    /// The vendor of what the organization has. What belongs to organizations of others is not found.
    pub async fn of_organization(web: &Web, organization: &OrganizationId) -> Result<Self, Failure> {
        Self::acting(web, For::Organization(organization.as_str())).await
    }

    /// The vendor of this app. An app of others is not found in what follows.
    pub async fn of_app(web: &Web, app: &ApplicationId) -> Result<Self, Failure> {
        Self::acting(web, For::App(app)).await
    }

    async fn acting(web: &Web, which: For<'_>) -> Result<Self, Failure> {
        let account = web.healthcare_account().await?.clone();
        if account.contact_number.is_none() {
            let next = web.request.page_and_query();
            let query = Serializer::new(String::new()).append_pair("next", &next).finish();
            return Err(Failure::redirect(format!("{}?{query}", profile::PATH)));
        }
        let mut ctx = web.services.store.read().await?;
        let all = team::all(&mut ctx, &account.id).await?;
        let has_several = 1 < all.len();
        let member = match which {
            For::Chosen => all.into_iter().next(),
            For::Organization(named) => {
                let member = all.into_iter().find(|member| member.organization.as_str() == named);
                Some(member.ok_or(Failure::NotFound)?)
            }
            For::App(app) if has_several => team::of_app(&mut ctx, &account.id, app).await?.or(all.into_iter().next()),
            For::App(_) => all.into_iter().next(),
        };
        let belongs = match member {
            // Only the newer version that wrote an unknown role knows what it may do.
            Some(member) if member.role == TeamRole::Unknown => return Err(Failure::Forbidden),
            Some(member) => Some((organizations::get(&mut ctx, &member.organization).await?, member)),
            None => None,
        };
        let waits = match &belongs {
            Some((organization, _)) => {
                let organization = Some(organization.id.clone());
                let filter = Filter { organization, turn: Some(Side::Vendor), ..Filter::default() };
                conversations::count(&mut ctx, &filter).await?
            }
            None => 0,
        };
        Ok(Self { account, belongs, waits, has_several })
    }

    /// The id that the forms of this page send.
    pub fn organization_id(&self) -> Option<&OrganizationId> {
        self.organization().map(|organization| &organization.id)
    }

    pub fn organization(&self) -> Option<&Organization> {
        self.belongs.as_ref().map(|(organization, _)| organization)
    }

    /// The organization. A vendor without one is sent to register it.
    pub fn member(&self) -> Result<(&Organization, &Member), Failure> {
        let belongs =
            self.belongs.as_ref().ok_or_else(|| Failure::because(demographics::PATH, Reason::OrganizationFirst))?;
        Ok((&belongs.0, &belongs.1))
    }

    /// The approved organization. A vendor of another one is sent to see its status.
    pub fn approved(&self) -> Result<(&Organization, &Member), Failure> {
        let (organization, member) = self.member()?;
        if organization.status.is_approved() {
            Ok((organization, member))
        } else {
            Err(Failure::because(organization::PATH, why_not_yet(organization.status)))
        }
    }

    /// Whether the organization waits for its owner.
    pub fn is_needed(&self) -> bool {
        self.organization().is_none_or(|organization| {
            matches!(organization.status, OrganizationStatus::InformationAsked | OrganizationStatus::Denied)
        })
    }

    /// A page of this portal, with what waits for the vendor beside its navigation.
    pub fn page(&self, title: impl Into<String>, view: impl IntoView + 'static) -> Page {
        self.around(Page::new(Portal::Owner, title, view))
    }

    /// The same for a page that is there.
    pub fn around(&self, page: Page) -> Page {
        let page = page
            .badge(organization::PATH, u64::from(self.is_needed()))
            .badge(inbox::PATH, u64::try_from(self.waits).unwrap_or_default());
        match self.organization().filter(|_| self.has_several) {
            Some(organization) => page.acting_for(organization.name()),
            None => page,
        }
    }
}

/// Why the organization cannot register apps.
fn why_not_yet(status: OrganizationStatus) -> Reason {
    match status {
        OrganizationStatus::InformationAsked => Reason::OrganizationAsked,
        OrganizationStatus::Denied => Reason::OrganizationDenied,
        OrganizationStatus::Suspended | OrganizationStatus::Revoked => Reason::OrganizationSuspended,
        OrganizationStatus::PendingReview | OrganizationStatus::Approved | OrganizationStatus::Unknown => {
            Reason::OrganizationPending
        }
    }
}
