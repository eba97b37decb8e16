//! `/account/second-factor` before the account has a second factor: choosing one.

use identity::second_factor::enrol;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH, new_passkey, next,
    proof::ProofForm,
    setup,
    ways::{elsewhere, without_script},
};
use crate::{
    account::sign_in::with_next,
    components::{
        alert::{Alert, Tone},
        form::{ErrorSummary, PostForm},
    },
    failure::Failure,
    form::Form,
    islands::passkey::INPUT,
    texts::account::second_factor as text,
    web::Web,
};

/// Whether the sign-in is so recent that the form does not ask for the password again.
pub fn is_fresh(web: &Web) -> bool {
    web.session().is_some_and(|session| enrol::is_fresh(session, web.services.store.now()))
}

pub async fn start(web: &Web, title: &'static str) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let next = next(web);
    let form = Form::of::<ProofForm>(web).await?.without(&["code", INPUT]);
    let form = if is_fresh(web) { form.without(&["current_password"]) } else { form };
    let form = form.fill(&ProofForm::leading_to(next.clone()));
    // In English, because their portal is; see `Portal::navigation`.
    let staff = next.starts_with("/admin").then(|| {
        view! {
            <Alert tone=Tone::Info heading=text::STAFF_HEADING>
                <p>{text::STAFF}</p>
            </Alert>
        }
    });
    let here = web.has_passkeys_here();
    let quiet = if here { "usa-button usa-button--outline" } else { "usa-button" };
    Ok(view! {
        <div class="card card--medium">
            <h1>{title}</h1>
            {staff}
            <p>{text::WHAT_FOR.of(locale)}</p>
            <ErrorSummary form=form.clone() />
            <section class="choice">
                <h2>{text::WITH_PASSKEY.of(locale)}</h2>
                <p>{text::ABOUT_PASSKEYS.of(locale)}</p>
                {if here {
                    view! {
                        <p><a class="usa-button" href=with_next(new_passkey::PATH, &next)>{text::ADD_PASSKEY.of(locale)}</a></p>
                        {without_script(locale)}
                    }
                    .into_any()
                } else {
                    elsewhere(web, PATH).into_any()
                }}
            </section>
            <section class="choice">
                <h2>{text::WITH_APP.of(locale)}</h2>
                <p>{text::ABOUT_SETTING_UP_APP.of(locale)}</p>
                <PostForm to=setup::BeginSecondFactor::PATH>
                    {form.fields()}
                    <div class="actions">
                        <button class=quiet type="submit">
                            {text::SET_UP_APP.of(locale)}
                        </button>
                    </div>
                </PostForm>
            </section>
        </div>
    })
}
