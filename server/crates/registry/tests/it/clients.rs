//! Clients as the authorization server finds them.

use model::{
    application::{
        AccessType::{Both, Patient},
        Stopped,
    },
    attestation::Practice,
    id::ClientId,
    partition::{
        Environment::{Production, Sandbox},
        ProgramId,
    },
};
use registry::{applications, clients, organizations};
use store::testing::on_each_database;

use crate::desk::{Desk, Nothing, application, words};

#[tokio::test]
async fn a_client_is_found_in_its_programs_alone() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let app = desk.register(&member, &application("Claims", Production, Both)).await.unwrap().application;
        let mut ctx = desk.read().await;
        let client = clients::find(&mut ctx, &ProgramId::new("idaho"), &app.client_id).await.unwrap().unwrap();
        assert_eq!((client.name.as_str(), client.organization_name.as_str()), ("Claims", "acme Inc."));
        assert_eq!((client.live, client.environment), (app.liveness(), Production));
        assert_eq!(
            client.privacy_url.as_str(),
            "https://acme.example/privacy",
            "the organization's, as the app has none"
        );
        assert_eq!(client.attestation.not_attested(), [Practice::Disclosure]);
        for (program, id) in [("oph-ca", app.client_id.clone()), ("idaho", ClientId::new("unknown"))] {
            assert_eq!(clients::find(&mut ctx, &ProgramId::new(program), &id).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_stops_with_its_organization_and_is_gone_when_deleted() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        let status =
            async |ctx: &mut store::Ctx| clients::status(ctx, &app.client_id).await.unwrap().unwrap().patient();
        assert_eq!(status(&mut ctx).await, Ok(()));
        organizations::block(&mut ctx, &desk.registry, &admin, &member.organization, &words("Sold data."))
            .await
            .unwrap();
        assert_eq!(status(&mut ctx).await, Err(Stopped::Organization));
        organizations::unblock(&mut ctx, &desk.registry, &admin, &member.organization, &words("Mended."))
            .await
            .unwrap();
        applications::delete(&mut ctx, &Nothing, &member, &app.id).await.unwrap();
        assert_eq!(status(&mut ctx).await, Err(Stopped::Deleted));
        assert_eq!(clients::find(&mut ctx, &ProgramId::new("idaho"), &app.client_id).await.unwrap(), None);
        assert_eq!(clients::status(&mut ctx, &ClientId::new("unknown")).await.unwrap(), None);
    })
    .await;
}
