//! `/owner/team/{id}/remove`: takes a colleague off the team.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::AccountId;
use registry::{applications, team::change};

use super::{PATH, Question, ask, path, refuse, subject};
use crate::{
    components::{marked::naming, pager::grouped},
    failure::Failure,
    owner::vendor::{ORGANIZATION, Vendor},
    page::Page,
    texts::{notices::Notice, owner::team as text},
    web::Web,
};

const FORM: &str = "remove-colleague";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (vendor, colleague, mut ctx) = subject(&web).await?;
    if colleague.account == vendor.account.id {
        return Err(Failure::NotFound);
    }
    let apps = applications::count_of(&mut ctx, &vendor.member()?.0.id).await?;
    drop(ctx);
    let apps = grouped(apps);
    let about = view! {
        <p>{naming(text::ABOUT_REMOVE, &colleague.name)}</p>
        <p>{text::loses_apps(apps)}</p>
    }
    .into_any();
    let fields = vec![("account", colleague.account.to_string())];
    let (title, yes) = (text::REMOVE_QUESTION, text::REMOVE);
    ask(&web, &vendor, Question { form: FORM, title, about, yes, to: RemoveColleague::PATH, fields }).await
}

#[server(endpoint = "remove-colleague")]
pub async fn remove_colleague(account: String, organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let account = AccountId::new(account);
    let mut ctx = web.services.store.write().await?;
    match change::remove(&mut ctx, &web.services.registry, vendor.member()?.1, &account).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::MemberRemoved.on(&path(&organization)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, FORM, format!("{PATH}/{account}/remove?{ORGANIZATION}={organization}"), error).await
        }
    }
}
