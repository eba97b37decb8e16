//! `flex export-metrics`.

use model::id::GrantId;
use serde_json::{Value, json};
use store::{sql, testing::sqlite};
use usage::transfers::Transfers;

use super::Place;

#[tokio::test]
async fn the_metrics_of_a_year_are_printed_by_plan_and_program() {
    let test = sqlite().await;
    let transfers = Transfers::default();
    for (number, payer) in [(0, "ibew-local-18"), (1, "university-of-california"), (2, "university-of-california")] {
        let (id, mut ctx) = (format!("grant-{number}"), test.store.write().await.unwrap());
        sql("INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id,
                 scope, created_at, expires_at) VALUES ($1, 'oph-ca', 'production', $1, $1, $1, 0, $2, '', 0, 1)")
        .bind(&id)
        .bind(payer)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        ctx.commit().await.unwrap();
        // The first and the second are one person in two plans.
        let person = if number == 2 { "bob" } else { "ada" };
        let person = async { Ok(person.to_owned()) };
        transfers.note(&test.store, &GrantId::new(id), 20_260_302, person).await.unwrap();
    }
    let (place, url) = (Place::new(), test.url());
    let run = |arguments: &[&str]| {
        place.flex(&[&["export-metrics"], arguments].concat(), &[("FLEX_DATABASE__URL", url.as_str())])
    };
    let all = run(&["--year", "2026"]);
    all.went_well();
    let lines: Vec<&str> =
        all.said.lines().filter(|line| line.starts_with("year,") || line.starts_with("2026,")).collect();
    assert_eq!(lines[0], "year,program,level,name,members,members_more_than_once,members_two_calls");
    assert_eq!(lines.len(), 4, "{}", all.said);
    assert!(
        lines[1].starts_with("2026,oph-ca,ibew-local-18,IBEW Local 18") && lines[1].ends_with(",1,0,0"),
        "{lines:?}"
    );
    assert!(lines[2].ends_with(",2,0,0"), "{lines:?}");
    assert!(lines[3].starts_with("2026,oph-ca,,") && lines[3].ends_with(",2,1,1"), "{lines:?}");

    let one = run(&["--year", "2026", "--level", "university-of-california", "--format", "json"]);
    one.went_well();
    let start = one.said.find('[').unwrap();
    let found: Value = serde_json::from_str(&one.said[start..=one.said.rfind(']').unwrap()]).unwrap();
    assert_eq!(found[0]["members"], 2);
    assert_eq!((found.as_array().unwrap().len(), &found[0]["level"]), (1, &json!("university-of-california")));
    run(&["--year", "2026", "--level", "H0000"]).refused(&["no program has the health plan `H0000`"]);
}
