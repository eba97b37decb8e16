//! Access tokens and refresh tokens: how they are issued, renewed, and ended.

use jiff::Timestamp;
use model::{
    id::{ClientId, GrantId},
    partition::{Partition, ProgramId},
    scope::Scopes,
};
use programs::{
    program::{Program, RefreshRotation},
    surface::Surface,
};
use store::{Ctx, Inserts, Row, Rows, Store, Value, digest::sha256, sql};

use crate::{
    bases::Bases,
    client::Client,
    column,
    dpop::{self, Confirmation, Thumbprint},
    error::{Code, OAuthError, Result},
    grants::{self, AFTER, Grant},
    keys::{AccessClaims, Audience, Keys},
    reason::Reason,
    scope,
};

/// Where a token is issued, and with which keys.
#[derive(Clone, Copy)]
pub struct Issuer<'a> {
    pub program: &'a Program,
    pub surface: &'a Surface,
    pub bases: &'a Bases,
    pub keys: &'a Keys,
}

impl Issuer<'_> {
    /// The `aud` of access tokens: the FHIR base reached the same way.
    pub fn fhir_base(&self) -> &str {
        self.bases.fhir_beside(self.surface).map_or("", Surface::base)
    }
}

/// Whom tokens are issued to.
pub(crate) struct Holder<'a> {
    pub client: &'a Client,
    /// The key that it proved to have, to which its tokens are bound. Absent for bearer tokens.
    pub key: Option<Thumbprint>,
}

impl Holder<'_> {
    /// RFC 6749 §7.1, RFC 9449 §5.
    pub(crate) fn token_type(&self) -> &'static str {
        if self.key.is_some() { "DPoP" } else { "Bearer" }
    }

    /// A confidential client's refresh tokens are already bound to its credentials, so it may change its key (RFC 9449 §5).
    fn refresh_key(&self) -> Option<&Thumbprint> {
        self.key.as_ref().filter(|_| !self.client.is_confidential())
    }
}

/// What a refresh token represents.
pub(crate) struct Refreshed {
    pub grant: Grant,
    pub family: String,
    /// What the token was issued for. The grant may give less by now.
    pub own: Scopes,
}

const INSERT: &str = "INSERT INTO access_token (id, program, environment, application_id, client_id, grant_id, family, \
    scope, issued_at, expires_at, dpop_jkt)";
const COLUMNS: usize = 11;

/// Issues access tokens for client credentials. Tokens that are issued at the same time share one insert. One for each process.
pub struct ClientTokens {
    store: Store,
    rows: Inserts<COLUMNS>,
}

impl ClientTokens {
    pub fn new(store: &Store) -> Self {
        Self { store: store.clone(), rows: Inserts::new(store, INSERT) }
    }

    pub(crate) async fn issue(&self, issuer: &Issuer<'_>, holder: &Holder<'_>, scopes: &Scopes) -> Result<String> {
        let token = NewAccess::new(self.store.now(), self.store.random_id(), issuer, holder, None, scopes);
        self.rows.insert(token.row()).await?;
        token.sign(issuer.keys)
    }
}

/// Issues an access token and stores its row. `grant` is absent for client credentials.
pub(crate) async fn issue_access(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    holder: &Holder<'_>,
    grant: Option<(&Grant, &str)>,
    scopes: &Scopes,
) -> Result<String> {
    let token = NewAccess::new(ctx.now, ctx.random_id(), issuer, holder, grant, scopes);
    let mut rows = Rows::new(INSERT, COLUMNS, "");
    rows.push(token.row());
    rows.run(&mut ctx.tx).await?;
    token.sign(issuer.keys)
}

/// An access token before it is signed.
struct NewAccess<'a> {
    holder: &'a Holder<'a>,
    /// The grant that it belongs to, and the family.
    grant: Option<(&'a Grant, &'a str)>,
    issued_at: Timestamp,
    expires_at: Timestamp,
    claims: AccessClaims,
}

impl<'a> NewAccess<'a> {
    fn new(
        now: Timestamp,
        id: String,
        issuer: &Issuer<'_>,
        holder: &'a Holder<'a>,
        grant: Option<(&'a Grant, &'a str)>,
        scopes: &Scopes,
    ) -> Self {
        let client = &holder.client.client_id;
        let lifetime = now + issuer.program.lifetimes.access_token;
        // No token outlives its grant.
        let expires_at = grant.map_or(lifetime, |(grant, _)| grant.expires_at.min(lifetime));
        let claims = AccessClaims {
            iss: issuer.surface.base().to_owned(),
            aud: Audience::One(issuer.fhir_base().to_owned()),
            sub: grant.map_or(client.as_str(), |(grant, _)| grant.account.as_str()).to_owned(),
            client_id: client.as_str().to_owned(),
            iat: now.as_second(),
            exp: expires_at.as_second(),
            nbf: None,
            jti: id,
            scope: scopes.to_string(),
            cnf: holder.key.clone().map(|jkt| Confirmation { jkt }),
        };
        Self { holder, grant, issued_at: now, expires_at, claims }
    }

    /// The values of [`INSERT`].
    fn row(&self) -> [Value; COLUMNS] {
        let client = self.holder.client;
        [
            (&self.claims.jti).into(),
            (&client.partition.program).into(),
            client.partition.environment.into(),
            (&client.application).into(),
            (&client.client_id).into(),
            self.grant.map(|(grant, _)| &grant.id).into(),
            self.grant.map(|(_, family)| family).into(),
            (&self.claims.scope).into(),
            self.issued_at.into(),
            self.expires_at.into(),
            self.holder.key.as_ref().map(Thumbprint::as_str).into(),
        ]
    }

    fn sign(&self, keys: &Keys) -> Result<String> {
        Ok(keys.sign_access_token(self.issued_at, &self.claims)?)
    }
}

/// Issues a refresh token, which lives as long as its grant.
pub(crate) async fn issue_refresh(
    ctx: &mut Ctx,
    holder: &Holder<'_>,
    grant: &Grant,
    family: &str,
    scopes: &Scopes,
) -> Result<String> {
    let token = ctx.random_secret();
    sql("INSERT INTO refresh_token (hash, grant_id, family, scope, created_at, dpop_jkt) \
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(sha256(&token))
    .bind(&grant.id)
    .bind(family)
    .bind(scopes.to_string())
    .bind(ctx.now)
    .bind(holder.refresh_key().map(Thumbprint::as_str))
    .execute(&mut ctx.tx)
    .await?;
    Ok(token)
}

/// A refresh token, with the grant that it belongs to.
pub(crate) struct StoredRefresh {
    pub(crate) grant: Grant,
    family: String,
    own: Scopes,
    key: Option<Thumbprint>,
    pub(crate) created_at: Timestamp,
    replaced_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

impl StoredRefresh {
    pub(crate) fn is_live(&self, program: &Program, now: Timestamp) -> bool {
        self.revoked_at.is_none() && !self.is_copied(program, now) && self.scopes().is_ok()
    }

    /// What it still gives.
    pub(crate) fn scopes(&self) -> Result<Scopes, OAuthError> {
        if !self.grant.offline {
            let sentence = "the member no longer lets the application stay connected";
            return Err(Code::InvalidGrant.with(Reason::GrantNarrowed, sentence));
        }
        self.grant.within(&self.own)
    }

    /// Whether another token replaced it longer ago than a lost answer explains.
    fn is_copied(&self, program: &Program, now: Timestamp) -> bool {
        self.replaced_at.is_some_and(|at| at + program.lifetimes.rotation_grace < now)
    }
}

/// Takes a refresh token of this client, with a proof of the key that it is bound to. A token that was replaced longer ago than the
/// grace period has been copied, so its whole family ends (RFC 9700 §4.14.2). The caller must commit this transaction then too.
pub(crate) async fn take_refresh(
    ctx: &mut Ctx,
    program: &Program,
    holder: &Holder<'_>,
    token: &str,
) -> Result<Refreshed> {
    let client = holder.client;
    let stored = find_refresh(ctx, &client.partition, token).await?.ok_or_else(unknown)?;
    let grant = &stored.grant;
    if grant.client != client.client_id {
        return Err(unknown().into());
    }
    // Before we end anything, because someone who has the token without its key must not harm its owner.
    dpop::check_key(stored.key.as_ref(), holder.key.as_ref())?;
    grant.check(ctx.now)?;
    if stored.revoked_at.is_some() {
        return Err(Code::InvalidGrant.with(Reason::TokenRevoked, "the refresh token was revoked").into());
    }
    if stored.is_copied(program, ctx.now) {
        end_family(ctx, &stored.family).await?;
        return Err(Code::InvalidGrant.with(Reason::TokenReused, "every token of this grant's code was ended").into());
    }
    scope::check_usable(client, &stored.scopes()?)?;
    Ok(Refreshed { family: stored.family, own: stored.own, grant: stored.grant })
}

/// Whether a refresh answers with a new refresh token (oauth.md D2).
pub(crate) fn rotates(program: &Program, client: &Client) -> bool {
    match program.refresh_rotation {
        RefreshRotation::Never => false,
        RefreshRotation::Public => !client.is_confidential(),
        RefreshRotation::Always => true,
    }
}

/// Records that another token replaced it. The first time counts.
pub(crate) async fn mark_replaced(ctx: &mut Ctx, token: &str) -> store::Result<()> {
    sql("UPDATE refresh_token SET replaced_at = $1 WHERE hash = $2 AND replaced_at IS NULL")
        .bind(ctx.now)
        .bind(sha256(token))
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Ends every token that came from one code.
pub(crate) async fn end_family(ctx: &mut Ctx, family: &str) -> store::Result<()> {
    for table in [
        "UPDATE refresh_token SET revoked_at = $1 WHERE family = $2 AND revoked_at IS NULL",
        "UPDATE access_token SET revoked_at = $1 WHERE family = $2 AND revoked_at IS NULL",
    ] {
        sql(table).bind(ctx.now).bind(family).execute(&mut ctx.tx).await?;
    }
    Ok(())
}

/// Ends one access token of this client.
pub(crate) async fn end_access(ctx: &mut Ctx, client: &ClientId, partition: &Partition, id: &str) -> store::Result<()> {
    sql("UPDATE access_token SET revoked_at = $1 WHERE id = $2 AND client_id = $3 AND program = $4 AND environment = $5 \
         AND revoked_at IS NULL")
    .bind(ctx.now)
    .bind(id)
    .bind(client)
    .bind(&partition.program)
    .bind(partition.environment)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// The family and the grant of a refresh token of this client, whatever its state.
pub(crate) async fn find_family(
    ctx: &mut Ctx,
    client: &ClientId,
    partition: &Partition,
    token: &str,
) -> store::Result<Option<(String, GrantId)>> {
    sql("SELECT r.family, r.grant_id FROM refresh_token r JOIN access_grant g ON g.id = r.grant_id \
         WHERE r.hash = $1 AND g.client_id = $2 AND g.program = $3 AND g.environment = $4")
    .bind(sha256(token))
    .bind(client)
    .bind(&partition.program)
    .bind(partition.environment)
    .fetch_optional(&mut ctx.tx)
    .await
}

/// The client that a refresh token of this program was issued to, even if either has ended.
pub(crate) async fn find_refresher(ctx: &mut Ctx, program: &ProgramId, token: &str) -> store::Result<Option<ClientId>> {
    let found: Option<(ClientId,)> =
        sql("SELECT g.client_id FROM refresh_token r JOIN access_grant g ON g.id = r.grant_id \
         WHERE r.hash = $1 AND g.program = $2")
        .bind(sha256(token))
        .bind(program)
        .fetch_optional(&mut ctx.tx)
        .await?;
    Ok(found.map(|(client,)| client))
}

pub(crate) async fn find_refresh(
    ctx: &mut Ctx,
    partition: &Partition,
    token: &str,
) -> store::Result<Option<StoredRefresh>> {
    let rest = ", h.family, h.scope, h.created_at, h.replaced_at, h.revoked_at, h.dpop_jkt \
        FROM refresh_token h JOIN access_grant g ON g.id = h.grant_id WHERE h.hash = ";
    grants::select(rest, sha256(token), partition).fetch_optional(&mut ctx.tx).await
}

impl store::FromRow for StoredRefresh {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            grant: Grant::from_row(row)?,
            family: row.get(AFTER)?,
            own: column::scopes(row, AFTER + 1)?,
            created_at: row.get(AFTER + 2)?,
            replaced_at: row.get(AFTER + 3)?,
            revoked_at: row.get(AFTER + 4)?,
            key: row.get::<Option<String>>(AFTER + 5)?.map(Thumbprint::from_stored),
        })
    }
}

fn unknown() -> OAuthError {
    Code::InvalidGrant.because("the refresh token is unknown or not this client's")
}
