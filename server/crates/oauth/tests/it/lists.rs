//! An app that a list keeps out of a program: stopped at sign-in, at the token endpoint, and at the next call.

use std::collections::BTreeSet;

use model::{
    application::{ListKind, Stopped},
    text::Paragraph,
};
use oauth::grants::member;
use registry::lists::{self, Choice};
use store::testing::on_each_database;

use crate::world::{CA, World, refresh, request};

async fn set(world: &World<'_>, app: &crate::world::App, kind: Option<ListKind>) {
    let choice = Choice {
        program: app.partition.program.clone(),
        kind,
        listed: kind.map(|_| app.application.clone()).into_iter().collect::<BTreeSet<_>>(),
    };
    let mut ctx = world.write().await;
    let why = Paragraph::parse("Under examination.").unwrap();
    let organization = &world.vendor().organization;
    lists::set(&mut ctx, &world.registry, &world.reviewer, organization, &choice, &why).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn a_denied_app_stops_everywhere_at_once_and_its_tokens_live_again_when_it_is_let_in() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let ann = world.member("ann", &app.partition).await;
        let scope = "patient/Patient.read offline_access";
        let tokens = world.tokens(&app, scope, &ann).await;
        let kept = world.tokens(&other, "patient/Patient.read", &ann).await.access_token;
        let stopped = async || {
            let connections = member::connected(&mut world.read().await, &ann.signed_in.account).await.unwrap();
            connections.iter().find(|one| one.grant.application == app.application).unwrap().stopped
        };

        set(&world, &app, Some(ListKind::Deny)).await;
        assert_eq!(world.refused(&tokens.access_token).await, Some("app_suspended"));
        assert_eq!(world.refused(&kept).await, None, "the organization's other app works");
        assert_eq!(stopped().await, Some(Stopped::Unlisted));
        let refresh_token = tokens.refresh_token.clone().expect("a refresh token");
        assert!(world.token(CA, &refresh(&app, &refresh_token)).await.is_err());
        assert!(world.authorize(CA, None, &request(&app, scope), &ann).await.is_err());

        set(&world, &app, None).await;
        assert_eq!(world.refused(&tokens.access_token).await, None, "it lives again");
        assert_eq!(stopped().await, None);
        world.token(CA, &refresh(&app, &refresh_token)).await.unwrap();

        set(&world, &app, Some(ListKind::Allow)).await;
        assert_eq!(world.refused(&tokens.access_token).await, None);
        assert_eq!(world.refused(&kept).await, Some("app_suspended"), "not on the list");
    })
    .await;
}
