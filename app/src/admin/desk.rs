//! Who uses this portal, and what they may do.

use std::collections::BTreeSet;

use identity::accounts::Account;
use leptos::prelude::*;
use model::{account::Role, history::Side};
use registry::{
    conversations,
    reviews::{self, Counts},
    subject::Subject,
    team, tickets,
};
use store::Ctx;

use crate::{
    admin::{inbox, queue, tickets as tickets_page},
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

/// A person with a role, and what waits for the staff.
#[derive(Debug)]
pub struct Desk {
    pub account: Account,
    pub roles: BTreeSet<Role>,
    pub waiting: Waiting,
}

/// What waits for the staff.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    pub reviews: Counts,
    pub tickets: usize,
    /// Everything: reviews, tickets, comments.
    pub conversations: usize,
}

impl Waiting {
    async fn count(ctx: &mut Ctx) -> Result<Self, Failure> {
        let ours = conversations::Filter { turn: Some(Side::Administration), ..conversations::Filter::default() };
        let open = tickets::Filter { ours: true, ..tickets::Filter::default() };
        Ok(Self {
            reviews: reviews::counts(ctx).await?,
            tickets: tickets::count_open(ctx, &open).await?,
            conversations: conversations::count(ctx, &ours).await?,
        })
    }
}

impl Desk {
    /// The person who asks. Others are sent to sign in, or see that this is not for their account.
    pub async fn enter(web: &Web) -> Result<Self, Failure> {
        let (account, roles) = web.staff(&Role::ALL).await?;
        let mut ctx = web.services.store.read().await?;
        let waiting = Waiting::count(&mut ctx).await?;
        Ok(Self { account: account.clone(), roles, waiting })
    }

    /// Whether they decide on registrations; the others can only read.
    pub fn may_review(&self) -> bool {
        self.roles.contains(&Role::Administrator) || self.roles.contains(&Role::Reviewer)
    }

    /// Whether they may name an owner of an organization.
    pub fn may_name_owner(&self) -> bool {
        self.roles.contains(&Role::Administrator)
    }

    /// Whether they may read the audit log.
    pub fn may_audit(&self) -> bool {
        self.roles.contains(&Role::Administrator) || self.roles.contains(&Role::Auditor)
    }

    /// Whether they belong to the organization: then they may not decide on it.
    pub async fn belongs_to(&self, web: &Web, subject: &Subject) -> Result<bool, Failure> {
        let mut ctx = web.services.store.read().await?;
        Ok(team::belongs(&mut ctx, &self.account.id, subject.organization()).await?)
    }

    /// A page of this portal, with the numbers of what waits beside its navigation.
    pub fn page(&self, title: impl Into<String>, view: impl IntoView + 'static) -> Page {
        Page::new(Portal::Admin, title, view)
            .badge(inbox::PATH, u64::try_from(self.waiting.conversations).unwrap_or_default())
            .badge(queue::PATH, self.waiting.reviews.all())
            .badge(tickets_page::QUEUE, u64::try_from(self.waiting.tickets).unwrap_or_default())
            .wide()
    }
}
