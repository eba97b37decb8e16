//! Mail to an organization's owners, and to the staff.

use jiff::Timestamp;
use mail::{
    message::Message,
    messages::{
        application::App,
        conversation::{self, Thing},
        desk::{self, Arrival},
        organization::{self as of_organization, owner_path as organization_path},
    },
    moment::When,
    outbox,
    reader::Reader,
};
use model::{
    account::{PersonName, Role},
    email::Email,
    id::{AccountId, ApplicationId, OrganizationId, ReviewId},
    locale::Locale,
    partition::{Environment, ProgramId},
    text::Paragraph,
};
use store::{Ctx, FromRow, Query, Row, sql};

use crate::{
    Registry,
    applications::{self, Application},
    clock, column,
    error::Result,
    organizations::{self, Organization},
    reviews::rounds,
    subject::Subject,
};

/// What people read about. `id` makes the event unique.
pub(crate) struct Notice<'a> {
    pub event: &'static str,
    pub id: &'a str,
}

/// Someone whom we write to, as a row of `account a`: `a.id, a.name, a.email, a.language`.
pub(crate) struct Person {
    pub account: AccountId,
    name: PersonName,
    email: Email,
    language: Locale,
}

impl Person {
    pub fn reader(&self) -> Reader<'_> {
        Reader { to: &self.email, name: &self.name, locale: self.language }
    }
}

/// The columns of a [`Person`].
pub(crate) const PERSON: &str = "SELECT a.id, a.name, a.email, a.language";

/// The owners of the organization, in the order in which they joined.
pub(crate) async fn owners(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Person>> {
    let mut query = sql(PERSON);
    query.push(
        " FROM membership m JOIN account a ON a.id = m.account_id WHERE m.role = 'owner' AND m.organization_id = ",
    );
    query.push_bind(organization).push(" ORDER BY m.joined_at, a.id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Writes to each owner of the organization, once for each event.
pub(crate) async fn to_owners(
    ctx: &mut Ctx,
    organization: &OrganizationId,
    notice: Notice<'_>,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    let owners = owners(ctx, organization).await?;
    send(ctx, owners, notice, message).await
}

/// Writes to the person who asked, while they are on the team; otherwise to the owners. Once for each event.
pub(crate) async fn to_asker(
    ctx: &mut Ctx,
    organization: &OrganizationId,
    account: &AccountId,
    notice: Notice<'_>,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    let mut query = sql(PERSON);
    query.push(" FROM membership m JOIN account a ON a.id = m.account_id WHERE m.account_id = ").push_bind(account);
    query.push(" AND m.organization_id = ").push_bind(organization);
    let mut people: Vec<Person> = query.fetch_list(&mut ctx.tx).await?;
    if people.is_empty() {
        people = owners(ctx, organization).await?;
    }
    send(ctx, people, notice, message).await
}

/// Writes to one account, once for each event.
pub(crate) async fn to_account(
    ctx: &mut Ctx,
    account: &AccountId,
    notice: Notice<'_>,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    let mut query = sql(PERSON);
    query.push(" FROM account a WHERE a.id = ").push_bind(account);
    let people: Vec<Person> = query.fetch_list(&mut ctx.tx).await?;
    send(ctx, people, notice, message).await
}

async fn send(
    ctx: &mut Ctx,
    people: Vec<Person>,
    notice: Notice<'_>,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    for person in people {
        let event = format!("{}:{}:{}", notice.event, notice.id, person.account);
        outbox::enqueue(ctx, &event, &message(person.reader())).await?;
    }
    Ok(())
}

/// Who decides on registrations, and answers what vendors write about them.
const REVIEWERS: [Role; 2] = [Role::Reviewer, Role::Administrator];
/// Who answers tickets.
const SUPPORT: [Role; 2] = [Role::Support, Role::Administrator];

/// Writes to each reviewer and administrator whose desk reaches it about a review that was opened.
pub(crate) async fn arrived(
    ctx: &mut Ctx,
    registry: &Registry,
    arrival: Arrival,
    name: &str,
    review: &ReviewId,
) -> Result<()> {
    let (organization, application, due_at): (OrganizationId, Option<ApplicationId>, Timestamp) =
        sql("SELECT organization_id, application_id, due_at FROM review WHERE id = $1")
            .bind(review)
            .fetch_one(&mut ctx.tx)
            .await?;
    let on = Subject::new(organization, application);
    let (due, path) = (when(ctx, registry, &on, due_at).await?, format!("/admin/reviews/{review}"));
    let facts = desk::Facts { arrival, name, due: &due, path: &path };
    let notice = Notice { event: "review-arrived", id: review.as_str() };
    to_staff(ctx, &REVIEWERS, (&on, None), notice, |reader| desk::arrived(&registry.site, reader, &facts)).await
}

/// The same about what a vendor wrote outside of a review.
pub(crate) async fn comment_arrived(
    ctx: &mut Ctx,
    registry: &Registry,
    on: &Subject,
    name: &str,
    due_at: Timestamp,
) -> Result<()> {
    let due = when(ctx, registry, on, due_at).await?;
    let path = match on.application() {
        Some(id) => format!("/admin/applications/{id}"),
        None => format!("/admin/organizations/{}", on.organization()),
    };
    let facts = desk::Facts { arrival: Arrival::Comment, name, due: &due, path: &path };
    let notice = Notice { event: "comment-arrived", id: &ctx.random_id() };
    to_staff(ctx, &REVIEWERS, (on, None), notice, |reader| desk::arrived(&registry.site, reader, &facts)).await
}

/// Writes to each person of support, and each administrator, whose desk reaches the ticket.
pub(crate) async fn ticket_arrived(
    ctx: &mut Ctx,
    registry: &Registry,
    (on, program): (&Subject, &ProgramId),
    event: &str,
    facts: &desk::Facts<'_>,
) -> Result<()> {
    let notice = Notice { event: "ticket-arrived", id: event };
    let place = (on, Some(program));
    to_staff(ctx, &SUPPORT, place, notice, |reader| desk::arrived(&registry.site, reader, facts)).await
}

/// Writes to everyone of the staff with one of these roles whose desk reaches the subject, once for each event. Administrators
/// work for all programs. Those who belong to the organization hear nothing, because they may not decide on it. `program`: of a
/// ticket.
async fn to_staff(
    ctx: &mut Ctx,
    roles: &[Role],
    (on, program): (&Subject, Option<&ProgramId>),
    notice: Notice<'_>,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    let mut query = sql(PERSON);
    query.push(" FROM account a WHERE EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role IN (");
    for (place, role) in roles.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(role.as_str());
    }
    query.push(")) AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id AND m.organization_id = ");
    query.push_bind(on.organization());
    query.push(") AND (EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role = ");
    query.push_bind(Role::Administrator.as_str());
    query.push(") OR NOT EXISTS (SELECT 1 FROM staff_desk d WHERE d.account_id = a.id) OR ");
    push_reaches(&mut query, on, program);
    query.push(") ORDER BY a.id");
    let staff: Vec<Person> = query.fetch_list(&mut ctx.tx).await?;
    send(ctx, staff, notice, message).await
}

/// Adds the condition that the desk of `account a` reaches the subject, as [`crate::desks::require`] has it.
fn push_reaches(query: &mut Query, on: &Subject, program: Option<&ProgramId>) {
    let desk = "EXISTS (SELECT 1 FROM staff_desk d";
    match (program, on.application()) {
        (Some(program), _) => {
            query.push(desk).push(" WHERE d.account_id = a.id AND d.program = ").push_bind(program).push(")");
        }
        (None, Some(application)) => {
            query.push(desk).push(" JOIN application_program p ON p.program = d.program WHERE d.account_id = a.id");
            query.push(" AND p.application_id = ").push_bind(application).push(")");
        }
        (None, None) => {
            query.push(desk).push(" JOIN application_program p ON p.program = d.program");
            query.push(" JOIN application o ON o.id = p.application_id WHERE d.account_id = a.id");
            query.push(" AND o.organization_id = ").push_bind(on.organization());
            query.push(") OR NOT EXISTS (SELECT 1 FROM application o WHERE o.organization_id = ");
            query.push_bind(on.organization()).push(")");
        }
    }
}

/// A moment in the zone of what it is about.
async fn when(ctx: &mut Ctx, registry: &Registry, on: &Subject, at: Timestamp) -> Result<When> {
    let programs = match on.application() {
        Some(application) => rounds::programs_of(ctx, application).await?,
        None => Vec::new(),
    };
    Ok(clock::when(registry, &programs, at))
}

/// Confirms an appeal to the owners.
pub(crate) async fn appeal_received(
    ctx: &mut Ctx,
    registry: &Registry,
    on: &Subject,
    name: &str,
    review: &ReviewId,
) -> Result<()> {
    let (due_at,): (Timestamp,) =
        sql("SELECT due_at FROM review WHERE id = $1").bind(review).fetch_one(&mut ctx.tx).await?;
    let (due, path) = (when(ctx, registry, on, due_at).await?, owner_path(on));
    let notice = Notice { event: "appeal-received", id: review.as_str() };
    let on_thing = Thing { name, path: &path };
    to_owners(ctx, on.organization(), notice, |reader| {
        conversation::appeal_received(&registry.site, reader, on_thing, &due)
    })
    .await
}

/// Tells the owners what an administrator wrote.
pub(crate) async fn commented(ctx: &mut Ctx, registry: &Registry, on: &Subject, text: &Paragraph) -> Result<()> {
    let (name, path) = (name_of(ctx, on).await?, owner_path(on));
    let notice = Notice { event: "commented", id: &ctx.random_id() };
    let thing = Thing { name: &name, path: &path };
    to_owners(ctx, on.organization(), notice, |reader| {
        conversation::commented(&registry.site, reader, thing, text.as_str())
    })
    .await
}

/// The name of the organization or app.
pub(crate) async fn name_of(ctx: &mut Ctx, on: &Subject) -> Result<String> {
    Ok(match on.application() {
        Some(id) => applications::get_any(ctx, id).await?.name().to_owned(),
        None => organizations::get(ctx, on.organization()).await?.name().to_owned(),
    })
}

/// The subject's page in the App Owner portal, for people with several organizations too.
pub(crate) fn owner_path(of: &Subject) -> String {
    match of {
        Subject::Organization(id) => organization_path(id.as_str()),
        Subject::Application(_, id) => format!("/owner/applications/{id}"),
        Subject::Ticket(organization, id) => format!("/owner/support/{id}?organization={organization}"),
    }
}

/// The organization as letters name it.
pub(crate) fn named(organization: &Organization) -> of_organization::Organization<'_> {
    of_organization::Organization { id: organization.id.as_str(), name: organization.name() }
}

impl FromRow for Person {
    fn from_row(row: &Row) -> store::Result<Self> {
        let language = Locale::find(&row.get::<String>(3)?).unwrap_or_default();
        Ok(Self { account: row.get(0)?, name: column::stored(row, 1)?, email: column::stored(row, 2)?, language })
    }
}

/// What letters say of an app.
pub(crate) struct AppFacts {
    id: ApplicationId,
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
        Self { id: application.id.clone(), name, programs: programs.join(", "), environment, client_id }
    }

    pub(crate) fn app(&self) -> App<'_> {
        App {
            id: self.id.as_str(),
            name: &self.name,
            program: &self.programs,
            environment: self.environment,
            client_id: &self.client_id,
        }
    }
}
