//! Secrets that will end: letters 30, 7 and 1 days before, and what the owner's pages show.
//!
//! A secret ends because its owner made a new one and let the old one work for a while. Of the days that were left then, the
//! letter about the new secret says already, so only shorter times are announced.

use jiff::{SignedDuration, Timestamp};
use mail::messages::application::{EndingSecret, secret_ends};
use model::id::{ApplicationId, OrganizationId, SecretId};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry, applications, clock,
    error::Result,
    notices::{self, AppFacts, Notice},
};

/// How many days before the end we write, the longest time first.
const DAYS: [i64; 3] = [30, 7, 1];
/// Secrets in one transaction.
const STEP: u32 = 50;

/// What ends within this time ends soon.
pub const SOON: SignedDuration = SignedDuration::from_hours(24 * DAYS[0]);

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// Which of the times before the end the owners know of when the end is set: the shortest that is not shorter than what is
/// left. Nothing if all are.
pub(crate) fn known_already(left: SignedDuration) -> Option<i64> {
    DAYS.into_iter().rev().find(|before| left <= days(*before))
}

/// A secret that will end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub id: SecretId,
    pub application: ApplicationId,
    pub application_name: String,
    pub created_at: Timestamp,
    pub ends_at: Timestamp,
}

/// The secrets of an organization's apps that end within 30 days, the first to end first.
pub async fn of_organization(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Ending>> {
    let query = sql("SELECT s.id, a.id, a.name, s.created_at, s.expires_at
         FROM application a JOIN client_secret s ON s.application_id = a.id
         WHERE a.organization_id = $1 AND a.standing <> 'deleted' AND s.expires_at > $2 AND s.expires_at <= $3
         ORDER BY s.expires_at, s.id");
    let query = query.bind(organization).bind(ctx.now).bind(ctx.now + SOON);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Writes to the owners about some of the secrets that end soon, once for each time before the end; returns how many. Call
/// again while it returns more than 0.
pub async fn announce(ctx: &mut Ctx, registry: &Registry) -> Result<u64> {
    let mut announced = 0;
    // The shortest time first: after a pause of the server, the letter says what is left now.
    for before in DAYS.into_iter().rev() {
        let due: Vec<Ending> = sql("SELECT s.id, a.id, a.name, s.created_at, s.expires_at
             FROM client_secret s JOIN application a ON a.id = s.application_id
             WHERE s.expires_at > $1 AND s.expires_at <= $2 AND COALESCE(s.expiry_told, 1000) > $3
               AND a.standing <> 'deleted'
             ORDER BY s.expires_at, s.id LIMIT 0 + $4")
        .bind(ctx.now)
        .bind(ctx.now + days(before))
        .bind(before)
        .bind(STEP)
        .fetch_all(&mut ctx.tx)
        .await?;
        for secret in due {
            // Of several nodes, one finds that it is still due.
            let first =
                sql("UPDATE client_secret SET expiry_told = $1 WHERE id = $2 AND COALESCE(expiry_told, 1000) > $1");
            if first.bind(before).bind(&secret.id).execute(&mut ctx.tx).await? == 1 {
                write(ctx, registry, &secret, before).await?;
                announced += 1;
            }
        }
    }
    Ok(announced)
}

async fn write(ctx: &mut Ctx, registry: &Registry, secret: &Ending, before: i64) -> Result<()> {
    let application = applications::get_any(ctx, &secret.application).await?;
    let used: Option<(Timestamp,)> =
        sql("SELECT used_at FROM credential_use WHERE client_id = $1 AND credential = 'secret:' || $2")
            .bind(&application.client_id)
            .bind(&secret.id)
            .fetch_optional(&mut ctx.tx)
            .await?;
    let when = |at| clock::when(registry, &application.registration.programs, at);
    let (created, ends) = (when(secret.created_at), when(secret.ends_at));
    let ending = EndingSecret { created, ends, used: used.map(|(used,)| when(used)) };
    let facts = AppFacts::of(registry, &application);
    let id = format!("{}:{}:{before}", secret.id, secret.ends_at.as_millisecond());
    let notice = Notice { event: "secret-ends", id: &id };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        secret_ends(&registry.site, reader, &facts.app(), before, &ending)
    })
    .await
}

impl FromRow for Ending {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (id, application, application_name) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Self { id, application, application_name, created_at: row.get(3)?, ends_at: row.get(4)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_time_that_was_left_at_first_no_one_is_written_to() {
        fn check(left: SignedDuration, expect: Option<i64>) {
            assert_eq!(known_already(left), expect, "{left}");
        }
        check(days(90), None);
        check(days(30), Some(30));
        check(days(8), Some(30));
        check(days(7), Some(7));
        check(days(2), Some(7));
        check(days(1), Some(1));
        check(SignedDuration::ZERO, Some(1));
    }
}
