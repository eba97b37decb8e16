//! `/owner/applications/new/registration`: Application Registration, and the registration itself.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application_form::{ApplicationDraft, DetailsForm, RegistrationForm},
    form::Form as _,
    id::ApplicationId,
};
use registry::{applications, drafts, error::Error as Refused, team::Member};

use super::{Begun, details, is_detail, offered, step_page};
use crate::{
    components::{
        form::ErrorSummary,
        marked::new_tab,
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        applications as list,
        draft::{
            Begin, DRAFT, Mark, Opened, Posted,
            form::{Frame, both_states, draft_form},
        },
        refusal::refusal,
        reveal,
        vendor::Vendor,
    },
    page::Page,
    texts::{
        notices::Reason,
        owner::{CONTINUE, READ_TERMS, new_application as text},
    },
    web::Web,
};

pub const PATH: &str = "/owner/applications/new/registration";

pub async fn page(web: Web) -> Result<Page, Failure> {
    if web.request.query(DRAFT).is_none() {
        Vendor::enter(&web).await?.approved()?;
        return Err(Failure::because(details::PATH, Reason::DetailsFirst));
    }
    let opened = Opened::<Begun>::of_page(&web, Begin::New).await?;
    let (organization, _) = opened.vendor.approved()?;
    let begun = details::content(&web, &opened, "").await?;
    if !begun.errors_in_details_of(&web).is_empty() {
        let page = opened.mark().on(details::PATH);
        return Err(Failure::redirect(format!("{page}&why={}", Reason::DetailsFirst)));
    }
    let form = Form::of::<RegistrationForm>(&web).await?.fill(&begun.registration);
    let both = both_states(&opened, &form, &begun.registration, PATH);
    let company = vec![Fact::new(text::COMPANY, organization.name().to_owned())];
    let fields = view! {
        {contact(&form)}
        <Summary facts=company />
        {platform(&form)}
        {form.field("client_kind")}
        {agreement(&form)}
    };
    let frame = Frame {
        to: RegisterApp::PATH,
        path: PATH,
        submit: CONTINUE,
        has_back: true,
        from: String::new(),
        files: false,
    };
    let view = view! {
        <ErrorSummary form=form.clone() />
        {both}
        {draft_form(&web, &opened, &form, &frame, fields)}
    };
    Ok(step_page(&opened.vendor, 1, view))
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

/// Saves the page's answers; registers the app unless another button was pressed.
#[server(endpoint = "register-app")]
pub async fn register_app(#[server(flatten)] posted: Posted<RegistrationForm>) -> Result<(), Failure> {
    let web = Web::current()?;
    let opened = match Opened::<Begun>::of_form(&web, &posted, Begin::New).await {
        // Already sent, by another click or another tab.
        Err(Failure::Redirect(to)) if to.contains(Reason::DraftGone.as_str()) => {
            return Err(Failure::because(list::PATH, Reason::SentAlready));
        }
        opened => opened?,
    };
    let member = opened.vendor.approved()?.1;
    let Some(stored) = &opened.stored else { return Err(Failure::because(list::PATH, Reason::SentAlready)) };
    let agrees = posted.form.terms.clone();
    // The vendor agrees again with each submission.
    let registration = RegistrationForm { terms: String::new(), ..posted.form.clone() };
    let begun = Begun { registration, saved_by: PATH.to_owned(), ..stored.content.clone() };
    let Some(mark) = opened.keep(&web, (RegistrationForm::NAME, PATH), &posted, &begun).await? else { return Ok(()) };
    if posted.goes_back() {
        web.redirect(mark.on(details::PATH));
        return Ok(());
    }
    let mut whole = begun.clone().whole();
    whole.registration.terms = agrees;
    let registered = match whole.parse(&offered(&web)) {
        Ok(draft) => register(&web, member, &mark, &draft).await?,
        Err(errors) => Err(errors.into_iter().map(Into::into).collect()),
    };
    match registered {
        Ok(id) => web.redirect(format!("{}/{id}/registered", list::PATH)),
        Err(errors) => refuse(&web, &mark, &begun, errors).await?,
    }
    Ok(())
}

/// Registers the app, ends the draft and keeps the secret for the next page, all or nothing.
async fn register(
    web: &Web,
    member: &Member,
    mark: &Mark,
    draft: &ApplicationDraft,
) -> Result<Result<ApplicationId, Vec<Error>>, Failure> {
    let mut ctx = web.services.store.write().await?;
    match drafts::send(&mut ctx, &member.account, &mark.id, mark.version).await {
        Err(Refused::NotFound) => return Err(Failure::because(list::PATH, Reason::SentAlready)),
        sent => sent?,
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
async fn refuse(web: &Web, mark: &Mark, begun: &Begun, errors: Vec<Error>) -> Result<(), Failure> {
    let (details_errors, others): (Vec<Error>, Vec<Error>) =
        errors.into_iter().partition(|error| is_detail(&error.field));
    if details_errors.is_empty() {
        web.refuse(RegistrationForm::NAME, mark.on(PATH), &begun.registration, others).await
    } else {
        web.refuse(DetailsForm::NAME, mark.on(details::PATH), &begun.details, details_errors).await
    }
}
