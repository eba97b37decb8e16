//! A page that asks before something of an app ends.

use leptos::prelude::*;
use model::id::ApplicationId;
use registry::applications::{self, Application};
use store::Ctx;

use crate::{
    components::{dialog::Dialog, marked::naming},
    failure::Failure,
    owner::{application::Tab, applications as list, vendor::Vendor},
    page::Page,
    texts::owner::CANCEL,
    web::Web,
};

/// What the page says, and the form that a yes sends; its only field is the app.
pub struct Question {
    pub title: &'static str,
    /// What happens then. The brackets hold the app's name.
    pub about: &'static str,
    pub yes: &'static str,
    pub to: &'static str,
}

/// The app that the page's address names, for its vendor.
pub async fn subject(web: &Web) -> Result<(Vendor, Application, Ctx), Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(web, &id).await?;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    Ok((vendor, app, ctx))
}

/// `from` is the tab that asks, and to which a no leads back.
pub fn ask(vendor: &Vendor, app: &Application, from: Tab, question: Question) -> Page {
    let Question { title, about, yes, to } = question;
    let (id, back, about) = (app.id.to_string(), from.of(&app.id), naming(about, app.name()));
    let view = view! {
        <Dialog title>
            <p>{about}</p>
            <form class="actions" method="post" action=to>
                <input type="hidden" name="application" value=id />
                <button class="usa-button usa-button--danger" type="submit">{yes}</button>
                <a class="usa-button usa-button--outline" href=back>{CANCEL}</a>
            </form>
        </Dialog>
    };
    vendor.page(title, view).at(list::PATH)
}
