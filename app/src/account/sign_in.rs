//! `/signin`: with Healthcare ID or email address.

use identity::{
    error::Error as Refused,
    recovery,
    sign_in::{self, Progress, SignIn as Attempt},
    sign_up,
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
};
use url::form_urlencoded::Serializer;

use crate::{
    account::{
        refusal::refusal,
        sign_in_code as code,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    home::{language, what_is_healthcare_id},
    page::{Page, Portal},
    texts::{
        account::{CREATE, FORGOT_PASSWORD, MANAGE, SIGN_IN, inputs, sign_in as text},
        home::what_is_healthcare_id::TITLE as WHAT_IS_IT,
    },
    web::Web,
};

form! {
    pub struct SignInForm("sign-in") {
        login: String = inputs::login();
        #[serde(skip_serializing)]
        password: String = Input::password(
            ["Password", "Contraseña"],
            ["Enter your password.", "Escriba su contraseña."],
            "current-password",
        );
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

impl SignInForm {
    pub fn leading_to(next: &str) -> Self {
        Self { next: next.to_owned(), ..Self::default() }
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = way_of(&web).await?;
    let form = Form::of::<SignInForm>(&web).await?.fill(&SignInForm::leading_to(way.next()));
    // It would lead away from the app's request.
    let manage = (!way.is_to_app()).then(|| view! { <li><a href="/account">{MANAGE.of(locale)}</a></li> });
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::TITLE.of(locale)}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=SignIn::PATH>
                {form.fields()}
                <Actions submit=SIGN_IN.of(locale) />
            </PostForm>
            <p class="links">
                <a href=way.by("/account/forgot-id")>{text::FORGOT_ID.of(locale)}</a>
                <a href=way.by("/account/forgot-password")>{FORGOT_PASSWORD.of(locale)}</a>
            </p>
            <h2 class="card__more">{text::MORE.of(locale)}</h2>
            <ul class="usa-list usa-list--unstyled">
                <li><a href=way.by("/signup")>{CREATE.of(locale)}</a></li>
                {manage}
                <li><a href=way.by(what_is_healthcare_id::PATH)>{WHAT_IS_IT.of(locale)}</a></li>
            </ul>
            {way.cancel()}
        </div>
    };
    Ok(way.page(text::TITLE.of(locale), view).about(text::ABOUT.of(locale)))
}

/// Where to continue: by the address, or by the link of a mail that reminds of the ID.
async fn way_of(web: &Web) -> Result<Way, Failure> {
    let Some(token) = web.request.query("way") else { return Way::of_page(web).await };
    let next = recovery::way_of(&mut web.services.store.read().await?, token).await?;
    Way::of_mail(web, next.as_deref()).await
}

/// The portal of a page that leads to `next`: an app's request is part of the consent pages.
pub fn portal(next: &str) -> Portal {
    if next.starts_with("/consent/") { Portal::Consent } else { Portal::Site }
}

/// An address of ours that leads to `next` in the end.
pub fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", Serializer::new(String::new()).append_pair("next", next).finish())
}

#[server(endpoint = "sign-in")]
pub async fn sign_in(#[server(flatten)] form: SignInForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let form = SignInForm { next: way::kept(&form.next).unwrap_or_default().to_owned(), ..form };
    let attempt = Attempt {
        login: &form.login,
        password: &form.password,
        session: web.session_id(),
        address: web.request.address,
        user_agent: web.request.user_agent.as_deref(),
    };
    match sign_in::sign_in(&web.services.identity, attempt).await {
        Ok(Progress::SignedIn(signed_in)) => {
            web.set_session(&signed_in.session);
            language::follow(&web, &signed_in.account).await?;
            web.redirect(if form.next.is_empty() { "/" } else { &form.next });
            Ok(())
        }
        Ok(Progress::CodeDue(session)) => {
            web.set_session(&session);
            let page = code::first_page(&web, &session.id).await?;
            web.redirect(with_next(page, &form.next));
            Ok(())
        }
        Err(error) => {
            if matches!(error, Refused::NotVerified) {
                // The link in the mail leads to the same page.
                let mut ctx = web.services.store.write().await?;
                sign_up::lead_on(&mut ctx, &form.login, Some(&form.next)).await?;
                ctx.commit().await?;
                way::hold_open(&web, &form.next).await?;
            }
            web.refuse(SignInForm::NAME, with_next("/signin", &form.next), &form, [refusal(error)?]).await
        }
    }
}
