//! Counts reach the database once, whole, and from several processes at once.

use std::time::{Duration, Instant};

use model::{
    id::ClientId,
    partition::{Environment, Partition, ProgramId},
};
use programs::Programs;
use store::{
    sql,
    testing::{TestStore, both, on_each_database, racing_on_each_database, sqlite},
};
use usage::{
    endpoint::{Api, Endpoint, Named},
    figures::{self, Days, Filter, Sum},
    meter::{Call, Meter},
};

const DAYS: Days = Days { first: 20_260_301, last: 20_260_331 };

fn meter() -> Meter {
    Meter::new(&Programs::embedded().unwrap())
}

/// Counts one call at this time; `path` is below a FHIR base.
fn call(test: &TestStore, meter: &Meter, client: Option<&str>, path: &str, status: u16, millis: u64) {
    let (program, client) = (ProgramId::new("idaho"), client.map(ClientId::new));
    meter.count(&Call {
        program: &program,
        environment: Environment::Production,
        client: client.as_ref(),
        api: Api::Fhir,
        endpoint: meter.fhir(path),
        status,
        took: Duration::from_millis(millis),
        at: test.store.now(),
    });
}

async fn rows(test: &TestStore, table: &'static str) -> (i64, i64) {
    let mut query = sql("SELECT COUNT(*), CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM ");
    query.push(table);
    query.fetch_one(&mut test.store.read().await.unwrap().tx).await.unwrap()
}

#[tokio::test]
async fn calls_are_added_up_by_app_day_endpoint_status_and_latency() {
    on_each_database(async |test| {
        let meter = meter();
        for _ in 0..3 {
            call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        }
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 7);
        call(test, &meter, Some("app-1"), "/Patient/2", 404, 3);
        call(test, &meter, Some("app-2"), "/Made-up", 404, 3);
        call(test, &meter, None, "/Location", 200, 90_000);
        meter.flush(&test.store).await.unwrap();
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 5);
        meter.flush(&test.store).await.unwrap();
        meter.flush(&test.store).await.unwrap();
        assert_eq!(rows(test, "usage_call").await, (5, 8));
        // Without the call of no app.
        assert_eq!(rows(test, "usage_app").await, (3, 7));
        assert_eq!(rows(test, "usage_day").await, (4, 8));
        assert_eq!(rows(test, "usage_endpoint").await, (4, 8));

        let mut ctx = test.store.read().await.unwrap();
        let app = ClientId::new("app-1");
        let days = figures::days_of_app(&mut ctx, &app, DAYS).await.unwrap();
        assert_eq!(days, [Sum { of: 20_260_302, calls: 6, errors: 1 }]);
        let endpoints = figures::endpoints_of_app(&mut ctx, &app, DAYS).await.unwrap();
        assert_eq!(endpoints, [Sum { of: "Patient.read".to_owned(), calls: 6, errors: 1 }]);
        let errors = figures::errors_of_app(&mut ctx, &app, DAYS).await.unwrap();
        assert_eq!(errors, [(404, "Patient.read".to_owned(), 1)]);
        let all = figures::per_endpoint(&mut ctx, &Filter::default(), DAYS).await.unwrap();
        let all: Vec<_> = all.iter().map(|sum| (sum.of.as_str(), sum.calls)).collect();
        assert_eq!(all, [("Patient.read", 6), ("Location.search", 1), ("other", 1)]);
        let latency = figures::latency(&mut ctx, &Filter::default(), Api::Fhir, DAYS).await.unwrap();
        assert_eq!(latency, [(5, 6), (10, 1), (60_000, 1)]);
        let sandbox = Filter { environment: Some(Environment::Sandbox), ..Filter::default() };
        assert_eq!(figures::per_day(&mut ctx, &sandbox, DAYS).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_call_belongs_to_the_day_of_the_programs_zone() {
    on_each_database(async |test| {
        let meter = meter();
        // Half past eleven in the evening in Boise.
        test.clock.set("2026-03-10T05:30:00Z");
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        test.clock.set("2026-03-10T06:30:00Z");
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        meter.flush(&test.store).await.unwrap();
        let zone = Programs::embedded().unwrap().get(&ProgramId::new("idaho")).unwrap().zone();
        let mut ctx = test.store.read().await.unwrap();
        let days = figures::days_of_app(&mut ctx, &ClientId::new("app-1"), DAYS).await.unwrap();
        let days: Vec<i64> = days.iter().map(|sum| sum.of).collect();
        let expect =
            ["2026-03-10T05:30:00Z", "2026-03-10T06:30:00Z"].map(|at| usage::day::at(at.parse().unwrap(), &zone));
        assert_eq!(days, expect);
        assert_eq!(days, [20_260_309, 20_260_310]);
    })
    .await;
}

#[tokio::test]
async fn several_processes_add_to_the_same_rows() {
    racing_on_each_database(async |test| {
        let meters = [meter(), meter()];
        for round in 0..5 {
            for meter in &meters {
                for app in ["app-1", "app-2", "app-3"] {
                    call(test, meter, Some(app), "/Patient/1", 200, round);
                }
            }
            let [one, other] = meters.each_ref().map(|meter| meter.flush(&test.store));
            let (one, other) = both(one, other).await;
            one.unwrap();
            other.unwrap();
        }
        for table in ["usage_call", "usage_app", "usage_day", "usage_endpoint"] {
            assert_eq!(rows(test, table).await.1, 30, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_is_kept() {
    on_each_database(async |test| {
        let meter = meter();
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        let mut ctx = test.store.write().await.unwrap();
        sql("ALTER TABLE usage_endpoint RENAME TO elsewhere").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(meter.flush(&test.store).await.is_err());
        assert_eq!(rows(test, "usage_call").await, (0, 0), "a sum is in all tables or in none");
        let mut ctx = test.store.write().await.unwrap();
        sql("ALTER TABLE elsewhere RENAME TO usage_endpoint").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        meter.flush(&test.store).await.unwrap();
        assert_eq!(rows(test, "usage_call").await, (1, 2));
    })
    .await;
}

#[tokio::test]
async fn what_came_of_authorizations_is_not_traffic() {
    on_each_database(async |test| {
        let meter = meter();
        let partition = Partition::new(&ProgramId::new("idaho"), Environment::Sandbox);
        let app = ClientId::new("app-1");
        for outcome in [Named::Started, Named::Started, Named::Consented] {
            meter.authorization(&partition, Some(&app), outcome, test.store.now());
        }
        meter.count(&Call {
            program: &partition.program,
            environment: Environment::Sandbox,
            client: Some(&app),
            api: Api::OAuth,
            endpoint: Endpoint::Named(Named::token("refresh_token")),
            status: 400,
            took: Duration::ZERO,
            at: test.store.now(),
        });
        meter.flush(&test.store).await.unwrap();
        let mut ctx = test.store.read().await.unwrap();
        let found = figures::authorizations(&mut ctx, &Filter::default(), DAYS).await.unwrap();
        let found: Vec<_> = found.iter().map(|sum| (sum.of.as_str(), sum.calls, sum.errors)).collect();
        assert_eq!(found, [("consented", 1, 0), ("started", 2, 0), ("token.refresh_token", 1, 1)]);
        let calls = figures::per_day(&mut ctx, &Filter::default(), DAYS).await.unwrap();
        assert_eq!(calls, [Sum { of: 20_260_302, calls: 1, errors: 1 }]);
    })
    .await;
}

#[tokio::test]
async fn old_counts_are_deleted_and_young_ones_stay() {
    on_each_database(async |test| {
        let meter = meter();
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        test.clock.set("2027-04-20T12:00:00Z");
        call(test, &meter, Some("app-1"), "/Patient/1", 200, 3);
        meter.flush(&test.store).await.unwrap();
        let mut ctx = test.store.write().await.unwrap();
        assert_eq!(usage::housekeeping::purge(&mut ctx).await.unwrap(), 4);
        assert_eq!(usage::housekeeping::purge(&mut ctx).await.unwrap(), 0);
        ctx.commit().await.unwrap();
        for table in ["usage_call", "usage_app", "usage_day", "usage_endpoint"] {
            assert_eq!(rows(test, table).await, (1, 1), "{table}");
        }
    })
    .await;
}

/// Counting never costs more than a small part of an answer, even where nothing is optimized.
#[tokio::test]
async fn counting_costs_next_to_nothing() {
    const CALLS: u32 = 20_000;
    let (test, meter) = (sqlite().await, meter());
    let begun = Instant::now();
    for _ in 0..CALLS {
        call(&test, &meter, Some("app-1"), "/Patient/1", 200, 3);
    }
    let each = begun.elapsed() / CALLS;
    println!("{each:?} a call");
    assert!(each < Duration::from_micros(50), "{each:?}");
}
