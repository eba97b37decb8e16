//! Scopes that a program does not offer: refused by name, or left out where the program says so.

use std::sync::Arc;

use oauth::{authorize::Refusal, error::Code};
use programs::Programs;
use store::testing::{on_each_database, sqlite};

use crate::{
    refresh::programs,
    world::{App, CA, Person, World, all, but, code_exchange, query, refresh, request},
};

/// What npm's `fhirclient` and others ask for by default.
const KIT: &str = "launch/patient openid fhirUser offline_access patient/*.read";

fn ignoring() -> Arc<Programs> {
    programs("refresh_rotation = \"never\"", "refresh_rotation = \"never\"\nunknown_scopes = \"ignore\"")
}

/// Why the app is refused, in its own words.
async fn refused(world: &World<'_>, app: &App, scope: &str, person: &Person) -> String {
    match world.authorize(CA, None, &but(request(app, scope), "scope", scope), person).await {
        Err(Refusal::Redirect(target)) => {
            let mut answer = query(target.as_str());
            assert_eq!(answer["error"], "invalid_scope", "{scope}");
            answer.remove("error_description").unwrap()
        }
        other => panic!("{scope}: {other:?}"),
    }
}

#[tokio::test]
async fn each_scope_that_is_not_known_is_named_with_those_that_are() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let ann = world.person("ann").await;
    for (scope, names) in [
        (KIT, vec!["patient/*.read"]),
        ("patient/*.cruds system/*.read openid", vec!["patient/*.cruds", "system/*.read"]),
        ("user/Patient.read", vec!["user/Patient.read"]),
        ("OpenID patient/Patient.read", vec!["OpenID"]),
        ("patient/Condition.read openid launch", vec!["patient/Condition.read", "launch"]),
        // What an `error_description` cannot hold (RFC 6749 §5.2) is not repeated.
        ("\"><script> openid", vec!["`?><script>`"]),
        ("pa\\tient/Patient.read caf\u{e9} a\tb", vec!["pa?tient/Patient.read", "caf?", "a?b"]),
    ] {
        let said = refused(&world, &app, scope, &ann).await;
        for name in names {
            assert!(said.contains(name), "{scope}: {said}");
        }
        let (before, known) = said.split_once("known are: ").unwrap();
        assert!(!before.contains("openid`") && !before.contains("`launch/patient`"), "{said}");
        for offered in &world.programs.get(&app.partition.program).unwrap().scopes {
            assert!(known.split(' ').any(|known| known == offered.name), "{said}");
        }
        assert!(said.chars().all(|char| matches!(char, ' '..='~') && !"\"\\".contains(char)), "{said}");
    }
    let many: Vec<String> = (0..30).map(|number| format!("x{number}/{}", "y".repeat(60))).collect();
    let said = refused(&world, &app, &many.join(" "), &ann).await;
    assert!(said.contains("x19/") && !said.contains("x20/") && said.contains(" and 10 more: "), "{said}");
    assert!(said.len() < 4000, "{}", said.len());
}

#[tokio::test]
async fn client_credentials_and_refreshes_name_them_too() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let credentials = |scope| {
            let secret = app.secret.as_str();
            [("grant_type", "client_credentials"), ("client_id", &app.id), ("client_secret", secret), ("scope", scope)]
        };
        let said = world.token(CA, &credentials("system/*.read public/Location.read")).await.unwrap_err();
        assert_eq!(said.code, Code::InvalidScope);
        assert!(
            said.reason.starts_with("`system/*.read`: ") && said.reason.contains(" public/Location.read"),
            "{said}"
        );
        assert!(!said.reason.contains("patient/"), "{said}");

        let token = world.tokens(&app, "patient/Patient.read openid", &ann).await.refresh_token.unwrap();
        for (scope, name) in [("openid patient/*.read", "`patient/*.read`"), ("openid fhirUser", "`fhirUser`")] {
            let said = world.token(CA, &but(refresh(&app, &token), "scope", scope)).await.unwrap_err();
            assert_eq!(said.code, Code::InvalidScope);
            assert!(said.reason.starts_with(name), "{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_program_may_leave_out_what_it_does_not_know() {
    on_each_database(async |test| {
        let world = World::with(test, ignoring()).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        for (asked, granted) in [
            (KIT, "launch/patient openid fhirUser offline_access"),
            (
                "launch/patient openid fhirUser patient/Patient.rs patient/*.rs",
                "launch/patient openid fhirUser patient/Patient.rs",
            ),
            ("patient/Patient.cruds patient/Coverage.read system/X.y", "patient/Coverage.read"),
            ("online_access launch openid patient/Patient.read", "openid patient/Patient.read"),
        ] {
            let asking = but(request(&app, asked), "scope", asked);
            let handle = world.authorize(CA, Some("university-of-california"), &asking, &ann).await.unwrap();
            let answer = world.allow(&handle, &ann, &all(granted)).await.unwrap();
            let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
            assert_eq!(tokens.scope, granted, "{asked}");
            // Kits repeat what they asked for.
            if let Some(token) = tokens.refresh_token {
                let again = world.token(CA, &but(refresh(&app, &token), "scope", asked)).await.unwrap();
                assert_eq!(again.scope, granted, "{asked}");
            }
        }
        let said = refused(&world, &app, "patient/*.read system/*.read", &ann).await;
        assert!(said.contains("`patient/*.read`, `system/*.read`"), "where nothing is left: {said}");
        assert_eq!(refused(&world, &app, "", &ann).await, "`scope` is required");
    })
    .await;
}

#[tokio::test]
async fn a_known_scope_that_the_app_may_not_use_is_refused_all_the_same() {
    use model::{application::AccessType, partition::Environment};
    let test = sqlite().await;
    let world = World::with(&test, ignoring()).await;
    let app = world.app("oph-ca", Environment::Sandbox, AccessType::Patient, "confidential").await;
    let ann = world.person("ann").await;
    let said = refused(&world, &app, "patient/Patient.read public/Location.read patient/*.read", &ann).await;
    assert_eq!(said, "the application is not registered for `public/Location.read`");
}
