//! What administrators find, and by which indexes.

use model::{
    application::AccessType::Patient,
    partition::Environment::{Production, Sandbox},
};
use registry::{applications, desks::Reach, organizations, reviews, search::Wanted};
use store::{
    Ctx, Part, sql,
    testing::{on_each_database, plan, recording},
};

use crate::desk::{Desk, application, subject, tin};

async fn organizations_of(ctx: &mut Ctx, text: &str) -> Vec<String> {
    let found = organizations::search(ctx, &Wanted::of(text), &Reach::All, Part::ALL).await.unwrap();
    found.iter().map(|one| one.id.to_string()).collect()
}

async fn apps_of(ctx: &mut Ctx, text: &str) -> Vec<String> {
    let found = applications::search(ctx, &Wanted::of(text), &Reach::All, Part::ALL).await.unwrap();
    found.iter().map(|one| one.name().to_owned()).collect()
}

#[tokio::test]
async fn what_people_paste_is_found_and_the_exact_hit_comes_first() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        desk.vendor("borealis").await;
        let claims = desk.register(&member, &application("Claims Viewer", Sandbox, Patient)).await.unwrap().application;
        let cost = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        let seen = "UPDATE application SET redirect_uri = 'https://viewer.harbor.example/callback', support_email = 'Help@Viewer.example' \
             WHERE id = $1";
        sql(seen).bind(&claims.id).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = desk.read().await;
        let acme = member.organization.to_string();
        let number = tin("acme");
        let (bare, short) = (number.replace('-', ""), acme.get(..8).unwrap().to_owned());
        let name = organizations::get(&mut ctx, &member.organization).await.unwrap().name().to_owned();
        let turned = name.split(' ').rev().collect::<Vec<_>>().join("  ").to_uppercase();
        let (email,): (String,) =
            sql("SELECT email FROM account WHERE id = $1").bind(&member.account).fetch_one(&mut ctx.tx).await.unwrap();
        for text in [&acme, &number, &bare, &short, &turned, &email.to_uppercase()] {
            assert_eq!(organizations_of(&mut ctx, text).await, std::slice::from_ref(&acme), "{text}");
        }
        for text in ["viewer claims", "viewer.harbor.example", "https://viewer.harbor.example/x", "help@viewer.example"] {
            assert_eq!(apps_of(&mut ctx, text).await, ["Claims Viewer"], "{text}");
        }
        for text in [claims.id.as_str(), claims.client_id.as_str(), &claims.client_id.as_str()[..8]] {
            assert_eq!(apps_of(&mut ctx, text).await, ["Claims Viewer"], "{text}");
        }
        assert_eq!(apps_of(&mut ctx, "claims").await, ["Claims", "Claims Viewer"], "the exact name first");
        for text in ["%", "viewer cost", "harbor.test", "' OR 1=1 --", "acme' --"] {
            assert!(apps_of(&mut ctx, text).await.is_empty(), "{text}");
        }
        let review = reviews::of_subject(&mut ctx, &subject(&cost)).await.unwrap().remove(0);
        for text in [review.id.as_str(), &review.id.as_str()[..8]] {
            let found = reviews::find_by_id(&mut ctx, &Wanted::of(text), &Reach::All).await.unwrap();
            assert_eq!(found.iter().map(|one| &one.id).collect::<Vec<_>>(), [&review.id], "{text}");
        }
        let near = format!("{}x", &review.id.as_str()[..8]);
        assert!(reviews::find_by_id(&mut ctx, &Wanted::of(&near), &Reach::All).await.unwrap().is_empty());
    })
    .await;
}

/// As many as a large deployment has.
const MANY: [&str; 4] = [
    "INSERT INTO organization (id, name, tin_kind, tin, mailing_address, physical_address, attestation, terms_agreed_at, status, version,
         created_at, updated_at)
     WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 5000)
     SELECT 'org-' || number, 'Harbor ' || number || ' Health', tin_kind, '99-' || (1000000 + number), mailing_address, physical_address,
         attestation, terms_agreed_at, status, version, created_at, updated_at FROM organization, line WHERE organization.id = $1",
    "INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri, description,
         support_phone, support_email, support_website, support_name, platform, platform_name, terms_agreed_at, approval, standing,
         version, created_at, updated_at)
     WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 20000)
     SELECT 'app-' || number, 'org-' || (1 + number % 5000), 'client-' || number, environment, access, client_kind, 'App ' || number,
         redirect_uri, description, support_phone, support_email, support_website, support_name, platform, platform_name,
         terms_agreed_at, approval, standing, version, created_at, updated_at FROM application, line
     WHERE application.organization_id = $1 AND name = 'Claims'",
    "INSERT INTO application_program (application_id, program) SELECT id, 'idaho' FROM application WHERE id LIKE 'app-%' AND $1 <> ''",
    "ANALYZE",
];

#[tokio::test]
async fn among_5000_organizations_and_20000_apps_no_search_reads_a_whole_table() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let mut ctx = desk.write().await;
        for statement in &MANY[..3] {
            sql(statement).bind(&member.organization).execute(&mut ctx.tx).await.unwrap();
        }
        sql(MANY[3]).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let part = Part { from: 0, rows: 20 };
        for text in ["harbor health", "4711", "99-1004711", "viewer.example", "org-4711", "nothing like it"] {
            let wanted = Wanted::of(text);
            let mut ctx = desk.read().await;
            let began = std::time::Instant::now();
            let (_, statements) = recording(async {
                organizations::count(&mut ctx, &wanted, &Reach::All).await.unwrap();
                organizations::search(&mut ctx, &wanted, &Reach::All, part).await.unwrap();
                applications::count(&mut ctx, &wanted, &Reach::All).await.unwrap();
                applications::search(&mut ctx, &wanted, &Reach::All, part).await.unwrap();
                reviews::find_by_id(&mut ctx, &wanted, &Reach::All).await.unwrap();
            })
            .await;
            eprintln!("{text}: {:?}", began.elapsed());
            for statement in statements {
                let text = statement.text().to_owned();
                for step in plan(&mut ctx.tx, statement).await.unwrap() {
                    let whole = ["SCAN o", "SCAN a", "SCAN r", "SCAN organization", "SCAN application", "SCAN review"];
                    assert!(
                        !whole.iter().any(|whole| step == *whole) && !step.contains("Seq Scan on review"),
                        "{step}: {text}"
                    );
                }
            }
        }
    })
    .await;
}
