//! `/account/second-factor` before there is a second factor: which one it is to be.

use identity::second_factor::enrol;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH, new_passkey, next, overview,
    proof::{self, ProofForm},
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
    form::{Form, input::Input},
    locale::Locale,
    web::Web,
};

pub const FORM: &str = "second-factor";

/// Whether the password is to be asked for again.
pub fn is_fresh(web: &Web) -> bool {
    web.session().is_some_and(|session| enrol::is_fresh(session, web.services.store.now()))
}

pub async fn start(web: &Web, title: &'static str) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let next = next(web);
    let password = (!is_fresh(web)).then(|| proof::password(locale));
    let inputs = password.into_iter().chain([Input::hidden("next")]).collect();
    let form = Form::open(web, FORM, inputs).await?.fill(&ProofForm::leading_to(next.clone()));
    // Their portal speaks English, so they are told in English; see `Portal::navigation`.
    let staff = next.starts_with("/admin").then(|| {
        view! {
            <Alert tone=Tone::Info heading="One more step before you begin">
                <p>"The Administrative & Support Portal opens to accounts with two-step sign-in only. Setting it up takes about a minute, once."</p>
            </Alert>
        }
    });
    let here = web.has_passkeys_here();
    let quiet = if here { "usa-button usa-button--outline" } else { "usa-button" };
    Ok(view! {
        <div class="card card--medium">
            <h1>{title}</h1>
            {staff}
            <p>{overview::what_for(locale)}</p>
            <ErrorSummary form=form.clone() />
            <section class="choice">
                <h2>{locale.of("With a passkey", "Con una llave de acceso")}</h2>
                <p>{about_passkeys(locale)}</p>
                {if here {
                    view! {
                        <p><a class="usa-button" href=with_next(new_passkey::PATH, &next)>{new_passkey::title(locale)}</a></p>
                        {without_script(locale)}
                    }
                    .into_any()
                } else {
                    elsewhere(web, PATH).into_any()
                }}
            </section>
            <section class="choice">
                <h2>{locale.of("With an authenticator app", "Con una aplicación de autenticación")}</h2>
                <p>{locale.of(
                    "Any authenticator app will do. You scan a picture with it, or type a key, and enter the first code.",
                    "Sirve cualquier aplicación de autenticación. Escanee una imagen o escriba una clave, e introduzca el primer código.",
                )}</p>
                <PostForm to=setup::BeginSecondFactor::PATH>
                    {form.fields()}
                    <div class="actions">
                        <button class=quiet type="submit">
                            {locale.of("Set up an authenticator app", "Configurar una aplicación de autenticación")}
                        </button>
                    </div>
                </PostForm>
            </section>
        </div>
    })
}

pub fn about_passkeys(locale: Locale) -> &'static str {
    locale.of(
        "Your phone, your computer or a security key confirms that it is you, by fingerprint, face, PIN or a touch. There is nothing to \
         type, and a false site gets nothing.",
        "Su teléfono, su computadora o una llave de seguridad confirma que es usted, con huella digital, rostro, PIN o un toque. No hay \
         nada que escribir, y un sitio falso no obtiene nada.",
    )
}
