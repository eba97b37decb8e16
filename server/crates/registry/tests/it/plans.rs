//! The statements of drafts and teams go by indexes, however many organizations there are.

use model::{
    id::{AccountId, DraftId, OrganizationId},
    team::TeamRole,
};
use registry::{
    drafts, housekeeping,
    team::{self, invitations},
};
use store::{
    Ctx, sql,
    testing::{on_each_database, plan, recording},
};

use crate::desk::Desk;

/// `n` from 1 to 5,000.
const NUMBERS: &str = " WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5000) ";

async fn fill(ctx: &mut Ctx, insert: &'static str, select: &'static str) {
    let mut query = sql(insert);
    query.push(NUMBERS).push(select);
    query.execute(&mut ctx.tx).await.unwrap();
}

#[tokio::test]
async fn drafts_and_teams_are_found_by_indexes() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        let mut ctx = desk.write().await;
        fill(
            &mut ctx,
            "INSERT INTO registration_draft (id, account_id, kind, name, content, version, created_at, saved_at)",
            "SELECT 'd' || n, 'a' || n, 'application', '', '{}', 1, n, 200000000000000 + n FROM numbers",
        )
        .await;
        fill(
            &mut ctx,
            "INSERT INTO team_invitation (id, organization_id, email, email_folded, role, token_hash, invited_by, invited_at,
             sent, expires_at)",
            "SELECT 'i' || n, (SELECT id FROM organization), 'e' || n, 'e' || n, 'owner', 't' || n, 'a', n, 1,
             200000000000000 + n FROM numbers",
        )
        .await;
        fill(
            &mut ctx,
            "INSERT INTO membership (account_id, organization_id, role, joined_at)",
            "SELECT 'a' || n, (SELECT id FROM organization), 'developer', n FROM numbers",
        )
        .await;
        ctx.commit().await.unwrap();
        test.store.db.analyze(&["registration_draft", "team_invitation", "membership"]).await.unwrap();
        let mut ctx = desk.write().await;
        let account = owner.account.clone();
        let (_, statements) = recording(async {
            drafts::find(&mut ctx, &account, &DraftId::new("d7")).await.unwrap();
            drafts::list(&mut ctx, &account, Some(&owner.organization)).await.unwrap();
            team::all(&mut ctx, &account).await.unwrap();
            team::of(&mut ctx, &account, &owner.organization).await.unwrap();
            team::organizations(&mut ctx, &account).await.unwrap();
            invitations::list(&mut ctx, &OrganizationId::new("none")).await.unwrap();
            invitations::find(&mut ctx, "token").await.unwrap();
            housekeeping::purge(&mut ctx).await.unwrap();
            team::add(&mut ctx, &owner.organization, &AccountId::new("someone-new"), TeamRole::Developer).await.unwrap();
        })
        .await;
        assert!(9 <= statements.len(), "{}", statements.len());
        for statement in statements {
            let text = statement.text().to_owned();
            let steps = plan(&mut ctx.tx, statement).await.unwrap().join("\n");
            for whole in ["SCAN registration_draft", "SCAN team_invitation", "SCAN membership", "SCAN i\n", "SCAN m\n"] {
                assert!(!steps.contains(whole), "{text}\n{steps}");
            }
            for table in ["registration_draft", "team_invitation", "membership"] {
                assert!(!steps.contains(&format!("Seq Scan on {table}")), "{text}\n{steps}");
            }
        }
    })
    .await;
}
