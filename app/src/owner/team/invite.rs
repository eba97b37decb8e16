//! Inviting colleagues: the form, and what waits.

use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    email::Email,
    form,
    form::{
        Code, Form as _,
        input::{Choice, Input},
    },
    id::{InvitationId, OrganizationId},
    team::TeamRole,
};
use registry::{
    error::Error as Refused,
    team::invitations::{self, Invitation},
};

use super::path;
use crate::{
    components::{
        alert::Tone,
        form::{Actions, ErrorSummary, PostForm},
        status::Status,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::vendor::{ORGANIZATION, Vendor},
    texts::{
        notices::Notice,
        owner::{EMAIL, team as text},
        registry::team_role,
    },
    web::Web,
};

pub struct NewInvitation {
    email: Email,
    role: TeamRole,
}

form! {
    pub struct InviteForm("invite-colleague") => NewInvitation {
        email: String => Email = Input::email("Email address of your colleague", "Enter the email address of your colleague.")
            .hint("We will send a link to this address. It works once, for 7 days.");
        role: String => TeamRole = Input::radios("Role", "Choose a role.").choices([
            Choice::new("developer", "Developer").about("Registers and runs apps."),
            Choice::new("owner", "Owner").about("Also edits the organization's registration, deletes apps, and manages the team."),
        ]);
        organization: String = Input::hidden();
    }
}

/// What an error of the registry means for a form about the team; nothing if it is not about the form.
pub(super) fn code(error: &Refused) -> Option<Code> {
    match error {
        Refused::LastOwner => Some(Code::LastOwner),
        Refused::TooMany => Some(Code::TooManyInvitations),
        _ => None,
    }
}

/// The form, and the list of those that wait.
pub(super) async fn section(
    web: &Web,
    organization: &OrganizationId,
    waiting: &[Invitation],
    now: Timestamp,
) -> Result<AnyView, Failure> {
    let form = Form::of::<InviteForm>(web).await?.own(ORGANIZATION, organization.as_str());
    let fields = form.fields();
    let again = Form::open(web, AGAIN, Vec::new()).await?;
    let columns = vec![EMAIL, text::ROLE, text::INVITED_BY, text::VALID_UNTIL, text::WHAT_TO_DO];
    let rows: Vec<Row> = waiting.iter().map(|invitation| row(invitation, now)).collect();
    let list = (!rows.is_empty()).then(|| {
        view! {
            <h2 id="invitations">{text::INVITATIONS}</h2>
            <ErrorSummary form=again />
            <Table caption=text::INVITATIONS columns rows />
        }
    });
    Ok(view! {
        {list}
        <h2>{text::INVITE}</h2>
        <ErrorSummary form />
        <PostForm to=InviteColleague::PATH>
            {fields}
            <Actions submit=text::SEND_INVITATION />
        </PostForm>
    }
    .into_any())
}

fn row(invitation: &Invitation, now: Timestamp) -> Row {
    let (id, organization) = (invitation.id.to_string(), invitation.organization.to_string());
    let email = invitation.email.to_string();
    let button = |to: &'static str, word: &'static str| {
        let (id, organization, email) = (id.clone(), organization.clone(), email.clone());
        view! {
            <form method="post" action=to>
                <input type="hidden" name="invitation" value=id />
                <input type="hidden" name=ORGANIZATION value=organization />
                <button class="usa-button usa-button--unstyled" type="submit">
                    {word}<span class="usa-sr-only">" "{email}</span>
                </button>
            </form>
        }
    };
    let may_send = invitation.sent < invitations::MOST_LETTERS;
    let again = may_send.then(|| button(SendInvitationAgain::PATH, text::SEND_AGAIN));
    let withdraw = button(WithdrawInvitation::PATH, text::WITHDRAW);
    let until = if invitation.expires_at <= now {
        view! { <Status tone=Tone::Warning text=text::EXPIRED /> }.into_any()
    } else {
        view! { <Time at=invitation.expires_at /> }.into_any()
    };
    vec![
        email.clone().into_any(),
        team_role(invitation.role).into_any(),
        invitation.invited_by.clone().unwrap_or_default().into_any(),
        until,
        view! { <span class="row-links">{again}{withdraw}</span> }.into_any(),
    ]
}

#[server(endpoint = "invite-colleague")]
pub async fn invite_colleague(#[server(flatten)] form: InviteForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &form.organization).await?;
    let page = path(&form.organization);
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return web.refuse(InviteForm::NAME, page, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    let invited = invitations::invite(&mut ctx, &web.services.registry, vendor.member()?.1, &new.email, new.role).await;
    match invited {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::Invited.on(&page));
            Ok(())
        }
        Err(Refused::Fields(fields)) => {
            drop(ctx);
            web.refuse(InviteForm::NAME, page, &form, fields).await
        }
        Err(error) => {
            drop(ctx);
            let code = code(&error).ok_or(error)?;
            web.refuse(InviteForm::NAME, page, &form, [Error::general(code)]).await
        }
    }
}

const AGAIN: &str = "send-invitation-again";

#[server(endpoint = "send-invitation-again")]
pub async fn send_invitation_again(invitation: String, organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let (id, member) = (InvitationId::new(invitation), vendor.member()?.1);
    let mut ctx = web.services.store.write().await?;
    match invitations::send_again(&mut ctx, &web.services.registry, member, &id).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::SentAgain.on(&path(&organization)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            super::refuse(&web, AGAIN, path(&organization), error).await
        }
    }
}

#[server(endpoint = "withdraw-invitation")]
pub async fn withdraw_invitation(invitation: String, organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let mut ctx = web.services.store.write().await?;
    invitations::withdraw(&mut ctx, vendor.member()?.1, &InvitationId::new(invitation)).await?;
    ctx.commit().await?;
    web.redirect(Notice::InvitationWithdrawn.on(&path(&organization)));
    Ok(())
}
