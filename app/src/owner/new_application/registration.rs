//! `/owner/applications/new/registration`: Application Registration, and the registration itself.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application_form::{ApplicationDraft, DetailsForm, RegistrationForm},
    form::Form as _,
    id::ApplicationId,
};
use registry::{
    applications,
    drafts::{self, Draft},
    team::Member,
};

use super::{Begun, details, is_detail, offered, step_page};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        marked::new_tab,
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{applications as list, refusal::refusal, reveal, vendor::Vendor},
    page::Page,
    texts::{
        notices::Reason,
        owner::{BACK, CONTINUE, READ_TERMS, new_application as text},
    },
    web::Web,
};

pub const PATH: &str = "/owner/applications/new/registration";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let (organization, _) = vendor.approved()?;
    let begun =
        Begun::find(&web, &vendor).await?.ok_or_else(|| Failure::because(details::PATH, Reason::DetailsFirst))?;
    if !begun.errors_in_details_of(&web).is_empty() {
        return Err(Failure::because(details::PATH, Reason::DetailsFirst));
    }
    let form = Form::of::<RegistrationForm>(&web).await?.fill(&begun.registration);
    let company = vec![Fact::new(text::COMPANY, organization.name().to_owned())];
    let fields = form.clone();
    let view = view! {
        <ErrorSummary form />
        <PostForm to=RegisterApp::PATH class="usa-form--wide">
            {contact(&fields)}
            <Summary facts=company />
            {platform(&fields)}
            {fields.field("client_kind")}
            {agreement(&fields)}
            <Actions submit=CONTINUE cancel=BACK cancel_to=details::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 1, view))
}

/// Whom members and reviewers can contact.
pub fn contact(form: &Form) -> impl IntoView + use<> {
    let (kind, phone, email) =
        (form.field("support_phone_kind"), form.field("support_phone"), form.field("support_email"));
    let (website, name) = (form.field("support_website"), form.field("support_name"));
    view! {
        <fieldset class="usa-fieldset form-section">
            <legend class="usa-legend usa-legend--large">{text::CONTACT}</legend>
            {kind} {phone} {email} {website} {name}
        </fieldset>
    }
}

/// The platform, and the app's ID there if it has one.
pub fn platform(form: &Form) -> impl IntoView + use<> {
    let (known, id) = (form.field("platform_id_known"), form.field("platform_id"));
    let (platform, name) = (form.field("platform"), form.field("platform_name"));
    view! { <div class="if-yes">{known} <div class="if-yes__then">{id}</div></div> {platform} {name} }
}

/// The terms, and where to read them.
pub fn agreement(form: &Form) -> impl IntoView + use<> {
    view! {
        {form.field("terms")}
        <p class="usa-hint">{new_tab(READ_TERMS, "/terms")}</p>
    }
}

#[server(endpoint = "register-app")]
pub async fn register_app(#[server(flatten)] form: RegistrationForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.approved()?.1;
    // Already sent, by another click or another tab.
    let begun = Begun::find(&web, &vendor).await?.ok_or_else(|| Failure::because(list::PATH, Reason::SentAlready))?;
    let begun = Begun { registration: form, ..begun };
    let registered = match begun.clone().whole().parse(&offered(&web)) {
        Ok(draft) => register(&web, member, &draft).await?,
        Err(errors) => Err(errors.into_iter().map(Into::into).collect()),
    };
    match registered {
        Ok(id) => web.redirect(format!("{}/{id}/registered", list::PATH)),
        Err(errors) => refuse(&web, &vendor, begun, errors).await?,
    }
    Ok(())
}

/// Registers the app, ends the draft and keeps the secret for the next page, all or nothing.
async fn register(
    web: &Web,
    member: &Member,
    draft: &ApplicationDraft,
) -> Result<Result<ApplicationId, Vec<Error>>, Failure> {
    let mut ctx = web.services.store.write().await?;
    if !drafts::end(&mut ctx, &member.account, Draft::Application).await? {
        return Err(Failure::because(list::PATH, Reason::SentAlready));
    }
    match applications::register(&mut ctx, &web.services.registry, member, draft).await {
        Ok(registered) => {
            let id = registered.application.id;
            if let Some(secret) = registered.secret {
                reveal::keep(web, &mut ctx, &id, &secret).await?;
            }
            ctx.commit().await?;
            Ok(Ok(id))
        }
        Err(error) => refusal(error).map(Err),
    }
}

/// Back to the page of the first error, with what was typed.
async fn refuse(web: &Web, vendor: &Vendor, mut begun: Begun, errors: Vec<Error>) -> Result<(), Failure> {
    // The vendor agrees again with each submission.
    begun.registration.terms = String::new();
    begun.save(web, vendor).await?;
    let (details_errors, others): (Vec<Error>, Vec<Error>) =
        errors.into_iter().partition(|error| is_detail(&error.field));
    if details_errors.is_empty() {
        web.refuse(RegistrationForm::NAME, PATH, &begun.registration, others).await
    } else {
        web.refuse(DetailsForm::NAME, details::PATH, &begun.details, details_errors).await
    }
}
