//! The server's own probe of its sandboxes: it really signs in, it says where that fails, and nothing of it stays or counts.

use axum::http::{Method, StatusCode};
use identity::attempts::{self, Rule};
use jiff::{SignedDuration, ToSpan};
use model::{
    partition::ProgramId,
    probe::{Outcome, Step},
};
use registry::published;
use serde_json::json;
use server::{probe::Prober, settings::Settings};
use store::{
    sql,
    testing::{TestStore, apart, both, postgres, sqlite},
};
use tokio::net::TcpListener;
use usage::probes::{self, Probe, Uptime};

use super::site::Site;
use crate::fhir::world::load;

const PROGRAMS: [&str; 2] = ["idaho", "oph-ca"];

/// Registers the probe's apps, and loads one test member into each program.
async fn ready(site: &Site) {
    register(site).await;
    for program in PROGRAMS {
        let name = json!([{ "family": "Rivera", "given": ["Jordan"] }]);
        let patient = json!({ "resourceType": "Patient", "id": "jordan", "name": name, "birthDate": "1984-09-02" });
        load(site, program, &[patient]).await;
    }
}

async fn register(site: &Site) {
    let services = &site.state.services;
    let mut ctx = services.store.write().await.unwrap();
    published::register(&mut ctx, &services.registry).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn round(site: &Site) -> usize {
    apart(Prober::new(&site.state).unwrap().round()).await.unwrap()
}

async fn last(site: &Site, program: &str) -> Probe {
    let mut ctx = site.test.store.read().await.unwrap();
    probes::last(&mut ctx, &ProgramId::new(program)).await.unwrap().expect("a probe")
}

async fn uptime(site: &Site, program: &str) -> Uptime {
    let mut ctx = site.test.store.read().await.unwrap();
    let from = ctx.now - SignedDuration::from_hours(24);
    probes::uptime(&mut ctx, &ProgramId::new(program), from).await.unwrap().expect("an uptime")
}

/// Where and why the newest probe failed.
async fn failure(site: &Site, program: &str) -> (Step, String) {
    let probe = last(site, program).await;
    assert_eq!(probe.outcome, Some(Outcome::Failed), "{probe:?}");
    (probe.step.unwrap(), probe.reason.unwrap())
}

async fn count(site: &Site, question: &'static str) -> i64 {
    let mut ctx = site.test.store.read().await.unwrap();
    let (count,): (i64,) = sql(question).fetch_one(&mut ctx.tx).await.unwrap();
    count
}

/// Rows of tables where a person's or an app's use would leave some.
async fn traces(site: &Site) -> Vec<(&'static str, i64)> {
    let services = &site.state.services;
    services.meter.flush(&services.store).await.unwrap();
    site.state.recorder.flush(&services.store).await.unwrap();
    site.state.transfers.flush(&services.store).await.unwrap();
    services.identity.watch.flush(&services.store).await.unwrap();
    let mut traces = Vec::new();
    for (table, question) in [
        ("account", "SELECT COUNT(*) FROM account"),
        ("session", "SELECT COUNT(*) FROM session WHERE account_id IS NOT NULL"),
        ("member_link", "SELECT COUNT(*) FROM member_link"),
        ("access_grant", "SELECT COUNT(*) FROM access_grant"),
        ("access_token", "SELECT COUNT(*) FROM access_token"),
        ("refresh_token", "SELECT COUNT(*) FROM refresh_token"),
        ("authorization_code", "SELECT COUNT(*) FROM authorization_code"),
        ("access", "SELECT COUNT(*) FROM access"),
        ("transfer", "SELECT COUNT(*) FROM transfer"),
        ("transfer_member", "SELECT COUNT(*) FROM transfer_member"),
        ("usage_call", "SELECT COUNT(*) FROM usage_call"),
        ("usage_day", "SELECT COUNT(*) FROM usage_day"),
        ("usage_endpoint", "SELECT COUNT(*) FROM usage_endpoint"),
        ("credential_use", "SELECT COUNT(*) FROM credential_use"),
        ("audit", "SELECT COUNT(*) FROM audit"),
        ("security_count", "SELECT COUNT(*) FROM security_count"),
        ("outbox", "SELECT COUNT(*) FROM outbox"),
        ("app_notice", "SELECT COUNT(*) FROM app_notice"),
        ("probe's account", "SELECT COUNT(*) FROM probe WHERE account_id IS NOT NULL"),
    ] {
        traces.push((table, count(site, question).await));
    }
    traces
}

#[tokio::test]
async fn it_signs_in_to_each_sandbox_once_and_leaves_nothing_but_the_result() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        ready(&site).await;
        let before = traces(&site).await;
        assert_eq!(round(&site).await, 2);
        for program in PROGRAMS {
            let probe = last(&site, program).await;
            assert_eq!((probe.outcome, probe.step, probe.reason.as_deref()), (Some(Outcome::Passed), None, None));
            let found = uptime(&site, program).await;
            assert_eq!((found.passed, found.due), (1, 1));
        }
        assert_eq!(traces(&site).await, before);
        // The next one is due with the next interval.
        assert_eq!(round(&site).await, 0);
        site.test.clock.advance(5.minutes());
        assert_eq!(round(&site).await, 2);
        assert_eq!(uptime(&site, "idaho").await.passed, 2);
    }
}

#[tokio::test]
async fn the_access_of_people_counts_as_before() {
    let site = Site::new().await;
    ready(&site).await;
    let app = site.app("idaho").await;
    let person = site.member_who_is("ada", "jordan", &app).await;
    let tokens = site.tokens("/authz/idaho/sandbox", &app, &person, "patient/Patient.read").await;
    round(&site).await;
    // The probe was the same member.
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    let path = "/fhir/idaho/sandbox/R4/Patient/jordan";
    let read = site.send(Method::GET, path, &headers, "").await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    assert_eq!(count(&site, "SELECT COUNT(*) FROM transfer").await, 1);
    assert_eq!(count(&site, "SELECT COUNT(*) FROM access_grant").await, 1);
}

#[tokio::test]
async fn a_sandbox_without_test_members_or_an_app_for_the_probe_fails_at_once() {
    let site = Site::new().await;
    register(&site).await;
    assert_eq!(round(&site).await, 2);
    assert_eq!(failure(&site, "idaho").await, (Step::Prepare, "there is no test member".to_owned()));
    let other = Site::new().await;
    ready(&other).await;
    let mut ctx = other.test.store.write().await.unwrap();
    let gone = sql("DELETE FROM application_program WHERE application_id LIKE 'probe-%'");
    gone.execute(&mut ctx.tx).await.unwrap();
    sql("DELETE FROM application WHERE id LIKE 'probe-%'").execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    round(&other).await;
    let (step, reason) = failure(&other, "idaho").await;
    assert_eq!((step, reason.as_str()), (Step::Prepare, "the check's app is not registered yet"));
}

#[tokio::test]
async fn a_broken_sandbox_fails_at_its_step_and_the_other_program_passes() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        ready(&site).await;
        let change = async |statement: &'static str| {
            let mut ctx = site.test.store.write().await.unwrap();
            assert_eq!(sql(statement).execute(&mut ctx.tx).await.unwrap(), 1);
            ctx.commit().await.unwrap();
        };
        change("UPDATE application SET standing = 'deactivated' WHERE id = 'probe-idaho'").await;
        let before = traces(&site).await;
        assert_eq!(round(&site).await, 2);
        assert_eq!(failure(&site, "idaho").await, (Step::Authorize, "status 403".to_owned()));
        assert_eq!(last(&site, "oph-ca").await.outcome, Some(Outcome::Passed));
        assert_eq!(traces(&site).await, before, "a probe that failed leaves nothing either");
        assert_eq!((uptime(&site, "idaho").await.passed, uptime(&site, "oph-ca").await.passed), (0, 1));

        // The app may ask for the public directory alone.
        change("UPDATE application SET standing = 'active', access = 'public' WHERE id = 'probe-idaho'").await;
        site.test.clock.advance(5.minutes());
        round(&site).await;
        let (step, _) = failure(&site, "idaho").await;
        assert_eq!(step, Step::Authorize);

        // Its redirect URI is another.
        change("UPDATE application SET access = 'both', redirect_uri = 'https://a.test/' WHERE id = 'probe-idaho'")
            .await;
        site.test.clock.advance(5.minutes());
        round(&site).await;
        assert_eq!(failure(&site, "idaho").await, (Step::Authorize, "status 400".to_owned()));
    }
}

#[tokio::test]
async fn a_limit_that_is_reached_on_the_way_names_the_step() {
    for (calls, step) in [(1, Step::Read), (2, Step::Revoke)] {
        let site = Site::limited(6000, calls).await;
        ready(&site).await;
        let before = traces(&site).await;
        round(&site).await;
        assert_eq!(failure(&site, "idaho").await, (step, "status 429".to_owned()));
        assert_eq!(traces(&site).await, before);
    }
}

#[tokio::test]
async fn a_sign_in_that_is_refused_names_the_step() {
    let site = Site::new().await;
    ready(&site).await;
    // Calls without an address, as those within the process are, guessed too often.
    let hour = SignedDuration::from_hours(1);
    let rule = Rule { free: 0, first_wait: hour, longest_wait: hour, forget_after: hour };
    let mut ctx = site.test.store.write().await.unwrap();
    let bucket = format!("sign-in:network:{}", attempts::network(None));
    attempts::admit(&mut ctx, rule, &bucket).await.unwrap();
    ctx.commit().await.unwrap();
    round(&site).await;
    let (step, reason) = failure(&site, "idaho").await;
    assert_eq!((step, reason.as_str()), (Step::SignIn, "it does not lead back to the request"));
}

#[tokio::test]
async fn a_server_that_was_down_missed_its_probes() {
    let site = Site::new().await;
    ready(&site).await;
    round(&site).await;
    site.test.clock.advance(62.minutes());
    round(&site).await;
    let found = uptime(&site, "idaho").await;
    // From 17:00 to 18:00, both included.
    assert_eq!((found.passed, found.due), (2, 13));
}

#[tokio::test]
async fn of_several_processes_one_makes_each_probe() {
    let site = Site::new().await;
    ready(&site).await;
    let (one, other) = (Prober::new(&site.state).unwrap(), Prober::new(&site.state).unwrap());
    let (one, other) = both(one.round(), other.round()).await;
    assert_eq!(one.unwrap() + other.unwrap(), 2);
    assert_eq!(uptime(&site, "idaho").await.passed, 1);
}

#[tokio::test]
async fn what_a_process_that_died_left_is_removed() {
    let site = Site::new().await;
    ready(&site).await;
    let before = traces(&site).await;
    // The process dies after the account was saved.
    let services = &site.state.services;
    let member = identity::probes::prepare(&services.identity).await.unwrap();
    let mut ctx = services.store.write().await.unwrap();
    let (program, every) = (ProgramId::new("idaho"), SignedDuration::from_mins(5));
    let turn = probes::take_turn(&mut ctx, &program, every).await.unwrap().unwrap();
    identity::probes::arrive(&mut ctx, &member).await.unwrap();
    probes::note_account(&mut ctx, &turn, &member.account).await.unwrap();
    ctx.commit().await.unwrap();
    site.test.clock.advance(15.minutes());
    assert_eq!(round(&site).await, 2);
    assert_eq!(traces(&site).await, before);
    // It counts as not passed, like the two after it.
    let found = uptime(&site, "idaho").await;
    assert_eq!((found.passed, found.due), (1, 4));
}

#[tokio::test]
async fn switched_off_no_probe_is_made_and_none_is_missed() {
    let site = Site::with_settings(|settings| settings.probe.every_minutes = 0).await;
    ready(&site).await;
    assert_eq!(round(&site).await, 0);
    assert_eq!(count(&site, "SELECT COUNT(*) FROM probe").await, 0);
}

/// A site that knows the address at which it answers.
async fn at_its_address(test: TestStore) -> (Site, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let programs = programs::Programs::embedded().unwrap();
    let address = listener.local_addr().unwrap();
    let programs = programs.at(&format!("http://{address}").parse().unwrap());
    (Site::at(test, address, programs.into()).await, listener)
}

#[tokio::test]
async fn over_the_network_it_goes_the_same_way() {
    for store in [sqlite().await, postgres().await] {
        let (site, listener) = at_its_address(store).await;
        ready(&site).await;
        site.serve(listener);
        let before = traces(&site).await;
        let prober = Prober::over_network(&site.state).unwrap();
        assert_eq!(apart(prober.round()).await.unwrap(), 2);
        for program in PROGRAMS {
            let probe = last(&site, program).await;
            assert_eq!((probe.outcome, probe.step, probe.reason), (Some(Outcome::Passed), None, None), "{program}");
        }
        assert_eq!(traces(&site).await, before);
    }
}

#[tokio::test]
async fn over_the_network_a_server_that_does_not_answer_fails_at_the_first_step() {
    let (site, listener) = at_its_address(sqlite().await).await;
    ready(&site).await;
    drop(listener);
    let prober = Prober::over_network(&site.state).unwrap();
    assert_eq!(apart(prober.round()).await.unwrap(), 2);
    assert_eq!(failure(&site, "idaho").await, (Step::Authorize, "no answer".to_owned()));
}

#[test]
fn the_interval_is_at_most_a_day() {
    let folder = store::testing::temporary_folder("settings");
    let file = folder.join("flex.toml");
    for (minutes, is_right) in [("0", true), ("1440", true), ("1441", false), ("-1", false)] {
        std::fs::write(&file, format!("[probe]\nevery_minutes = {minutes}\n")).unwrap();
        assert_eq!(Settings::load(Some(&file)).is_ok(), is_right, "{minutes}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
