//! `/account/second-factor/recovery-codes`: the codes, this once; and making new ones.

use identity::second_factor::{change, recovery_codes::RecoveryCodes};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, Question, inputs, proof_form, refuse, ways},
};
use crate::{
    account::sign_in::with_next,
    components::dialog::Dialog,
    failure::Failure,
    form::Form,
    islands::copy::CopyButton,
    page::{Page, Portal},
    web::{Web, request::local_path, reveal},
};

pub const PATH: &str = "/account/second-factor/recovery-codes";
pub const NEW_PATH: &str = "/account/second-factor/new-recovery-codes";
const FORM: &str = "new-recovery-codes";
/// Under which they wait in the session for their page.
const KEPT: &str = "recovery-codes";

/// Keeps the codes for their page, and leads there.
pub async fn lead(web: &Web, codes: &RecoveryCodes, next: &str, done: &str) -> Result<(), Failure> {
    let mut ctx = web.services.store.write().await?;
    reveal::keep(web, &mut ctx, KEPT, &codes.expose().join("\n")).await?;
    ctx.commit().await?;
    let page = with_next(PATH, local_path(next).unwrap_or_default());
    let separator = if page.contains('?') { '&' } else { '?' };
    web.redirect(if done.is_empty() { page } else { format!("{page}{separator}done={done}") });
    Ok(())
}

/// The codes, this once.
pub async fn page(web: Web) -> Result<Page, Failure> {
    web.healthcare_account().await?;
    let locale = web.locale();
    let next = Some(next(&web)).filter(|next| !next.is_empty()).unwrap_or_else(|| OVERVIEW.to_owned());
    let title = locale.of("Your recovery codes", "Sus códigos de recuperación");
    let shown = match reveal::take(&web, KEPT).await? {
        Some(codes) => view! {
            <p>{locale.of(
                "Keep them where you find them without your phone: printed, or in a password manager. Each lets you in once when you do not \
                 have your app or passkey. They are shown only now.",
                "Guárdelos donde los encuentre sin su teléfono: impresos o en un administrador de contraseñas. Cada uno le permite entrar una \
                 vez cuando no tiene su aplicación ni su llave de acceso. Solo se muestran ahora.",
            )}</p>
            <div class="codes">
                <pre class="codes__list" id="recovery-codes">{codes}</pre>
                <CopyButton source="recovery-codes".to_owned() label=title.to_owned() locale />
            </div>
            <p class="actions">
                <a class="usa-button" href=next>{locale.of("I have kept them", "Los he guardado")}</a>
            </p>
        }
        .into_any(),
        None => view! {
            <p>{locale.of(
                "They were shown once and are not kept. If you do not have them, make new ones.",
                "Se mostraron una vez y no se guardan. Si no los tiene, cree otros.",
            )}</p>
            <p class="actions">
                <a class="usa-button" href=NEW_PATH>{locale.of("Make new recovery codes", "Crear códigos de recuperación nuevos")}</a>
                <a class="usa-button usa-button--outline" href=next>{locale.of("Continue", "Continuar")}</a>
            </p>
        }
        .into_any(),
    };
    let view = view! { <Dialog title=title>{shown}</Dialog> };
    Ok(Page::new(Portal::Site, title, view))
}

/// `/account/second-factor/new-recovery-codes`
pub async fn ask(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = Form::open(&web, FORM, inputs(&ways, locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let title = locale.of("Make new recovery codes", "Crear códigos de recuperación nuevos");
    let submit = locale.of("Make new codes", "Crear códigos");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of("Those from before work no more.", "Los anteriores ya no servirán.")}</p>
            {proof_form(&web, &form, &ways, Question { to: MakeRecoveryCodes::PATH, submit, cancel_to: OVERVIEW.to_owned() })}
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "make-recovery-codes")]
pub async fn make_recovery_codes(#[server(flatten)] form: ProofForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    match change::recovery_codes(&web.services.identity, account, &form.proof(&web)).await {
        Ok(codes) => lead(&web, &codes, &form.next, "").await,
        Err(error) => refuse(&web, FORM, NEW_PATH, &form, error).await,
    }
}
