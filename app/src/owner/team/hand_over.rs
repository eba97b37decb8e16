//! `/owner/team/{id}/hand-over`: makes a colleague an owner and oneself a developer.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::AccountId;
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

const FORM: &str = "hand-over";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (vendor, colleague, ctx) = subject(&web).await?;
    drop(ctx);
    if colleague.account == vendor.account.id {
        return Err(Failure::NotFound);
    }
    let about = view! { <p>{naming(text::ABOUT_HAND_OVER, &colleague.name)}</p> }.into_any();
    let fields = vec![("account", colleague.account.to_string())];
    let (title, yes) = (text::HAND_OVER_QUESTION, text::HAND_OVER);
    ask(&web, &vendor, Question { form: FORM, title, about, yes, to: HandOver::PATH, fields }).await
}

#[server(endpoint = "hand-over")]
pub async fn hand_over(account: String, organization: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::of_form(&web, &organization).await?;
    let account = AccountId::new(account);
    let mut ctx = web.services.store.write().await?;
    match change::hand_over(&mut ctx, &web.services.registry, vendor.member()?.1, &account).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::HandedOver.on(&path(&organization)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, FORM, format!("{PATH}/{account}/hand-over?{ORGANIZATION}={organization}"), error).await
        }
    }
}
