//! `/account/second-factor`: how two-step sign-in stands; also its part of the page about the account.

use identity::{
    accounts::Account,
    second_factor::{self, Status as Factors, recovery_codes::COUNT},
};
use leptos::prelude::*;

use super::{
    PATH, ask_passkey::lead, name, next, passkeys, recovery_codes, remove, remove_app, replace, start::start,
    ways::Ways,
};
use crate::{
    components::{
        alert::{Alert, Tone},
        status::Status,
        summary::{Fact, Summary},
        time::Day,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

/// So few are worth a warning.
const FEW: i64 = 3;

/// Its part of `/account`.
pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let factors = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let (about, lead) = match &factors {
        Some(factors) => (state(factors, locale), locale.of("Manage", "Administrar")),
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
    let factors = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let ways = Ways::find(&web, &account.id, web.session_id()).await?;
    let title = name(&web);
    let view = match (&factors, &ways) {
        (Some(factors), Some(ways)) => manage(&web, title, factors, ways).into_any(),
        _ => start(&web, title).await?.into_any(),
    };
    let back = web.locale().of("Manage your Healthcare ID", "Administrar su Healthcare ID");
    Ok(Page::new(Portal::Site, title, view).under("/account", back))
}

pub fn what_for(locale: Locale) -> &'static str {
    locale.of(
        "With two-step sign-in, your password alone opens nothing: signing in also takes a passkey, or a code of an app on your phone or \
         in your password manager.",
        "Con el inicio de sesión en dos pasos, su contraseña sola no abre nada: también se pide una llave de acceso, o un código de una \
         aplicación de su teléfono o de su administrador de contraseñas.",
    )
}

fn state(factors: &Factors, locale: Locale) -> AnyView {
    let left = factors.recovery_codes;
    let codes = match locale {
        Locale::English => format!("{left} of {COUNT} left"),
        Locale::Spanish => format!("Quedan {left} de {COUNT}"),
    };
    let facts = vec![
        Fact::new(
            locale.of("State", "Estado"),
            view! { <Status tone=Tone::Success text=locale.of("On", "Activado") /> },
        ),
        Fact::new(locale.of("Since", "Desde"), view! { <Day at=factors.since locale /> }),
        Fact::new(locale.of("Second step", "Segundo paso"), steps(factors, locale)),
        Fact::new(locale.of("Recovery codes", "Códigos de recuperación"), codes),
    ];
    view! { <Summary facts /> }.into_any()
}

/// `2 passkeys, authenticator app`
fn steps(factors: &Factors, locale: Locale) -> String {
    let passkeys = match (factors.passkeys.len(), locale) {
        (0, _) => None,
        (1, Locale::English) => Some("1 passkey".to_owned()),
        (1, Locale::Spanish) => Some("1 llave de acceso".to_owned()),
        (count, Locale::English) => Some(format!("{count} passkeys")),
        (count, Locale::Spanish) => Some(format!("{count} llaves de acceso")),
    };
    let app = factors.app.map(|_| locale.of("authenticator app", "aplicación de autenticación").to_owned());
    passkeys.into_iter().chain(app).collect::<Vec<_>>().join(", ")
}

fn manage(web: &Web, title: &'static str, factors: &Factors, ways: &Ways) -> impl IntoView + use<> {
    let locale = web.locale();
    let few = (factors.recovery_codes <= FEW).then(|| {
        view! {
            <Alert tone=Tone::Warning>{locale.of(
                "You have few recovery codes left. Make new ones, so that you can sign in without your app or passkey.",
                "Le quedan pocos códigos de recuperación. Cree otros para poder entrar sin su aplicación ni su llave de acceso.",
            )}</Alert>
        }
    });
    let next = next(web);
    let onward = (!next.is_empty()).then(|| {
        view! { <p><a class="usa-button" href=next.clone()>{locale.of("Continue", "Continuar")}</a></p> }
    });
    let step = |page: &str, heading, about, button| {
        view! {
            <section class="panel">
                <h2>{heading}</h2>
                <p>{about}</p>
                <div class="actions">{lead(ways, page.to_owned(), button)}</div>
            </section>
        }
    };
    view! {
        <h1>{title}</h1>
        {few}
        {state(factors, locale)}
        {onward}
        {passkeys::section(web, &factors.passkeys, ways)}
        {app(factors, ways, locale)}
        {step(
            recovery_codes::NEW_PATH,
            locale.of("Recovery codes", "Códigos de recuperación"),
            locale.of(
                "They let you in when you have neither app nor passkey. New ones replace those from before.",
                "Le permiten entrar cuando no tiene su aplicación ni su llave de acceso. Los nuevos reemplazan a los anteriores.",
            ),
            locale.of("Make new recovery codes", "Crear códigos de recuperación nuevos"),
        )}
        {step(
            remove::PATH,
            locale.of("Switch off", "Desactivar"),
            locale.of("Then your password alone signs in.", "Después bastará su contraseña."),
            locale.of("Switch off two-step sign-in", "Desactivar el inicio de sesión en dos pasos"),
        )}
    }
}

fn app(factors: &Factors, ways: &Ways, locale: Locale) -> impl IntoView + use<> {
    let (about, button) = match factors.app {
        Some(_) => (
            locale.of(
                "For a new phone. The app in use works until the new one has given its first code.",
                "Para un teléfono nuevo. La aplicación actual funciona hasta que la nueva dé su primer código.",
            ),
            locale.of("Change the app", "Cambiar la aplicación"),
        ),
        None => (
            locale.of(
                "Another way in, where you cannot use a passkey. Any authenticator app will do.",
                "Otra forma de entrar donde no puede usar una llave de acceso. Sirve cualquier aplicación de autenticación.",
            ),
            locale.of("Add an app", "Agregar una aplicación"),
        ),
    };
    let remove = (factors.app.is_some() && !factors.passkeys.is_empty())
        .then(|| lead(ways, remove_app::PATH.to_owned(), locale.of("Remove the app", "Eliminar la aplicación")));
    view! {
        <section class="panel">
            <h2>{locale.of("Authenticator app", "Aplicación de autenticación")}</h2>
            <p>{about}</p>
            <div class="actions">{lead(ways, replace::PATH.to_owned(), button)} {remove}</div>
        </section>
    }
}
