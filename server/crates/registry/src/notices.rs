//! Mail to an organization's owners, and to the staff.

use jiff::Timestamp;
use mail::{
    message::Message,
    messages::{
        application::App,
        conversation,
        desk::{self, Arrival},
    },
    outbox,
};
use model::{
    account::{PersonName, Role},
    email::Email,
    id::{AccountId, OrganizationId, ReviewId},
    partition::Environment,
    text::Paragraph,
};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry,
    applications::{self, Application},
    clock, column,
    error::Result,
    organizations,
    subject::Subject,
};

/// What owners read about. `id` makes the event unique.
pub(crate) struct Notice<'a> {
    pub event: &'static str,
    pub id: &'a str,
}

struct Person {
    account: String,
    name: PersonName,
    email: Email,
}

/// Writes to each owner of the organization, once for each event.
pub(crate) async fn to_owners(
    ctx: &mut Ctx,
    organization: &OrganizationId,
    notice: Notice<'_>,
    message: impl Fn(&Email, &PersonName) -> Message,
) -> Result<()> {
    let owners: Vec<Person> =
        sql("SELECT a.id, a.name, a.email FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.organization_id = $1 AND m.role = 'owner' ORDER BY m.joined_at, a.id")
        .bind(organization)
        .fetch_all(&mut ctx.tx)
        .await?;
    send(ctx, owners, notice, message).await
}

/// Writes to one account, once for each event.
pub(crate) async fn to_account(
    ctx: &mut Ctx,
    account: &AccountId,
    notice: Notice<'_>,
    message: impl Fn(&Email, &PersonName) -> Message,
) -> Result<()> {
    let query = sql("SELECT a.id, a.name, a.email FROM account a WHERE a.id = $1").bind(account);
    let people: Vec<Person> = query.fetch_list(&mut ctx.tx).await?;
    send(ctx, people, notice, message).await
}

async fn send(
    ctx: &mut Ctx,
    people: Vec<Person>,
    notice: Notice<'_>,
    message: impl Fn(&Email, &PersonName) -> Message,
) -> Result<()> {
    for person in people {
        let event = format!("{}:{}:{}", notice.event, notice.id, person.account);
        outbox::enqueue(ctx, &event, &message(&person.email, &person.name)).await?;
    }
    Ok(())
}

/// Writes to each reviewer and administrator about a review that was opened.
pub(crate) async fn arrived(
    ctx: &mut Ctx,
    registry: &Registry,
    arrival: Arrival,
    name: &str,
    review: &ReviewId,
) -> Result<()> {
    let (due_at,): (Timestamp,) =
        sql("SELECT due_at FROM review WHERE id = $1").bind(review).fetch_one(&mut ctx.tx).await?;
    let (due, path) = (clock::written(registry, [], due_at), format!("/admin/reviews/{review}"));
    let facts = desk::Facts { arrival, name, due: &due, path: &path };
    let notice = Notice { event: "review-arrived", id: review.as_str() };
    to_staff(ctx, &[Role::Reviewer, Role::Administrator], notice, |to, name| {
        desk::arrived(&registry.site, to, name, &facts)
    })
    .await
}

/// Writes to everyone of the staff with one of these roles, once for each event.
pub(crate) async fn to_staff(
    ctx: &mut Ctx,
    roles: &[Role],
    notice: Notice<'_>,
    message: impl Fn(&Email, &PersonName) -> Message,
) -> Result<()> {
    let mut query = sql("SELECT a.id, a.name, a.email FROM account a
        WHERE EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role IN (");
    for (place, role) in roles.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(role.as_str());
    }
    query.push(")) ORDER BY a.id");
    let staff: Vec<Person> = query.fetch_list(&mut ctx.tx).await?;
    send(ctx, staff, notice, message).await
}

/// Confirms an appeal to the owners.
pub(crate) async fn appeal_received(
    ctx: &mut Ctx,
    registry: &Registry,
    on: &Subject,
    subject: &str,
    review: &ReviewId,
) -> Result<()> {
    let (due_at,): (Timestamp,) =
        sql("SELECT due_at FROM review WHERE id = $1").bind(review).fetch_one(&mut ctx.tx).await?;
    let (due, path) = (clock::written(registry, [], due_at), owner_path(on));
    let notice = Notice { event: "appeal-received", id: review.as_str() };
    to_owners(ctx, on.organization(), notice, |to, name| {
        conversation::appeal_received(&registry.site, to, name, subject, &due, &path)
    })
    .await
}

/// Tells the owners what an administrator wrote.
pub(crate) async fn commented(ctx: &mut Ctx, registry: &Registry, on: &Subject, text: &Paragraph) -> Result<()> {
    let subject = match on.application() {
        Some(id) => applications::get_any(ctx, id).await?.name().to_owned(),
        None => organizations::get(ctx, on.organization()).await?.name().to_owned(),
    };
    let path = owner_path(on);
    let notice = Notice { event: "commented", id: &ctx.random_id() };
    to_owners(ctx, on.organization(), notice, |to, name| {
        conversation::commented(&registry.site, to, name, &subject, text.as_str(), &path)
    })
    .await
}

/// The subject's page in the App Owner portal.
pub(crate) fn owner_path(of: &Subject) -> String {
    match of {
        Subject::Organization(_) => "/owner/organization".to_owned(),
        Subject::Application(_, id) => format!("/owner/applications/{id}"),
        Subject::Ticket(_, id) => format!("/owner/support/{id}"),
    }
}

impl FromRow for Person {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { account: row.get(0)?, name: column::stored(row, 1)?, email: column::stored(row, 2)? })
    }
}

/// What letters say of an app.
pub(crate) struct AppFacts {
    name: String,
    programs: String,
    environment: Environment,
    client_id: String,
}

impl AppFacts {
    pub(crate) fn of(registry: &Registry, application: &Application) -> Self {
        let name = |id| registry.programs.get(id).map_or_else(|| id.to_string(), |program| program.name.clone());
        let programs: Vec<String> = application.registration.programs.iter().map(name).collect();
        let environment = application.registration.environment;
        let (name, client_id) = (application.name().to_owned(), application.client_id.to_string());
        Self { name, programs: programs.join(", "), environment, client_id }
    }

    pub(crate) fn app(&self) -> App<'_> {
        App { name: &self.name, program: &self.programs, environment: self.environment, client_id: &self.client_id }
    }
}
