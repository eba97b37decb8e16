//! Invitations to a team. The letter has a link that works once, for seven days; its hash is here. Accepting, withdrawing,
//! and sending it again end the link.

use jiff::{SignedDuration, Timestamp};
use mail::{
    messages::{self, team::Team},
    outbox,
};
use model::{
    account::PersonName,
    email::Email,
    form::Code,
    history::Action,
    id::{AccountId, InvitationId, OrganizationId},
    locale::Locale,
    stored::Stored as _,
    team::{Act, TeamRole},
    text::Paragraph,
};
use store::{Ctx, FromRow, Row, digest, sql};

use super::{Member, add};
use crate::{
    Registry, column,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, Notice},
    organizations,
    subject::Subject,
};

/// How long the link works; the letter names the same time.
pub const TTL: SignedDuration = SignedDuration::from_hours(7 * 24);
/// One that ended is listed so long, to be sent again.
const LISTED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// That wait at a time, for each organization.
pub const MOST: usize = 20;
/// Letters for one invitation: strangers must not fill a mailbox.
pub const MOST_LETTERS: i64 = 4;

/// Letters of one organization in 24 hours.
pub const MOST_A_DAY: i64 = 40;

/// One that was neither accepted nor withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub organization: OrganizationId,
    pub email: Email,
    pub role: TeamRole,
    /// `None` if the account is closed.
    pub invited_by: Option<String>,
    pub expires_at: Timestamp,
    /// How many letters were sent.
    pub sent: i64,
}

const SELECT: &str = "SELECT i.id, i.organization_id, i.email, i.role, a.name, i.expires_at, i.sent
     FROM team_invitation i LEFT JOIN account a ON a.id = i.invited_by";

/// Invites an address, and sends the letter. Owners only. An error of the field `email` if the address is invited already
/// or belongs to a member of the team; [`Error::TooMany`] if as many wait as may.
pub async fn invite(ctx: &mut Ctx, registry: &Registry, by: &Member, email: &Email, role: TeamRole) -> Result<()> {
    by.require(Act::ManageTeam)?;
    let member: Option<(AccountId,)> =
        sql("SELECT m.account_id FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.organization_id = $1 AND a.email_folded = $2")
        .bind(&by.organization)
        .bind(email.folded())
        .fetch_optional(&mut ctx.tx)
        .await?;
    if member.is_some() {
        return Err(Error::field("email", Code::OnTeam));
    }
    require_quiet_day(ctx, &by.organization).await?;
    let (id, token) = (InvitationId::new(ctx.random_id()), ctx.random_secret());
    let query = sql("INSERT INTO team_invitation
         (id, organization_id, email, email_folded, role, token_hash, invited_by, invited_at, sent, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, 1, $9
         WHERE (SELECT COUNT(*) FROM team_invitation WHERE organization_id = $2) < $10");
    let inserted = query
        .bind(&id)
        .bind(&by.organization)
        .bind(email.as_str())
        .bind(email.folded())
        .bind(role.as_str())
        .bind(digest::sha256(&token))
        .bind(&by.account)
        .bind(ctx.now)
        .bind(ctx.now + TTL)
        .bind(i64::try_from(MOST).unwrap_or(i64::MAX))
        .execute(&mut ctx.tx)
        .await
        .map_err(|error| {
            let is_known = error.is_unique("team_invitation_organization_id_email_folded_key");
            if is_known { Error::field("email", Code::Invited) } else { error.into() }
        })?;
    if inserted != 1 {
        return Err(Error::TooMany);
    }
    let invitation = get(ctx, by, &id).await?;
    send(ctx, registry, &invitation, &token).await?;
    record(ctx, by, Action::Invited, &invitation).await
}

/// [`Error::TooMany`] if the organization sent as many letters today as it may: withdrawing and inviting again would
/// otherwise fill any mailbox.
async fn require_quiet_day(ctx: &mut Ctx, organization: &OrganizationId) -> Result<()> {
    let query = sql("SELECT COUNT(*) FROM history WHERE organization_id = $1 AND application_id IS NULL AND $2 < at
         AND action IN ('invited', 'invitation_sent_again')");
    let since = ctx.now - SignedDuration::from_hours(24);
    let (sent,): (i64,) = query.bind(organization).bind(since).fetch_one(&mut ctx.tx).await?;
    if sent < MOST_A_DAY { Ok(()) } else { Err(Error::TooMany) }
}

/// Sends a new link in place of the one before. Owners only; [`Error::TooMany`] after some letters.
pub async fn send_again(ctx: &mut Ctx, registry: &Registry, by: &Member, id: &InvitationId) -> Result<()> {
    by.require(Act::ManageTeam)?;
    let before = get(ctx, by, id).await?;
    require_quiet_day(ctx, &by.organization).await?;
    let token = ctx.random_secret();
    let query = sql("UPDATE team_invitation SET token_hash = $1, expires_at = $2, sent = sent + 1
         WHERE id = $3 AND organization_id = $4 AND sent < $5");
    let query = query.bind(digest::sha256(&token)).bind(ctx.now + TTL).bind(id).bind(&by.organization);
    if query.bind(MOST_LETTERS).execute(&mut ctx.tx).await? != 1 {
        return Err(Error::TooMany);
    }
    outbox::withdraw(ctx, &event(&before)).await?;
    let invitation = get(ctx, by, id).await?;
    send(ctx, registry, &invitation, &token).await?;
    record(ctx, by, Action::InvitationSentAgain, &invitation).await
}

/// Ends the invitation and its link. Owners only.
pub async fn withdraw(ctx: &mut Ctx, by: &Member, id: &InvitationId) -> Result<()> {
    by.require(Act::ManageTeam)?;
    let invitation = get(ctx, by, id).await?;
    let query = sql("DELETE FROM team_invitation WHERE id = $1 AND organization_id = $2");
    if query.bind(id).bind(&by.organization).execute(&mut ctx.tx).await? != 1 {
        return Err(Error::NotFound);
    }
    outbox::withdraw(ctx, &event(&invitation)).await?;
    record(ctx, by, Action::InvitationWithdrawn, &invitation).await
}

/// Ends what an account sent that may no longer invite.
pub(super) async fn withdraw_all_of(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<()> {
    let query = sql("DELETE FROM team_invitation WHERE invited_by = $1 AND organization_id = $2");
    query.bind(account).bind(organization).execute(&mut ctx.tx).await?;
    Ok(())
}

/// What waits, and what ended lately, by address.
pub async fn list(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Invitation>> {
    let mut query = sql(SELECT);
    query.push(" WHERE i.organization_id = ").push_bind(organization).push(" ORDER BY i.email_folded");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

async fn get(ctx: &mut Ctx, by: &Member, id: &InvitationId) -> Result<Invitation> {
    let mut query = sql(SELECT);
    query.push(" WHERE i.id = ").push_bind(id).push(" AND i.organization_id = ").push_bind(&by.organization);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The invitation of a link that works.
pub async fn find(ctx: &mut Ctx, token: &str) -> Result<Option<Invitation>> {
    let mut query = sql(SELECT);
    query.push(" WHERE i.token_hash = ").push_bind(digest::sha256(token));
    query.push(" AND ").push_bind(ctx.now).push(" < i.expires_at");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Who accepts.
#[derive(Clone, Copy, Debug)]
pub struct Guest<'a> {
    pub account: &'a AccountId,
    pub name: &'a PersonName,
    /// The account's address, which it has confirmed.
    pub email: &'a Email,
    /// The person says that the invitation is for them although it was sent to another address.
    pub knowingly: bool,
}

impl Guest<'_> {
    /// Whether the invitation was sent to the address of this account.
    pub fn is_addressed(&self, invitation: &Invitation) -> bool {
        self.email.folded() == invitation.email.folded()
    }
}

/// Adds the account to the team, ends the invitation, and writes to the owners. [`Error::NotFound`] if the link no longer
/// works, [`Error::OtherAddress`] if the account has another address and the person did not say that they know it.
pub async fn accept(ctx: &mut Ctx, registry: &Registry, token: &str, guest: Guest<'_>) -> Result<OrganizationId> {
    let invitation = find(ctx, token).await?.ok_or(Error::NotFound)?;
    if !guest.is_addressed(&invitation) && !guest.knowingly {
        return Err(Error::OtherAddress);
    }
    let query = sql("DELETE FROM team_invitation WHERE id = $1 AND token_hash = $2 AND $3 < expires_at");
    let query = query.bind(&invitation.id).bind(digest::sha256(token)).bind(ctx.now);
    if query.execute(&mut ctx.tx).await? != 1 {
        return Err(Error::NotFound);
    }
    outbox::withdraw(ctx, &event(&invitation)).await?;
    let organization = organizations::get(ctx, &invitation.organization).await?;
    let notice = Notice { event: "team-joined", id: invitation.id.as_str() };
    let joined = messages::team::Joined {
        team: Team { id: organization.id.as_str(), name: organization.name() },
        name: guest.name,
        email: guest.email,
        invited: &invitation.email,
        role: invitation.role,
    };
    notices::to_owners(ctx, &organization.id, notice, |reader| messages::team::joined(&registry.site, reader, joined))
        .await?;
    add(ctx, &organization.id, guest.account, invitation.role).await?;
    let member =
        Member { account: guest.account.clone(), organization: organization.id.clone(), role: invitation.role };
    record(ctx, &member, Action::Joined, &invitation).await?;
    Ok(organization.id)
}

/// Deletes those that ended long ago; returns how many.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    let query = sql("DELETE FROM team_invitation WHERE id IN
         (SELECT id FROM team_invitation WHERE expires_at <= $1 LIMIT 2000)");
    query.bind(ctx.now - LISTED).execute(&mut ctx.tx).await
}

/// The letter of the link that works now.
fn event(invitation: &Invitation) -> String {
    format!("team-invitation:{}:{}", invitation.id, invitation.sent)
}

async fn send(ctx: &mut Ctx, registry: &Registry, invitation: &Invitation, token: &str) -> Result<()> {
    let organization = organizations::get(ctx, &invitation.organization).await?;
    // The address may belong to anyone; if someone uses it here, we know their language.
    let known: Option<(String,)> =
        sql("SELECT language FROM account WHERE email_folded = $1 AND email_verified_at IS NOT NULL")
            .bind(invitation.email.folded())
            .fetch_optional(&mut ctx.tx)
            .await?;
    let locale = known.and_then(|(language,)| Locale::find(&language)).unwrap_or_default();
    let facts = messages::team::Invitation {
        organization: organization.name(),
        by: invitation.invited_by.as_deref(),
        role: invitation.role,
        token,
    };
    let letter = messages::team::invited(&registry.site, &invitation.email, locale, facts);
    Ok(outbox::enqueue_until(ctx, &event(invitation), &letter, invitation.expires_at).await?)
}

async fn record(ctx: &mut Ctx, by: &Member, action: Action, invitation: &Invitation) -> Result<()> {
    let whom = Paragraph::stored(invitation.email.to_string());
    let change = Change::vendor(by, action).saying(&whom).concerning("invitation", invitation.id.as_str());
    let change = change.concerning("role", invitation.role.as_str());
    history::record(ctx, &Subject::Organization(by.organization.clone()), &change).await
}

impl FromRow for Invitation {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organization: row.get(1)?,
            email: column::stored(row, 2)?,
            role: row.word(3)?,
            invited_by: row.get(4)?,
            expires_at: row.get(5)?,
            sent: row.get(6)?,
        })
    }
}
