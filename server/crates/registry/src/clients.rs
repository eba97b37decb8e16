//! Applications as the authorization server sees them: found by client id, live or not.
//!
//! A statement of its own that has to know whether an app may work (the check of a bearer token) joins
//! `application a ON a.client_id = …` and `organization o ON o.id = a.organization_id`, reads `a.access, a.approval,
//! a.standing, a.blocked_at, o.status` and asks [`liveness`].

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{
    application::{ClientKind, Liveness},
    attestation::Attestation,
    https_url::HttpsUrl,
    id::{ApplicationId, ClientId, OrganizationId},
    partition::{Environment, ProgramId},
    redirect_uri::RedirectUri,
};
use store::{Ctx, FromRow, Lookups, Row, Store, sql};

use crate::{applications, column};

/// `client` of RFC 6749 §2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub client_id: ClientId,
    pub application: ApplicationId,
    pub organization: OrganizationId,
    /// All that it is registered for; the one it was asked for is among them.
    pub programs: BTreeSet<ProgramId>,
    pub environment: Environment,
    pub kind: ClientKind,
    pub redirect_uri: RedirectUri,
    /// What it may do now: `live.any()`, `live.public()`, `live.patient()`. In a single program, see [`Client::within`].
    pub live: Liveness,
    /// The programs in which an administrator's list keeps it out.
    pub unlisted: BTreeSet<ProgramId>,
    /// Whether a page shows errors in its requests before the redirect: an administrator chose so, or it is blocked.
    pub error_page: bool,
    pub name: String,
    pub description: String,
    pub organization_name: String,
    /// The app's, else its organization's.
    pub privacy_url: HttpsUrl,
    /// What a member reads about the organization before consent.
    pub attestation: Attestation,
}

impl Client {
    /// The same with what it may do in this program.
    #[must_use]
    pub fn within(mut self, program: &ProgramId) -> Self {
        self.live.unlisted = self.unlisted.contains(program);
        self
    }
}

/// The client with this id in the program; nothing if it does not exist, is deleted, or belongs to other programs. The
/// caller compares its environment. One statement.
pub async fn find(ctx: &mut Ctx, program: &ProgramId, client: &ClientId) -> store::Result<Option<Client>> {
    let mut query = sql(SELECT);
    query.push(" AND a.client_id = ").push_bind(client);
    query.push(" AND EXISTS (SELECT 1 FROM application_program q WHERE q.application_id = a.id AND q.program = ");
    query.push_bind(program).push(")");
    let found: Option<Client> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|client| client.within(program)))
}

/// The same by client id alone. The caller compares the program too.
pub fn lookups(store: &Store) -> Lookups<Client> {
    let mut query = sql(SELECT);
    query.push(" AND a.client_id IN ");
    Lookups::new(store, query)
}

const SELECT: &str = "SELECT a.client_id, a.id, a.organization_id, a.environment, a.client_kind, a.redirect_uri,
        a.access, a.approval, a.standing, a.blocked_at, o.status, a.name, a.description, o.name, a.privacy_url, o.attestation,
        (SELECT string_agg(p.program, ' ') FROM application_program p WHERE p.application_id = a.id), a.error_page, a.unlisted
    FROM application a
    JOIN organization o ON o.id = a.organization_id
    WHERE a.standing <> 'deleted'";

/// What the client may do now; nothing if the client does not exist.
pub async fn status(ctx: &mut Ctx, client: &ClientId) -> store::Result<Option<Liveness>> {
    let query = sql("SELECT a.access, a.approval, a.standing, a.blocked_at, o.status
         FROM application a JOIN organization o ON o.id = a.organization_id WHERE a.client_id = $1");
    let found: Option<Columns> = query.bind(client).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|Columns(liveness)| liveness))
}

/// The same where an app is used in one program; `unlisted` is the column of `application.unlisted`.
pub fn liveness_in(row: &Row, first: usize, unlisted: usize, program: &ProgramId) -> store::Result<Liveness> {
    let words: String = row.get(unlisted)?;
    let unlisted = words.split(' ').any(|word| word == program.as_str());
    Ok(Liveness { unlisted, ..liveness(row, first)? })
}

/// Reads `application.access, .approval, .standing, .blocked_at, organization.status` from five columns in a row, from
/// `first` on.
pub fn liveness(row: &Row, first: usize) -> store::Result<Liveness> {
    Ok(Liveness {
        access: row.word(first)?,
        approval: row.word(first + 1)?,
        standing: row.word(first + 2)?,
        blocked: row.get::<Option<Timestamp>>(first + 3)?.is_some(),
        unlisted: false,
        organization: row.word(first + 4)?,
    })
}

struct Columns(Liveness);

impl FromRow for Columns {
    fn from_row(row: &Row) -> store::Result<Self> {
        liveness(row, 0).map(Self)
    }
}

impl FromRow for Client {
    fn from_row(row: &Row) -> store::Result<Self> {
        let attestation: Attestation = column::json(row, 15)?;
        let own: Option<HttpsUrl> = column::stored_optional(row, 14)?;
        let live = liveness(row, 6)?;
        Ok(Self {
            client_id: row.get(0)?,
            application: row.get(1)?,
            organization: row.get(2)?,
            environment: row.get(3)?,
            kind: column::known(row, 4)?,
            redirect_uri: column::stored(row, 5)?,
            live,
            error_page: live.is_blocked() || row.get(17)?,
            name: row.get(11)?,
            description: row.get(12)?,
            organization_name: row.get(13)?,
            privacy_url: own.unwrap_or_else(|| attestation.privacy_url.clone()),
            programs: applications::programs(row, 16)?,
            unlisted: applications::programs(row, 18)?,
            attestation,
        })
    }
}
