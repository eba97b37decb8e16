//! Which health plan, where a program has several.

use leptos::{prelude::*, server_fn::ServerFn};
use model::form::Code;
use model::id::PayerId;
use oauth::requests::{self, Error, Request, Visit};
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{answered, frame::Frame, path},
    failure::Failure,
    form::{
        Form, flash,
        input::{Choice, Input},
    },
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

const FORM: &str = "payer";

/// What is chosen so far.
#[derive(Default, Serialize, Deserialize)]
struct Chosen {
    payer: String,
}

/// `/consent/{handle}/plan`: another plan than was chosen, or than the app's address named.
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
    let handle = web.request.param("handle")?.to_owned();
    let payers = requests::payers(&web.services.programs, request);
    let choices = payers.iter().map(|payer| Choice::new(payer.id.to_string(), payer.name.clone())).collect();
    let question = locale.of("Who provides your health plan?", "¿Quién ofrece su plan de salud?");
    let chosen = Chosen { payer: request.payer.as_ref().map(ToString::to_string).unwrap_or_default() };
    let form = Form::open(web, FORM, vec![Input::radios("payer", question, choices)]).await?.fill(&chosen);
    let title = locale.of("Choose your health plan", "Elija su plan de salud");
    let name = frame.app();
    let lead = match locale {
        Locale::English => format!("{name} wants to connect to your health plan. Which plan is it?"),
        Locale::Spanish => format!("{name} quiere conectarse con su plan de salud. ¿Cuál es su plan?"),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{lead}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ChoosePayer::PATH>
                <input type="hidden" name="handle" value=handle />
                {form.fields()} <Actions submit=locale.of("Continue", "Continuar") />
            </PostForm>
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
    match requests::choose_payer(&mut ctx, &web.services.programs, &visit, &PayerId::new(payer)).await {
        Err(Error::UnknownPayer) => {
            drop(ctx);
            let here = web.request.came_from.clone().filter(|page| *page == format!("{}/plan", path(&handle)));
            let here = here.unwrap_or_else(|| path(&handle));
            return web.refuse(FORM, here, &(), [flash::Error::new("payer", Code::NotAChoice)]).await;
        }
        // The page says calmly that it is gone.
        Err(Error::NotFound) => {}
        done => {
            done?;
            ctx.commit().await?;
        }
    }
    web.redirect(path(&handle));
    Ok(())
}
