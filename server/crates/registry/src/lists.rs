//! Which apps of an organization may be used in a program, where an administrator says so. What follows is written into each app's
//! row (`application.unlisted`), which every authorization and every call reads.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mail::messages;
use model::{
    application::ListKind,
    history::Action,
    id::{AccountId, ApplicationId, OrganizationId},
    partition::ProgramId,
    text::Paragraph,
};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry, applications,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, Notice},
    organizations,
    subject::Subject,
    team,
};

/// One organization's list in one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub program: ProgramId,
    pub kind: ListKind,
    pub reason: String,
    /// The name of the administrator; `None` if the account no longer exists.
    pub by: Option<String>,
    pub set_at: Timestamp,
    pub listed: BTreeSet<ApplicationId>,
}

impl List {
    /// Whether it keeps the app out.
    pub fn keeps_out(&self, app: &ApplicationId) -> bool {
        self.listed.contains(app) != (self.kind == ListKind::Allow)
    }
}

/// Every list of an organization, by program.
pub async fn of_organization(ctx: &mut Ctx, id: &OrganizationId) -> Result<Vec<List>> {
    let query = sql("SELECT l.program, l.kind, l.reason, a.name, l.set_at FROM application_list l
         LEFT JOIN account a ON a.id = l.set_by WHERE l.organization_id = $1 ORDER BY l.program");
    let mut lists: Vec<List> = query.bind(id).fetch_list(&mut ctx.tx).await?;
    let query = sql("SELECT program, application_id FROM application_listed WHERE organization_id = $1").bind(id);
    let mut listed: BTreeMap<ProgramId, BTreeSet<ApplicationId>> = BTreeMap::new();
    for (program, app) in query.fetch_all::<(ProgramId, ApplicationId)>(&mut ctx.tx).await? {
        listed.entry(program).or_default().insert(app);
    }
    for list in &mut lists {
        list.listed = listed.remove(&list.program).unwrap_or_default();
    }
    Ok(lists)
}

/// The programs in which a list keeps the app out.
pub async fn keeping_out(ctx: &mut Ctx, app: &ApplicationId) -> Result<BTreeSet<ProgramId>> {
    let query = sql("SELECT unlisted FROM application WHERE id = $1").bind(app);
    let found: Option<(String,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(words,)| words.split_whitespace().map(ProgramId::new).collect()).unwrap_or_default())
}

/// What an administrator says about an organization's apps in a program.
#[derive(Clone, Debug)]
pub struct Choice {
    pub program: ProgramId,
    /// `None`: every app may be used.
    pub kind: Option<ListKind>,
    pub listed: BTreeSet<ApplicationId>,
}

/// Says which apps may be used, in place of what was said before. Tokens of the others stop working at the next call, and work
/// again when a later list lets their app in. [`Error::NotFound`] if a listed app is not the organization's.
pub async fn set(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &OrganizationId,
    choice: &Choice,
    reason: &Paragraph,
) -> Result<()> {
    let program = registry.programs.get(&choice.program).ok_or(Error::NotFound)?;
    team::require_outsider(ctx, by, id).await?;
    lock(ctx, id).await?;
    let organization = organizations::get(ctx, id).await?;
    let apps = applications::list(ctx, id).await?;
    if !choice.listed.iter().all(|listed| apps.iter().any(|app| app.id == *listed)) {
        return Err(Error::NotFound);
    }
    replace(ctx, by, id, choice, reason).await?;
    let lists = of_organization(ctx, id).await?;
    for app in &apps {
        write(ctx, &app.id, &lists).await?;
    }
    let out =
        |list: &List| apps.iter().filter(|app| list.keeps_out(&app.id)).map(|app| app.name().to_owned()).collect();
    let out: Vec<String> = lists.iter().find(|list| list.program == choice.program).map(out).unwrap_or_default();
    let notice = Notice { event: "organization-list", id: &ctx.random_id() };
    notices::to_owners(ctx, id, notice, |reader| {
        let facts = messages::organization::List {
            organization: notices::named(&organization),
            program: &program.name,
            kept_out: &out.join(", "),
        };
        messages::organization::list_set(&registry.site, reader, facts, reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::ListSet).saying(reason);
    history::record(ctx, &Subject::Organization(id.clone()), &change).await
}

async fn replace(
    ctx: &mut Ctx,
    by: &AccountId,
    id: &OrganizationId,
    choice: &Choice,
    reason: &Paragraph,
) -> Result<()> {
    for table in [
        "DELETE FROM application_listed WHERE organization_id = $1 AND program = $2",
        "DELETE FROM application_list WHERE organization_id = $1 AND program = $2",
    ] {
        sql(table).bind(id).bind(&choice.program).execute(&mut ctx.tx).await?;
    }
    let Some(kind) = choice.kind else { return Ok(()) };
    sql("INSERT INTO application_list (organization_id, program, kind, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(&choice.program)
        .bind(kind.as_str())
        .bind(reason.as_str())
        .bind(by)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    for app in &choice.listed {
        sql("INSERT INTO application_listed (organization_id, program, application_id) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(&choice.program)
            .bind(app)
            .execute(&mut ctx.tx)
            .await?;
    }
    Ok(())
}

/// Keeps a new app out of the programs that allow only listed apps.
pub(crate) async fn apply_to_new(ctx: &mut Ctx, organization: &OrganizationId, app: &ApplicationId) -> Result<()> {
    lock(ctx, organization).await?;
    let lists = of_organization(ctx, organization).await?;
    write(ctx, app, &lists).await
}

/// Until the end of the transaction: an app that is registered while a list is set must not miss it.
async fn lock(ctx: &mut Ctx, id: &OrganizationId) -> Result<()> {
    sql("UPDATE organization SET status = status WHERE id = $1").bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

async fn write(ctx: &mut Ctx, app: &ApplicationId, lists: &[List]) -> Result<()> {
    let out = lists.iter().filter(|list| list.keeps_out(app)).map(|list| list.program.as_str());
    let out = out.collect::<Vec<_>>().join(" ");
    let query = sql("UPDATE application SET unlisted = $1 WHERE id = $2 AND unlisted <> $1").bind(out).bind(app);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

impl FromRow for List {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            program: row.get(0)?,
            kind: row.word(1)?,
            reason: row.get(2)?,
            by: row.get(3)?,
            set_at: row.get(4)?,
            listed: BTreeSet::new(),
        })
    }
}
