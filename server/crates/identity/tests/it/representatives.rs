//! Who may act for a member, from when and until when.

use identity::{
    accounts,
    error::{Error, Result},
    housekeeping,
    members::{self, Basis},
    representatives::{
        self, Representative, State,
        change::{self, Proposal},
        feed::{self, Named},
    },
};
use jiff::{Timestamp, ToSpan};
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    partition::{Environment, Partition, ProgramId},
    representative::{Ending, Evidence},
    text::Paragraph,
};
use store::testing::on_each_database;

use crate::world::{World, account};

/// An administrator, a person who may act for Sam, and the accounts of others.
struct Case {
    world: World,
    admin: AccountId,
    ada: AccountId,
}

fn production() -> Partition {
    Partition::new(&ProgramId::new("idaho"), Environment::Production)
}

fn payer() -> PayerId {
    PayerId::new("idaho")
}

fn sam() -> PatientId {
    PatientId::new("sam")
}

impl Case {
    async fn new(test: &store::testing::TestStore) -> Self {
        let (world, ada) = World::with_ada(test).await;
        let admin = account("ann.administrator", "ann@example.org");
        let admin = accounts::create_verified(&world.identity, &admin).await.unwrap();
        Self { world, admin, ada }
    }

    async fn someone(&self, id: &str) -> AccountId {
        let new = account(id, &format!("{id}@example.org"));
        accounts::create_verified(&self.world.identity, &new).await.unwrap()
    }

    /// For a year from now.
    fn proposal(&self) -> Proposal {
        let now = self.world.identity.store.now();
        Proposal {
            account: self.ada.clone(),
            payer: payer(),
            patient: sam(),
            first_name: "Sam".to_owned(),
            evidence: Evidence::CourtOrder,
            note: None,
            starts_at: now,
            ends_at: now + 24.hours() * 365,
        }
    }

    async fn propose(&self, partition: &Partition, proposal: &Proposal) -> Result<RepresentativeId> {
        let mut ctx = self.world.write().await;
        let id = change::propose(&mut ctx, &self.admin, partition, proposal).await?;
        ctx.commit().await?;
        Ok(id)
    }

    async fn confirm(&self, by: &AccountId, partition: &Partition, id: &RepresentativeId) -> Result<Representative> {
        let mut ctx = self.world.write().await;
        let confirmed = change::confirm(&mut ctx, &self.world.identity.site, by, partition, id).await?;
        ctx.commit().await?;
        Ok(confirmed)
    }

    async fn grant(&self, partition: &Partition, proposal: &Proposal) -> RepresentativeId {
        let id = self.propose(partition, proposal).await.unwrap();
        self.confirm(&self.admin, partition, &id).await.unwrap();
        id
    }

    async fn end(&self, partition: &Partition, id: &RepresentativeId) -> Result<Representative> {
        let mut ctx = self.world.write().await;
        let ended =
            change::end(&mut ctx, &self.admin, partition, id, &"Moved away.".parse::<Paragraph>().unwrap()).await?;
        ctx.commit().await?;
        Ok(ended)
    }

    /// The provider names these, by their ids.
    async fn feed(&self, named: &[&str]) -> Vec<Representative> {
        let named: Vec<Named> =
            named.iter().map(|id| Named { patient: PatientId::new(*id), first_name: id.to_uppercase() }).collect();
        let mut ctx = self.world.write().await;
        let site = &self.world.identity.site;
        let ended = feed::replace(&mut ctx, site, &self.ada, &production(), &payer(), &named).await.unwrap();
        ctx.commit().await.unwrap();
        ended
    }

    async fn basis(&self, partition: &Partition) -> Option<Basis> {
        let people = members::people(&mut self.world.read().await, &self.ada, partition, &payer()).await.unwrap();
        people.basis(&sam())
    }

    async fn represented(&self) -> Vec<String> {
        let people = members::people(&mut self.world.read().await, &self.ada, &production(), &payer()).await.unwrap();
        let mut patients: Vec<String> = people.represented.into_iter().map(|one| one.patient.to_string()).collect();
        patients.sort();
        patients
    }
}

#[tokio::test]
async fn a_proposal_permits_nothing_until_its_administrator_confirms_it() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let other = case.someone("otto.administrator").await;
        let id = case.propose(&production(), &case.proposal()).await.unwrap();
        assert_eq!(case.basis(&production()).await, None);
        let seen = |by: AccountId| {
            let id = id.clone();
            let world = &case.world;
            async move { representatives::get(&mut world.read().await, &by, &production(), &id).await }
        };
        assert_eq!(seen(case.admin.clone()).await.unwrap().state(test.store.now()), State::Proposed);
        assert!(matches!(seen(other.clone()).await, Err(Error::NoSuchRepresentative)), "another administrator's");
        let refused = case.confirm(&other, &production(), &id).await;
        assert!(matches!(refused, Err(Error::NoSuchRepresentative)), "{refused:?}");
        assert!(matches!(case.end(&production(), &id).await, Err(Error::NoSuchRepresentative)));
        assert!(case.world.mails().await.is_empty());

        let confirmed = case.confirm(&case.admin, &production(), &id).await.unwrap();
        assert_eq!(confirmed.state(test.store.now()), State::InForce);
        assert!(matches!(case.basis(&production()).await, Some(Basis::Representative(Some(_)))));
        assert!(seen(other).await.is_ok(), "what is in force is for every administrator");
        assert!(
            matches!(case.confirm(&case.admin, &production(), &id).await, Err(Error::NoSuchRepresentative)),
            "once"
        );
    })
    .await;
}

#[tokio::test]
async fn a_proposal_left_alone_is_forgotten() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let id = case.propose(&production(), &case.proposal()).await.unwrap();
        test.clock.advance(30.minutes());
        let refused = case.confirm(&case.admin, &production(), &id).await;
        assert!(matches!(refused, Err(Error::NoSuchRepresentative)), "{refused:?}");
        let mut ctx = case.world.write().await;
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 1);
        ctx.commit().await.unwrap();
        assert_eq!(case.basis(&production()).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_account_acts_from_the_first_second_until_the_last() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let now: Timestamp = test.store.now();
        let proposal = Proposal { starts_at: now + 1.hour(), ends_at: now + 3.hours(), ..case.proposal() };
        case.grant(&production(), &proposal).await;
        let of_account = async || representatives::of_account(&mut case.world.read().await, &case.ada).await.unwrap();
        assert_eq!(case.basis(&production()).await, None, "not yet");
        assert_eq!(of_account().await[0].state(test.store.now()), State::Later);
        test.clock.advance(1.hour());
        assert_eq!(case.basis(&production()).await, Some(Basis::Representative(Some(now + 3.hours()))));
        test.clock.advance((2 * 3_600_000 - 1).milliseconds());
        assert!(case.basis(&production()).await.is_some());
        test.clock.advance(1.millisecond());
        assert_eq!(case.basis(&production()).await, None, "before any worker has seen it");
        assert!(of_account().await.is_empty());

        let mut ctx = case.world.write().await;
        let closed = change::close(&mut ctx).await.unwrap();
        assert!(change::close(&mut ctx).await.unwrap().is_empty(), "once");
        ctx.commit().await.unwrap();
        let ended = closed[0].ended.as_ref().unwrap();
        assert_eq!((closed.len(), ended.by, ended.at), (1, Ending::Time, now + 3.hours()));
    })
    .await;
}

#[tokio::test]
async fn an_end_counts_at_once_and_once() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let id = case.grant(&production(), &case.proposal()).await;
        let again = case.propose(&production(), &case.proposal()).await;
        assert!(matches!(again, Err(Error::ActsAlready)), "{again:?}");
        let ended = case.end(&production(), &id).await.unwrap();
        assert_eq!(ended.state(test.store.now()), State::Ended);
        let ended = ended.ended.unwrap();
        let expect = (Ending::Administrator, Some(case.admin.clone()), Some("Moved away.".to_owned()));
        assert_eq!((ended.by, ended.account, ended.reason), expect);
        assert_eq!(case.basis(&production()).await, None);
        assert!(matches!(case.end(&production(), &id).await, Err(Error::NoSuchRepresentative)));
        case.grant(&production(), &case.proposal()).await;
        assert!(case.basis(&production()).await.is_some(), "it may be said again");
    })
    .await;
}

#[tokio::test]
async fn of_two_proposals_about_the_same_two_one_is_confirmed() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let (first, second) = (
            case.propose(&production(), &case.proposal()).await.unwrap(),
            case.propose(&production(), &case.proposal()).await.unwrap(),
        );
        case.confirm(&case.admin, &production(), &second).await.unwrap();
        let refused = case.confirm(&case.admin, &production(), &first).await;
        assert!(matches!(refused, Err(Error::ActsAlready)), "{refused:?}");
        assert_eq!(case.represented().await, ["sam"]);
    })
    .await;
}

#[tokio::test]
async fn one_whose_last_day_is_over_makes_way_for_the_next() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let short = Proposal { ends_at: test.store.now() + 1.hour(), ..case.proposal() };
        case.grant(&production(), &short).await;
        test.clock.advance(1.hour());
        case.grant(&production(), &case.proposal()).await;
        assert!(case.basis(&production()).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn no_one_lets_their_own_account_act_and_no_member_needs_to() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let own = Proposal { account: case.admin.clone(), ..case.proposal() };
        assert!(matches!(case.propose(&production(), &own).await, Err(Error::OwnAccount)));
        let before = case.propose(&production(), &case.proposal()).await.unwrap();
        let mut ctx = case.world.write().await;
        members::link_production(&mut ctx, &case.world.identity.site, &case.ada, &production(), &payer(), &sam())
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        assert!(matches!(case.propose(&production(), &case.proposal()).await, Err(Error::OwnRecord)));
        let refused = case.confirm(&case.admin, &production(), &before).await;
        assert!(matches!(refused, Err(Error::OwnRecord)), "linked in between: {refused:?}");
    })
    .await;
}

#[tokio::test]
async fn another_partition_payer_or_account_knows_nothing_of_it() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let id = case.grant(&production(), &case.proposal()).await;
        let sandbox = Partition { environment: Environment::Sandbox, ..production() };
        let program = Partition { program: ProgramId::new("oph-ca"), ..production() };
        let eve = case.someone("eve.intruder").await;
        for partition in [&sandbox, &program] {
            assert_eq!(case.basis(partition).await, None, "{partition}");
            assert!(matches!(case.end(partition, &id).await, Err(Error::NoSuchRepresentative)), "{partition}");
            let mut ctx = case.world.read().await;
            assert!(representatives::get(&mut ctx, &case.admin, partition, &id).await.is_err(), "{partition}");
            assert_eq!(representatives::count(&mut ctx, partition).await.unwrap(), 0, "{partition}");
        }
        let mut ctx = case.world.read().await;
        let of = async |ctx: &mut store::Ctx, account: &AccountId, payer: &str| {
            members::people(ctx, account, &production(), &PayerId::new(payer)).await.unwrap().represented.len()
        };
        assert_eq!(of(&mut ctx, &case.ada, "another").await, 0);
        assert_eq!(of(&mut ctx, &eve, "idaho").await, 0);
        assert_eq!(of(&mut ctx, &case.ada, "idaho").await, 1);
        assert!(representatives::of_account(&mut ctx, &eve).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn both_sides_get_mail_that_names_no_plan() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let own = case.someone("sam.member").await;
        let mut ctx = case.world.write().await;
        let site = &case.world.identity.site;
        members::link_production(&mut ctx, site, &own, &production(), &payer(), &sam()).await.unwrap();
        ctx.commit().await.unwrap();
        let id = case.grant(&production(), &case.proposal()).await;
        let mails = case.world.mails().await;
        let mail = |to: &str| mails.iter().find(|mail| mail.to.as_str() == to).unwrap();
        assert_eq!(mails.len(), 2);
        assert!(mail("ada@example.org").text.contains("you may act for Sam"), "{}", mail("ada@example.org").text);
        assert!(mail("sam.member@example.org").text.contains("Ada Lovelace may act for you"));
        assert!(mails.iter().all(|mail| !mail.text.contains("idaho") && !mail.text.contains("Idaho")));

        let ended = case.end(&production(), &id).await.unwrap();
        let mut ctx = case.world.write().await;
        change::tell_of_the_end(&mut ctx, site, &ended).await.unwrap();
        ctx.commit().await.unwrap();
        let mails = case.world.mails().await;
        assert!(mails[2..].iter().any(|mail| mail.text.contains("You may no longer act for Sam")));
        assert!(mails[2..].iter().any(|mail| mail.text.contains("Ada Lovelace may no longer act for you")));
        assert!(mails.iter().all(|mail| !mail.text.contains("Moved away")), "the reason may be private");

        let sandbox = Partition { environment: Environment::Sandbox, ..production() };
        let mut ctx = case.world.write().await;
        members::link_sandbox(&mut ctx, &own, &sandbox, &payer(), &sam()).await.unwrap();
        ctx.commit().await.unwrap();
        case.grant(&sandbox, &case.proposal()).await;
        assert_eq!(case.world.mails().await.len(), 5, "anyone may be the same test member");
    })
    .await;
}

#[tokio::test]
async fn what_the_provider_says_replaces_what_it_said_before_and_nothing_else() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let id = case.grant(&production(), &case.proposal()).await;
        assert!(case.feed(&["sam", "kim"]).await.is_empty());
        assert!(case.feed(&["kim", "sam"]).await.is_empty(), "the same again changes nothing");
        assert_eq!(case.represented().await, ["kim", "sam"], "each member once");
        assert_eq!(case.basis(&production()).await, Some(Basis::Representative(None)), "the longer one counts");
        assert!(matches!(
            case.end(&production(), &RepresentativeId::new("feed")).await,
            Err(Error::NoSuchRepresentative)
        ));

        let ended = case.feed(&["lee"]).await;
        let mut gone: Vec<&str> = ended.iter().map(|one| one.patient.as_str()).collect();
        gone.sort_unstable();
        assert_eq!(gone, ["kim", "sam"]);
        assert!(ended.iter().all(|one| one.ended.as_ref().unwrap().by == Ending::Feed));
        assert_eq!(case.represented().await, ["lee", "sam"], "the administrator's word stays");
        case.end(&production(), &id).await.unwrap();
        assert_eq!(case.represented().await, ["lee"]);
        let own = representatives::of_account(&mut case.world.read().await, &case.ada).await.unwrap().remove(0);
        assert!(
            matches!(case.end(&production(), &own.id).await, Err(Error::NoSuchRepresentative)),
            "not theirs to end"
        );
        assert_eq!(case.feed(&[]).await.len(), 1);
        assert!(case.represented().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_own_link_that_goes_leaves_representations_and_the_reverse() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let site = &case.world.identity.site;
        let link = async |patient: Option<&str>| {
            let patient = patient.map(PatientId::new);
            let mut ctx = case.world.write().await;
            members::link_by_provider(&mut ctx, site, &case.ada, &production(), &payer(), patient.as_ref())
                .await
                .unwrap();
            ctx.commit().await.unwrap();
        };
        link(Some("ada")).await;
        let id = case.grant(&production(), &case.proposal()).await;
        link(None).await;
        assert_eq!(case.represented().await, ["sam"]);
        link(Some("ada")).await;
        case.end(&production(), &id).await.unwrap();
        let people = members::people(&mut case.world.read().await, &case.ada, &production(), &payer()).await.unwrap();
        assert_eq!(people.own, Some(PatientId::new("ada")));
        assert!(people.represented.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_member_who_leaves_is_represented_by_no_one() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        case.grant(&production(), &case.proposal()).await;
        case.feed(&["sam", "kim"]).await;
        let mut ctx = case.world.write().await;
        let left = change::member_left(&mut ctx, &production(), &sam()).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(left.len(), 2);
        assert!(left.iter().all(|one| one.ended.as_ref().unwrap().by == Ending::MemberLeft));
        assert_eq!(case.represented().await, ["kim"]);
    })
    .await;
}

#[tokio::test]
async fn naming_members_is_slow_after_some_tries() {
    on_each_database(async |test| {
        let case = Case::new(test).await;
        let attempt = async || {
            let mut ctx = case.world.write().await;
            change::admit_attempt(&mut ctx, &case.admin).await?;
            Ok::<(), Error>(ctx.commit().await?)
        };
        for _ in 0..21 {
            attempt().await.unwrap();
        }
        assert!(matches!(attempt().await, Err(Error::TooManyAttempts { .. })));
        test.clock.advance(10.minutes());
        attempt().await.unwrap();
    })
    .await;
}
