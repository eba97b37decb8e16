//! `/owner/applications/{id}/edit`: both pages of the registration in one form.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application::Approval,
    application_form::{ApplicationDraft, ApplicationForm, DetailsForm, RegistrationForm},
    form::{Code, FieldError, Form as _, input::Input},
    id::ApplicationId,
};
use registry::{
    WaitingEdit,
    applications::{self, Application},
};
use serde::{Deserialize, Serialize};

use crate::{
    components::{
        alert::{Alert, Tone},
        form::{Actions, ErrorSummary, PostForm},
        labels::Labels,
        summary::Summary,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        application::Tab,
        applications as list, logo,
        new_application::{
            Begun, detail_fields, offered,
            registration::{agreement, contact, platform},
            with_programs,
        },
        refusal::refusal,
        vendor::Vendor,
    },
    page::Page,
    texts::{
        notices::{Notice, Reason},
        owner::{APPLICATIONS, CANCEL, SAVE, application as text},
        registry::{client_kind, environment},
    },
    web::Web,
};

const FORM: &str = "edit-app";

/// Both pages of the registration, as they are posted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditForm {
    application: String,
    /// Of the registration that was shown.
    version: String,
    #[serde(flatten)]
    details: DetailsForm,
    #[serde(flatten)]
    registration: RegistrationForm,
}

impl EditForm {
    /// Of the change that waits, if one does.
    fn of(app: &Application, waiting: Option<WaitingEdit<ApplicationDraft>>) -> Self {
        let current = waiting.map_or_else(|| app.registration.clone(), |change| change.registration);
        let Begun { details, registration, .. } = ApplicationForm::from(current).into();
        Self { application: app.id.to_string(), version: app.version.to_string(), details, registration }
    }

    /// The whole form. What cannot change is taken from the app, whatever was sent.
    fn whole(&self, app: &Application) -> ApplicationForm {
        let (mut details, mut registration) = (self.details.clone(), self.registration.clone());
        app.registration.environment.as_str().clone_into(&mut details.environment);
        app.registration.client_kind.as_str().clone_into(&mut registration.client_kind);
        ApplicationForm { details, registration }
    }
}

/// Both pages, without what cannot change.
async fn open(web: &Web) -> Result<Form, Failure> {
    let hidden = ["application", "version"].map(|name| Input::hidden().named(name));
    let inputs = hidden.into_iter().chain(DetailsForm::inputs()).chain(RegistrationForm::inputs()).collect();
    let form = Form::open(web, FORM, inputs).await?;
    Ok(with_programs(form, web).without(&["environment", "client_kind"]))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    let waiting = applications::waiting(&mut ctx, &app).await?;
    drop(ctx);
    if app.liveness().is_blocked() {
        return Err(Failure::because(&list::path(&app), Reason::AppBlocked));
    }
    let reviewed =
        (app.approval == Approval::Approved).then(|| view! { <Alert tone=Tone::Info>{text::REVIEWED}</Alert> });
    let mut form = open(&web).await?.fill(&EditForm::of(&app, waiting));
    // After a refusal because of an older version, this is empty.
    if form.value("version").is_empty() {
        form.flash.values.insert("version".to_owned(), vec![app.version.to_string()]);
    }
    let fields = form.clone();
    let fixed = vec![
        Labels::of::<DetailsForm>().fact("environment", environment(app.registration.environment)),
        Labels::of::<RegistrationForm>().fact("client_kind", client_kind(app.registration.client_kind)),
    ];
    let path = list::path(&app);
    let (title, back) = (text::edit(app.name()), Tab::Registration.of(&app.id));
    let hidden = ["application", "version"].map(|name| form.field(name));
    let view = view! {
        <h1>{title.clone()}</h1>
        <p>{text::FIXED}</p>
        {reviewed}
        <Summary facts=fixed />
        <ErrorSummary form />
        <PostForm to=EditApp::PATH class="usa-form--wide" files=true>
            {hidden.into_iter().collect_view()}
            {detail_fields(&fields)}
            {contact(&fields)}
            {platform(&fields)}
            {agreement(&fields)}
            <Actions submit=SAVE cancel=CANCEL cancel_to=back />
        </PostForm>
    };
    Ok(vendor.page(title, view).at(list::PATH).under(list::PATH, APPLICATIONS).under(path, app.name()))
}

/// The client type is not among this form's fields. What is wrong with it here is the access.
fn here(error: FieldError) -> Error {
    let field = if error.field == "client_kind" { "access".into() } else { error.field };
    FieldError { field, code: error.code }.into()
}

#[server(endpoint = "edit-app")]
pub async fn edit_app(#[server(flatten)] form: EditForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(form.application.as_str());
    let vendor = Vendor::of_app(&web, &id).await?;
    let path = format!("{}/{id}", list::PATH);
    let member = vendor.member()?.1;
    // Others' apps are not found, whatever was sent; of one that is blocked, nothing is kept.
    let app = applications::get(&mut web.services.store.read().await?, member, &id).await?;
    let mut form = form;
    let wrong = if app.liveness().is_blocked() {
        None
    } else {
        logo::receive(&web, &member.organization, &mut form.details).await?
    };
    match edit(&web, &vendor, &id, &form, wrong).await? {
        Ok(done) => web.redirect(done.on(&path)),
        Err(errors) => {
            // A vendor who was too slow sees these entries with the new version, and may send them again.
            let stale = errors.iter().any(|error| error.code == Code::Changed);
            let version = if stale { String::new() } else { form.version.clone() };
            web.refuse(FORM, format!("{path}/edit"), &EditForm { version, ..form }, errors).await?;
        }
    }
    Ok(())
}

async fn edit(
    web: &Web,
    vendor: &Vendor,
    id: &ApplicationId,
    form: &EditForm,
    wrong: Option<Error>,
) -> Result<Result<Notice, Vec<Error>>, Failure> {
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.write().await?;
    let app = applications::get(&mut ctx, member, id).await?;
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let draft = match (form.whole(&app).parse(&offered(web)), wrong) {
        (Ok(draft), None) => draft,
        (parsed, wrong) => {
            let errors = parsed.err().unwrap_or_default().into_iter().map(here);
            return Ok(Err(errors.chain(wrong).collect()));
        }
    };
    match applications::edit(&mut ctx, &web.services.registry, member, id, version, &draft).await {
        Ok(after) => {
            let waits = applications::waiting(&mut ctx, &after).await?.is_some_and(|change| change.is_under_review());
            ctx.commit().await?;
            let again = after.approval == Approval::PendingReview;
            Ok(Ok(if waits {
                Notice::ChangeWaits
            } else if again {
                Notice::Submitted
            } else {
                Notice::Saved
            }))
        }
        Err(error) => refusal(error).map(Err),
    }
}
