//! From the outbox to the other side.

use jiff::ToSpan;
use mail::{
    delivery::{Delivery, deliver},
    mailer::Mailer,
    outbox::undelivered,
};
use store::{
    Part, sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};

use crate::{outbox::queue, smtp_server::serve};

#[tokio::test]
async fn two_workers_send_each_message_once() {
    racing_on_each_database(async |test| {
        let (events, mailer) = ((0..40).map(|number| format!("event:{number}")).collect::<Vec<_>>(), Mailer::memory());
        queue(&test.store, &events.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let workers = at_once([deliver(&test.store, &mailer), deliver(&test.store, &mailer)]).await;
        let sent: u32 = workers.into_iter().map(|delivery| delivery.unwrap().sent).sum();
        assert_eq!((sent, mailer.sent().len()), (40, 40));
    })
    .await;
}

#[tokio::test]
async fn mail_waits_for_its_server() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        let away = Mailer::smtp("flex@example.org", "smtp://127.0.0.1:1").unwrap();
        assert_eq!(deliver(&test.store, &away).await.unwrap(), Delivery { sent: 0, failed: 1 });
        assert_eq!(deliver(&test.store, &away).await.unwrap(), Delivery::default());
        test.clock.advance(10.seconds());
        let (url, server) = serve("250 fine", "250 taken").await;
        let back = Mailer::smtp("flex@example.org", &url).unwrap();
        assert_eq!(deliver(&test.store, &back).await.unwrap(), Delivery { sent: 1, failed: 0 });
        assert!(server.await.unwrap().has("Subject: Hello"));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_no_rule_takes_holds_up_nobody_elses_mail() {
    on_each_database(async |test| {
        queue(&test.store, &["before", "broken", "after"]).await;
        let mut ctx = test.store.write().await.unwrap();
        let query = sql("UPDATE outbox SET recipient = 'ada@@example' WHERE event = 'broken'");
        query.execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let folder = std::env::temp_dir().join(format!("flex-mail-{}", std::process::id()));
        let mailer = Mailer::folder("flex@example.org", &folder).unwrap();
        let delivery = deliver(&test.store, &mailer).await;
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(delivery.unwrap(), Delivery { sent: 2, failed: 1 });
        let seen = undelivered(&mut test.store.read().await.unwrap(), Part::ALL).await.unwrap();
        assert_eq!((seen.len(), seen[0].recipient.as_str()), (1, "ada@@example"), "administrators see it");
        assert!(seen[0].error.starts_with("refused: the address"), "{}", seen[0].error);
    })
    .await;
}
