//! What a member reads where a provider did not sign them in: what happened, trying again, and the way back.

use leptos::prelude::*;
use oauth::requests::{self, Error, Visit};
use payers::provider::Provider;

use crate::{
    consent::{
        self,
        ending::{Back, Ending, On, nothing_shared},
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

/// Where a sign-in leads that nobody began here, or that is over.
pub const ENDED: &str = "/signin/payer/ended";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The member said no there.
    Refused,
    /// The provider does not answer, or not as it should.
    Failed,
    /// It does not say clearly which member this is.
    Unclear,
}

impl Problem {
    /// For addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
        }
    }

    pub fn find(code: &str) -> Option<Self> {
        [Self::Refused, Self::Failed, Self::Unclear].into_iter().find(|problem| problem.code() == code)
    }

    /// Heading and explanation, for the consent pages and the member portal.
    pub fn texts(self, payer: &str, locale: Locale) -> (String, &'static str) {
        match (self, locale) {
            (Self::Refused, Locale::English) => {
                (format!("You did not sign in at {payer}"), "You stopped there, or chose not to pass on who you are.")
            }
            (Self::Refused, Locale::Spanish) => {
                (format!("No inició sesión en {payer}"), "Se detuvo allí o decidió no decirnos quién es usted.")
            }
            (Self::Failed, Locale::English) => (
                format!("{payer} cannot sign you in right now"),
                "Its sign-in does not answer as it should. This is not your fault. Try again in a few minutes.",
            ),
            (Self::Failed, Locale::Spanish) => (
                format!("{payer} no puede iniciar su sesión en este momento"),
                "Su inicio de sesión no responde como debería. No es culpa suya. Inténtelo de nuevo en unos minutos.",
            ),
            (Self::Unclear, Locale::English) => (
                format!("{payer} did not tell us which member you are"),
                "You signed in there, but the answer did not include a member ID that we can match to one person. This is not \
                 your fault, and the apps you connected before stay as they are. Your health plan has to correct this. Try \
                 again later, or ask your plan.",
            ),
            (Self::Unclear, Locale::Spanish) => (
                format!("{payer} no nos dijo qué miembro es usted"),
                "Inició sesión allí, pero la respuesta no incluyó un ID de miembro que corresponda a una sola persona. No es \
                 culpa suya, y las aplicaciones que conectó antes siguen igual. Su plan de salud debe corregirlo. Inténtelo \
                 más tarde o pregunte a su plan.",
            ),
        }
    }
}

/// Whether the sign-in belongs to an app's authorization request.
pub fn is_consent(next: &str) -> bool {
    next.starts_with("/consent/")
}

/// The sign-in page of the member portal, which says so.
pub fn portal_path(provider: &Provider, problem: Problem) -> String {
    let home = &provider.home;
    let (program, environment) = (&home.partition.program, home.partition.environment);
    format!(
        "/member/signin?program={program}&environment={environment}&payer={}&problem={}",
        home.payer,
        problem.code()
    )
}

/// `/consent/{handle}/provider?problem=failed`
pub async fn in_consent(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let problem = web.request.query("problem").and_then(Problem::find).ok_or(Failure::NotFound)?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let request = match requests::get(&mut ctx, &visit).await {
        Err(Error::NotFound) => return consent::answered::page(&web, &mut ctx, &visit).await,
        found => found?.0,
    };
    let payer = request.payer.as_ref().ok_or(Failure::NotFound)?;
    let provider = web.services.payers.find(&request.partition, payer).ok_or(Failure::NotFound)?;
    Ok(page(&web, &provider.name, handle, problem))
}

/// Trying again leads to the request's own page, which leads to the provider; the other button back to the app.
pub fn page(web: &Web, payer: &str, handle: &str, problem: Problem) -> Page {
    let locale = web.locale();
    // What the app is told: RFC 6749 §4.1.2.1 `access_denied` or `temporarily_unavailable`.
    let (answer, status) = match problem {
        Problem::Refused => ("cancel", 200),
        Problem::Failed | Problem::Unclear => ("unavailable", 503),
    };
    let on = On::Button(consent::path(handle), locale.of("Try again", "Intentar de nuevo"));
    closed(problem.texts(payer, locale), on, handle, answer, locale).status(status)
}

/// Whom the provider knows and the payer's data does not.
pub fn unknown_member(payer: &str, handle: &str, locale: Locale) -> Page {
    closed((unknown_title(payer, locale), unknown_text(locale)), On::portal(locale), handle, "cancel", locale)
}

/// Of a request that waits, with the answer that the way back gives.
fn closed((title, text): (String, &'static str), on: On, handle: &str, answer: &'static str, locale: Locale) -> Page {
    let told = view! { <p>{text} " " {nothing_shared(locale)}</p> }.into_any();
    Ending { title, told, on, back: Back::answering(handle, answer, locale) }.page(locale)
}

/// The payer's members sign in at its own provider, which this deployment does not know: nobody can be told who they are.
/// `plans` is how many there are to choose from.
pub fn not_connected(payer: &str, handle: &str, plans: usize, locale: Locale) -> Page {
    let texts = match locale {
        Locale::English => (
            format!("You cannot sign in for {payer} here yet"),
            "This health plan signs its members in itself, and its sign-in is not connected to this site yet. This is not your \
             fault. Try again another day, or ask your health plan when it will be ready.",
        ),
        Locale::Spanish => (
            format!("Aún no puede iniciar sesión aquí para {payer}"),
            "Este plan de salud inicia él mismo la sesión de sus miembros, y su inicio de sesión aún no está conectado a este \
             sitio. No es culpa suya. Inténtelo otro día o pregunte a su plan cuándo estará listo.",
        ),
    };
    closed(texts, On::plan(handle, plans, locale), handle, "unavailable", locale).status(503)
}

/// The payer has members prove who they are in no way that works here.
pub fn unlinkable(payer: &str, handle: &str, locale: Locale) -> Page {
    let texts = match locale {
        Locale::English => (
            format!("{payer} does not connect members to apps here"),
            "This health plan does not accept a member card as proof of who you are. Ask your plan how you can share your \
             information.",
        ),
        Locale::Spanish => (
            format!("{payer} no conecta aquí a sus miembros con aplicaciones"),
            "Este plan de salud no acepta la tarjeta de miembro para comprobar quién es usted. Pregunte a su plan cómo puede \
             compartir su información.",
        ),
    };
    closed(texts, On::portal(locale), handle, "cancel", locale)
}

fn unknown_title(payer: &str, locale: Locale) -> String {
    match locale {
        Locale::English => format!("We did not find you among the members of {payer}"),
        Locale::Spanish => format!("No le encontramos entre los miembros de {payer}"),
    }
}

fn unknown_text(locale: Locale) -> &'static str {
    locale.of(
        "You signed in, but the health plan's data has no member of your number yet. It may take some days after you join. \
         If you think this is wrong, ask your health plan.",
        "Inició sesión, pero los datos del plan de salud aún no tienen un miembro con su número. Puede tardar algunos días \
         después de inscribirse. Si cree que es un error, pregunte a su plan de salud.",
    )
}

/// `/member/unknown`: the same in the member portal.
pub async fn no_member(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = web.account()?;
    let home = identity::payer_accounts::home(&mut web.services.store.read().await?, &account.id).await?;
    let provider = home.and_then(|home| web.services.payers.find(&home.partition, &home.payer));
    let provider = provider.ok_or_else(|| Failure::redirect("/member"))?;
    let title = unknown_title(&provider.name, locale);
    let view = view! {
        <h1>{title.clone()}</h1>
        <p class="usa-intro">{unknown_text(locale)}</p>
        <p><a href="/member">{locale.of("See the apps you connected before", "Ver las aplicaciones que conectó antes")}</a></p>
    };
    Ok(Page::new(Portal::Member, title, view))
}

/// `/signin/payer/ended`
pub async fn ended(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let title = locale.of("This sign-in is over", "Este inicio de sesión terminó");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "It was finished already, took longer than ten minutes, or was begun in another browser. Go back to where you \
                 came from, and start again.",
                "Ya se completó, tardó más de diez minutos o comenzó en otro navegador. Vuelva al lugar de donde vino y empiece \
                 de nuevo.",
            )}</p>
            <p><a href="/member">{locale.of("Go to the member portal", "Ir al portal para miembros")}</a></p>
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).status(404))
}
