//! `/owner/organizations`: the organizations of an account. It acts for one of them at a time, and may register another one.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::OrganizationId;
use registry::team::{self, Belonging};

use crate::{
    components::{
        alert::Tone,
        status::Status,
        table::{Row, Table},
    },
    failure::Failure,
    owner::{
        dashboard,
        draft::ANOTHER,
        registration::demographics,
        team as team_page,
        vendor::{ORGANIZATION, Vendor},
    },
    page::Page,
    texts::{
        notices::Notice,
        owner::{NAME, team as text},
        registry::{organization_status, team_role},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organizations";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let all = team::organizations(&mut ctx, &vendor.account.id).await?;
    drop(ctx);
    let own = vendor.organization_id();
    let columns = vec![NAME, text::STATUS, text::ROLE, text::WHAT_TO_DO];
    let rows: Vec<Row> = all.iter().map(|belonging| row(belonging, own)).collect();
    let list = (!rows.is_empty()).then(|| view! { <Table caption=text::YOUR_ORGANIZATIONS columns rows /> });
    let view = view! {
        <h1>{text::YOUR_ORGANIZATIONS}</h1>
        <p>{text::ABOUT_ORGANIZATIONS}</p>
        {list}
        <p class="actions">
            <a class="usa-button usa-button--outline" href=format!("{}?{ANOTHER}=yes", demographics::PATH)>
                {text::REGISTER_ANOTHER}
            </a>
        </p>
    };
    Ok(vendor.page(text::YOUR_ORGANIZATIONS, view).at(team_page::PATH).wide())
}

fn row(belonging: &Belonging, own: Option<&OrganizationId>) -> Row {
    let (tone, status) = organization_status(belonging.status);
    let step = if own == Some(&belonging.organization) {
        view! { <Status tone=Tone::Success text=text::CHOSEN /> }.into_any()
    } else {
        let (id, name) = (belonging.organization.to_string(), belonging.name.clone());
        view! {
            <form method="post" action=ChooseOrganization::PATH>
                <input type="hidden" name=ORGANIZATION value=id />
                <button class="usa-button usa-button--outline" type="submit">
                    {text::CHOOSE}<span class="usa-sr-only">" "{name}</span>
                </button>
            </form>
        }
        .into_any()
    };
    vec![
        belonging.name.clone().into_any(),
        view! { <Status tone text=status /> }.into_any(),
        team_role(belonging.role).into_any(),
        step,
    ]
}

#[server(endpoint = "choose-organization")]
pub async fn choose_organization(organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let mut ctx = web.services.store.write().await?;
    team::choose(&mut ctx, &vendor.account.id, &OrganizationId::new(organization)).await?;
    ctx.commit().await?;
    web.redirect(Notice::OrganizationChosen.on(dashboard::PATH));
    Ok(())
}
