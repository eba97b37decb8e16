//! What a reviewer looks at closely before members see an app. It is shown, and never refused.

use model::{
    application_form::ApplicationDraft,
    id::{ApplicationId, OrganizationId},
    redirect_uri::RedirectUri,
};
use store::{Ctx, sql};
use unicode_security::MixedScript;

use super::{resemblance::texts_resemble, reserved::Reserved, tokens::Tokens};
use crate::{Registry, error::Result};

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The name has a word that members expect of their plan.
    Word(&'static str),
    /// The name nearly contains a reserved one.
    NearReserved(String),
    /// Letters of several scripts.
    MixedScripts,
    /// Another vendor's app has a name like it.
    SimilarName(Other),
    /// Another vendor's app has this similar custom scheme.
    SimilarScheme(Other, String),
    /// Another vendor's app uses this same host.
    SameHost(Other, String),
}

/// Another vendor's app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub application: ApplicationId,
    pub name: String,
    pub organization: String,
}

/// Words that members expect of their plan, of sign-in pages or of the government; English and Spanish.
const WORDS: [&str; 27] = [
    "official",
    "oficial",
    "login",
    "log in",
    "sign in",
    "signin",
    "support",
    "soporte",
    "help desk",
    "helpdesk",
    "customer service",
    "member services",
    "member portal",
    "portal",
    "account",
    "cuenta",
    "verify",
    "verification",
    "verified",
    "secure",
    "security",
    "admin",
    "administrator",
    "medicare",
    "medicaid",
    "government",
    "cms",
];

/// Everything about these names and this redirect URI.
pub async fn of_application(
    ctx: &mut Ctx,
    registry: &Registry,
    organization: &OrganizationId,
    draft: &ApplicationDraft,
) -> Result<Vec<Concern>> {
    let reserved = Reserved::of(&registry.programs);
    let mut concerns: Vec<Concern> = Vec::new();
    for name in [&draft.name, &draft.platform.name] {
        let name = name.as_str();
        concerns.extend(WORDS.iter().filter(|word| has(name, word)).map(|word| Concern::Word(word)));
    }
    for name in [&draft.name, &draft.platform.name, &draft.support.name] {
        let name = name.as_str();
        if let Some(near) = reserved.near(name) {
            concerns.push(Concern::NearReserved(near.to_owned()));
        }
        if !name.is_single_script() {
            concerns.push(Concern::MixedScripts);
        }
    }
    for other in others(ctx, organization).await? {
        concerns.extend(other.concern(draft));
    }
    let mut seen: Vec<Concern> = Vec::new();
    for concern in concerns {
        if !seen.contains(&concern) {
            seen.push(concern);
        }
    }
    Ok(seen)
}

/// Whether the name has the word, or the words one after the other.
fn has(name: &str, word: &str) -> bool {
    let word = Tokens::of(word).0;
    Tokens::readings(name).iter().any(|name| name.0.windows(word.len()).any(|window| window == word))
}

struct Registered {
    other: Other,
    redirect_uri: String,
}

impl Registered {
    fn concern(&self, draft: &ApplicationDraft) -> Vec<Concern> {
        let mut concerns = Vec::new();
        if texts_resemble(&self.other.name, draft.name.as_str()) {
            concerns.push(Concern::SimilarName(self.other.clone()));
        }
        // A row that today's rules refuse has nothing to compare.
        let Ok(uri) = RedirectUri::parse(&self.redirect_uri) else { return concerns };
        match (uri.custom_scheme(), draft.redirect_uri.custom_scheme()) {
            (Some(theirs), Some(ours)) if schemes_resemble(theirs, ours) => {
                concerns.push(Concern::SimilarScheme(self.other.clone(), theirs.to_owned()));
            }
            _ => {}
        }
        if let Some(host) = uri.host().filter(|host| draft.redirect_uri.host() == Some(host)) {
            concerns.push(Concern::SameHost(self.other.clone(), host.to_owned()));
        }
        concerns
    }
}

/// Under one domain, or a letter or two apart.
fn schemes_resemble(one: &str, other: &str) -> bool {
    let domain = |scheme: &str| scheme.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    domain(one) == domain(other) || texts_resemble(one, other)
}

/// The apps of other vendors that are not deleted.
async fn others(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Registered>> {
    let query = sql("SELECT a.id, a.name, o.name, a.redirect_uri FROM application a
         JOIN organization o ON o.id = a.organization_id
         WHERE a.organization_id <> $1 AND a.standing <> 'deleted' ORDER BY a.created_at, a.id");
    Ok(query.bind(organization).fetch_all(&mut ctx.tx).await?)
}

impl store::FromRow for Registered {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        let other = Other { application: row.get(0)?, name: row.get(1)?, organization: row.get(2)? };
        Ok(Self { other, redirect_uri: row.get(3)? })
    }
}
