//! `/signup`: getting a Healthcare ID.

use identity::{
    accounts::NewAccount,
    sign_up::{self, Place},
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::{
    account::{
        refusal::refusal,
        sign_in::with_next,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, input::Input},
    home::what_is_healthcare_id,
    locale::Locale,
    page::Page,
    web::Web,
};
use model::form::check::Check;

const FORM: &str = "sign-up";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    name: String,
    email: String,
    healthcare_id: String,
    #[serde(skip_serializing)]
    password: String,
    next: String,
}

impl SignUpForm {
    fn parse(&self) -> Result<NewAccount, Vec<model::form::FieldError>> {
        let mut errors = model::form::Errors::default();
        let name = errors.read("name", &self.name);
        let email = errors.read("email", &self.email);
        let healthcare_id = errors.read("healthcare_id", &self.healthcare_id);
        let password = errors.read("password", &self.password);
        let whole =
            || Some(NewAccount { name: name?, email: email?, healthcare_id: healthcare_id?, password: password? });
        errors.finish(whole())
    }
}

fn inputs(locale: Locale) -> Vec<Input> {
    let t = move |english, spanish| locale.of(english, spanish);
    vec![
        Input::text("name", t("Your name", "Su nombre")).autocomplete("name").max_length(100),
        Input::email("email", t("Email address", "Correo electrónico")).hint(t(
            "We send a link to this address, to confirm that it is yours.",
            "Enviamos un enlace a esta dirección para confirmar que es suya.",
        )),
        Input::text("healthcare_id", t("Choose a Healthcare ID", "Elija un Healthcare ID"))
            .autocomplete("username")
            .max_length(50)
            .check(Check::HealthcareId)
            .hint(t(
                "6 to 50 letters and digits; single dots, hyphens and underscores between them.",
                "De 6 a 50 letras y números; entre ellos, puntos, guiones o guiones bajos.",
            )),
        password_input(t("Choose a password", "Elija una contraseña"), locale),
        Input::hidden("next"),
    ]
}

/// A password to be chosen.
pub fn password_input(label: &'static str, locale: Locale) -> Input {
    Input::password("password", label, "new-password").check(Check::NewPassword).hint(locale.of(
        "At least 12 characters. Several words make a good one.",
        "Al menos 12 caracteres. Varias palabras forman una buena.",
    ))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let way = Way::of_page(&web).await?;
    let form = Form::open(&web, FORM, inputs(locale)).await?;
    let form = form.fill(&SignUpForm { next: way.next().to_owned(), ..SignUpForm::default() });
    let title = t("Create your Healthcare ID", "Cree su Healthcare ID");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=SignUp::PATH>
                {form.fields()}
                <Actions submit=t("Create Healthcare ID", "Crear Healthcare ID") />
            </PostForm>
            <p class="links">
                <a href=way.by("/signin")>{t("I have a Healthcare ID: sign in", "Ya tengo un Healthcare ID: iniciar sesión")}</a>
                <a href=way.by(what_is_healthcare_id::PATH)>{what_is_healthcare_id::title(locale)}</a>
            </p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(title, view).about(locale.of(
        "Create a Healthcare ID to use the FLEX portals.",
        "Cree un Healthcare ID para usar los portales de FLEX.",
    )))
}

#[server(endpoint = "sign-up")]
pub async fn sign_up(#[server(flatten)] form: SignUpForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let form = SignUpForm { next: way::kept(&form.next).unwrap_or_default().to_owned(), ..form };
    let here = with_next("/signup", &form.next);
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return web.refuse(FORM, here, &form, errors).await,
    };
    let browser = way::browser(&web).await?;
    let place = Place {
        address: web.request.address,
        language: web.locale(),
        browser: Some(browser.as_str()),
        next: Some(&form.next),
    };
    match sign_up::sign_up(&web.services.identity, &new, place).await {
        Ok(()) => {
            way::hold_open(&web, &form.next).await?;
            web.redirect(with_next("/account/check-mail", &form.next));
        }
        Err(error) => web.refuse(FORM, here, &form, [refusal(error)?]).await?,
    }
    Ok(())
}
