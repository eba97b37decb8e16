//! `/account/second-factor/recovery-codes`: the codes, shown once; and making new ones.

use identity::second_factor::{change, recovery_codes::RecoveryCodes};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{self, ProofForm, Question, proof_form, refuse, ways},
};
use crate::{
    account::sign_in::with_next,
    components::dialog::Dialog,
    failure::Failure,
    islands::copy::CopyButton,
    page::{Page, Portal},
    texts::{
        account::{CONTINUE, second_factor as text},
        notices::Notice,
    },
    web::{Web, request::local_path, reveal},
};

pub const PATH: &str = "/account/second-factor/recovery-codes";
pub const NEW_PATH: &str = "/account/second-factor/new-recovery-codes";
const FORM: &str = "new-recovery-codes";
/// The name under which they wait in the session for their page.
const KEPT: &str = "recovery-codes";

/// Keeps the codes for their page, and leads there.
pub async fn lead(web: &Web, codes: &RecoveryCodes, next: &str, done: Option<Notice>) -> Result<(), Failure> {
    let mut ctx = web.services.store.write().await?;
    reveal::keep(web, &mut ctx, KEPT, &codes.expose().join("\n")).await?;
    ctx.commit().await?;
    let page = with_next(PATH, local_path(next).unwrap_or_default());
    web.redirect(done.map_or_else(|| page.clone(), |done| done.on(&page)));
    Ok(())
}

/// The codes, shown once.
pub async fn page(web: Web) -> Result<Page, Failure> {
    web.healthcare_account().await?;
    let locale = web.locale();
    let next = Some(next(&web)).filter(|next| !next.is_empty()).unwrap_or_else(|| OVERVIEW.to_owned());
    let shown = match reveal::take(&web, KEPT).await? {
        Some(codes) => view! {
            <p>{text::KEEP_CODES.of(locale)}</p>
            <div class="codes">
                <pre class="codes__list" id="recovery-codes">{codes}</pre>
                <CopyButton source="recovery-codes".to_owned() label=text::THE_CODES.of(locale).to_owned() locale />
            </div>
            <p class="actions">
                <a class="usa-button" href=next>{text::CODES_KEPT.of(locale)}</a>
            </p>
        }
        .into_any(),
        None => view! {
            <p>{text::CODES_GONE.of(locale)}</p>
            <p class="actions">
                <a class="usa-button" href=NEW_PATH>{text::MAKE_NEW_CODES.of(locale)}</a>
                <a class="usa-button usa-button--outline" href=next>{CONTINUE.of(locale)}</a>
            </p>
        }
        .into_any(),
    };
    let view = view! { <Dialog title=text::YOUR_CODES.of(locale)>{shown}</Dialog> };
    Ok(Page::new(Portal::Site, text::YOUR_CODES.of(locale), view))
}

/// `/account/second-factor/new-recovery-codes`
pub async fn ask(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = proof::open(&web, FORM, &ways).await?;
    let (title, submit) = (text::MAKE_NEW_CODES.of(locale), text::MAKE_CODES.of(locale));
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{text::OLD_CODES_END.of(locale)}</p>
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
        Ok(codes) => lead(&web, &codes, &form.next, None).await,
        Err(error) => refuse(&web, FORM, NEW_PATH, &form, error).await,
    }
}
