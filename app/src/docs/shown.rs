//! Pages of the portals as the documentation shows them: their own headings, questions and buttons, from the same forms.

use leptos::prelude::*;
use model::{
    application_form::{DetailsForm, RegistrationForm},
    form::{
        Form,
        input::{Choice, Input, Kind},
    },
    organization_form::{AttestationForm, DemographicsForm},
};
use programs::{program::Program, text::Shown};

use crate::{
    account::sign_in::SignInForm,
    locale::Locale,
    owner::{comment::CommentForm, profile::ProfileForm},
    texts::{
        account as account_text,
        docs::start as text,
        frame,
        home::{landing, what_is_healthcare_id},
        owner,
        registry::{HISTORY, MAILING_ADDRESS, PHYSICAL_ADDRESS},
    },
};

const ENGLISH: Locale = Locale::English;

/// A heading of a page and what is below it.
type Part = (String, Vec<String>);

/// The page in outline.
pub fn shown(program: &Program, page: Shown) -> impl IntoView + use<> {
    let part = |(heading, lines): Part| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <p class="docs-shown__heading">{heading}</p> <ul>{lines}</ul> }
    };
    view! {
        <figure class="docs-shown">
            <figcaption>{text::SHOWN}</figcaption>
            {parts(program, page).into_iter().map(part).collect_view()}
        </figure>
    }
}

fn parts(program: &Program, page: Shown) -> Vec<Part> {
    let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    match page {
        Shown::Landing => vec![(
            format!("{}. {}", landing::WELCOME.replace(['[', ']'], ""), landing::CHOOSE),
            [
                (landing::OWNER, landing::ABOUT_OWNER),
                (landing::ADMIN, landing::ABOUT_ADMIN),
                (landing::MEMBER, landing::ABOUT_MEMBER),
            ]
            .map(|(name, about)| format!("{name}: {about}"))
            .into(),
        )],
        Shown::SignIn => vec![
            (account_text::sign_in::TITLE.of(ENGLISH).to_owned(), fields::<SignInForm>()),
            (
                account_text::sign_in::MORE.of(ENGLISH).to_owned(),
                [
                    account_text::sign_in::FORGOT_ID,
                    account_text::FORGOT_PASSWORD,
                    account_text::CREATE,
                    account_text::MANAGE,
                    what_is_healthcare_id::TITLE,
                ]
                .map(|link| link.of(ENGLISH).to_owned())
                .into(),
            ),
        ],
        Shown::Profile => {
            let buttons = own(&[owner::CANCEL, owner::profile::PROCEED]);
            vec![(owner::profile::TITLE.to_owned(), [fields::<ProfileForm>(), buttons].concat())]
        }
        Shown::Organization => organization(),
        Shown::OrganizationProfile => vec![
            (
                frame::MAIN.of(ENGLISH).to_owned(),
                own(&[
                    frame::DASHBOARD,
                    frame::APPLICATIONS,
                    frame::REGISTER_APP,
                    frame::PROFILE,
                    frame::ORGANIZATION_PROFILE,
                ]),
            ),
            (
                frame::ORGANIZATION_PROFILE.to_owned(),
                own(&[
                    owner::NAME,
                    owner::EDIT,
                    owner::organization::TIN,
                    MAILING_ADDRESS,
                    owner::organization::OWNER,
                    owner::EMAIL,
                    PHYSICAL_ADDRESS,
                    owner::organization::STATUS,
                    owner::organization::REGISTRATION_INFO,
                    owner::organization::ATTESTATION_INFO,
                ]),
            ),
            (HISTORY.to_owned(), [fields::<CommentForm>(), own(&[owner::SUBMIT])].concat()),
        ],
        Shown::AppDetails => {
            let lines = [fields::<DetailsForm>(), vec![program.registration.redirect_uri_note.clone()]].concat();
            vec![(owner::new_application::DETAILS.to_owned(), lines)]
        }
        Shown::AppRegistration => app_registration(program),
    }
}

fn organization() -> Vec<Part> {
    let text = |line: &str| format!("{line}{}", text::REQUIRED);
    let demographics = inputs::<DemographicsForm>();
    // The parts of an address are inputs of their own.
    let asked = |name: &str| demographics.iter().filter(|input| input.name == name).map(line).collect::<Vec<_>>();
    let mailing = vec![text(owner::registration::MAILING_ADDRESS)];
    let physical = vec![text(owner::registration::PHYSICAL_ADDRESS)];
    vec![
        (owner::registration::TITLE.to_owned(), vec![owner::registration::KEPT.to_owned()]),
        (
            owner::registration::DEMOGRAPHICS.to_owned(),
            [asked("name"), mailing, asked("tin_kind"), asked("tin"), physical].concat(),
        ),
        (owner::registration::PRIVACY.to_owned(), fields::<AttestationForm>()),
    ]
}

fn app_registration(program: &Program) -> Vec<Part> {
    let success = &program.registration.success;
    let contact = vec![owner::new_application::CONTACT.to_owned()];
    let company = vec![owner::new_application::COMPANY.to_owned()];
    let buttons = vec![owner::CONTINUE.to_owned(), owner::CANCEL.to_owned()];
    vec![
        (
            owner::new_application::REGISTRATION.to_owned(),
            [contact, fields::<RegistrationForm>(), company, buttons].concat(),
        ),
        (
            success.title.clone(),
            vec![
                success.thanks.clone(),
                success.public_active.clone(),
                success.patient_review.clone(),
                success.record_credentials.clone(),
                success.lost_credentials.clone(),
                success.patient_upon_approval.clone(),
                success.questions.clone(),
                format!("{}:", owner::credentials::CLIENT_ID),
                format!("{}:", owner::credentials::SECRET_ID),
            ],
        ),
    ]
}

fn inputs<F: Form>() -> Vec<Input> {
    F::inputs().into_iter().filter(|input| !matches!(input.kind, Kind::Hidden)).collect()
}

fn fields<F: Form>() -> Vec<String> {
    inputs::<F>().iter().map(line).collect()
}

/// `Application Environment * (Sandbox, Production)`
fn line(input: &Input) -> String {
    let required = if input.required { text::REQUIRED } else { "" };
    let choices = match &input.kind {
        Kind::Select(choices) | Kind::Radios(choices) | Kind::Checkboxes(choices) => choices.as_slice(),
        _ => &[],
    };
    let names: Vec<_> = choices.iter().map(|Choice { label, .. }| label.of(ENGLISH)).collect();
    let choices = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    format!("{}{required}{choices}", input.label.of(ENGLISH))
}
