//! Whether errors in an app's authorization requests are shown on a page before the browser returns to the app.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::ApplicationId;
use registry::{
    applications::{self, Application},
    subject::Subject,
};

use super::{comment::path, desk::Desk};
use crate::{
    failure::Failure,
    texts::{admin::subject as text, notices::Notice},
    web::Web,
};

/// How it is now.
pub fn fact(app: &Application) -> &'static str {
    match (app.error_page, app.liveness().is_blocked()) {
        (true, _) => text::ON_PAGE,
        (false, true) => text::ON_PAGE_WHILE_BLOCKED,
        (false, false) => text::TO_APP,
    }
}

/// Sets it, or takes it back.
pub fn button(app: &Application) -> impl IntoView + use<> {
    let (on, label) = if app.error_page { ("off", text::RETURN_TO_APP) } else { ("on", text::SHOW_ON_PAGE) };
    view! {
        <form method="post" action=SetErrorPage::PATH>
            <input type="hidden" name="application" value=app.id.to_string() />
            <input type="hidden" name="page" value=on />
            <button class="usa-button usa-button--outline" type="submit">{label}</button>
        </form>
    }
}

#[server(endpoint = "set-error-page")]
pub async fn set_error_page(application: String, page: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    if !desk.may_review() {
        return Err(Failure::Forbidden);
    }
    let on = match page.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Failure::Invalid),
    };
    let id = ApplicationId::new(application);
    let mut ctx = web.services.store.write().await?;
    let app = applications::get_any(&mut ctx, &id).await?;
    desk.require(&mut ctx, &app.subject()).await?;
    // Sent twice: it is already set.
    if app.error_page != on {
        applications::set_error_page(&mut ctx, &desk.account.id, &id, on).await?;
        ctx.commit().await?;
    }
    web.redirect(Notice::Saved.on(&path(&Subject::Application(app.organization, id))));
    Ok(())
}
