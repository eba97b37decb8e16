//! Who uses this portal, and what they may do.

use std::collections::BTreeSet;

use identity::accounts::Account;
use leptos::prelude::*;
use model::{account::Role, history::Side};
use registry::{
    conversations,
    desks::{self, Reach},
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
    /// For which programs they work. Administrators work for all.
    pub reach: Reach,
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
    async fn count(ctx: &mut Ctx, reach: &Reach) -> Result<Self, Failure> {
        let ours = conversations::Filter {
            turn: Some(Side::Administration),
            reach: reach.clone(),
            ..conversations::Filter::default()
        };
        let open = tickets::Filter { ours: true, reach: reach.clone(), ..tickets::Filter::default() };
        Ok(Self {
            reviews: reviews::counts(ctx, reach).await?,
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
        let limited = !roles.contains(&Role::Administrator);
        let reach = if limited { desks::of(&mut ctx, &account.id).await? } else { Reach::All };
        let waiting = Waiting::count(&mut ctx, &reach).await?;
        Ok(Self { account: account.clone(), roles, reach, waiting })
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
        self.around(Page::new(Portal::Admin, title, view)).wide()
    }

    /// The same for a page that is there.
    pub fn around(&self, page: Page) -> Page {
        page.badge(inbox::PATH, u64::try_from(self.waiting.conversations).unwrap_or_default())
            .badge(queue::PATH, self.waiting.reviews.all())
            .badge(tickets_page::QUEUE, u64::try_from(self.waiting.tickets).unwrap_or_default())
    }
}
