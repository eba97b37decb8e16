//! Counted in memory, kept by the hour.

use std::sync::Arc;

use audit::access::{Access, Recorder, count, history, hours, last_access, newest_before, oldest_since};
use model::id::GrantId;
use store::{
    Part,
    testing::{at_once, on_each_database, racing_on_each_database},
};

fn at(time: &str) -> jiff::Timestamp {
    format!("2026-03-02T{time}Z").parse().unwrap()
}

#[tokio::test]
async fn reads_add_up_by_hour_and_type_whoever_counted_them() {
    racing_on_each_database(async |test| {
        let (grant, eob): (_, Arc<str>) = (GrantId::new("grant"), "ExplanationOfBenefit".into());
        let nodes = [Recorder::default(), Recorder::default()];
        for (node, time) in [(0, "10:05:00"), (1, "10:01:00"), (0, "10:59:59"), (1, "11:00:00")] {
            nodes[node].record(&grant, &eob, at(time));
        }
        nodes[1].record(&grant, &"Patient".into(), at("11:00:01"));
        for result in at_once(nodes.iter().map(|node| node.flush(&test.store))).await {
            result.unwrap();
        }
        nodes[0].flush(&test.store).await.unwrap();
        let row = |resource_type: &str, reads, first, last| Access {
            resource_type: resource_type.to_owned(),
            reads,
            first_at: at(first),
            last_at: at(last),
        };
        let mut ctx = test.store.read().await.unwrap();
        assert_eq!(
            history(&mut ctx, std::slice::from_ref(&grant), Part::ALL).await.unwrap(),
            [
                row("Patient", 1, "11:00:01", "11:00:01"),
                row("ExplanationOfBenefit", 1, "11:00:00", "11:00:00"),
                row("ExplanationOfBenefit", 3, "10:01:00", "10:59:59"),
            ]
        );
        let unused = GrantId::new("unused");
        assert_eq!(count(&mut ctx, &[grant.clone(), unused.clone()]).await.unwrap(), 3);
        let second = history(&mut ctx, std::slice::from_ref(&grant), Part { from: 1, rows: 1 }).await.unwrap();
        assert_eq!(second, [row("ExplanationOfBenefit", 1, "11:00:00", "11:00:00")]);
        let last = last_access(&mut ctx, &[grant.clone(), unused.clone()]).await.unwrap();
        assert_eq!((last.get(&grant), last.get(&unused)), (Some(&at("11:00:01")), None));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_is_kept_for_the_next_time() {
    on_each_database(async |test| {
        let (recorder, grant) = (Recorder::default(), GrantId::new("grant"));
        recorder.record(&grant, &"Coverage".into(), at("10:00:00"));
        let closed = store::testing::sqlite().await;
        closed.store.db.close().await;
        recorder.flush(&closed.store).await.unwrap_err();
        recorder.record(&grant, &"Coverage".into(), at("10:01:00"));
        recorder.flush(&test.store).await.unwrap();
        let mut ctx = test.store.read().await.unwrap();
        assert_eq!(history(&mut ctx, std::slice::from_ref(&grant), Part::ALL).await.unwrap()[0].reads, 2);
    })
    .await;
}

#[tokio::test]
async fn the_history_of_several_grants_is_found_by_its_ends_and_read_by_time() {
    on_each_database(async |test| {
        let (recorder, eob): (_, Arc<str>) = (Recorder::default(), "ExplanationOfBenefit".into());
        let grants = [GrantId::new("one"), GrantId::new("two"), GrantId::new("unused")];
        for (grant, time) in [(0, "08:30:00"), (1, "10:05:00"), (0, "10:59:00"), (0, "10:01:00"), (1, "12:00:00")] {
            recorder.record(&grants[grant], &eob, at(time));
        }
        recorder.record(&GrantId::new("of-another-member"), &eob, at("13:00:00"));
        recorder.flush(&test.store).await.unwrap();
        let mut ctx = test.store.read().await.unwrap();

        let ends = [
            newest_before(&mut ctx, &grants, at("23:00:00")).await.unwrap(),
            newest_before(&mut ctx, &grants, at("12:00:00")).await.unwrap(),
            newest_before(&mut ctx, &grants, at("08:00:00")).await.unwrap(),
            oldest_since(&mut ctx, &grants, at("08:00:00")).await.unwrap(),
            oldest_since(&mut ctx, &grants, at("09:00:00")).await.unwrap(),
            oldest_since(&mut ctx, &grants, at("12:30:00")).await.unwrap(),
            oldest_since(&mut ctx, &[], at("08:00:00")).await.unwrap(),
        ];
        let expect = [Some("12:00:00"), Some("10:00:00"), None, Some("08:00:00"), Some("10:00:00"), None, None];
        assert_eq!(ends, expect.map(|time| time.map(at)));

        let read = hours(&mut ctx, &grants, at("09:00:00"), at("12:00:00")).await.unwrap();
        let read: Vec<_> = read.iter().map(|hour| (hour.grant.as_str(), hour.at, hour.reads)).collect();
        assert_eq!(read, [("one", at("10:00:00"), 2), ("two", at("10:00:00"), 1)]);
    })
    .await;
}
