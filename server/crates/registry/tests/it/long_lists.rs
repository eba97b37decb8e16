//! Lists of more rows than a page has.

use model::{application::AccessType::Patient, partition::Environment::Sandbox};
use registry::history;
use store::{Part, sql, testing::on_each_database};

use crate::desk::{Desk, application};

#[tokio::test]
async fn a_long_history_has_the_right_count_and_every_page() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let other = desk.register(&member, &application("Costs", Sandbox, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        sql("INSERT INTO history (id, organization_id, application_id, side, account_id, action, comment, at)
             WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 520)
             SELECT 'line-' || number, $1, $2, 'vendor', $3, 'commented', CAST(number AS TEXT), $4 + number FROM line")
        .bind(&app.organization)
        .bind(&app.id)
        .bind(&member.account)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        ctx.commit().await.unwrap();

        let mut ctx = desk.read().await;
        assert_eq!(history::count(&mut ctx, &app.subject()).await.unwrap(), 521, "with its registration");
        assert_eq!(history::count(&mut ctx, &other.subject()).await.unwrap(), 1);
        let mut seen = Vec::new();
        for page in 0..11 {
            let part = Part { from: page * 50, rows: 50 };
            seen.extend(history::list(&mut ctx, &app.subject(), part).await.unwrap());
        }
        let comments: Vec<_> = seen.iter().filter_map(|line| line.comment.as_deref()).collect();
        let newest_first: Vec<_> = (1..=520).rev().map(|number| number.to_string()).collect();
        assert_eq!((seen.len(), comments), (521, newest_first.iter().map(String::as_str).collect()));
    })
    .await;
}
