//! `/signup`: getting a Healthcare ID.

use identity::{
    accounts::NewAccount,
    sign_up::{self, Place},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::{HealthcareId, PersonName},
    email::Email,
    form,
    form::{Form as _, check::Check, input::Input},
    password::Password,
};

use crate::{
    account::{
        refusal::refusal,
        sign_in::with_next,
        way::{self, Way},
    },
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    home::what_is_healthcare_id,
    page::Page,
    texts::{
        account::{CREATE, GOOD_PASSWORD, inputs, sign_up as text},
        home::what_is_healthcare_id::TITLE as WHAT_IS_IT,
    },
    web::Web,
};

form! {
    pub struct SignUpForm("sign-up") => NewAccount {
        name: String => PersonName = inputs::person_name();
        email: String => Email = Input::email(
                ["Email address", "Correo electrónico"],
                ["Enter your email address.", "Escriba su correo electrónico."],
            )
            .hint([
                "We will send a link to this address to confirm that it is yours.",
                "Enviaremos un enlace a esta dirección para confirmar que es suya.",
            ]);
        healthcare_id: String => HealthcareId = Input::text(
                ["Choose a Healthcare ID", "Elija un Healthcare ID"],
                ["Choose a Healthcare ID.", "Elija un Healthcare ID."],
            )
            .autocomplete("username").max_length(50).check(Check::HealthcareId)
            .hint([
                "Use 6 to 50 letters and digits. Between them you can use single dots, hyphens, or underscores.",
                "Use de 6 a 50 letras y números. Entre ellos puede usar un punto, un guion o un guion bajo.",
            ]);
        #[serde(skip_serializing)]
        password: String => Password = Input::password(
                ["Choose a password", "Elija una contraseña"],
                ["Choose a password.", "Elija una contraseña."],
                "new-password",
            )
            .check(Check::NewPassword).hint(GOOD_PASSWORD);
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = Way::of_page(&web).await?;
    let form = Form::of::<SignUpForm>(&web).await?;
    let form = form.fill(&SignUpForm { next: way.next().to_owned(), ..SignUpForm::default() });
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::TITLE.of(locale)}</h1>
            {way.facts()}
            <ErrorSummary form=form.clone() />
            <PostForm to=SignUp::PATH>
                {form.fields()}
                <Actions submit=CREATE.of(locale) />
            </PostForm>
            <p class="links">
                <a href=way.by("/signin")>{text::HAVE_ONE.of(locale)}</a>
                <a href=way.by(what_is_healthcare_id::PATH)>{WHAT_IS_IT.of(locale)}</a>
            </p>
            {way.cancel()}
        </div>
    };
    Ok(way.page(text::TITLE.of(locale), view).about(text::ABOUT.of(locale)))
}

#[server(endpoint = "sign-up")]
pub async fn sign_up(#[server(flatten)] form: SignUpForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let form = SignUpForm { next: way::kept(&form.next).unwrap_or_default().to_owned(), ..form };
    let here = with_next("/signup", &form.next);
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return web.refuse(SignUpForm::NAME, here, &form, errors).await,
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
        Err(error) => web.refuse(SignUpForm::NAME, here, &form, [refusal(error)?]).await?,
    }
    Ok(())
}
