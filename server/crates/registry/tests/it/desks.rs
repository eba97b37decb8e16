//! What a desk reaches: pages and lists find nothing else.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    application::AccessType::Patient,
    id::{AccountId, PayerId},
    partition::{Environment::Sandbox, ProgramId},
};
use registry::{
    applications,
    desks::{self, Reach},
    error::Error,
    organizations, reviews,
    search::Wanted,
    subject::Subject,
};
use store::{Part, sql, testing::on_each_database};

use crate::desk::{Desk, application, subject};

fn only(program: &str, payers: &[&str]) -> Reach {
    let payers: BTreeSet<PayerId> = payers.iter().map(|payer| PayerId::new(*payer)).collect();
    Reach::Of(BTreeMap::from([(ProgramId::new(program), payers)]))
}

#[tokio::test]
async fn what_belongs_to_another_program_is_not_found_from_a_desk() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let acme = desk.approved_vendor("acme").await;
        let other = desk.approved_vendor("borealis").await;
        let claims = desk.register(&acme, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let mut draft = application("Costs", Sandbox, Patient);
        draft.programs = BTreeSet::from([ProgramId::new("oph-ca")]);
        let costs = desk.register(&other, &draft).await.unwrap().application;
        desk.vendor("cedar").await;
        let program = claims.registration.programs.first().unwrap().clone();
        assert_ne!(program.as_str(), "oph-ca");

        let mut ctx = desk.read().await;
        for (reach, apps, names) in [
            (Reach::All, vec!["Claims", "Costs"], vec!["acme", "borealis", "cedar"]),
            (only(program.as_str(), &[]), vec!["Claims"], vec!["acme", "cedar"]),
            (only("oph-ca", &["none"]), vec!["Costs"], vec!["borealis", "cedar"]),
        ] {
            let found = applications::search(&mut ctx, &Wanted::default(), &reach, Part::ALL).await.unwrap();
            assert_eq!(found.iter().map(applications::Application::name).collect::<Vec<_>>(), apps, "{reach:?}");
            assert_eq!(applications::count(&mut ctx, &Wanted::default(), &reach).await.unwrap(), apps.len());
            let found = organizations::search(&mut ctx, &Wanted::default(), &reach, Part::ALL).await.unwrap();
            let found: Vec<String> = found.iter().map(|one| one.name().to_lowercase()).collect();
            assert!(found.len() == names.len() && found.iter().zip(&names).all(|(a, b)| a.contains(b)), "{found:?}");
            // An organization without apps could come to any program.
            for (subject, inside) in [
                (subject(&claims), apps.contains(&"Claims")),
                (subject(&costs), apps.contains(&"Costs")),
                (Subject::Organization(acme.organization.clone()), names.contains(&"acme")),
            ] {
                let required = desks::require(&mut ctx, &reach, &subject).await;
                assert_eq!(required.is_ok(), inside, "{reach:?} {subject:?}");
                assert!(inside || matches!(required, Err(Error::NotFound)));
            }
            let reviewed =
                reviews::of_subject(&mut ctx, &Subject::Organization(other.organization.clone())).await.unwrap();
            let wanted = Wanted::of(reviewed[0].id.as_str());
            let found = reviews::find_by_id(&mut ctx, &wanted, &reach).await.unwrap();
            assert_eq!(found.len(), usize::from(names.contains(&"borealis")), "{reach:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_desk_is_kept_as_it_was_given_and_an_empty_one_is_refused() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (ada, sara) = (desk.account("ada").await, desk.account("sara").await);
        let payers = Reach::Of(BTreeMap::from([
            (ProgramId::new("idaho"), BTreeSet::new()),
            (ProgramId::new("oph-ca"), BTreeSet::from([PayerId::new("one"), PayerId::new("two")])),
        ]));
        let mut ctx = desk.write().await;
        assert_eq!(desks::of(&mut ctx, &sara).await.unwrap(), Reach::All);
        for reach in [&payers, &only("idaho", &[]), &Reach::All] {
            desks::set(&mut ctx, &desk.registry, &ada, &sara, reach).await.unwrap();
            assert_eq!(&desks::of(&mut ctx, &sara).await.unwrap(), reach);
        }
        let nothing = desks::set(&mut ctx, &desk.registry, &ada, &sara, &Reach::Of(BTreeMap::new())).await;
        assert!(matches!(nothing, Err(Error::NotFound)), "{nothing:?}");
        assert_eq!(desks::of(&mut ctx, &AccountId::new("nobody")).await.unwrap(), Reach::All);
        let (logged,): (i64,) = sql("SELECT COUNT(*) FROM audit WHERE action = 'account.desk_set' AND subject_id = $1")
            .bind(&sara)
            .fetch_one(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(logged, 3);

        let (idaho, ca) = (ProgramId::new("idaho"), ProgramId::new("oph-ca"));
        assert!(payers.covers_payer(&idaho, &PayerId::new("any")) && payers.covers_payer(&ca, &PayerId::new("two")));
        assert!(!payers.covers_payer(&ca, &PayerId::new("three")) && !payers.covers(&ProgramId::new("utah")));
    })
    .await;
}
