//! The clients that the deployment registers itself.

use model::{
    application::{ClientKind, Stopped},
    id::{ApplicationId, ClientId, OrganizationId},
    partition::{Environment, ProgramId},
};
use registry::{applications, clients, published, team};
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::desk::{Desk, programs, words};

async fn register(desk: &Desk<'_>) {
    let mut ctx = desk.write().await;
    published::register(&mut ctx, &desk.registry).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn find(desk: &Desk<'_>, program: &str) -> Option<clients::Client> {
    find_client(desk, program, "try-it-idaho").await
}

async fn find_client(desk: &Desk<'_>, program: &str, client: &str) -> Option<clients::Client> {
    let client = ClientId::new(client);
    clients::find(&mut desk.read().await, &ProgramId::new(program), &client).await.unwrap()
}

#[tokio::test]
async fn a_published_client_is_public_and_of_its_own_sandbox_alone() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        register(&desk).await;
        register(&desk).await;
        let client = find(&desk, "idaho").await.expect("a client");
        assert_eq!((client.environment, client.kind), (Environment::Sandbox, ClientKind::Public));
        assert_eq!((client.live.any(), client.live.patient()), (Ok(()), Ok(())));
        assert_eq!(client.redirect_uri.as_str(), "http://127.0.0.1/callback");
        assert!(client.redirect_uri.matches("http://127.0.0.1:54321/callback"));
        assert!(!client.redirect_uri.matches("http://127.0.0.1.evil.example/callback"));
        assert!(find(&desk, "oph-ca").await.is_none());
        let page = find_client(&desk, "idaho", "try-it-idaho-page").await.expect("the page's client");
        assert_eq!((page.environment, page.kind), (Environment::Sandbox, ClientKind::Public));
        assert_eq!(page.redirect_uri.as_str(), desk.registry.site.page("/docs/idaho/try-it/callback"));
        let organization = client.organization;
        assert!(published::is_ours(&organization));
        assert!(team::list(&mut desk.read().await, &organization).await.unwrap().is_empty());
        assert_eq!(applications::list(&mut desk.read().await, &organization).await.unwrap().len(), 6);
    })
    .await;
}

#[tokio::test]
async fn the_probe_has_a_client_of_each_sandbox_whose_id_no_one_can_guess() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        register(&desk).await;
        let mut ids = Vec::new();
        for program in desk.registry.programs.iter() {
            let id = published::probe_client(&mut desk.read().await, program).await.unwrap().expect("a client");
            let client = clients::find(&mut desk.read().await, &program.id, &id).await.unwrap().expect("a client");
            assert_eq!((client.environment, client.kind), (Environment::Sandbox, ClientKind::Public));
            let redirect_uri = published::probe_redirect_uri(&desk.registry.site, program);
            assert!(id.is_probe() && client.redirect_uri.matches(&redirect_uri));
            assert!(!id.as_str().contains(program.id.as_str()), "{id}");
            ids.push(id);
        }
        assert_ne!(ids[0], ids[1]);
        // The id stays.
        register(&desk).await;
        for (program, id) in desk.registry.programs.iter().zip(&ids) {
            let again = published::probe_client(&mut desk.read().await, program).await.unwrap();
            assert_eq!(again.as_ref(), Some(id));
        }
    })
    .await;
}

#[tokio::test]
async fn no_vendor_reaches_a_published_client() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        register(&desk).await;
        let vendor = desk.approved_vendor("vera").await;
        let id = ApplicationId::new("try-it-idaho");
        assert!(applications::get(&mut desk.read().await, &vendor, &id).await.is_err());
        let mut ctx = desk.write().await;
        assert!(applications::deactivate(&mut ctx, &vendor, &id).await.is_err());
        assert!(!published::is_ours(&vendor.organization));
    })
    .await;
}

#[tokio::test]
async fn an_administrators_block_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        register(&desk).await;
        let (ada, id) = (desk.account("ada").await, ApplicationId::new("try-it-idaho"));
        let mut ctx = desk.write().await;
        applications::block(&mut ctx, &desk.registry, &ada, &id, &words("Someone misuses it.")).await.unwrap();
        ctx.commit().await.unwrap();
        register(&desk).await;
        assert_eq!(find(&desk, "idaho").await.unwrap().live.any(), Err(Stopped::Blocked));
    })
    .await;
}

#[tokio::test]
async fn a_client_that_no_file_names_any_longer_stops() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        register(&desk).await;
        let without = programs(|_, text| {
            let (before, rest) = text.split_once("[sandbox.try_it]").unwrap();
            let (_, after) = rest.split_once("[[").unwrap();
            format!("{before}[[{after}")
        });
        let all = std::mem::replace(&mut desk.registry.programs, without);
        register(&desk).await;
        assert_eq!(find(&desk, "idaho").await.unwrap().live.any(), Err(Stopped::Deactivated));
        desk.registry.programs = all;
        register(&desk).await;
        assert_eq!(find(&desk, "idaho").await.unwrap().live.any(), Ok(()));
    })
    .await;
}

#[tokio::test]
async fn processes_that_start_together_register_it_once() {
    racing_on_each_database(async |test| {
        let desk = &Desk::new(test);
        at_once((0..4).map(|_| register(desk))).await;
        let organization = OrganizationId::new("documentation");
        assert_eq!(applications::list(&mut desk.read().await, &organization).await.unwrap().len(), 6);
    })
    .await;
}
