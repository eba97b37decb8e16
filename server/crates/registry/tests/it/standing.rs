//! The vendor's switch and the administrator's block: two facts, neither of which changes the other.

use model::{
    application::{AccessType::*, ClientKind, Standing, Stopped},
    application_form::ApplicationDraft,
    form::Code,
    partition::Environment::{Production, Sandbox},
    redirect_uri::RedirectUri,
};
use registry::{
    applications::{self, Application},
    clients,
    error::Error,
    history, organizations,
    team::Member,
};
use store::{Ctx, Part, testing::on_each_database};

use crate::desk::{Desk, Nothing, application, approve, subject, words};

async fn stopped(ctx: &mut Ctx, app: &Application) -> Result<(), Stopped> {
    applications::get_any(ctx, &app.id).await.unwrap().liveness().patient()
}

fn code(result: Result<impl Sized, Error>) -> Option<(String, Code)> {
    match result {
        Err(Error::Fields(errors)) => Some((errors[0].field.to_string(), errors[0].code)),
        _ => None,
    }
}

#[tokio::test]
async fn unblocking_gives_back_what_was_and_no_more() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let why = words("Leaks.");
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let (id, mut ctx) = (&app.id, desk.write().await);

        applications::deactivate(&mut ctx, &member, id).await.unwrap();
        applications::block(&mut ctx, &desk.registry, &admin, id, &why).await.unwrap();
        assert_eq!(stopped(&mut ctx, &app).await, Err(Stopped::Blocked));
        applications::unblock(&mut ctx, &desk.registry, &admin, id, &why).await.unwrap();
        assert_eq!(stopped(&mut ctx, &app).await, Err(Stopped::Deactivated), "the vendor had switched it off");
        applications::reactivate(&mut ctx, &member, id).await.unwrap();

        applications::block(&mut ctx, &desk.registry, &admin, id, &why).await.unwrap();
        let again = applications::block(&mut ctx, &desk.registry, &admin, id, &why).await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "{again:?}");
        applications::deactivate(&mut ctx, &member, id).await.expect("a vendor may switch off at any time");
        let on = applications::reactivate(&mut ctx, &member, id).await;
        assert!(matches!(on, Err(Error::NotAllowed(_))), "{on:?}");
        applications::unblock(&mut ctx, &desk.registry, &admin, id, &why).await.unwrap();
        assert_eq!(stopped(&mut ctx, &app).await, Err(Stopped::Deactivated), "switched off while it was blocked");
        let again = applications::unblock(&mut ctx, &desk.registry, &admin, id, &why).await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "{again:?}");

        organizations::block(&mut ctx, &desk.registry, &admin, &member.organization, &why).await.unwrap();
        organizations::unblock(&mut ctx, &desk.registry, &admin, &member.organization, &why).await.unwrap();
        assert_eq!(stopped(&mut ctx, &app).await, Err(Stopped::Deactivated), "neither does the organization's");
    })
    .await;
}

#[tokio::test]
async fn what_is_blocked_is_neither_deleted_nor_changed() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let why = words("Leaks.");
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let block = async |one: bool, on: bool| {
            let (mut ctx, registry) = (desk.write().await, &desk.registry);
            match (one, on) {
                (true, true) => applications::block(&mut ctx, registry, &admin, &app.id, &why).await,
                (true, false) => applications::unblock(&mut ctx, registry, &admin, &app.id, &why).await,
                (false, true) => organizations::block(&mut ctx, registry, &admin, &member.organization, &why).await,
                (false, false) => organizations::unblock(&mut ctx, registry, &admin, &member.organization, &why).await,
            }
            .unwrap();
            ctx.commit().await.unwrap();
        };
        for which in [true, false] {
            block(which, true).await;
            let now = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();
            let deleted = applications::delete(&mut desk.write().await, &Nothing, &member, &app.id).await;
            assert!(matches!(deleted, Err(Error::NotAllowed(_))), "{deleted:?}");
            let edited = desk.edit(&member, &now, &application("Other", Sandbox, Patient)).await;
            assert!(matches!(edited, Err(Error::NotAllowed(_))), "{edited:?}");
            block(which, false).await;
        }
        applications::delete(&mut desk.write().await, &Nothing, &member, &app.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_registers_again_what_is_blocked() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        // Another Healthcare ID of the same owner, with an organization of its own.
        let twin = desk.approved_vendor("twinorganization").await;
        let why = words("Leaks.");
        let app = desk.register(&member, &with("Claims", "https://acme.example/callback")).await.unwrap().application;
        let other = desk.register(&member, &with("Other", "https://acme.example/other")).await.unwrap().application;
        let phone = desk.register(&member, &with("Phone", "com.example.acme:/cb")).await.unwrap().application;
        for blocked in [true, false] {
            let mut ctx = desk.write().await;
            match blocked {
                true => {
                    for app in [&app, &phone] {
                        applications::block(&mut ctx, &desk.registry, &admin, &app.id, &why).await.unwrap();
                    }
                }
                false => {
                    for app in [&app, &phone] {
                        applications::unblock(&mut ctx, &desk.registry, &admin, &app.id, &why).await.unwrap();
                    }
                    organizations::block(&mut ctx, &desk.registry, &admin, &member.organization, &why).await.unwrap();
                }
            }
            ctx.commit().await.unwrap();
            let attempts: &[&Member] = if blocked { &[&member, &twin] } else { &[&twin] };
            for by in attempts {
                for (draft, field) in [
                    (with("Claims", "https://new.example/cb"), "name"),
                    (with("CLAIMS!", "https://new.example/cb"), "name"),
                    (with("Сlаims", "https://new.example/cb"), "name"),
                    (with("New", "https://acme.example/callback"), "redirect_uri"),
                    (with("New", "https://acme.example/callback/?x=1"), "redirect_uri"),
                    (with("New", "https://acme.example:8443/%63allback"), "redirect_uri"),
                    (with("New", "com.example.acme://other"), "redirect_uri"),
                ] {
                    let refused = desk.register(by, &draft).await;
                    assert_eq!(code(refused), Some((field.to_owned(), Code::Blocked)), "{draft:?}");
                    let production = ApplicationDraft { environment: Production, ..draft };
                    let refused = desk.register(by, &production).await;
                    assert_eq!(code(refused), Some((field.to_owned(), Code::Blocked)), "{production:?}");
                }
            }
        }
        let mut ctx = desk.write().await;
        organizations::unblock(&mut ctx, &desk.registry, &admin, &member.organization, &why).await.unwrap();
        applications::block(&mut ctx, &desk.registry, &admin, &app.id, &why).await.unwrap();
        ctx.commit().await.unwrap();
        let renamed =
            desk.edit(&member, &now(&desk, &other).await, &with("Claims", "https://acme.example/other")).await;
        assert_eq!(code(renamed), Some(("name".to_owned(), Code::Blocked)), "not by an edit either");
        let moved =
            desk.edit(&member, &now(&desk, &other).await, &with("Other", "https://acme.example/callback")).await;
        assert_eq!(code(moved), Some(("redirect_uri".to_owned(), Code::Blocked)));
        desk.register(&member, &with("Localhost", "http://127.0.0.1/cb"))
            .await
            .expect("a name that everyone may use is free");
    })
    .await;
}

async fn now(desk: &Desk<'_>, app: &Application) -> Application {
    applications::get_any(&mut desk.read().await, &app.id).await.unwrap()
}

fn with(name: &str, redirect_uri: &str) -> ApplicationDraft {
    let draft = application(name, Sandbox, Patient);
    ApplicationDraft {
        redirect_uri: RedirectUri::parse(redirect_uri).unwrap(),
        client_kind: ClientKind::Confidential,
        ..draft
    }
}

#[tokio::test]
async fn approving_a_blocked_app_does_not_unblock_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let app = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        applications::block(&mut ctx, &desk.registry, &admin, &app.id, &words("Leaks.")).await.unwrap();
        ctx.commit().await.unwrap();
        desk.decide(&admin, &subject(&app), approve()).await.unwrap();
        let now = now(&desk, &app).await;
        assert_eq!((now.standing, now.liveness().patient()), (Standing::Active, Err(Stopped::Blocked)));
    })
    .await;
}

#[tokio::test]
async fn errors_are_shown_first_where_an_administrator_says_so_and_while_it_is_blocked() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let program = app.registration.programs.first().unwrap().clone();
        let mut ctx = desk.write().await;
        let shown =
            async |ctx: &mut Ctx| clients::find(ctx, &program, &app.client_id).await.unwrap().unwrap().error_page;
        assert!(!shown(&mut ctx).await);
        applications::block(&mut ctx, &desk.registry, &admin, &app.id, &words("Leaks.")).await.unwrap();
        assert!(shown(&mut ctx).await);
        applications::unblock(&mut ctx, &desk.registry, &admin, &app.id, &words("Mended.")).await.unwrap();
        assert!(!shown(&mut ctx).await, "as it was before");
        applications::set_error_page(&mut ctx, &admin, &app.id, true).await.unwrap();
        assert!(shown(&mut ctx).await);
        let own = applications::set_error_page(&mut ctx, &member.account, &app.id, false).await;
        assert!(matches!(own, Err(Error::OwnOrganization)), "{own:?}");
        applications::block(&mut ctx, &desk.registry, &admin, &app.id, &words("Leaks.")).await.unwrap();
        applications::unblock(&mut ctx, &desk.registry, &admin, &app.id, &words("Mended.")).await.unwrap();
        assert!(shown(&mut ctx).await, "as it was before");
        applications::set_error_page(&mut ctx, &admin, &app.id, false).await.unwrap();
        assert!(!shown(&mut ctx).await);
        let lines = history::list(&mut ctx, &app.subject(), Part::ALL).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.action.as_str().starts_with("error_page")).count(), 2);
    })
    .await;
}
