//! One published interoperability offering, as its file `programs/{id}.toml` describes it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, tz::TimeZone};
use model::{
    id::PayerId,
    partition::{Environment, ProgramId},
};
use serde::Deserialize;

use crate::{
    own::OwnBases,
    resource::{Group, Resource, Search},
    scope::Scope,
    sensitive::Sensitive,
    support::{DataFeed, Support},
    surface::Base,
    text::{Change, Documentation, Guidance, Quality, Registration, ReleaseNote, Sandbox, Section},
};

/// Everything a program says of itself. Immutable once loaded; shared as `Arc<Program>`.
#[derive(Debug)]
pub struct Program {
    /// The file's name without its ending: `oph-ca`.
    pub id: ProgramId,
    /// `Optum Physical Health CA`
    pub name: String,
    /// The heading of its documentation: `Optum Physical Health CA Interoperability APIs`.
    pub title: String,
    /// How it is named inside URLs: `oph/ca`.
    pub path: String,
    /// One line under the title.
    pub tagline: String,
    /// Whose data this is, as in "enable *California* members".
    pub region: String,
    /// In which its members and vendors read times, by its IANA name: `America/Los_Angeles`; where the file has none, that of
    /// its support hours.
    pub time_zone: String,
    /// Its version of the authorization interface: `2.0`.
    pub api_version: String,
    /// The FHIR version that its API speaks: `4.0.1`.
    pub fhir_version: String,
    /// What the offering does, a sentence a point.
    pub features: Vec<String>,
    /// Who reads the launch URLs.
    pub documentation: Documentation,
    /// Who reads how well its endpoints worked.
    pub quality: Quality,
    /// Prose of the documentation site, in the order of the site.
    pub sections: Vec<Section>,
    pub environments: Vec<EnvironmentInfo>,
    pub payers: Vec<Payer>,
    pub bases: Vec<Base>,
    /// What these are in this deployment; see [`Programs::at`](crate::Programs::at).
    pub(crate) own_bases: BTreeMap<Environment, OwnBases>,
    /// In the order printed: patient, public, context.
    pub scopes: Vec<Scope>,
    /// What apps see only if the member allows it separately.
    pub sensitive: Vec<Sensitive>,
    pub lifetimes: Lifetimes,
    pub refresh_rotation: RefreshRotation,
    pub unknown_scopes: UnknownScopes,
    /// Whether an app that never asked for `offline_access` gets a refresh token all the same (oauth.md D11); by default yes.
    pub refresh_without_offline_access: bool,
    /// Whether two reviewers have to approve an app that reads members' data in production; by default one is enough.
    pub two_person_review: bool,
    pub native_apps: NativeApps,
    pub paging: Paging,
    pub guides: Vec<Guide>,
    /// Where to check a resource against its profile.
    pub validator: String,
    /// Headings that gather resources on the documentation site.
    pub groups: Vec<Group>,
    pub resources: Vec<Resource>,
    /// Types of which one search may return several kinds of resource.
    pub multiple_resource_search: Vec<String>,
    pub support: Support,
    pub data_feeds: Vec<DataFeed>,
    pub sandbox: Sandbox,
    pub registration: Registration,
    pub guidelines: Vec<Guidance>,
    pub terms: Vec<Guidance>,
    /// Numbered from 1, as footnotes refer to them.
    pub disclaimers: Vec<String>,
    /// Newest first.
    pub release_notes: Vec<ReleaseNote>,
    /// Newest first.
    pub changes: Vec<Change>,
    /// `©2021 Optum, Inc., All rights reserved.`
    pub copyright: String,
}

impl Program {
    /// The resource of this FHIR type (`Organization`, case as FHIR has it), if the program offers it.
    pub fn resource(&self, kind: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.kind == kind)
    }

    /// The resource that scopes ending in `/{word}.read` open: of this type, or with a variant selected by it (`Network`).
    pub fn guarded_by(&self, word: &str) -> Option<&Resource> {
        let selected = |resource: &&Resource| resource.selection(word).is_some();
        self.resource(word).or_else(|| self.resources.iter().find(selected))
    }

    /// The scope of exactly this name; scopes are case-sensitive (RFC 6749 §3.3).
    pub fn scope(&self, name: &str) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.name == name)
    }

    /// The zone of `time_zone`, checked when the file was loaded; UTC if the zone database changed under us.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub fn payer(&self, id: &PayerId) -> Option<&Payer> {
        self.payers.iter().find(|payer| payer.id == *id)
    }

    /// Whether any surface of the program serves this environment.
    pub fn serves(&self, environment: Environment) -> bool {
        self.bases.iter().any(|base| base.environments.contains(&environment))
    }

    /// What a search by `name` on `kind` means: a listed parameter or chain, or a chain two deep
    /// (`service.location.address-city`) whose two halves are each listed. `None` if it is not offered.
    pub fn search(&self, kind: &str, name: &str) -> Option<Search> {
        let resource = self.resource(kind)?;
        if let Some(parameter) = resource.parameter(name) {
            return Some(parameter.search.clone());
        }
        let (first, rest) = name.split_once('.')?;
        let link = resource.link(first)?;
        let rest = self.resource(&link.to)?.parameter(rest)?;
        (rest.search.links.len() == 1).then(|| rest.search.after(link.clone()))
    }
}

/// What an environment is called in this program's URLs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentInfo {
    pub environment: Environment,
    /// The word for `[environment]` in the printed URLs, where the program has one.
    pub id: Option<String>,
    pub description: String,
}

/// A plan within a program, with its own launch URL `{authz}/{id}/oauth/authorize`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    pub id: PayerId,
    pub name: String,
    /// Where its members may sign in in place of Healthcare ID.
    pub identity_provider: Option<IdentityProvider>,
    /// How a member with a Healthcare ID proves who they are, where the payer has no provider: `{ production = "code" }`.
    /// Not given for production, it is by `code` where one can be sent to the member, else by `card`; not given for the
    /// sandbox, a test member is chosen.
    #[serde(default)]
    pub card_proof: BTreeMap<Environment, CardProof>,
}

/// What a member has to show besides a Healthcare ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardProof {
    /// What is on the card, and a code that is sent to where the payer's data says that they are reached.
    Code,
    /// What is on the card.
    Card,
    /// A card is never enough: no one is linked this way.
    Never,
}

impl Payer {
    /// Whether its members sign in at a provider of its own: the program file says so, and the deployment knows one.
    pub fn has_provider(&self, environment: Environment) -> bool {
        self.identity_provider.as_ref().is_some_and(|provider| provider.configured.contains(&environment))
    }

    /// Whether its members cannot sign in: according to the program file they do so at a provider of its own, and the
    /// deployment does not know it. A card is not as good, so it is not taken instead. In the sandbox there is nothing to protect.
    pub fn lacks_provider(&self, environment: Environment) -> bool {
        environment == Environment::Production && self.declares_provider(environment) && !self.has_provider(environment)
    }

    /// Whether its members sign in at a provider of its own, according to the program file.
    fn declares_provider(&self, environment: Environment) -> bool {
        self.identity_provider.as_ref().is_some_and(|known| known.environments.contains(&environment))
    }

    /// Whether a member may be asked for a code here, besides the card.
    pub fn asks_for_code(&self, environment: Environment) -> bool {
        let asks = match self.card_proof.get(&environment) {
            Some(proof) => *proof == CardProof::Code,
            None => environment == Environment::Production,
        };
        asks && !self.declares_provider(environment)
    }
}

/// A payer's OpenID provider, as far as it is published knowledge; issuer and credentials are the deployment's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProvider {
    /// Where the payer's members may sign in there.
    pub environments: Vec<Environment>,
    /// How its users become members.
    pub member_id: MemberIdClaim,
    /// The claim that lists the numbers, of the same system, of the members for whom the person may act.
    pub acts_for: Option<String>,
    /// What is asked for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The environments for which the deployment knows a provider; until then Healthcare ID serves. See
    /// [`Programs::configure_provider`](crate::Programs::configure_provider).
    #[serde(skip)]
    pub(crate) configured: BTreeSet<Environment>,
}

/// The claim that names the member, and which of a Patient's identifiers it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberIdClaim {
    pub claim: String,
    /// `Identifier.system`
    pub system: String,
}

/// How long things live. In the file: `"300s"`, `"60s"`; days where the unit is in the key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifetimes {
    pub authorization_code: SignedDuration,
    /// From the authorization request to the member's answer.
    pub authorization_request: SignedDuration,
    /// From a pushed request to the browser that brings its reference (RFC 9126 §2.2).
    pub pushed_request: SignedDuration,
    pub access_token: SignedDuration,
    pub id_token: SignedDuration,
    /// How long a rotated refresh token is still taken (a reply lost on the way); used with `refresh_rotation` only.
    pub rotation_grace: SignedDuration,
    /// A consent lasts so many days unless the member chooses otherwise; its refresh token lives as long.
    pub grant_days: u16,
    /// What the member may choose from, `grant_days` among them, ascending.
    pub grant_days_choices: Vec<u16>,
}

impl Lifetimes {
    /// The default lifetime of a consent; a day is 24 hours.
    pub fn grant(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.grant_days))
    }
}

/// Whether a refresh answers with a new refresh token (RFC 9700 §4.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RefreshRotation {
    Never,
    /// For public clients.
    Public,
    Always,
}

/// What becomes of scopes that the program does not offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownScopes {
    /// `invalid_scope`, as the published documents have it.
    Refuse,
    /// Left out, where others are left, and `scope` says what was granted (RFC 6749 §3.3): for kits that cannot be
    /// configured.
    Ignore,
}

/// What native apps have to know.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NativeApps {
    /// The example of a custom scheme as the program's document prints it, which is not a URI by itself.
    pub printed_example: String,
    /// The same app's redirect URI in the reverse-domain form that registration accepts (RFC 8252 §7.1).
    pub redirect_uri: String,
    pub code_challenge_methods: Vec<String>,
}

/// Sizes of a page of search results, in matches.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    pub default: u32,
    pub most: u32,
}

/// An implementation guide that the program follows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// `CARIN Implementation Guide for Blue Button`
    pub source: String,
    pub version: String,
    /// As printed: `4.01`.
    pub fhir_version: String,
    pub history: String,
    /// The package that defines it, where one of this version is published: `hl7.fhir.us.carin-bb`.
    pub package: String,
    /// For `CapabilityStatement.instantiates`.
    pub capability_statement: Option<String>,
}
