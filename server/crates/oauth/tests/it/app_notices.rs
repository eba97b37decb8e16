//! Notices to apps: written with the change, signed, pushed until they arrive.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
};

use jiff::Span;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use model::https_url::HttpsUrl;
use oauth::{
    app_notices::{
        self,
        delivery::{Failure, Push, deliver},
    },
    grants::{ending::Grants, expiry, member},
};
use registry::{applications, notice_address};
use serde_json::{Value, json};
use store::testing::{TestStore, at_once, on_each_database, racing_on_each_database};

use crate::world::{App, CA, World, all};

/// Keeps what it gets, and gives the answer that the test chose.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<(String, String)>>>,
    answer: Arc<Mutex<Option<Failure>>>,
}

impl Push for Receiver {
    fn push<'a>(
        &'a self,
        url: &'a HttpsUrl,
        token: String,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>> {
        Box::pin(async move {
            self.got.lock().unwrap().push((url.to_string(), token));
            (*self.answer.lock().unwrap()).map_or(Ok(()), Err)
        })
    }
}

impl Receiver {
    async fn round(&self, world: &World<'_>) -> u32 {
        deliver(&world.test.store, &world.keys, &world.bases, self).await.unwrap()
    }

    fn answer(&self, failure: Option<Failure>) {
        *self.answer.lock().unwrap() = failure;
    }

    /// The claims of what came, after their signatures were verified with the published keys.
    fn claims(&self, world: &World<'_>) -> Vec<Value> {
        let published: JwkSet = serde_json::from_value(serde_json::to_value(world.keys.published()).unwrap()).unwrap();
        let claims = |(_, token): &(String, String)| {
            let header = jsonwebtoken::decode_header(token).unwrap();
            assert_eq!(header.typ.as_deref(), Some("secevent+jwt"));
            let key = published.find(header.kid.as_deref().unwrap()).unwrap();
            let mut validation = Validation::new(Algorithm::ES256);
            validation.validate_exp = false;
            validation.validate_aud = false;
            validation.required_spec_claims.clear();
            let key = DecodingKey::from_jwk(key).unwrap();
            jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims
        };
        self.got.lock().unwrap().iter().map(claims).collect()
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

const ADDRESS: &str = "https://acme.example/events";
const ENDED: &str = "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked";
const CHANGED: &str = "https://schemas.openid.net/secevent/caep/event-type/token-claims-change";

async fn register(world: &World<'_>, app: &App, address: &str) {
    let mut ctx = world.write().await;
    let url = notice_address::parse(address).unwrap();
    notice_address::set(&mut ctx, &world.registry, world.vendor(), &app.application, &url).await.unwrap();
    ctx.commit().await.unwrap();
}

/// An app with a notice address, and what listens there.
async fn listening(test: &TestStore) -> (World<'_>, App, Receiver) {
    let world = World::new(test).await;
    let app = world.confidential().await;
    register(&world, &app, ADDRESS).await;
    (world, app, Receiver::default())
}

/// Writes a test notice.
async fn try_address(world: &World<'_>, app: &App) {
    let mut ctx = world.write().await;
    app_notices::test(&mut ctx, world.vendor(), &app.application).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn a_narrower_consent_a_renewal_and_the_end_reach_the_app_and_say_nothing_of_the_member() {
    on_each_database(async |test| {
        let (world, app, receiver) = listening(test).await;
        let ann = world.member("ann", &app.partition).await;
        let both = "patient/Patient.read patient/Coverage.read";
        world.tokens(&app, both, &ann).await;
        assert_eq!(receiver.round(&world).await, 0, "the app knows what it was given");

        world.tokens_for(&app, both, &ann, &all("patient/Coverage.read")).await;
        let account = &ann.signed_in.account;
        let grant = member::connected(&mut world.read().await, account).await.unwrap()[0].grant.clone();
        receiver.round(&world).await;
        test.clock.advance(Span::new().minutes(1));
        let (site, mut ctx) = (&world.registry.site, world.write().await);
        member::change_length(&mut ctx, &world.programs, site, account, &grant.id, 30).await.unwrap();
        ctx.commit().await.unwrap();
        receiver.round(&world).await;
        let mut ctx = world.write().await;
        member::revoke(&mut ctx, site, account, &grant.id).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(receiver.round(&world).await, 1);
        assert_eq!(receiver.round(&world).await, 0, "once");

        let claims = receiver.claims(&world);
        let issuer = world.surface(CA).base().to_owned();
        for claims in &claims {
            assert_eq!(claims["iss"], issuer);
            assert_eq!(claims["aud"], app.id);
            assert_eq!(claims["sub_id"], json!({ "format": "opaque", "id": grant.id.as_str() }));
            assert!(claims["jti"].is_string() && claims["iat"].is_i64() && claims.get("sub").is_none());
            let text = claims.to_string();
            for private in ["patient-ann", "ann@example.org", "healthcare-ann"] {
                assert!(!text.contains(private), "{text}");
            }
        }
        let subject = json!({ "format": "iss_sub", "iss": issuer, "sub": account.as_str() });
        assert_eq!(claims[0]["events"][CHANGED]["claims"]["scope"], "patient/Coverage.read");
        assert_eq!(claims[1]["events"][CHANGED]["claims"]["grant_expires_at"], 1_775_062_860);
        assert_eq!(claims[1]["events"][CHANGED]["subject"], subject);
        let ended = &claims[2]["events"][ENDED];
        assert_eq!((&ended["reason"], &ended["initiating_entity"]), (&json!("member"), &json!("user")));
        assert_eq!(ended["subject"], subject);
        assert_eq!(claims.len(), 3);
        assert_eq!(receiver.got.lock().unwrap()[0].0, ADDRESS);
    })
    .await;
}

#[tokio::test]
async fn every_way_to_end_says_who_ended_it() {
    on_each_database(async |test| {
        let (world, app, receiver) = listening(test).await;
        let (ann, bob, cid) = (
            world.member("ann", &app.partition).await,
            world.member("bob", &app.partition).await,
            world.member("cid", &app.partition).await,
        );
        let scope = "patient/Patient.read";
        let month = oauth::consent::Choice { days: Some(30), ..all(scope) };
        world.tokens_for(&app, scope, &ann, &month).await;
        world.tokens(&app, scope, &bob).await;
        world.tokens(&app, scope, &cid).await;

        test.clock.advance(Span::new().hours(24 * 30));
        let (site, mut ctx) = (&world.registry.site, world.write().await);
        assert_eq!(expiry::close(&mut ctx).await.unwrap(), 1);
        let gone = [model::id::PatientId::new("patient-bob")];
        assert_eq!(member::end_as_gone(&mut ctx, site, &app.partition, &gone).await.unwrap(), 1);
        applications::delete(&mut ctx, &Grants { site }, world.vendor(), &app.application).await.unwrap();
        ctx.commit().await.unwrap();
        receiver.round(&world).await;

        let mut reasons: Vec<String> = receiver
            .claims(&world)
            .iter()
            .map(|claims| claims["events"][ENDED]["reason"].as_str().unwrap().to_owned())
            .collect();
        reasons.sort();
        assert_eq!(reasons, ["payer", "time", "vendor"]);
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_does_not_arrive_is_sent_again_with_the_same_jti_and_given_up_after_a_week() {
    on_each_database(async |test| {
        let (world, app, receiver) = listening(test).await;
        try_address(&world, &app).await;
        receiver.answer(Some(Failure::Status(500)));

        receiver.round(&world).await;
        assert_eq!(receiver.count(), 1);
        receiver.round(&world).await;
        assert_eq!(receiver.count(), 1, "not at once");
        test.clock.advance(Span::new().seconds(10));
        receiver.round(&world).await;
        let claims = receiver.claims(&world);
        assert_eq!((claims.len(), &claims[0]["jti"]), (2, &claims[1]["jti"]));
        let sent = app_notices::newest(&mut world.read().await, &app.application).await.unwrap();
        assert_eq!((sent[0].last_error, sent[0].attempts), (Some(Failure::Status(500)), 2));

        for _ in 0..7 * 4 + 12 {
            test.clock.advance(Span::new().hours(6));
            receiver.round(&world).await;
        }
        let sent = app_notices::newest(&mut world.read().await, &app.application).await.unwrap();
        assert!(sent[0].gave_up_at.is_some() && sent[0].delivered_at.is_none());
        let tries = receiver.count();
        test.clock.advance(Span::new().hours(24));
        receiver.answer(None);
        receiver.round(&world).await;
        assert_eq!(receiver.count(), tries, "given up");
    })
    .await;
}

#[tokio::test]
async fn of_several_nodes_one_pushes_a_notice() {
    racing_on_each_database(async |test| {
        let (world, app, receiver) = listening(test).await;
        try_address(&world, &app).await;

        at_once((0..4).map(|_| receiver.round(&world))).await;

        assert_eq!(receiver.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_app_without_an_address_gets_nothing_and_a_removed_address_forgets_what_waits() {
    on_each_database(async |test| {
        let (world, receiver) = (World::new(test).await, Receiver::default());
        let app = world.confidential().await;
        let mut ctx = world.write().await;
        assert!(app_notices::test(&mut ctx, world.vendor(), &app.application).await.is_err());
        drop(ctx);
        register(&world, &app, ADDRESS).await;
        let mut ctx = world.write().await;
        app_notices::test(&mut ctx, world.vendor(), &app.application).await.unwrap();
        notice_address::remove(&mut ctx, &world.registry, world.vendor(), &app.application).await.unwrap();
        assert!(
            notice_address::remove(&mut ctx, &world.registry, world.vendor(), &app.application).await.is_err(),
            "once"
        );
        ctx.commit().await.unwrap();

        assert_eq!((receiver.round(&world).await, receiver.count()), (0, 0));
    })
    .await;
}
