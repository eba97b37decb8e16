//! `/signin`: with Healthcare ID or e-mail address.

use identity::{
    accounts,
    error::Error as Refused,
    recovery,
    sign_in::{self, Progress, SignIn as Attempt},
    sign_up,
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::AccountId;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use crate::{
    account::{
        refusal::refusal,
        sign_in_code as code,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, input::Input},
    home::what_is_healthcare_id,
    page::{Page, Portal},
    web::Web,
};

pub const FORM: &str = "sign-in";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    login: String,
    #[serde(skip_serializing)]
    password: String,
    /// The page to go to afterwards.
    next: String,
}

impl SignInForm {
    pub fn leading_to(next: &str) -> Self {
        Self { next: next.to_owned(), ..Self::default() }
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let way = way_of(&web).await?;
    let inputs = vec![
        Input::text("login", t("Healthcare ID or email address", "Healthcare ID o correo electrónico"))
            .autocomplete("username"),
        Input::password("password", t("Password", "Contraseña"), "current-password"),
        Input::hidden("next"),
    ];
    let form = Form::open(&web, FORM, inputs).await?.fill(&SignInForm::leading_to(way.next()));
    // It would lead away from the app's request.
    let manage = (!way.is_to_app()).then(|| {
        view! { <li><a href="/account">{t("Manage your Healthcare ID", "Administrar su Healthcare ID")}</a></li> }
    });
    let title = t("Sign in with your Healthcare ID", "Inicie sesión con su Healthcare ID");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=SignIn::PATH>
                {form.fields()}
                <Actions submit=t("Sign in", "Iniciar sesión") />
            </PostForm>
            <p class="links">
                <a href=way.by("/account/forgot-id")>{t("Forgot Healthcare ID", "Olvidé mi Healthcare ID")}</a>
                <a href=way.by("/account/forgot-password")>{t("Forgot password", "Olvidé mi contraseña")}</a>
            </p>
            <h2 class="card__more">{t("Additional options", "Otras opciones")}</h2>
            <ul class="usa-list usa-list--unstyled">
                <li><a href=way.by("/signup")>{t("Create Healthcare ID", "Crear un Healthcare ID")}</a></li>
                {manage}
                <li><a href=way.by(what_is_healthcare_id::PATH)>{what_is_healthcare_id::title(locale)}</a></li>
            </ul>
            {way.cancel()}
        </div>
    };
    let about = t("Sign in with your Healthcare ID.", "Inicie sesión con su Healthcare ID.");
    Ok(way.page(title, view).about(about))
}

/// Where to go on: by the address, or by the link of a reminder of the ID.
async fn way_of(web: &Web) -> Result<Way, Failure> {
    let Some(token) = web.request.query("way") else { return Way::of_page(web).await };
    let next = recovery::way_of(&mut web.services.store.read().await?, token).await?;
    Way::of_mail(web, next.as_deref()).await
}

/// Inside an app's request, as long as it leads on there.
pub fn portal(next: &str) -> Portal {
    if next.starts_with("/consent/") { Portal::Consent } else { Portal::Site }
}

/// An address of ours that leads on to `next` in the end.
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
            remember_language(&web, &signed_in.account).await?;
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
                // The link that is on its way leads on.
                let mut ctx = web.services.store.write().await?;
                sign_up::lead_on(&mut ctx, &form.login, Some(&form.next)).await?;
                ctx.commit().await?;
                way::hold_open(&web, &form.next).await?;
            }
            web.refuse(FORM, with_next("/signin", &form.next), &form, [refusal(error)?]).await
        }
    }
}

/// Mail to whoever signed in is in the language of the page where they did.
pub async fn remember_language(web: &Web, account: &AccountId) -> Result<(), Failure> {
    let mut ctx = web.services.store.write().await?;
    accounts::set_language(&mut ctx, account, web.locale()).await?;
    Ok(ctx.commit().await?)
}
