//! `/owner/team`: who is on the team, what each role may do, and who is invited. Owners invite, change roles, hand over and
//! remove; everyone may leave.

pub mod hand_over;
pub mod invite;
pub mod leave;
pub mod remove;
pub mod role;

use leptos::prelude::*;
use model::{
    id::AccountId,
    team::{Act, TeamRole},
};
use registry::{
    error::Error as Refused,
    team::{self, Colleague, Member, invitations},
};
use store::Ctx;

use crate::{
    components::alert::Tone,
    components::{
        dialog::Dialog,
        form::ErrorSummary,
        status::Status,
        table::{Row, Table},
        time::Day,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        organizations,
        vendor::{ORGANIZATION, Vendor},
    },
    page::Page,
    texts::{
        owner::{CANCEL, EMAIL, NAME, team as text},
        registry::team_role,
    },
    web::Web,
};

pub const PATH: &str = "/owner/team";

/// The page of this organization's team, whatever other one is chosen meanwhile.
pub fn path(organization: &str) -> String {
    format!("{PATH}?{ORGANIZATION}={organization}")
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let (organization, member) = vendor.member()?;
    let manages = member.role.may(Act::ManageTeam);
    let mut ctx = web.services.store.read().await?;
    let colleagues = team::list(&mut ctx, &organization.id).await?;
    let waiting = if manages { invitations::list(&mut ctx, &organization.id).await? } else { Vec::new() };
    let now = ctx.now;
    drop(ctx);
    let columns = vec![NAME, EMAIL, text::ROLE, text::SINCE, text::WHAT_TO_DO];
    let rows = colleagues.iter().map(|colleague| row(colleague, member)).collect();
    let invite = if manages { Some(invite::section(&web, &organization.id, &waiting, now).await?) } else { None };
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::team_of(organization.name())}</p>
        <Table caption=text::TITLE columns rows />
        {invite}
        {what_roles_may_do()}
        <h2>{text::YOUR_ORGANIZATIONS}</h2>
        <p><a class="usa-link" href=organizations::PATH>{text::SEE_ORGANIZATIONS}</a></p>
    };
    Ok(vendor.page(text::TITLE, view).at(PATH).wide())
}

fn row(colleague: &Colleague, reader: &Member) -> Row {
    let (account, organization) = (&colleague.account, reader.organization.as_str());
    let is_own = *account == reader.account;
    let link = |step: &str, word: &'static str| {
        let address = match step {
            "leave" => format!("{PATH}/leave?{ORGANIZATION}={organization}"),
            step => format!("{PATH}/{account}/{step}?{ORGANIZATION}={organization}"),
        };
        let name = colleague.name.clone();
        view! { <a class="usa-link" href=address>{word}<span class="usa-sr-only">" "{name}</span></a>" " }.into_any()
    };
    let manages = reader.role.may(Act::ManageTeam);
    let steps: Vec<AnyView> = match (is_own, manages) {
        (true, _) => vec![link("leave", text::LEAVE)],
        (false, true) => {
            vec![link("role", text::CHANGE_ROLE), link("hand-over", text::HAND_OVER), link("remove", text::REMOVE)]
        }
        (false, false) => Vec::new(),
    };
    let name = if is_own { text::you(&colleague.name) } else { colleague.name.clone() };
    vec![
        name.into_any(),
        colleague.email.clone().into_any(),
        view! { <Status tone=Tone::Info text=team_role(colleague.role) /> }.into_any(),
        view! { <Day at=colleague.joined_at /> }.into_any(),
        view! { <span class="row-links">{steps}</span> }.into_any(),
    ]
}

/// The table of the code, for people.
fn what_roles_may_do() -> impl IntoView {
    let columns = vec![text::ACT, team_role(TeamRole::Owner), team_role(TeamRole::Developer)];
    let answer = |role: TeamRole, act: Act| if role.may(act) { text::MAY } else { text::MAY_NOT };
    let row = |act: &Act| {
        let (owner, developer) = (answer(TeamRole::Owner, *act), answer(TeamRole::Developer, *act));
        vec![text::act(*act).into_any(), owner.into_any(), developer.into_any()]
    };
    let rows = Act::ALL.iter().map(row).collect();
    view! {
        <details class="disclosure">
            <summary>{text::WHAT_ROLES_MAY_DO}</summary>
            <Table caption=text::WHAT_ROLES_MAY_DO columns rows />
        </details>
    }
}

/// The colleague that the page's address names, for an owner.
async fn subject(web: &Web) -> Result<(Vendor, Colleague, Ctx), Failure> {
    let vendor = Vendor::enter(web).await?;
    let member = vendor.member()?.1;
    let id = AccountId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let colleagues = team::list(&mut ctx, &member.organization).await?;
    let colleague = colleagues.into_iter().find(|colleague| colleague.account == id).ok_or(Failure::NotFound)?;
    member.require(Act::ManageTeam)?;
    Ok((vendor, colleague, ctx))
}

/// A page that asks before the team changes.
struct Question {
    /// The form's name.
    form: &'static str,
    title: &'static str,
    about: AnyView,
    yes: &'static str,
    to: &'static str,
    /// What the form sends besides the organization.
    fields: Vec<(&'static str, String)>,
}

async fn ask(web: &Web, vendor: &Vendor, question: Question) -> Result<Page, Failure> {
    let Question { form, title, about, yes, to, fields } = question;
    let organization = vendor.member()?.0.id.to_string();
    let form = Form::open(web, form, Vec::new()).await?;
    let back = path(&organization);
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let view = view! {
        <Dialog title>
            <ErrorSummary form />
            {about}
            <form class="actions" method="post" action=to>
                <input type="hidden" name=ORGANIZATION value=organization />
                {fields.collect_view()}
                <button class="usa-button usa-button--danger" type="submit">{yes}</button>
                <a class="usa-button usa-button--outline" href=back>{CANCEL}</a>
            </form>
        </Dialog>
    };
    Ok(vendor.page(title, view).at(PATH))
}

/// Says at the form why nothing changed, or fails.
async fn refuse(web: &Web, form: &str, page: String, error: Refused) -> Result<(), Failure> {
    let code = invite::code(&error).ok_or(error)?;
    web.refuse(form, page, &(), [Error::general(code)]).await
}
