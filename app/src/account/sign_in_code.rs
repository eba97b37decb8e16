//! `/signin/code`: the second step of signing in, with the app's code; at `/signin/passkey` with a passkey, and at
//! `/signin/recovery-code` with a code on paper. Until then nobody is signed in, so the pages greet nobody.

use identity::{
    error::Error as Refused,
    half_open,
    sign_in::code::{self, Code},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{form::Code as Wrong, id::SessionId};
use serde::{Deserialize, Serialize};

use crate::{
    account::{
        refusal::refusal,
        second_factor::{
            proof::given,
            ways::{Passkey, Ways, elsewhere, passkey_button},
        },
        sign_in::{self, SignInForm, with_next},
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Input, Kind},
    },
    islands::passkey::INPUT,
    locale::Locale,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/signin/code";
pub const PASSKEY_PATH: &str = "/signin/passkey";
pub const RECOVERY_PATH: &str = "/signin/recovery-code";
const FORM: &str = "sign-in-code";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(skip_serializing)]
    code: String,
    /// The browser's answer, where a passkey was used.
    #[serde(skip_serializing)]
    passkey: String,
    /// `paper`: sent from the page for recovery codes; `passkey`: from the page for passkeys.
    from: String,
    /// The page to go to afterwards.
    next: String,
}

/// One of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Passkey,
    App,
    Paper,
}

impl Step {
    const ALL: [Self; 3] = [Self::Passkey, Self::App, Self::Paper];

    fn is_open(self, ways: &Ways) -> bool {
        match self {
            Self::Passkey => ways.has_passkey_here(),
            Self::App => ways.app,
            Self::Paper => true,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Passkey => PASSKEY_PATH,
            Self::App => PATH,
            Self::Paper => RECOVERY_PATH,
        }
    }

    /// The word for [`CodeForm::from`].
    fn word(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::App => "app",
            Self::Paper => "paper",
        }
    }

    /// How other pages lead here.
    fn link(self, locale: Locale) -> &'static str {
        match self {
            Self::Passkey => locale.of("Use your passkey", "Usar su llave de acceso"),
            Self::App => locale.of("Use your authenticator app", "Usar su aplicación de autenticación"),
            Self::Paper => locale.of("Use a recovery code", "Usar un código de recuperación"),
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Passkey => self.link(locale),
            Self::App => locale.of("Enter your code", "Escriba su código"),
            Self::Paper => locale.of("Use a recovery code", "Use un código de recuperación"),
        }
    }

    fn about(self, locale: Locale) -> &'static str {
        match self {
            Self::Passkey => locale.of(
                "Your browser asks for it: on this device, on your phone, or on a security key.",
                "Su navegador se la pide: en este dispositivo, en su teléfono o en una llave de seguridad.",
            ),
            Self::App => locale.of(
                "Open your authenticator app and enter the code that it shows for FLEX.",
                "Abra su aplicación de autenticación y escriba el código que muestra para FLEX.",
            ),
            Self::Paper => locale.of(
                "You kept ten of them when you set up two-step sign-in. Each works once.",
                "Guardó diez cuando activó el inicio de sesión en dos pasos. Cada uno funciona una vez.",
            ),
        }
    }

    fn input(self, locale: Locale) -> Input {
        match self {
            Self::Passkey => Input::hidden(INPUT),
            Self::App => Input::code(Kind::Code, "code", locale.of("Six-digit code", "Código de seis cifras")),
            Self::Paper => Input::code(Kind::Text, "code", locale.of("Recovery code", "Código de recuperación")),
        }
    }
}

/// `/signin/passkey`
pub async fn of_passkey(web: Web) -> Result<Page, Failure> {
    page(&web, Step::Passkey).await
}

/// `/signin/code`
pub async fn of_app(web: Web) -> Result<Page, Failure> {
    page(&web, Step::App).await
}

/// `/signin/recovery-code`
pub async fn of_paper(web: Web) -> Result<Page, Failure> {
    page(&web, Step::Paper).await
}

/// The first of the pages that is of use in this session, where the password was just given.
pub async fn first_page(web: &Web, session: &SessionId) -> Result<&'static str, Failure> {
    Ok(ways(web, session).await?.map_or(PATH, |ways| first(&ways).path()))
}

fn first(ways: &Ways) -> Step {
    Step::ALL.into_iter().find(|step| step.is_open(ways)).unwrap_or(Step::Paper)
}

/// Those of whose password was given in this browser a moment ago.
async fn ways(web: &Web, session: &SessionId) -> Result<Option<Ways>, Failure> {
    let account = half_open::find(&mut web.services.store.read().await?, session).await?;
    match account {
        Some(account) => Ways::find(web, &account, Some(session)).await,
        None => Ok(None),
    }
}

async fn page(web: &Web, step: Step) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = Way::of_page(web).await?;
    let ways = match web.session_id() {
        Some(session) => ways(web, session).await?,
        None => None,
    };
    let ways = ways.ok_or_else(|| Failure::redirect(way.by("/signin")))?;
    if !step.is_open(&ways) {
        return Err(Failure::redirect(way.by(first(&ways).path())));
    }
    let form = Form::open(web, FORM, vec![step.input(locale), Input::hidden("from"), Input::hidden("next")]).await?;
    let form =
        form.fill(&CodeForm { from: step.word().to_owned(), next: way.next().to_owned(), ..CodeForm::default() });
    let others = Step::ALL.into_iter().filter(|other| *other != step && other.is_open(&ways));
    let others = others.map(|other| view! { <a href=way.by(other.path())>{other.link(locale)}</a> }).collect_view();
    let title = step.title(locale);
    let submit = submit(step, &ways, locale);
    let lost = (step == Step::Paper).then(|| view! { <p class="usa-hint card__note">{lost(&ways, locale)}</p> });
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            {(ways.passkey == Passkey::Elsewhere).then(|| elsewhere(web, "/signin"))}
            <p>{step.about(locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=SignInWithCode::PATH>
                {form.fields()}
                {submit}
            </PostForm>
            {lost}
            <p class="links">
                {others}
                <a href=way.by("/signin")>{locale.of("Start over", "Comenzar de nuevo")}</a>
            </p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}

fn submit(step: Step, ways: &Ways, locale: Locale) -> AnyView {
    let sign_in = locale.of("Sign in", "Iniciar sesión");
    match step {
        Step::Passkey => {
            let label = locale.of("Sign in with your passkey", "Iniciar sesión con su llave de acceso");
            view! { <div class="actions actions--column">{passkey_button(&ways.passkey, label, locale)}</div> }
                .into_any()
        }
        _ => view! { <Actions submit=sign_in /> }.into_any(),
    }
}

fn lost(ways: &Ways, locale: Locale) -> &'static str {
    match ways.passkey {
        Passkey::None => locale.of(
            "Have you lost both? Ask the organization that runs this site to reset your Healthcare ID.",
            "¿Perdió ambos? Pida a la organización que administra este sitio que restablezca su Healthcare ID.",
        ),
        _ => locale.of(
            "Have you lost these too? Ask the organization that runs this site to reset your Healthcare ID.",
            "¿Los perdió también? Pida a la organización que administra este sitio que restablezca su Healthcare ID.",
        ),
    }
}

#[server(endpoint = "sign-in-code")]
pub async fn sign_in_with_code(#[server(flatten)] form: CodeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let form = CodeForm { next: way::kept(&form.next).unwrap_or_default().to_owned(), ..form };
    let given = Code {
        given: given(&web, &form.passkey, &form.code),
        session: web.session_id(),
        address: web.request.address,
        user_agent: web.request.user_agent.as_deref(),
    };
    let next = form.next.as_str();
    let (page, wrong) = match form.from.as_str() {
        "passkey" => (PASSKEY_PATH, Wrong::PasskeyWrong),
        "paper" => (RECOVERY_PATH, Wrong::RecoveryCodeWrong),
        _ => (PATH, Wrong::CodeWrong),
    };
    match code::sign_in(&web.services.identity, given).await {
        Ok(signed_in) => {
            web.set_session(&signed_in.session);
            sign_in::remember_language(&web, &signed_in.account).await?;
            web.redirect(if next.is_empty() { "/" } else { next });
            Ok(())
        }
        Err(expired @ Refused::SignInExpired) => {
            let again = SignInForm::leading_to(next);
            web.refuse(sign_in::FORM, with_next("/signin", next), &again, [refusal(expired)?]).await
        }
        Err(Refused::WrongCode) => web.refuse(FORM, with_next(page, next), &form, [Error::new("code", wrong)]).await,
        Err(error) => web.refuse(FORM, with_next(page, next), &form, [refusal(error)?]).await,
    }
}
