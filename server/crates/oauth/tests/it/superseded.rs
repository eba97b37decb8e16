//! What the migration to one live grant makes of what was there before.

use store::{Ctx, sql, testing::on_each_database_at};

/// The last migration before.
const BEFORE: i64 = 14;

/// `id`, `patient`, scope, created, expires
type Old = (&'static str, Option<&'static str>, &'static str, i64, i64);

/// `id`, created, changed, ended, ended by
type New = (String, i64, Option<i64>, Option<i64>, Option<String>);

const OLD: [Old; 6] = [
    ("first", Some("p"), "patient/Patient.read patient/Coverage.read", 1000, 900_000),
    // Ran out before the newest was given.
    ("short", Some("p"), "patient/Patient.read", 1500, 1700),
    ("newest", Some("p"), "patient/Patient.read", 2000, 5000),
    // Others that nothing takes the place of.
    ("eve", Some("e"), "patient/Coverage.read", 1200, 900_000),
    ("directory", None, "public/Location.read", 1100, 900_000),
    ("directory-again", None, "public/Location.read", 1300, 900_000),
];

async fn old(ctx: &mut Ctx) {
    for (id, patient, scope, created, expires) in OLD {
        sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, \
             payer_id, patient_id, scope, created_at, expires_at, ended_at, ended_by) \
             VALUES ($1, 'oph-ca', 'sandbox', 'app', 'client', 'ann', 0, 'uc', $2, $3, $4, $5, NULL, NULL)",
        )
        .bind(id)
        .bind(patient.map(str::to_owned))
        .bind(scope)
        .bind(created)
        .bind(expires)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        sql("INSERT INTO refresh_token (hash, grant_id, family, scope, created_at) VALUES ($1, $1, $1, $2, $3)")
            .bind(id)
            .bind(scope)
            .bind(created)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        sql("INSERT INTO authorization_code (hash, grant_id, redirect_uri, expires_at) VALUES ($1, $1, 'u', 0)")
            .bind(id)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        sql("INSERT INTO access (grant_id, hour_at, resource_type, reads, first_at, last_at) VALUES ($1, 0, 'Patient', 2, $2, $3)")
            .bind(id)
            .bind(created)
            .bind(created + 1)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_newest_stays_and_the_tokens_of_the_others_hang_from_it() {
    on_each_database_at(BEFORE, async |test| {
        let mut ctx = test.store.write().await.unwrap();
        old(&mut ctx).await;
        ctx.commit().await.unwrap();

        test.store.db.migrate().await.unwrap();

        let mut ctx = test.store.read().await.unwrap();
        let grants: Vec<New> =
            sql("SELECT id, created_at, changed_at, ended_at, ended_by FROM access_grant ORDER BY id")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        let ended = |by: &str, at| (Some(at), Some(by.to_owned()));
        let expect = [
            ("directory", 1100, None, ended("superseded", 1300)),
            ("directory-again", 1100, Some(1300), (None, None)),
            ("eve", 1200, None, (None, None)),
            ("first", 1000, None, ended("superseded", 2000)),
            ("newest", 1000, Some(2000), (None, None)),
            ("short", 1500, None, ended("time", 1700)),
        ];
        let expect = expect.map(|(id, created, changed, (at, by))| (id.to_owned(), created, changed, at, by));
        assert_eq!(grants, expect);

        let tokens: Vec<(String, String)> =
            sql("SELECT hash, grant_id FROM refresh_token ORDER BY hash").fetch_all(&mut ctx.tx).await.unwrap();
        let hangs = [
            ("directory", "directory-again"),
            ("directory-again", "directory-again"),
            ("eve", "eve"),
            ("first", "newest"),
            ("newest", "newest"),
            ("short", "short"),
        ];
        let hangs = hangs.map(|(token, grant)| (token.to_owned(), grant.to_owned()));
        assert_eq!(tokens, hangs);
        let codes: Vec<(String, String, Option<String>)> =
            sql("SELECT hash, grant_id, scope FROM authorization_code ORDER BY hash")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        let scope = |id: &str| OLD.iter().find(|(known, ..)| *known == id).map(|(_, _, scope, ..)| (*scope).to_owned());
        let expect = hangs.map(|(code, grant)| (code.clone(), grant, scope(&code)));
        assert_eq!(codes, expect, "a code gives what its own consent gave");

        let reads: Vec<(String, i64, i64, i64)> =
            sql("SELECT grant_id, reads, first_at, last_at FROM access ORDER BY grant_id")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        let expect = [
            ("directory-again", 4, 1100, 1301),
            ("eve", 2, 1200, 1201),
            ("newest", 4, 1000, 2001),
            ("short", 2, 1500, 1501),
        ];
        assert_eq!(reads, expect.map(|(id, reads, first, last)| (id.to_owned(), reads, first, last)));
    })
    .await;
}
