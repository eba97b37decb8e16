//! Which health plan, if a program has several.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Code, Form as _,
        input::{Choice, Input},
    },
    id::PayerId,
};
use oauth::requests::{self, Error, Request, Visit};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{answered, frame::Frame, path},
    failure::Failure,
    form::{Form, flash},
    page::{Page, Portal},
    texts::consent as text,
    web::Web,
};

form! {
    /// Its choices are the plans of the program.
    pub struct PayerForm("payer") {
        handle: String = Input::hidden();
        payer: String = Input::radios(
            ["Who provides your health plan?", "¿Quién ofrece su plan de salud?"],
            ["Choose your health plan.", "Elija su plan de salud."],
        );
    }
}

/// `/consent/{handle}/plan`: to choose another plan than before, or than the one that the app's address named.
pub async fn another(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let request = match requests::find(&mut ctx, &visit).await {
        Err(Error::NotFound) => return answered::page(&web, &mut ctx, &visit).await,
        found => found?,
    };
    let frame = Frame::of(&web, &mut ctx, &request, handle).await?.ok_or_else(|| Failure::redirect(path(handle)))?;
    drop(ctx);
    page(&web, &request, &frame).await
}

pub async fn page(web: &Web, request: &Request, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let chosen = PayerForm {
        handle: web.request.param("handle")?.to_owned(),
        payer: request.payer.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    let payers = requests::payers(&web.services.programs, request);
    let choices = payers.iter().map(|payer| Choice::new(payer.id.to_string(), payer.name.clone())).collect();
    let form = Form::of::<PayerForm>(web).await?.offer("payer", choices).fill(&chosen);
    let title = text::CHOOSE_PLAN.of(locale);
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{text::which_plan(locale, frame.app())}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ChoosePayer::PATH>{form.fields()} <Actions submit=text::CONTINUE.of(locale) /></PostForm>
            {frame.cancel()}
        </div>
    };
    // The answer may lead on to the payer's own provider, or back to the app.
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

#[server(endpoint = "choose-payer")]
pub async fn choose_payer(handle: String, #[server(default)] payer: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    match requests::choose_payer(&mut ctx, &web.services.programs, &visit, &PayerId::new(payer.as_str())).await {
        Err(Error::UnknownPayer) => {
            drop(ctx);
            let here = path(&handle);
            let plan = web.request.came_from.clone().filter(|page| *page == format!("{here}/plan"));
            let code = if payer.is_empty() { Code::Required } else { Code::NotAChoice };
            let error = flash::Error::new("payer", code);
            return web.refuse(PayerForm::NAME, plan.unwrap_or(here), &(), [error]).await;
        }
        // The page says calmly that the request no longer waits.
        Err(Error::NotFound) => {}
        done => {
            done?;
            ctx.commit().await?;
        }
    }
    web.redirect(path(&handle));
    Ok(())
}
