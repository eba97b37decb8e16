//! Who uses this portal, and what they may do.

use std::collections::BTreeSet;

use identity::accounts::Account;
use leptos::prelude::*;
use model::account::Role;
use registry::{
    desks::{self, Reach},
    reviews,
    subject::Subject,
    team,
};
use store::Ctx;

use crate::{
    admin::queue,
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

/// A person with a role, and how many reviews are waiting in the queues.
#[derive(Debug)]
pub struct Desk {
    pub account: Account,
    pub roles: BTreeSet<Role>,
    /// For which programs they work. Administrators work for all.
    pub reach: Reach,
    organizations: u64,
    applications: u64,
}

impl Desk {
    /// The person who asks. Others are sent to sign in, or see that this is not for their account.
    pub async fn enter(web: &Web) -> Result<Self, Failure> {
        let (account, roles) = web.staff(&Role::ALL).await?;
        let mut ctx = web.services.store.read().await?;
        let (organizations, applications) = reviews::waiting(&mut ctx).await?;
        let limited = !roles.contains(&Role::Administrator);
        let reach = if limited { desks::of(&mut ctx, &account.id).await? } else { Reach::All };
        Ok(Self { account: account.clone(), roles, reach, organizations, applications })
    }

    /// [`Failure::NotFound`] if the subject is of none of the programs that they work for.
    pub async fn require(&self, ctx: &mut Ctx, subject: &Subject) -> Result<(), Failure> {
        Ok(desks::require(ctx, &self.reach, subject).await?)
    }

    /// [`Failure::Forbidden`] if they have none of these roles.
    pub fn allow(&self, roles: &[Role]) -> Result<(), Failure> {
        if roles.iter().any(|role| self.roles.contains(role)) { Ok(()) } else { Err(Failure::Forbidden) }
    }

    /// Whether they decide on registrations; the others can only read.
    pub fn may_review(&self) -> bool {
        self.roles.contains(&Role::Administrator) || self.roles.contains(&Role::Reviewer)
    }

    /// Whether they may read the audit log.
    pub fn may_audit(&self) -> bool {
        self.roles.contains(&Role::Administrator) || self.roles.contains(&Role::Auditor)
    }

    /// Whether they belong to the organization: then they may not decide on it.
    pub async fn belongs_to(&self, web: &Web, subject: &Subject) -> Result<bool, Failure> {
        let member = team::find(&mut web.services.store.read().await?, &self.account.id).await?;
        Ok(member.is_some_and(|member| member.organization == *subject.organization()))
    }

    /// A page of this portal, with the number of waiting reviews beside its navigation.
    pub fn page(&self, title: impl Into<String>, view: impl IntoView + 'static) -> Page {
        Page::new(Portal::Admin, title, view)
            .badge(queue::ORGANIZATIONS, self.organizations)
            .badge(queue::APPLICATIONS, self.applications)
            .wide()
    }
}
