//! What administrators see of the sandbox checks.

use jiff::{SignedDuration, ToSpan};
use model::{account::Role, partition::ProgramId, probe::Step};
use store::sql;
use usage::probes::{self, Found};

use super::desk::staff;
use crate::{docs::visible::plain, fhir::world::on_each_database, oauth::site::Site};

/// Makes the check that is due now.
async fn check(site: &Site, program: &str, failed: Option<(Step, &str)>) {
    let mut ctx = site.test.store.write().await.unwrap();
    let (program, every) = (ProgramId::new(program), SignedDuration::from_mins(5));
    let turn = probes::take_turn(&mut ctx, &program, every).await.unwrap().expect("a check is due");
    let failed = failed.map(|(step, reason)| (step, reason.to_owned()));
    probes::finish(&mut ctx, &turn, &Found { failed, took: SignedDuration::from_millis(200) }).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn administrators_see_a_check_that_fails_until_one_passes() {
    on_each_database(async |site| {
        let ada = staff(site, "ada-moreno", Role::Administrator).await;
        let rita = staff(site, "rita-reviewer", Role::Reviewer).await;
        assert!(!ada.get("/admin").await.body.contains("sandbox check of"));
        check(site, "idaho", Some((Step::Token, "status <b>503</b>"))).await;
        check(site, "oph-ca", None).await;
        let page = ada.get("/admin").await.body;
        let text = plain(&page);
        assert!(text.contains("Optum Idaho: the sandbox check of"), "{text}");
        assert!(text.contains("The token endpoint did not give a token for the code."), "{text}");
        assert!(
            page.contains("/admin/configuration#sandbox-checks") && !text.contains("Optum Physical Health CA: the"),
            "{text}"
        );
        // Who cannot change the configuration does not hear of it.
        assert!(!rita.get("/admin").await.body.contains("sandbox check of"));

        let page = ada.get("/admin/configuration").await.body;
        let text = plain(&page);
        assert!(text.contains("Optum Idaho Failed") && text.contains("Optum Physical Health CA Passed"), "{text}");
        assert!(text.contains("status <b>503</b>") && !page.contains("<b>503"), "{page}");
        assert!(text.contains("0.00% (0 of 1 checks)") && text.contains("100.00% (1 of 1 checks)"), "{text}");

        site.test.clock.advance(5.minutes());
        check(site, "idaho", None).await;
        assert!(!ada.get("/admin").await.body.contains("sandbox check of"));
        let text = plain(&ada.get("/admin/configuration").await.body);
        assert!(
            text.contains("Optum Idaho Passed") && text.contains("The token endpoint did not give a token"),
            "{text}"
        );
        // A quarter of an hour later no process has made one.
        site.test.clock.advance(15.minutes());
        let text = plain(&ada.get("/admin/configuration").await.body);
        assert!(text.contains("Optum Idaho Missed since"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_check_that_never_ended_and_one_that_is_off_are_said_so() {
    on_each_database(async |site| {
        let ada = staff(site, "ada-moreno", Role::Administrator).await;
        let text = plain(&ada.get("/admin/configuration").await.body);
        assert!(text.contains("Optum Idaho Not checked None Not checked"), "{text}");
        let mut ctx = site.test.store.write().await.unwrap();
        let due_at = ctx.now - SignedDuration::from_mins(6);
        let query = sql("INSERT INTO probe (program, due_at, every_ms) VALUES ('idaho', $1, 300000)").bind(due_at);
        query.execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let text = plain(&ada.get("/admin/configuration").await.body);
        assert!(text.contains("Optum Idaho Running") && text.contains("The check did not end."), "{text}");
    })
    .await;
}
