//! Which health plan, where a program has several.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::PayerId;
use oauth::{
    client,
    requests::{self, Error, Request, Visit},
};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    consent::path,
    failure::Failure,
    form::{
        Form, flash,
        input::{Choice, Input},
    },
    page::{Page, Portal},
    web::Web,
};

const FORM: &str = "payer";

pub async fn page(web: &Web, request: &Request) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let mut ctx = web.services.store.read().await?;
    let app = client::find_in_program(&mut ctx, &request.partition.program, &request.client).await?;
    drop(ctx);
    let app = app.ok_or(Failure::NotFound)?;
    let payers = requests::payers(&web.services.programs, request);
    let choices = payers.iter().map(|payer| Choice::new(payer.id.to_string(), payer.name.clone())).collect();
    let question = locale.of("Who provides your health plan?", "¿Quién ofrece su plan de salud?");
    let form = Form::open(web, FORM, vec![Input::radios("payer", question, choices)]).await?;
    let title = locale.of("Choose your health plan", "Elija su plan de salud");
    let name = app.name.clone();
    let lead = match locale {
        crate::locale::Locale::English => {
            format!("{name} asks to see information of your health plan. Which plan is it?")
        }
        crate::locale::Locale::Spanish => format!("{name} pide ver información de su plan de salud. ¿Cuál es su plan?"),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{lead}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ChoosePayer::PATH>
                <input type="hidden" name="handle" value=handle />
                {form.fields()} <Actions submit=locale.of("Continue", "Continuar") />
            </PostForm>
        </div>
    };
    let page = Page::new(Portal::Consent, title, view);
    // The form's answer may lead on to the payer's own provider.
    let has_provider = payers.iter().any(|payer| payer.has_provider(request.partition.environment));
    Ok(if has_provider { page.leaving() } else { page })
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
            return web.refuse(FORM, path(&handle), &(), [flash::Error::new("payer", "not_a_choice")]).await;
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
