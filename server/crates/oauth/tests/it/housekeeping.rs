//! What is removed, and what has to stay.

use jiff::Span;
use oauth::housekeeping::purge;
use store::{sql, testing::on_each_database};

use crate::world::{CA, World, code_exchange, refresh, request};

#[tokio::test]
async fn what_has_ended_goes_and_a_used_code_stays_as_long_as_its_tokens() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let used = world.code(CA, &request(&app, "patient/Patient.read"), &ann).await;
        let tokens = world.token(CA, &code_exchange(&app, &used)).await.unwrap();
        world.code(CA, &request(&app, "patient/Patient.read"), &ann).await;
        test.clock.advance(Span::new().hours(25));

        let mut ctx = world.write().await;
        assert_eq!(purge(&mut ctx).await.unwrap(), 4, "two requests, the unused code, the access token");
        assert_eq!(purge(&mut ctx).await.unwrap(), 0);
        ctx.commit().await.unwrap();

        let token = tokens.refresh_token.as_deref().unwrap();
        assert!(world.token(CA, &refresh(&app, token)).await.is_ok());
        assert!(world.token(CA, &code_exchange(&app, &used)).await.is_err());
        assert!(world.token(CA, &refresh(&app, token)).await.is_err(), "the replay ended them after all this time");

        test.clock.advance(Span::new().hours(24 * 366));
        let mut ctx = world.write().await;
        while 0 < purge(&mut ctx).await.unwrap() {}
        let left: (i64, i64) =
            sql("SELECT (SELECT COUNT(*) FROM refresh_token), (SELECT COUNT(*) FROM authorization_code)")
                .fetch_one(&mut ctx.tx)
                .await
                .unwrap();
        assert_eq!(left, (0, 0));
    })
    .await;
}
