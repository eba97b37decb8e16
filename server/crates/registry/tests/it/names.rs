//! Whom a name makes members think of: the plan, another vendor, another organization.

use model::{
    application::{AccessType::*, ClientKind},
    application_form::ApplicationDraft,
    form::Code,
    id::OrganizationId,
    organization_form::{OrganizationDraft, OrganizationForm},
    partition::{
        Environment,
        Environment::{Production, Sandbox},
    },
    redirect_uri::RedirectUri,
    text::{Name, Paragraph},
};
use registry::{
    applications,
    error::Error,
    names::concerns::{Concern, of_application},
    organizations,
    reviews::Decision,
    subject::Subject,
    team,
};
use store::testing::{both, on_each_database, racing_on_each_database};

use crate::desk::{Desk, Nothing, application, approve, deny, organization, subject};

fn code(result: Result<impl Sized, Error>) -> Option<(String, Code)> {
    match result {
        Err(Error::Fields(errors)) => Some((errors[0].field.to_string(), errors[0].code)),
        _ => None,
    }
}

#[tokio::test]
async fn a_name_that_members_take_for_the_plans_is_refused_everywhere() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let reserved = |field: &str| Some((field.to_owned(), Code::Reserved));
        let fine = desk.register(&member, &application("Fine", Sandbox, Patient)).await.unwrap().application;
        for name in
            ["Optum Idaho", "My 0ptum", "IBEW Local 18", "Ventura County Health Care Plan", "FLEX", "Healthcare ID"]
        {
            for environment in Environment::ALL {
                let draft = application(name, environment, Patient);
                assert_eq!(code(desk.register(&member, &draft).await), reserved("name"), "{name}");
                let platform =
                    model::application_form::PlatformEntry { name: draft.name.clone(), ..draft.platform.clone() };
                let draft = ApplicationDraft { name: Name::parse("Claims").unwrap(), platform, ..draft };
                assert_eq!(code(desk.register(&member, &draft).await), reserved("platform_name"), "{name}");
            }
            assert_eq!(code(desk.edit(&member, &fine, &application(name, Sandbox, Patient)).await), reserved("name"));
            let account = desk.account(&name.to_lowercase().replace(' ', "-")).await;
            let draft = named(name, "77-1234321");
            let mut ctx = desk.write().await;
            let refused = organizations::register(&mut ctx, &desk.registry, &account, &draft).await;
            assert_eq!(code(refused), reserved("name"), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_could_mislead_is_shown_to_the_reviewer() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        desk.register(&acme, &native("Health Sync", "com.acme.sync:/cb")).await.unwrap();
        let mut official = application("Official Login Support", Production, Patient);
        let concerns = async |draft: &ApplicationDraft| {
            of_application(&mut desk.read().await, &desk.registry, &eve.organization, draft).await.unwrap()
        };
        for word in ["official", "login", "support"] {
            assert!(concerns(&official).await.contains(&Concern::Word(word)), "{word}");
        }
        desk.register(&eve, &official).await.expect("words alone are not refused");
        official.name = Name::parse("Opptum Claims").unwrap();
        assert!(concerns(&official).await.contains(&Concern::NearReserved("Optum".to_owned())));
        official.name = Name::parse("Heаlth Care").unwrap();
        assert!(concerns(&official).await.contains(&Concern::MixedScripts));
        let near = concerns(&native("Health Synk", "com.acme.other:/cb")).await;
        assert!(near.iter().any(|concern| matches!(concern, Concern::SimilarName(_))), "{near:?}");
        let scheme =
            |concern: &Concern| matches!(concern, Concern::SimilarScheme(_, scheme) if scheme == "com.acme.sync");
        assert!(near.iter().any(scheme), "{near:?}");
        for uri in ["com.acrne.sync:/cb", "com.acme.sync2:/cb", "com.acnne.sync:/cb"] {
            assert!(concerns(&native("Other", uri)).await.iter().any(scheme), "{uri}");
        }
        official.redirect_uri = RedirectUri::parse("https://other.example/cb").unwrap();
        official.name = Name::parse("Care Costs").unwrap();
        assert_eq!(concerns(&official).await.iter().filter(|concern| !matches!(concern, Concern::Word(_))).count(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_custom_scheme_belongs_to_one_vendor() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let taken = Some(("redirect_uri".to_owned(), Code::SchemeTaken));
        let app = desk.register(&acme, &native("Sync", "com.acme.sync:/cb")).await.unwrap().application;
        desk.register(&acme, &native("Sync Two", "com.acme.sync://two")).await.expect("its own, for another platform");
        for uri in ["com.acme.sync:/cb", "com.acme.sync://other", "com.acme.sync:/cb?x=1"] {
            assert_eq!(code(desk.register(&eve, &native("Other", uri)).await), taken, "{uri}");
        }
        let own = desk.register(&eve, &native("Other", "com.eve.other:/cb")).await.unwrap().application;
        assert_eq!(code(desk.edit(&eve, &own, &native("Other", "com.acme.sync:/cb")).await), taken);

        let moved = desk.edit(&acme, &app, &native("Sync", "com.acme.new:/cb")).await.unwrap();
        assert_eq!(code(desk.register(&eve, &native("Other", "com.acme.sync:/cb")).await), taken, "another app has it");
        let mut ctx = desk.write().await;
        applications::delete(&mut ctx, &Nothing, &acme, &moved.id).await.unwrap();
        ctx.commit().await.unwrap();
        desk.register(&eve, &native("Other Two", "com.acme.new:/cb")).await.expect("given back with the last app");
    })
    .await;
}

#[tokio::test]
async fn of_two_vendors_at_once_one_gets_the_scheme() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let (one, other) = (native("Sync", "com.acme.sync:/cb"), native("Other", "com.acme.sync:/cb"));
        let (one, other) = both(desk.register(&acme, &one), desk.register(&eve, &other)).await;
        assert_ne!(one.is_ok(), other.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_organization_that_resembles_another_is_not_approved_without_a_reason() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        desk.vendor("brightharbor").await;
        let reviewer = desk.account("rita").await;
        for (index, (name, number)) in [
            ("Bright Harbor, LLC", "61-0000001"),
            ("Brigth Harbor", "62-1111111"),
            ("Harbor Bright", "63-2222222"),
            ("Something Else", &crate::desk::tin("brightharbor")),
            ("Quite Different", &transposed(&crate::desk::tin("brightharbor"))),
        ]
        .into_iter()
        .enumerate()
        {
            let id = register(&desk, &format!("owner-{index}"), &named(name, number)).await;
            let subject = Subject::Organization(id.clone());
            let mut ctx = desk.read().await;
            let own = organizations::get(&mut ctx, &id).await.unwrap();
            let alike = organizations::alike(&mut ctx, &own.id, &own.registration.demographics).await.unwrap();
            assert!(alike.iter().any(|other| other.name == "brightharbor Inc."), "{name}: {alike:?}");
            drop(ctx);
            let error = desk.decide(&reviewer, &subject, approve()).await.unwrap_err();
            assert!(matches!(error, Error::ReasonNeeded), "{name}: {error:?}");
            let reason =
                Decision::Approve { comment: Some(Paragraph::parse("Another company; the IRS says so.").unwrap()) };
            desk.decide(&reviewer, &subject, reason).await.unwrap();
        }
        let unlike = register(&desk, "owner-unlike", &organization("lindqvist")).await;
        desk.decide(&reviewer, &Subject::Organization(unlike), approve()).await.expect("it resembles none");
        let denied = register(&desk, "owner-denied", &named("Bright Harbor", "64-4444444")).await;
        desk.decide(&reviewer, &Subject::Organization(denied), deny()).await.expect("a denial has its criterion");
    })
    .await;
}

#[tokio::test]
async fn what_was_registered_before_the_rule_is_not_approved_against_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let app = desk.register(&acme, &application("Claims", Production, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        store::sql("UPDATE application SET name = 'Optum Claims'").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let refused = desk.decide(&reviewer, &subject(&app), approve()).await;
        assert_eq!(code(refused), Some(("name".to_owned(), Code::Reserved)));
        desk.decide(&reviewer, &subject(&app), deny()).await.unwrap();
    })
    .await;
}

async fn register(desk: &Desk<'_>, owner: &str, draft: &OrganizationDraft) -> OrganizationId {
    let account = desk.account(owner).await;
    let mut ctx = desk.write().await;
    organizations::register(&mut ctx, &desk.registry, &account, draft).await.unwrap();
    let member = team::get(&mut ctx, &account).await.unwrap();
    ctx.commit().await.unwrap();
    member.organization
}

fn named(name: &str, tin: &str) -> OrganizationDraft {
    let mut form = OrganizationForm::example();
    name.clone_into(&mut form.demographics.name);
    tin.clone_into(&mut form.demographics.tin);
    form.parse().unwrap()
}

/// Two neighbouring digits change places.
fn transposed(tin: &str) -> String {
    let mut digits: Vec<char> = tin.chars().collect();
    let at = (3..digits.len() - 1).find(|&at| digits[at] != digits[at + 1]).unwrap();
    digits.swap(at, at + 1);
    digits.into_iter().collect()
}

fn native(name: &str, redirect_uri: &str) -> ApplicationDraft {
    let draft = application(name, Sandbox, Patient);
    ApplicationDraft {
        redirect_uri: RedirectUri::parse(redirect_uri).unwrap(),
        client_kind: ClientKind::Public,
        ..draft
    }
}
