//! `/owner/team/leave`: leaves the team.

use leptos::{prelude::*, server_fn::ServerFn};
use registry::team::change;

use super::{PATH, Question, ask, refuse};
use crate::{
    components::marked::naming,
    failure::Failure,
    owner::{
        dashboard,
        vendor::{ORGANIZATION, Vendor},
    },
    page::Page,
    texts::{notices::Notice, owner::team as text},
    web::Web,
};

const FORM: &str = "leave-team";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let about = view! { <p>{naming(text::ABOUT_LEAVE, vendor.member()?.0.name())}</p> }.into_any();
    let (title, yes) = (text::LEAVE_QUESTION, text::LEAVE);
    ask(&web, &vendor, Question { form: FORM, title, about, yes, to: LeaveTeam::PATH, fields: Vec::new() }).await
}

#[server(endpoint = "leave-team")]
pub async fn leave_team(organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let mut ctx = web.services.store.write().await?;
    match change::leave(&mut ctx, &web.services.registry, vendor.member()?.1).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::Left.on(dashboard::PATH));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, FORM, format!("{PATH}/leave?{ORGANIZATION}={organization}"), error).await
        }
    }
}
