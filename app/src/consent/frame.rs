//! What every step of an app's request shows above and below: which app, which health plan, and the way back.

use leptos::{prelude::*, server_fn::ServerFn};
use oauth::{
    client,
    requests::{self, Error, Request, Visit},
};
use store::Ctx;

use crate::{
    components::{
        form::PostForm,
        marked::marked,
        summary::{Fact, Summary},
    },
    consent::{decide::Decide, handle, path},
    failure::Failure,
    locale::Locale,
    texts::consent as text,
    web::Web,
};

/// Whose request a step belongs to.
#[derive(Clone)]
pub struct Frame {
    handle: String,
    app: String,
    organization: String,
    /// Once it is known.
    plan: Option<String>,
    /// Whether there are others to choose.
    may_change: bool,
    locale: Locale,
}

impl Frame {
    /// `None` if the app has been deleted.
    pub async fn of(web: &Web, ctx: &mut Ctx, request: &Request, handle: &str) -> Result<Option<Self>, Failure> {
        let client = client::find_in_program(ctx, &request.partition.program, &request.client).await?;
        let Some(client) = client else { return Ok(None) };
        let payers = requests::payers(&web.services.programs, request);
        let plan = payers.iter().find(|payer| Some(&payer.id) == request.payer.as_ref());
        Ok(Some(Self {
            handle: handle.to_owned(),
            app: client.name.clone(),
            organization: client.organization_name.clone(),
            plan: plan.map(|payer| payer.name.clone()),
            may_change: 1 < payers.len() && request.guest.is_none(),
            locale: web.locale(),
        }))
    }

    /// The frame of the request that a page leads on to, as long as the request waits.
    pub async fn leading_to(web: &Web, next: &str) -> Result<Option<Self>, Failure> {
        let Some(handle) = handle(next) else { return Ok(None) };
        let (browser, signed_in) = (web.browser(), web.signed_in());
        let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
        let mut ctx = web.services.store.read().await?;
        match requests::find(&mut ctx, &visit).await {
            Ok(request) => Self::of(web, &mut ctx, &request, handle).await,
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub fn app(&self) -> &str {
        &self.app
    }

    /// The app, and the plan with a link to change it.
    pub fn facts(&self) -> impl IntoView + use<> {
        let Self { handle, app, organization, plan, may_change, locale } = self.clone();
        let asking = Fact::new(text::APP.of(locale), text::app_by(locale, app, organization));
        let plan = plan.map(|plan| plan_fact(&handle, plan, may_change, locale));
        let facts: Vec<Fact> = [Some(asking), plan].into_iter().flatten().collect();
        view! { <div class="who"><Summary facts /></div> }
    }

    /// Back to the app. This request then shares nothing.
    pub fn cancel(&self) -> impl IntoView + use<> {
        back_to_app(&self.handle, "cancel", text::cancel(self.locale, &self.app))
    }
}

/// The plan, with a link to choose another one if there are several.
pub fn plan_fact(handle: &str, plan: String, may_change: bool, locale: Locale) -> Fact {
    let change = may_change.then(|| {
        let change = marked(text::CHANGE_PLAN.of(locale), |_, what| {
            view! { <span class="usa-sr-only">{what}</span> }.into_any()
        });
        view! { <a class="who__change" href=format!("{}/plan", path(handle))>{change}</a> }
    });
    Fact::new(text::HEALTH_PLAN.of(locale), view! { {plan} {change} })
}

/// A button that answers the request and so leads back to the app.
pub fn back_to_app(handle: &str, answer: &'static str, text: String) -> impl IntoView + use<> {
    let handle = handle.to_owned();
    view! {
        <PostForm to=Decide::PATH class="back">
            <input type="hidden" name="handle" value=handle />
            <button class="usa-button usa-button--outline" type="submit" name="answer" value=answer>{text}</button>
        </PostForm>
    }
}
