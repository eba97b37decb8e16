//! Whether an app stays connected (oauth.md D11), and what becomes of the grant once it gives its tokens back (D14).

use model::scope::Scope;
use oauth::{
    consent::{self, Choice, Stays, Subject},
    endpoint::Endpoint,
    grants::{EndedBy, member},
    parameters::Parameters,
    revocation,
};
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database, sqlite},
};

use crate::{
    refresh::programs,
    world::{App, CA, Person, World, all, code_exchange, refresh, request},
};

const UC: Option<&str> = Some("university-of-california");
const DATA: &str = "patient/Patient.read";
const ASKED: &str = "openid offline_access patient/Patient.read";

async fn view(world: &World<'_>, app: &App, scope: &str, person: &Person) -> consent::ConsentView {
    let handle = world.authorize(CA, UC, &request(app, scope), person).await.unwrap();
    consent::view(&mut world.read().await, &world.programs, &person.visit(&handle)).await.unwrap()
}

#[tokio::test]
async fn the_box_decides_whether_there_is_a_refresh_token() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;

        let ticked = world.tokens_for(&app, ASKED, &ann, &all(&format!("{DATA} offline_access"))).await;
        assert_eq!(ticked.scope, ASKED);
        let token = ticked.refresh_token.unwrap();
        assert!(world.token(CA, &refresh(&app, &token)).await.is_ok());

        let unticked = world.tokens_for(&app, ASKED, &ann, &all(DATA)).await;
        assert_eq!((unticked.scope.as_str(), unticked.refresh_token), ("openid patient/Patient.read", None));
        assert_eq!(world.refused(&unticked.access_token).await, None);
        let refused = world.token(CA, &refresh(&app, &token)).await.unwrap_err();
        assert!(refused.reason.starts_with("grant_narrowed:"), "the newest choice counts for the first device too");
    })
    .await;
}

#[tokio::test]
async fn who_never_asked_stays_connected_as_the_program_says() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        assert!(world.tokens(&app, DATA, &ann).await.refresh_token.is_some());
        assert_eq!(view(&world, &app, DATA, &ann).await.stays, Stays::Always);
        assert_eq!(view(&world, &app, ASKED, &ann).await.stays, Stays::Asked);
    })
    .await;
    let test = sqlite().await;
    let strict = programs("refresh_without_offline_access = true", "refresh_without_offline_access = false");
    let world = World::with(&test, strict).await;
    let app = world.confidential().await;
    let ann = world.member("ann", &app.partition).await;
    assert_eq!(world.tokens(&app, DATA, &ann).await.refresh_token, None);
    assert_eq!(view(&world, &app, DATA, &ann).await.stays, Stays::Never);
    assert!(world.tokens(&app, ASKED, &ann).await.refresh_token.is_some());
}

#[tokio::test]
async fn what_cannot_usefully_be_refused_has_no_box_and_comes_along() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "openid profile fhirUser launch/patient offline_access patient/Patient.read";

        let view = view(&world, &app, asked, &ann).await;

        let boxes: Vec<&str> = view.scopes.iter().map(|scope| scope.name.as_str()).collect();
        assert_eq!(boxes, ["offline_access", DATA]);
        assert_eq!(view.context.to_string(), "openid profile fhirUser launch/patient");
        let tokens = world.tokens_for(&app, asked, &ann, &all(DATA)).await;
        assert_eq!(tokens.scope, "openid profile fhirUser launch/patient patient/Patient.read");
        let tokens = world.tokens_for(&app, "openid profile", &ann, &Choice::default()).await;
        assert_eq!(tokens.scope, "openid profile", "there is nothing to check");
        let nothing = world.authorize(CA, UC, &request(&app, "offline_access"), &ann).await.unwrap();
        let answer = world.allow(&nothing, &ann, &Choice::default()).await.unwrap();
        assert_eq!(answer["error"], "access_denied");
    })
    .await;
}

#[tokio::test]
async fn the_page_says_what_is_asked() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let ann = world.member("ann", &app.partition).await;
    for (asked, expect) in [
        ("patient/Patient.read", Subject::Health),
        ("openid public/Location.read patient/Coverage.rs", Subject::Health),
        ("openid profile", Subject::Identity),
        ("fhirUser launch/patient", Subject::Identity),
        ("openid offline_access", Subject::Identity),
        ("openid public/Location.read", Subject::IdentityAndDirectory),
        ("public/Location.read public/Network.read", Subject::Directory),
        ("offline_access", Subject::Connection),
    ] {
        assert_eq!(view(&world, &app, asked, &ann).await.subject, expect, "{asked}");
    }
}

async fn give_back(world: &World<'_>, app: &App, token: &str) {
    let parameters: Parameters =
        [("client_id", app.id.as_str()), ("client_secret", &app.secret), ("token", token)].into_iter().collect();
    let client = world.authenticate(CA, Endpoint::Revocation, None, &parameters).await.unwrap();
    let site = &world.registry.site;
    revocation::revoke(&world.test.store, &world.keys, site, &client, &parameters).await.unwrap();
}

#[tokio::test]
async fn an_app_that_gives_back_its_last_refresh_token_has_no_access_any_more() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let account = &ann.signed_in.account;
        let (phone, laptop) = (world.tokens(&app, DATA, &ann).await, world.tokens(&app, DATA, &ann).await);
        let connected = async || member::connected(&mut world.read().await, account).await.unwrap().len();

        give_back(&world, &app, &phone.access_token).await;
        give_back(&world, &app, phone.refresh_token.as_deref().unwrap()).await;
        give_back(&world, &app, phone.refresh_token.as_deref().unwrap()).await;
        assert_eq!((world.refused(&laptop.access_token).await, connected().await), (None, 1), "another device goes on");
        let code = world.code(CA, &request(&app, DATA), &ann).await;
        give_back(&world, &app, laptop.refresh_token.as_deref().unwrap()).await;
        assert_eq!(connected().await, 1, "a code is on its way");
        let last = world.token(CA, &code_exchange(&app, &code)).await.unwrap();
        give_back(&world, &app, last.refresh_token.as_deref().unwrap()).await;

        assert_eq!(connected().await, 0);
        assert_eq!(world.refused(&last.access_token).await, Some("grant_revoked"));
        let past = member::past(&mut world.read().await, account).await.unwrap();
        assert_eq!((past.len(), past[0].grant.ended.unwrap().by), (1, EndedBy::App));
        let mut ctx = world.read().await;
        let ended = sql("SELECT COUNT(*) FROM outbox WHERE event LIKE 'access-revoked:%'");
        assert_eq!(ended.fetch_one::<(i64,)>(&mut ctx.tx).await.unwrap(), (1,));
        assert!(past[0].grant.scopes.iter().all(|scope| *scope != Scope::OfflineAccess));
    })
    .await;
}

#[tokio::test]
async fn tokens_that_are_given_back_at_once_end_the_grant_too() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let mut tokens = Vec::new();
        for _ in 0..4 {
            tokens.push(world.tokens(&app, DATA, &ann).await.refresh_token.unwrap());
        }

        at_once(tokens.iter().map(|token| give_back(&world, &app, token))).await;

        let account = &ann.signed_in.account;
        assert!(member::connected(&mut world.read().await, account).await.unwrap().is_empty());
    })
    .await;
}
