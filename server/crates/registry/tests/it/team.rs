//! Teams: roles, invitations, several organizations per account, and the last owner.

use jiff::ToSpan;
use model::{
    account::PersonName,
    email::Email,
    history::Action,
    id::AccountId,
    stored::Stored as _,
    team::{Act, TeamRole},
};
use registry::{
    applications,
    error::Error,
    history, organizations,
    subject::Subject,
    team::{
        self, Member,
        change::{self, Grounds},
        invitations::{self, Guest},
    },
};
use store::{Ctx, Part, sql, testing::on_each_database};

use crate::desk::{Desk, organization, words};

/// The token in the letter that waits for this address.
async fn token(desk: &Desk<'_>, name: &str) -> String {
    let query = sql("SELECT text_body FROM outbox WHERE recipient = $1 AND event LIKE 'team-invitation:%'");
    let query = query.bind(format!("{name}@example.org"));
    let letters: Vec<(String,)> = query.fetch_all(&mut desk.read().await.tx).await.unwrap();
    assert_eq!(letters.len(), 1, "the letter of an older link is not sent");
    let (_, rest) = letters[0].0.split_once("token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn invite(desk: &Desk<'_>, by: &Member, name: &str, role: TeamRole) -> Result<(), Error> {
    let mut ctx = desk.write().await;
    let email = Email::stored(format!("{name}@example.org"));
    invitations::invite(&mut ctx, &desk.registry, by, &email, role).await?;
    Ok(ctx.commit().await?)
}

async fn accept(desk: &Desk<'_>, token: &str, name: &str, knowingly: bool) -> Result<(), Error> {
    let (account, person) = (AccountId::new(format!("account-{name}")), PersonName::stored(name.to_owned()));
    let email = Email::stored(format!("{name}@example.org"));
    let guest = Guest { account: &account, name: &person, email: &email, knowingly };
    let mut ctx = desk.write().await;
    invitations::accept(&mut ctx, &desk.registry, token, guest).await?;
    Ok(ctx.commit().await?)
}

/// A colleague of the owner with this role.
async fn colleague(desk: &Desk<'_>, owner: &Member, name: &str, role: TeamRole) -> Member {
    let account = desk.account(name).await;
    let mut ctx = desk.write().await;
    team::add(&mut ctx, &owner.organization, &account, role).await.unwrap();
    ctx.commit().await.unwrap();
    Member { account, organization: owner.organization.clone(), role }
}

async fn roles(ctx: &mut Ctx, member: &Member) -> Vec<(String, TeamRole)> {
    let team = team::list(ctx, &member.organization).await.unwrap();
    let mut roles: Vec<_> = team.into_iter().map(|one| (one.name, one.role)).collect();
    roles.sort();
    roles
}

async fn actions(ctx: &mut Ctx, member: &Member) -> Vec<Action> {
    let subject = Subject::Organization(member.organization.clone());
    let mut entries = history::list(ctx, &subject, Part::ALL).await.unwrap();
    entries.sort_by_key(|entry| entry.at);
    entries.into_iter().map(|entry| entry.action).filter(|action| *action != Action::Registered).collect()
}

#[tokio::test]
async fn an_invitation_is_accepted_once_by_the_address_that_it_was_sent_to() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        desk.account("dev").await;
        invite(&desk, &owner, "dev", TeamRole::Developer).await.unwrap();
        let token = token(&desk, "dev").await;
        accept(&desk, &token, "dev", false).await.unwrap();
        let again = accept(&desk, &token, "dev", false).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        let mut ctx = desk.write().await;
        let expected = [("acme".to_owned(), TeamRole::Owner), ("dev".to_owned(), TeamRole::Developer)];
        assert_eq!(roles(&mut ctx, &owner).await, expected);
        assert_eq!(actions(&mut ctx, &owner).await.len(), 2);
        drop(ctx);
        assert!(desk.mail_to("acme").await.contains(&"A new member is on the team of acme Inc.".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn another_address_accepts_only_knowingly() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        desk.account("private").await;
        invite(&desk, &owner, "work", TeamRole::Developer).await.unwrap();
        let token = token(&desk, "work").await;
        let unaware = accept(&desk, &token, "private", false).await;
        assert!(matches!(unaware, Err(Error::OtherAddress)), "{unaware:?}");
        accept(&desk, &token, "private", true).await.unwrap();
        let query = sql("SELECT text_body FROM outbox WHERE event LIKE 'team-joined:%'");
        let (letter,): (String,) = query.fetch_one(&mut desk.read().await.tx).await.unwrap();
        assert!(letter.contains("private@example.org") && letter.contains("work@example.org"), "{letter}");
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_after_seven_days_when_sent_again_and_when_withdrawn() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        desk.account("dev").await;
        invite(&desk, &owner, "dev", TeamRole::Developer).await.unwrap();
        let first = token(&desk, "dev").await;
        let mut ctx = desk.write().await;
        let id = invitations::list(&mut ctx, &owner.organization).await.unwrap().remove(0).id;
        invitations::send_again(&mut ctx, &desk.registry, &owner, &id).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(matches!(accept(&desk, &first, "dev", false).await, Err(Error::NotFound)), "replaced");
        let second = token(&desk, "dev").await;
        test.clock.advance((7 * 24).hours());
        assert!(matches!(accept(&desk, &second, "dev", false).await, Err(Error::NotFound)), "expired");
        let mut ctx = desk.write().await;
        invitations::send_again(&mut ctx, &desk.registry, &owner, &id).await.unwrap();
        ctx.commit().await.unwrap();
        let third = token(&desk, "dev").await;
        let mut ctx = desk.write().await;
        invitations::withdraw(&mut ctx, &owner, &id).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(matches!(accept(&desk, &third, "dev", false).await, Err(Error::NotFound)), "withdrawn");
        let mut ctx = desk.write().await;
        let expected =
            [Action::Invited, Action::InvitationSentAgain, Action::InvitationSentAgain, Action::InvitationWithdrawn];
        let mut found = actions(&mut ctx, &owner).await;
        found.sort();
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn invitations_cannot_fill_a_mailbox() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        invite(&desk, &owner, "dev", TeamRole::Developer).await.unwrap();
        let twice = invite(&desk, &owner, "dev", TeamRole::Owner).await;
        assert!(matches!(twice, Err(Error::Fields(_))), "{twice:?}");
        let own = invite(&desk, &owner, "acme", TeamRole::Developer).await;
        assert!(matches!(own, Err(Error::Fields(_))), "{own:?}");
        let mut ctx = desk.write().await;
        let id = invitations::list(&mut ctx, &owner.organization).await.unwrap().remove(0).id;
        for _ in 1..invitations::MOST_LETTERS {
            invitations::send_again(&mut ctx, &desk.registry, &owner, &id).await.unwrap();
        }
        let often = invitations::send_again(&mut ctx, &desk.registry, &owner, &id).await;
        assert!(matches!(often, Err(Error::TooMany)), "{often:?}");
        // Withdrawing and inviting again does not help either.
        invitations::withdraw(&mut ctx, &owner, &id).await.unwrap();
        let email = Email::stored("dev@example.org".to_owned());
        let mut sent = invitations::MOST_LETTERS;
        loop {
            match invitations::invite(&mut ctx, &desk.registry, &owner, &email, TeamRole::Developer).await {
                Ok(()) => sent += 1,
                Err(error) => break assert!(matches!(error, Error::TooMany), "{error:?}"),
            }
            let id = invitations::list(&mut ctx, &owner.organization).await.unwrap().remove(0).id;
            invitations::withdraw(&mut ctx, &owner, &id).await.unwrap();
        }
        assert_eq!(sent, invitations::MOST_A_DAY);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        let developer = colleague(&desk, &owner, "dev", TeamRole::Developer).await;
        let mut ctx = desk.write().await;
        let registry = &desk.registry;
        let left = change::leave(&mut ctx, registry, &owner).await;
        assert!(matches!(left, Err(Error::LastOwner)), "{left:?}");
        let demoted = change::set_role(&mut ctx, registry, &owner, &owner.account, TeamRole::Developer).await;
        assert!(matches!(demoted, Err(Error::LastOwner)), "{demoted:?}");
        let removed = change::remove(&mut ctx, registry, &owner, &owner.account).await;
        assert!(matches!(removed, Err(Error::NotFound)), "{removed:?}");
        change::hand_over(&mut ctx, registry, &owner, &developer.account).await.unwrap();
        let expected = [("acme".to_owned(), TeamRole::Developer), ("dev".to_owned(), TeamRole::Owner)];
        assert_eq!(roles(&mut ctx, &owner).await, expected);
        change::leave(&mut ctx, registry, &owner).await.unwrap();
        assert_eq!(roles(&mut ctx, &owner).await, expected[1..]);
        ctx.commit().await.unwrap();
        assert!(desk.mail_to("dev").await.contains(&"A member left the team of acme Inc.".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn of_two_owners_who_leave_or_remove_each_other_at_once_one_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        for (round, removes) in [false, true].into_iter().enumerate() {
            let one = desk.vendor(&format!("one{round}")).await;
            let two = colleague(&desk, &one, &format!("two{round}"), TeamRole::Owner).await;
            let act = |own: Member, other: AccountId| {
                let (store, registry) = (test.store.clone(), desk.registry.clone());
                tokio::spawn(async move {
                    let mut ctx = store.write().await?;
                    if removes {
                        change::remove(&mut ctx, &registry, &own, &other).await?;
                    } else {
                        change::leave(&mut ctx, &registry, &own).await?;
                    }
                    ctx.commit().await.map_err(Error::from)
                })
            };
            let (accounts, members) = ([two.account.clone(), one.account.clone()], [one.clone(), two]);
            let [first, second] = members;
            let [other, another] = accounts;
            let (first, second) = tokio::join!(act(first, other), act(second, another));
            let (first, second) = (first.unwrap(), second.unwrap());
            assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1, "{first:?} {second:?}");
            let mut ctx = desk.read().await;
            assert_eq!(roles(&mut ctx, &one).await.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_by_owners_and_works_at_once() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.approved_vendor("acme").await;
        let developer = colleague(&desk, &owner, "dev", TeamRole::Developer).await;
        let mut ctx = desk.write().await;
        let registry = &desk.registry;
        let refused = [
            change::set_role(&mut ctx, registry, &developer, &developer.account, TeamRole::Owner).await,
            change::hand_over(&mut ctx, registry, &developer, &owner.account).await,
            change::remove(&mut ctx, registry, &developer, &owner.account).await,
            // A stale page of someone who was an owner.
            change::remove(&mut ctx, registry, &Member { role: TeamRole::Owner, ..developer.clone() }, &owner.account)
                .await,
        ];
        assert!(refused.iter().all(|refused| matches!(refused, Err(Error::OwnersOnly))), "{refused:?}");
        change::set_role(&mut ctx, registry, &owner, &developer.account, TeamRole::Owner).await.unwrap();
        let now = team::of(&mut ctx, &developer.account, &owner.organization).await.unwrap().unwrap();
        assert!(now.require(Act::ManageTeam).is_ok());
        change::set_role(&mut ctx, registry, &now, &owner.account, TeamRole::Developer).await.unwrap();
        change::remove(&mut ctx, registry, &now, &owner.account).await.unwrap();
        assert_eq!(team::find(&mut ctx, &owner.account).await.unwrap(), None, "the access ended");
        let mut found = actions(&mut ctx, &owner).await;
        found.retain(|action| *action != Action::Approved);
        found.sort();
        assert_eq!(found, [Action::MemberRemoved, Action::MadeOwner, Action::MadeDeveloper]);
        ctx.commit().await.unwrap();
        let mail = desk.mail_to("acme").await;
        assert!(mail.contains(&"Your role at acme Inc. changed".to_owned()), "{mail:?}");
        assert!(mail.contains(&"You are no longer on the team of acme Inc.".to_owned()), "{mail:?}");
    })
    .await;
}

#[tokio::test]
async fn who_may_no_longer_invite_takes_their_invitations_along() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        let other = colleague(&desk, &owner, "other", TeamRole::Owner).await;
        invite(&desk, &other, "dev", TeamRole::Owner).await.unwrap();
        invite(&desk, &owner, "friend", TeamRole::Developer).await.unwrap();
        let mut ctx = desk.write().await;
        change::remove(&mut ctx, &desk.registry, &owner, &other.account).await.unwrap();
        let left = invitations::list(&mut ctx, &owner.organization).await.unwrap();
        assert_eq!(left.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(), ["friend@example.org"]);
    })
    .await;
}

#[tokio::test]
async fn an_account_acts_for_the_organization_it_chose_and_every_team_is_a_conflict_of_interest() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let first = desk.vendor("acme").await;
        let mut ctx = desk.write().await;
        let second =
            organizations::register(&mut ctx, &desk.registry, &first.account, &organization("more")).await.unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = desk.write().await;
        assert_eq!(team::get(&mut ctx, &first.account).await.unwrap().organization, second.id, "the newest");
        team::choose(&mut ctx, &first.account, &first.organization).await.unwrap();
        assert_eq!(team::get(&mut ctx, &first.account).await.unwrap().organization, first.organization);
        let foreign = team::choose(&mut ctx, &first.account, &model::id::OrganizationId::new("none")).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        ctx.commit().await.unwrap();
        for id in [&first.organization, &second.id] {
            let decided = desk.decide(&first.account, &Subject::Organization(id.clone()), crate::desk::approve()).await;
            assert!(matches!(decided, Err(Error::OwnOrganization)), "{decided:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_names_an_owner_of_another_organization_with_reason_and_evidence() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        let (admin, heir) = (desk.account("admin").await, desk.account("heir").await);
        let (reason, evidence) = (words("The owner left the company."), words("Letter of the board."));
        let grounds = Grounds { reason: &reason, evidence: &evidence };
        let name = async |by: &AccountId, account: &AccountId| {
            let mut ctx = desk.write().await;
            change::name_owner(&mut ctx, &desk.registry, by, &owner.organization, account, grounds).await?;
            ctx.commit().await.map_err(Error::from)
        };
        assert!(matches!(name(&owner.account, &heir).await, Err(Error::OwnOrganization)), "of their own");
        assert!(matches!(name(&admin, &admin).await, Err(Error::OwnOrganization)), "themselves");
        assert!(matches!(name(&admin, &owner.account).await, Err(Error::AlreadyOnTeam)));
        name(&admin, &heir).await.unwrap();
        let mut ctx = desk.read().await;
        assert_eq!(team::get(&mut ctx, &heir).await.unwrap().role, TeamRole::Owner);
        let query = sql("SELECT detail FROM audit WHERE action = 'organization.owner_named'");
        let (detail,): (String,) = query.fetch_one(&mut ctx.tx).await.unwrap();
        assert!(detail.contains("Letter of the board.") && detail.contains("account-heir"), "{detail}");
        drop(ctx);
        for reader in ["acme", "heir"] {
            let mail = desk.mail_to(reader).await;
            assert!(mail.contains(&"acme Inc. has a new owner".to_owned()), "{reader}: {mail:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn developers_run_apps_and_do_not_delete_them() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.approved_vendor("acme").await;
        let developer = colleague(&desk, &owner, "dev", TeamRole::Developer).await;
        let draft = crate::desk::application(
            "Care Costs",
            model::partition::Environment::Sandbox,
            model::application::AccessType::Patient,
        );
        let app = desk.register(&developer, &draft).await.unwrap().application;
        let mut ctx = desk.write().await;
        applications::deactivate(&mut ctx, &developer, &app.id).await.unwrap();
        let deleted = applications::delete(&mut ctx, &crate::desk::Nothing, &developer, &app.id).await;
        assert!(matches!(deleted, Err(Error::OwnersOnly)), "{deleted:?}");
        let unknown = Member { role: TeamRole::Unknown, ..developer };
        let refused = applications::reactivate(&mut ctx, &unknown, &app.id).await;
        assert!(matches!(refused, Err(Error::OwnersOnly)), "{refused:?}");
        assert!(team::of_app(&mut ctx, &owner.account, &app.id).await.unwrap().is_some());
    })
    .await;
}
