//! What the workers and the member's pages ask of the grants and of the access history goes by an index, however many rows there
//! are. Each function runs, and then the database explains the statements that it sent.

use audit::access;
use jiff::SignedDuration;
use model::id::{AccountId, GrantId};
use oauth::{
    audit_events,
    grants::{expiry, member},
    reminders,
};
use store::{
    Part, Query, sql,
    testing::{TestStore, on_each_database, plan, recording},
};

use crate::world::{App, World};

/// Grants of as many other accounts. Each was used in each of so many hours.
const GRANTS: i64 = 2_000;
const HOURS: i64 = 30;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A deployment with many grants, of which the first member gave one.
struct Crowd<'t> {
    world: World<'t>,
    app: App,
    account: AccountId,
    grant: GrantId,
}

impl<'t> Crowd<'t> {
    async fn new(test: &'t TestStore) -> Self {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let account = ann.signed_in.account;
        let mut ctx = world.write().await;
        let grant = member::connected(&mut ctx, &account).await.unwrap()[0].grant.id.clone();
        let numbers = " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 0 + $1) ";
        let mut grants = sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, \
             payer_id, patient_id, scope, created_at, expires_at, offline)",
        );
        grants.push(numbers).push(
            "SELECT 'grant-' || n.i, program, environment, application_id, client_id, 'account-' || n.i, signed_in_at, payer_id, \
             'patient-' || n.i, scope, created_at, expires_at, offline FROM access_grant, n",
        );
        grants.bind(GRANTS).execute(&mut ctx.tx).await.unwrap();
        let mut reads =
            sql("INSERT INTO access (grant_id, hour_at, resource_type, reads, first_at, last_at, told_reads)");
        reads.push(numbers).push(
            "SELECT g.id, $2 - n.i * 3600000, 'Patient', 3, $2 - n.i * 3600000, $2 - n.i * 3600000, 3 FROM access_grant g, n",
        );
        reads.bind(HOURS).bind(ctx.now).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        test.store.db.analyze(&["access", "access_grant"]).await.unwrap();
        Self { world, app, account, grant }
    }

    /// The statements about this table go by these indexes, each by its own, or by one of two. The names are those of PostgreSQL.
    async fn check(&self, statements: Vec<Query>, table: &str, indexes: &[&str]) {
        let of_table: Vec<Query> = statements.into_iter().filter(|one| name_of(table, one.text()).is_some()).collect();
        assert_eq!(of_table.len(), indexes.len(), "{of_table:#?}");
        let mut ctx = self.world.read().await;
        for (statement, index) in of_table.into_iter().zip(indexes) {
            let text = statement.text().to_owned();
            let name = name_of(table, &text).unwrap().to_owned();
            let steps = plan(&mut ctx.tx, statement).await.unwrap();
            let steps: String = steps.iter().map(|step| format!("{step} \n")).collect();
            let steps = steps.replace(&format!("sqlite_autoindex_{table}_1"), &format!("{table}_pkey"));
            assert!(index.split('|').any(|index| steps.contains(index)), "{index}: {text}\n{steps}");
            let whole = [format!("SCAN {name} "), format!("Seq Scan on {table} ")];
            assert!(!whole.iter().any(|step| steps.contains(step)), "{text}\n{steps}");
        }
    }
}

/// What the statement calls the table, if it is about it.
fn name_of<'a>(table: &'a str, text: &'a str) -> Option<&'a str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let place = words.windows(2).position(|two| two[1] == table && matches!(two[0], "FROM" | "UPDATE"))?;
    let next = words.get(place + 2).copied().unwrap_or_default();
    let is_alias = next.len() == 1 && next.starts_with(|char: char| char.is_ascii_lowercase());
    Some(if is_alias { next } else { table })
}

#[tokio::test]
async fn workers_find_the_grants_that_are_due_by_an_index() {
    on_each_database(async |test| {
        let crowd = Crowd::new(test).await;
        let site = &crowd.world.registry.site;
        let mut ctx = crowd.world.write().await;
        // One is due for a reminder and for the mail before its end, and another one has expired.
        let due = sql("UPDATE access_grant SET created_at = created_at - 8640000000, expires_at = $1 WHERE id = $2");
        due.bind(ctx.now + DAY * 10).bind(&crowd.grant).execute(&mut ctx.tx).await.unwrap();
        let expired = sql("UPDATE access_grant SET expires_at = $1 WHERE id = 'grant-7'");
        expired.bind(ctx.now).execute(&mut ctx.tx).await.unwrap();

        let (reminded, of_reminder) = recording(reminders::remind(&mut ctx, site)).await;
        let (announced, of_ends) = recording(reminders::announce_ends(&mut ctx, site)).await;
        let (closed, of_closing) = recording(expiry::close(&mut ctx)).await;
        ctx.commit().await.unwrap();

        assert_eq!((reminded.unwrap(), announced.unwrap(), closed.unwrap()), (1, 1, 1));
        let [by_account, by_key, by_time] = ["access_grant_account", "access_grant_pkey", "access_grant_expiry"];
        let by_either = "access_grant_account|access_grant_pkey";
        crowd.check(of_reminder, "access_grant", &["access_grant_reminder", by_account, by_account, by_account]).await;
        crowd.check(of_ends, "access_grant", &[by_time, by_key, by_either]).await;
        crowd.check(of_closing, "access_grant", &[by_time, by_key]).await;
    })
    .await;
}

#[tokio::test]
async fn a_members_history_is_found_by_an_index() {
    on_each_database(async |test| {
        let crowd = Crowd::new(test).await;
        let grants = [crowd.grant.clone()];
        let (now, part) = (test.store.now(), Part { from: 0, rows: 50 });
        let mut ctx = crowd.world.read().await;

        let (list, of_list) = recording(member::all(&mut ctx, &crowd.account)).await;
        let (counted, of_history) = recording(async {
            access::last_access(&mut ctx, &grants).await.unwrap();
            access::newest_before(&mut ctx, &grants, now).await.unwrap();
            access::oldest_since(&mut ctx, &grants, now - DAY).await.unwrap();
            access::hours(&mut ctx, &grants, now - DAY * 7, now).await.unwrap();
            access::history(&mut ctx, &grants, part).await.unwrap();
            access::count(&mut ctx, &grants).await.unwrap()
        })
        .await;
        let since = now - SignedDuration::from_hours(3);
        let (untold, of_events) = recording(audit_events::untold(&mut ctx, &crowd.app.partition, since, 100)).await;
        drop(ctx);

        assert_eq!((list.unwrap().len(), counted, untold.unwrap().len()), (1, 30, 0));
        crowd.check(of_list, "access_grant", &["access_grant_account"]).await;
        crowd.check(of_history, "access", &["access_pkey"; 6]).await;
        crowd.check(of_events, "access", &["access_hour"]).await;
    })
    .await;
}
