//! Changes of a team: roles, handing over, leaving, removing. Changes of one team take turns, and each looks at the team
//! again when it has its turn, so that an organization never loses its last owner.

use mail::messages::{self, team::Team};
use model::{
    history::Action,
    id::{AccountId, OrganizationId},
    stored::Stored as _,
    team::{Act, TeamRole},
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{Colleague, Member, invitations, list, of};
use crate::{
    Registry, drafts,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, Notice},
    organizations::{self, Organization},
    subject::Subject,
    team,
};

/// A team that no one else changes until this transaction ends.
struct Turn {
    organization: Organization,
    colleagues: Vec<Colleague>,
}

impl Turn {
    /// Waits for its turn.
    async fn take(ctx: &mut Ctx, id: &OrganizationId) -> Result<Self> {
        let query = sql("UPDATE organization SET team_version = team_version + 1 WHERE id = $1");
        if query.bind(id).execute(&mut ctx.tx).await? != 1 {
            return Err(Error::NotFound);
        }
        let (organization, colleagues) = (organizations::get(ctx, id).await?, list(ctx, id).await?);
        Ok(Self { organization, colleagues })
    }

    /// The same for an owner, who must still be one.
    async fn of_owner(ctx: &mut Ctx, member: &Member) -> Result<Self> {
        let turn = Self::take(ctx, &member.organization).await?;
        let now = of(ctx, &member.account, &member.organization).await?.ok_or(Error::NotFound)?;
        now.require(Act::ManageTeam)?;
        Ok(turn)
    }

    fn colleague(&self, account: &AccountId) -> Result<&Colleague> {
        self.colleagues.iter().find(|colleague| colleague.account == *account).ok_or(Error::NotFound)
    }

    /// [`Error::LastOwner`] if no owner would be left without this one.
    fn require_another_owner(&self, than: &Colleague) -> Result<()> {
        let is_other = |colleague: &Colleague| colleague.role == TeamRole::Owner && colleague.account != than.account;
        if than.role != TeamRole::Owner || self.colleagues.iter().any(is_other) {
            Ok(())
        } else {
            Err(Error::LastOwner)
        }
    }

    /// As letters name it.
    fn team(&self) -> Team<'_> {
        Team { id: self.organization.id.as_str(), name: self.organization.name() }
    }

    fn subject(&self) -> Subject {
        Subject::Organization(self.organization.id.clone())
    }

    async fn set(&self, ctx: &mut Ctx, account: &AccountId, role: TeamRole) -> Result<()> {
        let query = sql("UPDATE membership SET role = $1 WHERE account_id = $2 AND organization_id = $3");
        query.bind(role.as_str()).bind(account).bind(&self.organization.id).execute(&mut ctx.tx).await?;
        if role != TeamRole::Owner {
            invitations::withdraw_all_of(ctx, account, &self.organization.id).await?;
        }
        Ok(())
    }

    /// Takes the account off the team, with its drafts for the organization and the invitations it sent.
    async fn take_off(&self, ctx: &mut Ctx, account: &AccountId) -> Result<()> {
        let query = sql("DELETE FROM membership WHERE account_id = $1 AND organization_id = $2");
        query.bind(account).bind(&self.organization.id).execute(&mut ctx.tx).await?;
        drafts::delete_all(ctx, account, &self.organization.id).await?;
        invitations::withdraw_all_of(ctx, account, &self.organization.id).await
    }

    async fn mail_role(&self, ctx: &mut Ctx, registry: &Registry, to: &Colleague, role: TeamRole) -> Result<()> {
        let notice = Notice { event: "team-role", id: &ctx.random_id() };
        notices::to_account(ctx, &to.account, notice, |reader| {
            messages::team::role_changed(&registry.site, reader, self.team(), role)
        })
        .await
    }
}

/// Whom it concerns, as the history names them.
fn naming(colleague: &Colleague) -> String {
    format!("{} ({})", colleague.name, colleague.email)
}

async fn record(ctx: &mut Ctx, turn: &Turn, by: &Member, action: Action, about: &Colleague) -> Result<()> {
    let name = Paragraph::stored(naming(about));
    let change = Change::vendor(by, action).saying(&name).concerning("account", about.account.as_str());
    history::record(ctx, &turn.subject(), &change).await
}

/// Makes a member an owner or a developer, and writes to them. Owners only; [`Error::LastOwner`] if none would be left.
pub async fn set_role(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    account: &AccountId,
    role: TeamRole,
) -> Result<()> {
    let turn = Turn::of_owner(ctx, member).await?;
    let colleague = turn.colleague(account)?;
    if colleague.role == role {
        return Ok(());
    }
    let action = match role {
        TeamRole::Owner => Action::MadeOwner,
        TeamRole::Developer => Action::MadeDeveloper,
        TeamRole::Unknown => return Err(Error::NotFound),
    };
    if role != TeamRole::Owner {
        turn.require_another_owner(colleague)?;
    }
    turn.set(ctx, account, role).await?;
    turn.mail_role(ctx, registry, colleague, role).await?;
    record(ctx, &turn, member, action, colleague).await
}

/// Makes a colleague an owner and the one who hands over a developer, and writes to both. Owners only.
pub async fn hand_over(ctx: &mut Ctx, registry: &Registry, member: &Member, to: &AccountId) -> Result<()> {
    let turn = Turn::of_owner(ctx, member).await?;
    let (colleague, own) = (turn.colleague(to)?, turn.colleague(&member.account)?);
    if colleague.account == own.account {
        return Err(Error::NotFound);
    }
    turn.set(ctx, to, TeamRole::Owner).await?;
    turn.set(ctx, &member.account, TeamRole::Developer).await?;
    turn.mail_role(ctx, registry, colleague, TeamRole::Owner).await?;
    turn.mail_role(ctx, registry, own, TeamRole::Developer).await?;
    record(ctx, &turn, member, Action::HandedOver, colleague).await
}

/// Takes a colleague off the team at once, and writes to them. Owners only; oneself, see [`leave`].
pub async fn remove(ctx: &mut Ctx, registry: &Registry, member: &Member, account: &AccountId) -> Result<()> {
    let turn = Turn::of_owner(ctx, member).await?;
    let colleague = turn.colleague(account)?;
    if colleague.account == member.account {
        return Err(Error::NotFound);
    }
    turn.take_off(ctx, account).await?;
    let notice = Notice { event: "team-removed", id: &ctx.random_id() };
    notices::to_account(ctx, account, notice, |reader| {
        messages::team::removed(&registry.site, reader, turn.organization.name())
    })
    .await?;
    record(ctx, &turn, member, Action::MemberRemoved, colleague).await
}

/// Leaves the team, and writes to its owners. [`Error::LastOwner`] for the only owner.
pub async fn leave(ctx: &mut Ctx, registry: &Registry, member: &Member) -> Result<()> {
    let turn = Turn::take(ctx, &member.organization).await?;
    let own = turn.colleague(&member.account)?;
    turn.require_another_owner(own)?;
    turn.take_off(ctx, &member.account).await?;
    let notice = Notice { event: "team-left", id: &ctx.random_id() };
    notices::to_owners(ctx, &member.organization, notice, |reader| {
        messages::team::left(&registry.site, reader, turn.team(), &own.name)
    })
    .await?;
    record(ctx, &turn, member, Action::Left, own).await
}

/// Why an administrator names an owner.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    /// The owners read it.
    pub reason: &'a Paragraph,
    /// What the administrator saw. Only the audit log has it.
    pub evidence: &'a Paragraph,
}

/// Makes an account an owner, whether it belongs to the team or not, and writes to it and to all owners so far. For
/// administrators, on other people's organizations and for other people.
pub async fn name_owner(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    organization: &OrganizationId,
    account: &AccountId,
    grounds: Grounds<'_>,
) -> Result<()> {
    let turn = Turn::take(ctx, organization).await?;
    team::require_outsider(ctx, by, organization).await?;
    if by == account {
        return Err(Error::OwnOrganization);
    }
    match turn.colleague(account) {
        Ok(colleague) if colleague.role == TeamRole::Owner => return Err(Error::AlreadyOnTeam),
        Ok(_) => turn.set(ctx, account, TeamRole::Owner).await?,
        Err(_) => team::add(ctx, organization, account, TeamRole::Owner).await?,
    }
    let colleagues = list(ctx, organization).await?;
    let named = colleagues.iter().find(|colleague| colleague.account == *account).ok_or(Error::NotFound)?;
    let notice = Notice { event: "team-owner-named", id: &ctx.random_id() };
    notices::to_owners(ctx, organization, notice, |reader| {
        messages::team::owner_named(&registry.site, reader, turn.team(), &named.name, grounds.reason.as_str())
    })
    .await?;
    let comment = Paragraph::stored(format!("{}\n{}", naming(named), grounds.reason.as_str()));
    let change =
        Change::administration(by, Action::OwnerNamed).saying(&comment).concerning("account", account.as_str());
    let change = change.concerning("reason", grounds.reason.as_str()).concerning("evidence", grounds.evidence.as_str());
    history::record(ctx, &turn.subject(), &change).await
}
