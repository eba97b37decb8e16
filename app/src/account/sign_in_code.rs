//! `/signin/code`: the second step of signing in, with the app's code or, at `/signin/recovery-code`, with one on paper.
//! Until then nobody is signed in, so the pages greet nobody.

use identity::{
    error::Error as Refused,
    half_open,
    sign_in::code::{self, Code},
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::{
    account::{
        refusal::refusal,
        sign_in::{self, SignInForm, portal, with_next},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Input, Kind},
    },
    locale::Locale,
    page::Page,
    web::{Web, request::local_path},
};

pub const PATH: &str = "/signin/code";
pub const RECOVERY_PATH: &str = "/signin/recovery-code";
const FORM: &str = "sign-in-code";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(skip_serializing)]
    code: String,
    /// `paper`: sent from the page for recovery codes.
    from: String,
    /// The page to go to afterwards.
    next: String,
}

/// `/signin/code`
pub async fn of_app(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let input = Input::code(Kind::Code, "code", locale.of("Six-digit code", "Código de seis cifras"));
    let texts = Texts {
        title: locale.of("Enter your code", "Escriba su código"),
        about: locale.of(
            "Open your authenticator app and enter the code that it shows for FLEX.",
            "Abra su aplicación de autenticación y escriba el código que muestra para FLEX.",
        ),
        other: (RECOVERY_PATH, locale.of("Use a recovery code", "Usar un código de recuperación")),
        lost: None,
    };
    page(&web, input, "app", texts).await
}

/// `/signin/recovery-code`
pub async fn of_paper(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let input = Input::code(Kind::Text, "code", locale.of("Recovery code", "Código de recuperación"));
    let texts = Texts {
        title: locale.of("Use a recovery code", "Use un código de recuperación"),
        about: locale.of(
            "You kept ten of them when you set up two-step sign-in. Each works once.",
            "Guardó diez cuando activó el inicio de sesión en dos pasos. Cada uno funciona una vez.",
        ),
        other: (PATH, locale.of("Use your authenticator app", "Usar su aplicación de autenticación")),
        lost: Some(locale.of(
            "Have you lost both? Ask the organization that runs this site to reset your Healthcare ID.",
            "¿Perdió ambos? Pida a la organización que administra este sitio que restablezca su Healthcare ID.",
        )),
    };
    page(&web, input, "paper", texts).await
}

struct Texts {
    title: &'static str,
    about: &'static str,
    other: (&'static str, &'static str),
    lost: Option<&'static str>,
}

async fn page(web: &Web, input: Input, from: &'static str, texts: Texts) -> Result<Page, Failure> {
    let locale = web.locale();
    let next = web.request.query("next").and_then(local_path).unwrap_or_default().to_owned();
    if !is_due(web).await? {
        return Err(Failure::redirect(with_next("/signin", &next)));
    }
    let form = Form::open(web, FORM, vec![input, Input::hidden("from"), Input::hidden("next")]).await?;
    let start = CodeForm { from: from.to_owned(), next: next.clone(), ..CodeForm::default() };
    let form = form.fill(&start);
    let Texts { title, about, other: (other, another), lost } = texts;
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{about}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=SignInWithCode::PATH>
                {form.fields()}
                <Actions submit=locale.of("Sign in", "Iniciar sesión") />
            </PostForm>
            {lost.map(|text| view! { <p class="usa-hint card__note">{text}</p> })}
            <p class="links">
                <a href=with_next(other, &next)>{another}</a>
                <a href=with_next("/signin", &next)>{start_over(locale)}</a>
            </p>
        </div>
    };
    Ok(Page::new(portal(&next), title, view))
}

fn start_over(locale: Locale) -> &'static str {
    locale.of("Start over", "Comenzar de nuevo")
}

/// Whether the password was given in this browser a moment ago.
async fn is_due(web: &Web) -> Result<bool, Failure> {
    let Some(session) = web.session_id() else { return Ok(false) };
    Ok(half_open::find(&mut web.services.store.read().await?, session).await?.is_some())
}

#[server(endpoint = "sign-in-code")]
pub async fn sign_in_with_code(#[server(flatten)] form: CodeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let given = Code {
        code: &form.code,
        session: web.session_id(),
        address: web.request.address,
        user_agent: web.request.user_agent.as_deref(),
    };
    let next = local_path(&form.next).unwrap_or_default();
    let (page, wrong) =
        if form.from == "paper" { (RECOVERY_PATH, "recovery_code_wrong") } else { (PATH, "code_wrong") };
    match code::sign_in(&web.services.identity, given).await {
        Ok(signed_in) => {
            web.set_session(&signed_in.session);
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
