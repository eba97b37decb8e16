//! The consent page.

use fhir::members::Member;
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::partition::Environment;
use oauth::{
    client::Client,
    consent::{self, ConsentView, Error, Stays, Subject},
    requests::Visit,
};
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        status::Status,
        summary::{Fact, Summary},
        time::date,
    },
    consent::{
        answered, changed,
        decide::Decide,
        ending::{Back, Ending, On, nothing_shared},
        frame::plan_fact,
        length::options,
        member, mistake, path,
        practice::Attested,
        scopes::{Context, ScopeBoxes},
        switch_account::SwitchAccount,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

/// The form's id: the footer's language buttons belong to it, so that what was chosen comes along.
const FORM: &str = "answer";

pub async fn page(web: &Web, mut ctx: Ctx, visit: &Visit<'_>) -> Result<Page, Failure> {
    let locale = web.locale();
    match consent::view(&mut ctx, &web.services.programs, visit).await {
        Ok(asked) => {
            let Some(patient) = &asked.patient else { return Ok(show(web, visit.handle, asked, None, ctx.now)) };
            match member::find_in(&mut ctx, &asked.partition, &asked.payer.id, patient).await? {
                Some(member) => Ok(show(web, visit.handle, asked, Some(&member), ctx.now)),
                None => Ok(no_record(web, visit.handle, &asked)),
            }
        }
        Err(Error::NotFound) => answered::page(web, &mut ctx, visit).await,
        Err(Error::Due(_)) => Err(Failure::redirect(path(visit.handle))),
        Err(Error::Stopped(stopped)) => {
            Ok(mistake::stopped(stopped, Back::answering(visit.handle, "cancel", locale), locale))
        }
        Err(error) => Err(error.into()),
    }
}

fn show(web: &Web, handle: &str, asked: ConsentView, member: Option<&Member>, now: Timestamp) -> Page {
    let locale = web.locale();
    let app = asked.client.name.clone();
    let title = title(&app, asked.subject, locale);
    let handle = handle.to_owned();
    let draft = asked.draft.clone();
    let days = draft.as_ref().and_then(|draft| draft.days).unwrap_or(asked.default_days);
    let length = (asked.stays != Stays::Never).then(|| length(&asked, days, now, locale));
    let view = view! {
        <div class="card">
            {changed::alert(web, &asked, member)}
            {asking(&asked.client, title.clone(), locale)}
            {who(web, &asked, member, &handle)}
            {earlier(&asked, locale)}
            <Attested organization=asked.client.organization_name.clone() attestation=asked.client.attestation.clone() locale />
            <form class="usa-form" id=FORM method="post" action=Decide::PATH novalidate>
                <input type="hidden" name="handle" value=handle />
                <input type="hidden" name="shown" value=asked.shown.clone() />
                <ScopeBoxes scopes=asked.scopes.clone() checked=draft.map(|draft| draft.scopes) app=app.clone() locale />
                <Context scopes=asked.context.clone() app=app.clone() alone=asked.scopes.is_empty() locale />
                {length}
                {purpose(&asked.client, locale)}
                <div class="actions">
                    <button class="usa-button" type="submit" name="answer" value="allow">{locale.of("Allow", "Permitir")}</button>
                    <button class="usa-button usa-button--outline" type="submit" name="answer" value="cancel">
                        {locale.of("Cancel", "Cancelar")}
                    </button>
                </div>
            </form>
        </div>
    };
    Page::new(Portal::Consent, title, view).leaving().keeping(FORM)
}

/// What is asked, said first.
fn title(app: &str, subject: Subject, locale: Locale) -> String {
    match (subject, locale) {
        (Subject::Health, Locale::English) => format!("{app} asks to see your health information"),
        (Subject::Health, Locale::Spanish) => format!("{app} pide ver su información de salud"),
        (Subject::IdentityAndDirectory, Locale::English) => {
            format!("{app} wants to know who you are and to read the provider directory")
        }
        (Subject::IdentityAndDirectory, Locale::Spanish) => {
            format!("{app} quiere saber quién es usted y leer el directorio de proveedores")
        }
        (Subject::Identity, Locale::English) => format!("{app} wants to know who you are"),
        (Subject::Identity, Locale::Spanish) => format!("{app} quiere saber quién es usted"),
        (Subject::Directory, Locale::English) => format!("{app} asks to read the provider directory"),
        (Subject::Directory, Locale::Spanish) => format!("{app} pide leer el directorio de proveedores"),
        (Subject::Connection, Locale::English) => format!("{app} asks to stay connected"),
        (Subject::Connection, Locale::Spanish) => format!("{app} pide seguir conectada"),
    }
}

/// Whoever is linked to somebody of whom the plan's data says nothing (any more) can share nothing.
fn no_record(web: &Web, handle: &str, asked: &ConsentView) -> Page {
    let (locale, plan) = (web.locale(), &asked.payer.name);
    let title = match locale {
        Locale::English => format!("{plan} has no record of you now"),
        Locale::Spanish => format!("{plan} no tiene un expediente suyo en este momento"),
    };
    let may_choose = may_choose(asked);
    let why = match may_choose {
        true => locale.of(
            "The test member that you chose is no longer in the sandbox, or belongs to another plan.",
            "El miembro de prueba que eligió ya no está en el entorno de pruebas o es de otro plan.",
        ),
        false => locale.of(
            "You are not in its data. Ask your health plan if you think that this is wrong.",
            "Usted no aparece en sus datos. Si cree que es un error, pregunte a su plan de salud.",
        ),
    };
    let on = if may_choose {
        let text = locale.of("Choose another test member", "Elegir otro miembro de prueba");
        On::Button(format!("{}/member", path(handle)), text)
    } else {
        On::plan(handle, plans(web, asked), locale)
    };
    let told = view! { <p>{why} " " {nothing_shared(locale)}</p> }.into_any();
    Ending { title, told, on, back: Back::to(&asked.client.name, handle, "cancel", locale) }.page(locale)
}

/// How many there are to choose from.
fn plans(web: &Web, asked: &ConsentView) -> usize {
    web.services.programs.get(&asked.partition.program).map_or(0, |program| program.payers.len())
}

/// In the sandbox one is whom one chooses, unless the payer's provider says who one is.
fn may_choose(asked: &ConsentView) -> bool {
    let environment = asked.partition.environment;
    environment == Environment::Sandbox && !asked.payer.has_provider(environment)
}

/// What the app may do already, which the answer would replace.
fn earlier(asked: &ConsentView, locale: Locale) -> Option<impl IntoView + use<>> {
    let grant = asked.earlier.as_ref()?;
    let (since, until) = (date(grant.changed_at.unwrap_or(grant.created_at), locale), date(grant.expires_at, locale));
    let text = match locale {
        Locale::English => format!(
            "You allowed this app on {since}, until {until}. If you choose Allow, what you choose here replaces that. If you \
             choose Cancel, it stays as it is."
        ),
        Locale::Spanish => format!(
            "Usted permitió el acceso a esta aplicación el {since}, hasta el {until}. Si elige Permitir, lo que elija aquí lo \
             reemplaza. Si elige Cancelar, todo sigue igual."
        ),
    };
    Some(view! { <Alert tone=Tone::Info>{text}</Alert> })
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
    let may_choose = may_choose(asked);
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
    let plan = plan_fact(handle, asked.payer.name.clone(), 1 < plans(web, asked), locale);
    let facts =
        [Fact::new(locale.of("Signed in as", "Sesión de"), signed_in)].into_iter().chain(whose).chain([plan]).collect();
    let sandbox = sandbox.then(|| {
        let text = locale.of("Sandbox: synthetic data, no real person", "Entorno de pruebas: datos ficticios");
        view! { <p><Status tone=Tone::Info text /></p> }
    });
    view! { <div class="who"><Summary facts />{sandbox}</div> }
}

fn length(asked: &ConsentView, chosen: u16, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let stays = match asked.stays {
        Stays::Always => locale.of(
            "Until then it stays connected, and can read also while you are away.",
            "Hasta entonces sigue conectada y puede leer también cuando usted no está.",
        ),
        Stays::Asked => locale.of(
            "If you uncheck “Stay connected”, its access ends within minutes, whatever you choose here.",
            "Si desmarca «Seguir conectada», su acceso termina en unos minutos, elija lo que elija aquí.",
        ),
        Stays::Never => "",
    };
    view! {
        <div class="usa-form-group">
            <label class="usa-label" for="days">{locale.of("How long may it have access?", "¿Por cuánto tiempo tendrá acceso?")}</label>
            <span class="usa-hint" id="days-hint">
                {stays} " "
                {locale.of(
                    "You can stop it at any time in the member portal; it takes effect at once.",
                    "Puede detenerlo en cualquier momento en el portal para miembros; el cambio es inmediato.",
                )}
            </span>
            <select class="usa-select" id="days" name="days" aria-describedby="days-hint">
                {options(&asked.days, chosen, now, locale)}
            </select>
        </div>
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
