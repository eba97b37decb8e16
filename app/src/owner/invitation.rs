//! `/owner/invitation`: the link in an invitation. Opening it changes nothing; its button adds the account to the team. The
//! person signs in or signs up on the way, and comes back here.

use leptos::{prelude::*, server_fn::ServerFn};
use model::form::{Code, field::is_checked, input::Input};
use registry::{
    error::Error as Refused,
    organizations,
    team::{
        self,
        invitations::{self, Guest, Invitation},
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    account::sign_out::SignOut,
    components::{
        form::{Actions, ErrorSummary, PostForm},
        marked::linked,
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        dashboard,
        team::{PATH as TEAM, path as team_of},
        vendor::Vendor,
    },
    page::Page,
    texts::{
        frame::SIGN_OUT,
        notices::Notice,
        owner::{EMAIL, NAME, team as text},
        registry::team_role,
    },
    web::Web,
};

pub const PATH: &str = mail::site::INVITATION;

const FORM: &str = "accept-invitation";

/// What the page sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    knowingly: String,
    token: String,
}

fn page_of(token: &str) -> String {
    format!("{PATH}?token={token}")
}

/// A token as we make them; anything else names no invitation.
fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn guest(vendor: &Vendor, knowingly: bool) -> Guest<'_> {
    let account = &vendor.account;
    Guest { account: &account.id, name: &account.name, email: &account.email, knowingly }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let token = web.request.query("token").unwrap_or_default().to_owned();
    let mut ctx = web.services.store.read().await?;
    let Some(invitation) = invitations::find(&mut ctx, &token).await? else { return Ok(expired(&vendor)) };
    let organization = organizations::get(&mut ctx, &invitation.organization).await?;
    let belongs = team::belongs(&mut ctx, &vendor.account.id, &invitation.organization).await?;
    drop(ctx);
    if belongs {
        return Ok(already(&vendor, organization.name(), organization.id.as_str()));
    }
    let is_addressed = guest(&vendor, false).is_addressed(&invitation);
    let label = text::it_is_me(&invitation.email);
    let inputs = if is_addressed { Vec::new() } else { vec![Input::checkbox(label).named("knowingly")] };
    let form = Form::open(&web, FORM, inputs).await?;
    let fields = form.fields();
    let other = (!is_addressed).then(|| view! { <p>{text::OTHER_ADDRESS}</p> });
    let view = view! {
        <h1>{text::JOIN_TITLE}</h1>
        <Summary facts=facts(&invitation, organization.name()) />
        <h2>{text::YOU_JOIN_AS}</h2>
        <Summary facts=own(&vendor) />
        {other}
        <ErrorSummary form />
        <PostForm to=AcceptInvitation::PATH>
            <input type="hidden" name="token" value=token />
            {fields}
            <Actions submit=text::JOIN cancel=text::NOT_NOW cancel_to=dashboard::PATH />
        </PostForm>
        <p>{text::ANOTHER_ID}</p>
        <form method="post" action=SignOut::PATH>
            <button class="usa-button usa-button--unstyled" type="submit">{SIGN_OUT.of(web.locale())}</button>
        </form>
    };
    Ok(vendor.page(text::JOIN_TITLE, view).at(TEAM))
}

fn facts(invitation: &Invitation, organization: &str) -> Vec<Fact> {
    let by = invitation.invited_by.clone();
    let facts = [
        Some(Fact::new(text::ORGANIZATION, organization.to_owned())),
        Some(Fact::new(text::ROLE, team_role(invitation.role))),
        by.map(|by| Fact::new(text::INVITED_BY, by)),
        Some(Fact::new(text::SENT_TO, invitation.email.to_string())),
        Some(Fact::new(text::VALID_UNTIL, view! { <Time at=invitation.expires_at /> })),
    ];
    facts.into_iter().flatten().collect()
}

fn own(vendor: &Vendor) -> Vec<Fact> {
    let account = &vendor.account;
    vec![
        Fact::new(NAME, account.name.to_string()),
        Fact::new(text::HEALTHCARE_ID, account.healthcare_id.to_string()),
        Fact::new(EMAIL, account.email.to_string()),
    ]
}

/// For a link that was used, replaced or withdrawn, or is too old.
fn expired(vendor: &Vendor) -> Page {
    let view = view! {
        <h1>{text::EXPIRED_TITLE}</h1>
        <p>{text::ABOUT_EXPIRED}</p>
        <p class="actions"><a class="usa-button" href=dashboard::PATH>{text::TO_DASHBOARD}</a></p>
    };
    vendor.page(text::EXPIRED_TITLE, view).at(TEAM).status(404)
}

fn already(vendor: &Vendor, name: &str, id: &str) -> Page {
    let view = view! {
        <h1>{text::ALREADY_TITLE}</h1>
        <p>{text::already(name)}" "{linked(text::SEE_TEAM, team_of(id))}</p>
    };
    vendor.page(text::ALREADY_TITLE, view).at(TEAM)
}

#[server(endpoint = "accept-invitation")]
pub async fn accept_invitation(#[server(flatten)] form: AcceptForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, "").await?;
    if !is_token(&form.token) {
        web.redirect(PATH);
        return Ok(());
    }
    let guest = guest(&vendor, is_checked(&form.knowingly));
    let mut ctx = web.services.store.write().await?;
    match invitations::accept(&mut ctx, &web.services.registry, &form.token, guest).await {
        Ok(organization) => {
            ctx.commit().await?;
            web.redirect(Notice::Joined.on(&team_of(organization.as_str())));
        }
        // The page says why.
        Err(Refused::NotFound | Refused::AlreadyOnTeam) => web.redirect(page_of(&form.token)),
        Err(error) => {
            drop(ctx);
            let wrong = match error {
                Refused::OtherAddress => Error::new("knowingly", Code::OtherAddress),
                Refused::TooMany => Error::general(Code::TooManyOrganizations),
                error => return Err(error.into()),
            };
            let page = page_of(&form.token);
            web.refuse(FORM, page, &AcceptForm { token: String::new(), ..form }, [wrong]).await?;
        }
    }
    Ok(())
}
