//! The vendor of a request to this portal, and its organization.

use identity::accounts::Account;
use leptos::prelude::*;
use model::{organization::OrganizationStatus, team::TeamRole};
use registry::{
    organizations::{self, Organization},
    team::Member,
};
use url::form_urlencoded::Serializer;

use crate::{
    failure::Failure,
    owner::{organization, profile, registration::demographics},
    page::{Page, Portal},
    texts::notices::Reason,
    web::Web,
};

/// A signed-in account with the organization it belongs to, if any.
#[derive(Debug)]
pub struct Vendor {
    pub account: Account,
    pub belongs: Option<(Organization, Member)>,
}

impl Vendor {
    /// The vendor. Others are sent to sign in, and at the first time to the profile.
    pub async fn enter(web: &Web) -> Result<Self, Failure> {
        let account = web.healthcare_account().await?.clone();
        if account.contact_number.is_none() {
            let next = web.request.page_and_query();
            let query = Serializer::new(String::new()).append_pair("next", &next).finish();
            return Err(Failure::redirect(format!("{}?{query}", profile::PATH)));
        }
        let mut ctx = web.services.store.read().await?;
        let belongs = organizations::for_account(&mut ctx, &account.id).await?;
        // Only the newer version that wrote an unknown role knows what it may do.
        if belongs.as_ref().is_some_and(|(_, member)| member.role == TeamRole::Unknown) {
            return Err(Failure::Forbidden);
        }
        Ok(Self { account, belongs })
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
        Page::new(Portal::Owner, title, view).badge(organization::PATH, u64::from(self.is_needed()))
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
