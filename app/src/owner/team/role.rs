//! `/owner/team/{id}/role`: makes a member an owner or a developer.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{id::AccountId, team::TeamRole};
use registry::team::change;

use super::{PATH, Question, ask, path, refuse, subject};
use crate::{
    components::marked::naming,
    failure::Failure,
    owner::vendor::{ORGANIZATION, Vendor},
    page::Page,
    texts::{notices::Notice, owner::team as text},
    web::Web,
};

const FORM: &str = "set-team-role";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (vendor, colleague, ctx) = subject(&web).await?;
    drop(ctx);
    let (role, title, about, yes) = match colleague.role {
        TeamRole::Owner => (TeamRole::Developer, text::DEVELOPER_QUESTION, text::ABOUT_DEVELOPER, text::MAKE_DEVELOPER),
        TeamRole::Developer | TeamRole::Unknown => {
            (TeamRole::Owner, text::OWNER_QUESTION, text::ABOUT_OWNER, text::MAKE_OWNER)
        }
    };
    let about = view! { <p>{naming(about, &colleague.name)}</p> }.into_any();
    let fields = vec![("account", colleague.account.to_string()), ("role", role.to_string())];
    ask(&web, &vendor, Question { form: FORM, title, about, yes, to: SetTeamRole::PATH, fields }).await
}

#[server(endpoint = "set-team-role")]
pub async fn set_team_role(account: String, role: String, organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let role: TeamRole = role.parse().map_err(|_| Failure::Invalid)?;
    let account = AccountId::new(account);
    let mut ctx = web.services.store.write().await?;
    match change::set_role(&mut ctx, &web.services.registry, vendor.member()?.1, &account, role).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::RoleChanged.on(&path(&organization)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, FORM, format!("{PATH}/{account}/role?{ORGANIZATION}={organization}"), error).await
        }
    }
}
