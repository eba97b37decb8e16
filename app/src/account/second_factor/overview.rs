//! `/account/second-factor`: how two-step sign-in stands, and setting it up; also its part of the page about the account.

use identity::{
    accounts::Account,
    second_factor::{self, Status as Factor, enrol},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{PATH, name, next, proof, recovery_codes, remove, replace, setup};
use crate::{
    account::second_factor::proof::ProofForm,
    components::{
        alert::{Alert, Tone},
        form::{Actions, ErrorSummary, PostForm},
        status::Status,
        summary::{Fact, Summary},
        time::Day,
    },
    failure::Failure,
    form::{Form, input::Input},
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

pub const FORM: &str = "second-factor";
/// So few are worth a warning.
const FEW: i64 = 3;

/// Its part of `/account`.
pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let factor = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let (about, lead) = match &factor {
        Some(factor) => (state(factor, locale), locale.of("Manage", "Administrar")),
        None => (
            view! { <p>{what_for(locale)}</p> }.into_any(),
            locale.of("Set up two-step sign-in", "Activar el inicio de sesión en dos pasos"),
        ),
    };
    Ok(view! {
        <h2>{name(web)}</h2>
        {about}
        <p class="actions"><a class="usa-button usa-button--outline" href=PATH>{lead}</a></p>
    })
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?;
    let factor = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let title = name(&web);
    let view = match &factor {
        Some(factor) => manage(&web, title, factor).into_any(),
        None => start(&web, title).await?.into_any(),
    };
    let back = web.locale().of("Manage your Healthcare ID", "Administrar su Healthcare ID");
    Ok(Page::new(Portal::Site, title, view).under("/account", back))
}

fn what_for(locale: Locale) -> &'static str {
    locale.of(
        "With two-step sign-in, your password alone opens nothing: signing in also takes a code of an app on your phone or in your \
         password manager.",
        "Con el inicio de sesión en dos pasos, su contraseña sola no abre nada: también se pide un código de una aplicación de su \
         teléfono o de su administrador de contraseñas.",
    )
}

async fn start(web: &Web, title: &'static str) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let next = next(web);
    let fresh = web.session().is_some_and(|session| enrol::is_fresh(session, web.services.store.now()));
    let password = (!fresh).then(|| proof::password(locale));
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
    Ok(view! {
        <div class="card card--medium">
            <h1>{title}</h1>
            {staff}
            <p>{what_for(locale)}</p>
            <p>{locale.of(
                "Any authenticator app will do. You scan a picture with it, or type a key, and enter the first code.",
                "Sirve cualquier aplicación de autenticación. Escanee una imagen o escriba una clave, e introduzca el primer código.",
            )}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=setup::BeginSecondFactor::PATH>
                {form.fields()}
                <Actions submit=locale.of("Set up two-step sign-in", "Activar el inicio de sesión en dos pasos") />
            </PostForm>
        </div>
    })
}

fn state(factor: &Factor, locale: Locale) -> AnyView {
    let left = factor.recovery_codes;
    let count = match locale {
        Locale::English => format!("{left} of {} left", second_factor::recovery_codes::COUNT),
        Locale::Spanish => format!("Quedan {left} de {}", second_factor::recovery_codes::COUNT),
    };
    let facts = vec![
        Fact::new(
            locale.of("State", "Estado"),
            view! { <Status tone=Tone::Success text=locale.of("On", "Activado") /> },
        ),
        Fact::new(locale.of("Since", "Desde"), view! { <Day at=factor.since locale /> }),
        Fact::new(locale.of("Recovery codes", "Códigos de recuperación"), count),
    ];
    view! { <Summary facts /> }.into_any()
}

fn manage(web: &Web, title: &'static str, factor: &Factor) -> impl IntoView + use<> {
    let locale = web.locale();
    let few = (factor.recovery_codes <= FEW).then(|| {
        view! {
            <Alert tone=Tone::Warning>{locale.of(
                "You have few recovery codes left. Make new ones, so that you can sign in without your app.",
                "Le quedan pocos códigos de recuperación. Cree otros para poder iniciar sesión sin su aplicación.",
            )}</Alert>
        }
    });
    let next = next(web);
    let onward = (!next.is_empty()).then(|| {
        view! { <p><a class="usa-button" href=next.clone()>{locale.of("Continue", "Continuar")}</a></p> }
    });
    let step = |path, heading, about, button| {
        view! {
            <section class="panel">
                <h2>{heading}</h2>
                <p>{about}</p>
                <p><a class="usa-button usa-button--outline" href=path>{button}</a></p>
            </section>
        }
    };
    view! {
        <h1>{title}</h1>
        {few}
        {state(factor, locale)}
        {onward}
        {step(
            recovery_codes::NEW_PATH,
            locale.of("Recovery codes", "Códigos de recuperación"),
            locale.of(
                "They let you in when you do not have your app. New ones replace those from before.",
                "Le permiten entrar cuando no tiene su aplicación. Los nuevos reemplazan a los anteriores.",
            ),
            locale.of("Make new recovery codes", "Crear códigos de recuperación nuevos"),
        )}
        {step(
            replace::PATH,
            locale.of("Another app", "Otra aplicación"),
            locale.of(
                "For a new phone. The app in use works until the new one has given its first code.",
                "Para un teléfono nuevo. La aplicación actual funciona hasta que la nueva dé su primer código.",
            ),
            locale.of("Change the app", "Cambiar la aplicación"),
        )}
        {step(
            remove::PATH,
            locale.of("Switch off", "Desactivar"),
            locale.of("Then your password alone signs in.", "Después bastará su contraseña."),
            locale.of("Switch off two-step sign-in", "Desactivar el inicio de sesión en dos pasos"),
        )}
    }
}
