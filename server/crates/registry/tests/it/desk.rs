//! People and forms that the tests start from.

use std::{
    env, fs,
    sync::{Arc, OnceLock},
};

use mail::site::Site;
use model::{
    application::AccessType,
    application_form::{ApplicationDraft, ApplicationForm},
    id::{AccountId, ApplicationId, ClientId, ReviewId, SecretId},
    organization_form::{OrganizationDraft, OrganizationForm},
    partition::{Environment, ProgramId},
    text::Paragraph,
};
use programs::Programs;
use registry::{
    Registry, applications,
    applications::{Application, Ending, Registered},
    credentials::Secrets,
    criteria::Criterion,
    error::Error,
    organizations,
    reviews::{self, Decision, Review},
    subject::Subject,
    team::{self, Member},
};
use store::{Ctx, sql, testing::TestStore};

/// One test's registry.
pub struct Desk<'t> {
    pub test: &'t TestStore,
    pub registry: Registry,
}

impl<'t> Desk<'t> {
    pub fn new(test: &'t TestStore) -> Self {
        static PROGRAMS: OnceLock<Arc<Programs>> = OnceLock::new();
        let programs = PROGRAMS.get_or_init(|| Arc::new(Programs::embedded().unwrap())).clone();
        Self {
            test,
            registry: Registry { programs, site: Site::new("https://flex.example.org"), terms: "Be truthful.".into() },
        }
    }

    /// Which secret of the client this is.
    pub async fn secret(&self, client: &ClientId, secret: &str) -> Option<SecretId> {
        Secrets::new(&self.test.store).verify(client, secret).await.unwrap()
    }

    pub async fn write(&self) -> Ctx {
        self.test.store.write().await.unwrap()
    }

    pub async fn read(&self) -> Ctx {
        self.test.store.read().await.unwrap()
    }

    /// A Healthcare ID with the email address `{name}@example.org`.
    pub async fn account(&self, name: &str) -> AccountId {
        let id = AccountId::new(format!("account-{name}"));
        let email = format!("{name}@example.org");
        let mut ctx = self.write().await;
        sql("INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, created_at)
             VALUES ($1, $2, $2, $3, $3, $4, '', $4)")
        .bind(&id)
        .bind(name)
        .bind(&email)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        ctx.commit().await.unwrap();
        id
    }

    /// An account with an organization under review.
    pub async fn vendor(&self, name: &str) -> Member {
        let account = self.account(name).await;
        let mut ctx = self.write().await;
        organizations::register(&mut ctx, &self.registry, &account, &organization(name)).await.unwrap();
        let member = team::get(&mut ctx, &account).await.unwrap();
        ctx.commit().await.unwrap();
        member
    }

    /// An account with an approved organization; approved by an account `reviewer-{name}`.
    pub async fn approved_vendor(&self, name: &str) -> Member {
        let member = self.vendor(name).await;
        let reviewer = self.account(&format!("reviewer-{name}")).await;
        self.decide(&reviewer, &Subject::Organization(member.organization.clone()), approve()).await.unwrap();
        member
    }

    /// The newest review of the subject.
    pub async fn review(&self, subject: &Subject) -> Review {
        reviews::of_subject(&mut self.read().await, subject).await.unwrap().remove(0)
    }

    /// Decides on what the queue shows now.
    pub async fn decide(&self, reviewer: &AccountId, subject: &Subject, decision: Decision) -> Result<Review, Error> {
        let review = self.review(subject).await;
        self.decide_on(reviewer, &review.id, review.version, decision).await
    }

    pub async fn decide_on(
        &self,
        reviewer: &AccountId,
        id: &ReviewId,
        version: i64,
        decision: Decision,
    ) -> Result<Review, Error> {
        let mut ctx = self.write().await;
        let review = reviews::decide(&mut ctx, &self.registry, reviewer, id, version, &decision).await?;
        ctx.commit().await?;
        Ok(review)
    }

    pub async fn register(&self, member: &Member, draft: &ApplicationDraft) -> Result<Registered, Error> {
        let mut ctx = self.write().await;
        let registered = applications::register(&mut ctx, &self.registry, member, draft).await?;
        ctx.commit().await?;
        Ok(registered)
    }

    pub async fn edit(
        &self,
        member: &Member,
        before: &Application,
        draft: &ApplicationDraft,
    ) -> Result<Application, Error> {
        let mut ctx = self.write().await;
        let application =
            applications::edit(&mut ctx, &self.registry, member, &before.id, before.version, draft).await?;
        ctx.commit().await?;
        Ok(application)
    }

    /// The subjects of mail to the address, in the order of their making.
    pub async fn mail_to(&self, name: &str) -> Vec<String> {
        let query = sql("SELECT subject FROM outbox WHERE recipient = $1 ORDER BY created_at, id");
        let rows: Vec<(String,)> =
            query.bind(format!("{name}@example.org")).fetch_all(&mut self.read().await.tx).await.unwrap();
        rows.into_iter().map(|(subject,)| subject).collect()
    }
}

pub fn approve() -> Decision {
    Decision::Approve { comment: None }
}

pub fn deny() -> Decision {
    let [code, name, sentence] = [
        "privacy_policy",
        "Privacy policy missing or contradicting",
        "We cannot reach the privacy policy, or it does not say what was attested.",
    ]
    .map(str::to_owned);
    Decision::Deny { criterion: Criterion { code, name, sentence }, comment: words("The policy names no recipients.") }
}

pub fn ask() -> Decision {
    Decision::AskInformation { comment: words("Who is your parent company?") }
}

pub fn words(text: &str) -> Paragraph {
    Paragraph::parse(text).unwrap()
}

pub fn subject(application: &Application) -> Subject {
    Subject::Application(application.organization.clone(), application.id.clone())
}

pub fn organization(name: &str) -> OrganizationDraft {
    let mut form = OrganizationForm::example();
    form.demographics.name = format!("{name} Inc.");
    form.demographics.tin = tin(name);
    form.attestation.disclosure = "no".to_owned();
    form.parse().unwrap()
}

/// A number of the organization's own, unlike any other's.
pub fn tin(name: &str) -> String {
    let number = name.bytes().fold(17_u64, |number, byte| (number * 1_000_003 + u64::from(byte)) % 899_999_981);
    let digits = (100_000_000 + number).to_string();
    format!("{}-{}", &digits[..2], &digits[2..])
}

/// Deletes with an app what members allowed: here nothing.
pub struct Nothing;

impl Ending for Nothing {
    async fn ended(&self, _: &mut Ctx, _: &ApplicationId) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }
}

/// A confidential web app of the Idaho program.
pub fn application(name: &str, environment: Environment, access: AccessType) -> ApplicationDraft {
    let mut form = ApplicationForm::example(name, "idaho");
    let words = [("public", access.includes_public()), ("patient", access.includes_patient())];
    form.details.access =
        words.into_iter().filter(|(_, is_asked)| *is_asked).map(|(word, _)| word.to_owned()).collect();
    environment.as_str().clone_into(&mut form.details.environment);
    form.registration.platform_id_known = "yes".to_owned();
    form.registration.platform_id = "example.acme".to_owned();
    form.parse(&[ProgramId::new("idaho"), ProgramId::new("oph-ca")]).unwrap()
}

/// The built-in programs with their files changed: `change` gets the name and the text of each.
pub fn programs(change: impl Fn(&str, String) -> String) -> Arc<Programs> {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../programs");
    let place = format!("flex-registry-{}-{:?}", std::process::id(), std::thread::current().id());
    let folder = env::temp_dir().join(place);
    fs::create_dir_all(&folder).unwrap();
    for name in ["oph-ca.toml", "idaho.toml"] {
        let text = fs::read_to_string(format!("{source}/{name}")).unwrap();
        fs::write(folder.join(name), change(name, text)).unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap_or_else(|errors| panic!("{errors}"));
    fs::remove_dir_all(&folder).unwrap();
    Arc::new(programs)
}
