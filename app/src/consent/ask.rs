//! The consent page.

use fhir::members::Member;
use leptos::{prelude::*, server_fn::ServerFn};
use model::partition::Environment;
use oauth::{
    client::Client,
    consent::{self, ConsentView, Error},
    requests::Visit,
};

use crate::{
    components::{
        alert::Tone,
        form::PostForm,
        status::Status,
        summary::{Fact, Summary},
    },
    consent::{
        decide::Decide, gone, member, mistake, path, practice::Attested, scopes::ScopeBoxes,
        switch_account::SwitchAccount,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: &Web, visit: &Visit<'_>) -> Result<Page, Failure> {
    let locale = web.locale();
    let asked = consent::view(&mut web.services.store.read().await?, &web.services.programs, visit).await;
    match asked {
        Ok(asked) => {
            let member = match &asked.patient {
                Some(patient) => member::find(web, &asked.partition, &asked.payer.id, patient).await?,
                None => None,
            };
            Ok(show(web, visit.handle, asked, member.as_ref()))
        }
        Err(Error::NotFound) => Ok(gone(locale)),
        Err(Error::Due(_)) => Err(Failure::redirect(path(visit.handle))),
        Err(Error::Stopped(stopped)) => Ok(mistake::stopped(stopped, locale)),
        Err(error) => Err(error.into()),
    }
}

fn show(web: &Web, handle: &str, asked: ConsentView, member: Option<&Member>) -> Page {
    let locale = web.locale();
    let app = asked.client.name.clone();
    let title = match locale {
        Locale::English => format!("{app} asks to see your health information"),
        Locale::Spanish => format!("{app} pide ver su información de salud"),
    };
    let handle = handle.to_owned();
    let view = view! {
        <div class="card">
            {asking(&asked.client, title.clone(), locale)}
            {who(web, &asked, member, &handle)}
            <Attested organization=asked.client.organization_name.clone() attestation=asked.client.attestation.clone() locale />
            <PostForm to=Decide::PATH>
                <input type="hidden" name="handle" value=handle />
                <ScopeBoxes scopes=asked.scopes app=app.clone() locale />
                {length(&asked.days, asked.default_days, locale)}
                {purpose(&asked.client, locale)}
                <div class="actions">
                    <button class="usa-button" type="submit" name="answer" value="allow">{locale.of("Allow", "Permitir")}</button>
                    <button class="usa-button usa-button--outline" type="submit" name="answer" value="cancel">
                        {locale.of("Cancel", "Cancelar")}
                    </button>
                </div>
            </PostForm>
        </div>
    };
    Page::new(Portal::Consent, title, view).leaving()
}

/// The app with its initial, until it has a logo, and who is behind it.
fn asking(client: &Client, title: String, locale: Locale) -> impl IntoView + use<> {
    let initial: String =
        client.name.chars().find(|char| char.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect();
    let by = match locale {
        Locale::English => format!("An app by {}", client.organization_name),
        Locale::Spanish => format!("Una aplicación de {}", client.organization_name),
    };
    view! {
        <div class="asking">
            <span class="asking__logo" aria-hidden="true">{initial}</span>
            <div><h1>{title}</h1><p>{by}</p></div>
        </div>
    }
}

fn who(web: &Web, asked: &ConsentView, member: Option<&Member>, handle: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let name = web.signed_in_name().unwrap_or_default();
    let signed_in = view! {
        {name}
        <form method="post" action=SwitchAccount::PATH>
            <input type="hidden" name="handle" value=handle.to_owned() />
            <button class="usa-button usa-button--unstyled" type="submit">{locale.of("Not you?", "¿No es usted?")}</button>
        </form>
    };
    let sandbox = asked.partition.environment == Environment::Sandbox;
    let may_choose = sandbox && !asked.payer.has_provider(asked.partition.environment);
    let whose = member.map(|member| {
        let another = may_choose.then(|| {
            let change = locale.of("Choose another", "Elegir otro");
            view! { <a class="who__change" href=format!("{}/member", path(handle))>{change}</a> }
        });
        let label = if sandbox {
            locale.of("Test member", "Miembro de prueba")
        } else {
            locale.of("Whose information", "Información de")
        };
        Fact::new(label, view! { {member.name.clone()} {another} })
    });
    let plan = Fact::new(locale.of("Health plan", "Plan de salud"), asked.payer.name.clone());
    let facts =
        [Fact::new(locale.of("Signed in as", "Sesión de"), signed_in)].into_iter().chain(whose).chain([plan]).collect();
    let sandbox = sandbox.then(|| {
        let text = locale.of("Sandbox: synthetic data, no real person", "Entorno de pruebas: datos ficticios");
        view! { <p><Status tone=Tone::Info text /></p> }
    });
    view! { <div class="who"><Summary facts />{sandbox}</div> }
}

fn length(choices: &[u16], chosen: u16, locale: Locale) -> impl IntoView + use<> {
    let option = |days: &u16| {
        let days = *days;
        view! { <option value=days selected={days == chosen}>{days_text(days, locale)}</option> }
    };
    view! {
        <div class="usa-form-group">
            <label class="usa-label" for="days">{locale.of("How long may it have access?", "¿Por cuánto tiempo tendrá acceso?")}</label>
            <span class="usa-hint" id="days-hint">
                {locale.of(
                    "You can stop it at any time in the member portal; it takes effect at once.",
                    "Puede detenerlo en cualquier momento en el portal para miembros; el cambio es inmediato.",
                )}
            </span>
            <select class="usa-select" id="days" name="days" aria-describedby="days-hint">
                {choices.iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// `90 days`, `1 year`
pub fn days_text(days: u16, locale: Locale) -> String {
    match (days, locale) {
        (1, Locale::English) => "1 day".to_owned(),
        (1, Locale::Spanish) => "1 día".to_owned(),
        (365, Locale::English) => "1 year".to_owned(),
        (365, Locale::Spanish) => "1 año".to_owned(),
        (days, Locale::English) => format!("{days} days"),
        (days, Locale::Spanish) => format!("{days} días"),
    }
}

/// What the app says of itself, and where to read more. Its text is its own, so it stands in quotes.
fn purpose(client: &Client, locale: Locale) -> impl IntoView + use<> {
    let app = client.name.clone();
    let (heading, policy) = match locale {
        Locale::English => {
            (format!("What {app} says it is for"), format!("Privacy policy of {app}: how it uses and keeps your data"))
        }
        Locale::Spanish => (
            format!("Para qué sirve {app}, según sus autores"),
            format!("Política de privacidad de {app}: cómo usa y guarda sus datos"),
        ),
    };
    view! {
        <section class="form-section">
            <h2>{heading}</h2>
            <blockquote class="quote">{client.description.clone()}</blockquote>
            <ul class="usa-list">
                <li><a href=client.privacy_url.to_string() target="_blank" rel="noopener noreferrer nofollow">{policy}</a></li>
                <li><a href="/terms" target="_blank" rel="noopener">{locale.of("Terms and Conditions", "Términos y condiciones")}</a></li>
            </ul>
            <p class="usa-hint">
                {locale.of(
                    "Once the app has your data, its own privacy policy applies to that copy, and it may not be protected by HIPAA.",
                    "Cuando la aplicación tenga sus datos, a esa copia se le aplica la política de privacidad de la aplicación, y \
                     es posible que no esté protegida por HIPAA.",
                )}
            </p>
        </section>
    }
}
