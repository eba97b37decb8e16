//! Members report apps. Administrators read the reports with the app; vendors never see them. A report keeps who wrote it, so that
//! the audit log can say it, but no page shows that.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use identity::attempts::{self, Rule};
use jiff::{SignedDuration, Timestamp};
use mail::{messages::report, outbox, site::Site};
use model::{
    email::Email,
    form::{Code, field::Field},
    id::{AccountId, ApplicationId, GrantId, PayerId},
    partition::{Environment, ProgramId},
    text::Paragraph,
    words,
};
use programs::Programs;
use store::{Ctx, FromRow, Part, Row, sql};

use crate::grants::member::{self, Error};

words! {
    /// What is wrong with an app.
    Reason {
        /// It does something else than it said.
        Misleading = "misleading",
        /// It reads or wants more than it needs.
        TooMuch = "too_much",
        /// It gave or sold data to others.
        Shares = "shares",
        /// It asked for a password, or looks like a fraud.
        Fraud = "fraud",
        /// It does not delete data, or cannot be stopped.
        WillNotStop = "will_not_stop",
        Other = "other",
        ..Unknown
    }
}

impl Field for Reason {
    fn read(typed: &str) -> Result<Self, Code> {
        if typed.is_empty() { Err(Code::Required) } else { typed.parse() }
    }
}

/// What a member writes.
#[derive(Clone, Debug)]
pub struct NewReport {
    pub reason: Reason,
    pub comment: Option<Paragraph>,
}

/// What administrators read.
#[derive(Clone, Debug)]
pub struct Report {
    pub reason: Reason,
    pub comment: Option<String>,
    pub program: ProgramId,
    pub environment: Environment,
    pub payer: PayerId,
    pub created_at: Timestamp,
}

/// Enough for everyone who has something to report; more makes an account wait.
const RULE: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_hours(1),
    longest_wait: SignedDuration::from_hours(24),
    forget_after: SignedDuration::from_hours(24),
};

/// Stores what the member says about the app of one of their grants, past or live, and writes to the program's support.
/// [`Error::NotFound`] if the grant is not this member's.
pub async fn file(
    ctx: &mut Ctx,
    programs: &Programs,
    site: &Site,
    account: &AccountId,
    grant: &GrantId,
    new: &NewReport,
) -> Result<(), Error> {
    let connection = member::get(ctx, account, grant).await?;
    attempts::admit(ctx, RULE, &format!("report:{account}")).await?;
    let grant = &connection.grant;
    let id = ctx.random_id();
    sql("INSERT INTO app_report (id, application_id, grant_id, account_id, program, environment, payer_id, reason, comment,
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(&id)
    .bind(&grant.application)
    .bind(&grant.id)
    .bind(account)
    .bind(&grant.partition.program)
    .bind(grant.partition.environment)
    .bind(&grant.payer)
    .bind(new.reason.as_str())
    .bind(new.comment.as_ref().map(Paragraph::as_str))
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    let support =
        programs.get(&grant.partition.program).and_then(|program| program.support.email.parse::<Email>().ok());
    if let Some(to) = support {
        let message = report::filed(site, &to, &connection.app_name, grant.application.as_str());
        outbox::enqueue(ctx, &format!("app-reported:{id}"), &message).await?;
    }
    let event = Event::new(
        Actor::Account(account.clone()),
        Action::ApplicationReported,
        "application",
        grant.application.as_str(),
    );
    let event = event.within(&grant.partition).with("report", id).with("reason", new.reason.as_str());
    Ok(log::record(ctx, &event).await?)
}

/// These of the reports about an app, the newest first.
pub async fn of_application(ctx: &mut Ctx, application: &ApplicationId, part: Part) -> store::Result<Vec<Report>> {
    let mut query = sql("SELECT reason, comment, program, environment, payer_id, created_at FROM app_report
         WHERE application_id = $1 ORDER BY created_at DESC, id")
    .bind(application);
    query.push_part(part);
    query.fetch_list(&mut ctx.tx).await
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, application: &ApplicationId) -> store::Result<usize> {
    let query = sql("SELECT COUNT(*) FROM app_report WHERE application_id = $1").bind(application);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

impl FromRow for Report {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            reason: row.word(0)?,
            comment: row.get(1)?,
            program: row.get(2)?,
            environment: row.get(3)?,
            payer: row.get(4)?,
            created_at: row.get(5)?,
        })
    }
}
