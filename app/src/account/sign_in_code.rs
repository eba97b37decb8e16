//! `/signin/code`: the second step of signing in, with the app's code; at `/signin/passkey` with a passkey, and at
//! `/signin/recovery-code` with a code on paper. Until then the person is not signed in, so the pages show no name.

use identity::{
    error::Error as Refused,
    half_open,
    sign_in::code::{self, Code},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Code as Wrong, Form as _,
        input::{Input, Kind},
    },
    id::SessionId,
    texts::Text,
};

use crate::{
    account::{
        refusal::refusal,
        second_factor::{
            proof::given,
            ways::{Passkey, Ways, elsewhere, passkey_button},
        },
        sign_in::{SignInForm, with_next},
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    home::language,
    islands::passkey::INPUT,
    locale::Locale,
    page::Page,
    texts::account::{SIGN_IN, inputs, sign_in as text},
    web::Web,
};

pub const PATH: &str = "/signin/code";
pub const PASSKEY_PATH: &str = "/signin/passkey";
pub const RECOVERY_PATH: &str = "/signin/recovery-code";

form! {
    pub struct CodeForm("sign-in-code") {
        #[serde(skip_serializing)]
        code: String = inputs::code_of_app();
        /// The browser's answer, where a passkey was used.
        #[serde(skip_serializing)]
        passkey: String = Input::hidden();
        /// `paper`: sent from the page for recovery codes; `passkey`: from the page for passkeys.
        from: String = Input::hidden();
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
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
    fn link(self) -> Text {
        match self {
            Self::Passkey => text::USE_PASSKEY,
            Self::App => text::USE_APP,
            Self::Paper => text::USE_RECOVERY_CODE,
        }
    }

    fn title(self) -> Text {
        match self {
            Self::Passkey | Self::Paper => self.link(),
            Self::App => text::ENTER_CODE,
        }
    }

    fn about(self) -> Text {
        match self {
            Self::Passkey => text::ABOUT_PASSKEY,
            Self::App => text::ABOUT_APP,
            Self::Paper => text::ABOUT_RECOVERY_CODE,
        }
    }

    /// The form with the input of this page.
    async fn form(self, web: &Web) -> Result<Form, Failure> {
        let form = Form::of::<CodeForm>(web).await?;
        Ok(match self {
            Self::Passkey => form.without(&["code"]),
            Self::App => form.without(&[INPUT]),
            Self::Paper => form.without(&[INPUT]).change("code", |input| Input {
                kind: Kind::Text,
                label: text::RECOVERY_CODE.into(),
                missing: Some(text::MISSING_RECOVERY_CODE),
                ..input
            }),
        })
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

/// The first page that helps in this session, in which the password was just given.
pub async fn first_page(web: &Web, session: &SessionId) -> Result<&'static str, Failure> {
    Ok(ways(web, session).await?.map_or(PATH, |ways| first(&ways).path()))
}

fn first(ways: &Ways) -> Step {
    Step::ALL.into_iter().find(|step| step.is_open(ways)).unwrap_or(Step::Paper)
}

/// The ways of the account whose password was given in this browser a moment ago.
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
    let form = step.form(web).await?;
    let form =
        form.fill(&CodeForm { from: step.word().to_owned(), next: way.next().to_owned(), ..CodeForm::default() });
    let others = Step::ALL.into_iter().filter(|other| *other != step && other.is_open(&ways));
    let others =
        others.map(|other| view! { <a href=way.by(other.path())>{other.link().of(locale)}</a> }).collect_view();
    let title = step.title().of(locale);
    let submit = submit(step, &ways, locale);
    let lost = (step == Step::Paper).then(|| view! { <p class="usa-hint card__note">{text::LOST.of(locale)}</p> });
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            {(ways.passkey == Passkey::Elsewhere).then(|| elsewhere(web, "/signin"))}
            <p>{step.about().of(locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=SignInWithCode::PATH>
                {form.fields()}
                {submit}
            </PostForm>
            {lost}
            <p class="links">
                {others}
                <a href=way.by("/signin")>{text::START_OVER.of(locale)}</a>
            </p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view))
}

fn submit(step: Step, ways: &Ways, locale: Locale) -> AnyView {
    match step {
        Step::Passkey => {
            let label = text::SIGN_IN_WITH_PASSKEY.of(locale);
            view! { <div class="actions actions--column">{passkey_button(&ways.passkey, label, locale)}</div> }
                .into_any()
        }
        _ => view! { <Actions submit=SIGN_IN.of(locale) /> }.into_any(),
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
            language::follow(&web, &signed_in.account).await?;
            web.redirect(if next.is_empty() { "/" } else { next });
            Ok(())
        }
        Err(expired @ Refused::SignInExpired) => {
            let again = SignInForm::leading_to(next);
            web.refuse(SignInForm::NAME, with_next("/signin", next), &again, [refusal(expired)?]).await
        }
        Err(Refused::WrongCode) => {
            web.refuse(CodeForm::NAME, with_next(page, next), &form, [Error::new("code", wrong)]).await
        }
        Err(error) => web.refuse(CodeForm::NAME, with_next(page, next), &form, [refusal(error)?]).await,
    }
}
