//! `/owner/applications/{id}/edit`: both pages of the registration in one form.

use crate::texts::notices::Reason;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application::Approval,
    application_form::{ApplicationForm, DetailsForm, RegistrationForm},
    form::{Code, FieldError, Form as _, input::Input},
    id::ApplicationId,
};
use registry::applications::{self, Application, WaitingEdit};
use serde::{Deserialize, Serialize};

use crate::{
    components::{
        alert::{Alert, Tone},
        form::{Actions, ErrorSummary, PostForm},
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        applications as list,
        new_application::{
            Begun, offered,
            registration::{agreement, contact, platform},
            with_programs,
        },
        refusal::refusal,
        vendor::Vendor,
    },
    page::Page,
    texts::registry::{client_kind, environment},
    web::Web,
};

const FORM: &str = "edit-app";

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
    fn of(app: &Application, waiting: Option<WaitingEdit>) -> Self {
        let current = waiting.map_or_else(|| app.registration.clone(), |change| change.registration);
        let Begun { details, registration } = ApplicationForm::from(current).into();
        Self { application: app.id.to_string(), version: app.version.to_string(), details, registration }
    }

    /// The whole form; what cannot change is taken from the app, whatever was sent.
    fn whole(&self, app: &Application) -> ApplicationForm {
        let (mut details, mut registration) = (self.details.clone(), self.registration.clone());
        app.registration.environment.as_str().clone_into(&mut details.environment);
        app.registration.client_kind.as_str().clone_into(&mut registration.client_kind);
        ApplicationForm { details, registration }
    }
}

/// Both pages, without what cannot change.
async fn open(web: &Web) -> Result<Form, Failure> {
    let inputs = DetailsForm::inputs().into_iter().chain(RegistrationForm::inputs()).collect();
    let form = Form::open::<Input>(web, FORM, inputs).await?;
    Ok(with_programs(form, web).without(&["environment", "client_kind"]))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &id).await?;
    let waiting = applications::waiting(&mut ctx, &id).await?;
    drop(ctx);
    if app.liveness().is_blocked() {
        return Err(Failure::because(&list::path(&app), Reason::AppBlocked));
    }
    let reviewed = (app.approval == Approval::Approved).then(|| {
        let text = "This application is approved. What you change waits for review; until it is approved, members see what \
             was approved before. To take a change back, enter the approved values again.";
        view! { <Alert tone=Tone::Info>{text}</Alert> }
    });
    let form = open(&web).await?.fill(&EditForm::of(&app, waiting));
    let fields = form.clone();
    let (path, version) = (list::path(&app), Some(form.value("version")).filter(|version| !version.is_empty()));
    let version = version.unwrap_or_else(|| app.version.to_string());
    let fixed = vec![
        Fact::new("Application Environment", environment(app.registration.environment)),
        Fact::new("Client type", client_kind(app.registration.client_kind)),
    ];
    let (name, back) = (app.name().to_owned(), path.clone());
    let details =
        ["name", "access", "programs", "privacy_url", "redirect_uri", "description"].map(|name| form.field(name));
    let view = view! {
        <h1>"Edit "{name}</h1>
        <p>"Environment and client type are fixed. To change them, register the app again."</p>
        {reviewed}
        <Summary facts=fixed />
        <ErrorSummary form />
        <PostForm to=EditApp::PATH class="usa-form--wide">
            <input type="hidden" name="application" value=id.to_string() />
            <input type="hidden" name="version" value=version />
            {details.into_iter().collect_view()}
            {contact(&fields)}
            {platform(&fields)}
            {agreement(&fields)}
            <Actions submit="Save" cancel="Cancel" cancel_to=back />
        </PostForm>
    };
    Ok(vendor
        .page(format!("Edit {}", app.name()), view)
        .at(list::PATH)
        .under(list::PATH, "Applications")
        .under(path, app.name()))
}

/// The client type is not among this form's fields: what is wrong with it here is the access.
fn here(error: FieldError) -> Error {
    let field = if error.field == "client_kind" { "access".into() } else { error.field };
    FieldError { field, code: error.code }.into()
}

#[server(endpoint = "edit-app")]
pub async fn edit_app(#[server(flatten)] form: EditForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(form.application.as_str());
    let path = format!("{}/{id}", list::PATH);
    match edit(&web, &vendor, &id, &form).await? {
        Ok(done) => web.redirect(format!("{path}?done={done}")),
        Err(errors) => {
            // Whoever was too slow is shown their entries beside the new version, and may send them again.
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
) -> Result<Result<&'static str, Vec<Error>>, Failure> {
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.write().await?;
    let app = applications::get(&mut ctx, member, id).await?;
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let draft = match form.whole(&app).parse(&offered(web)) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Err(errors.into_iter().map(here).collect())),
    };
    match applications::edit(&mut ctx, &web.services.registry, member, id, version, &draft).await {
        Ok(after) => {
            let waits = applications::waiting(&mut ctx, id)
                .await?
                .is_some_and(|change| change.state == Approval::PendingReview);
            ctx.commit().await?;
            let again = after.approval == Approval::PendingReview;
            Ok(Ok(if waits {
                "change-waits"
            } else if again {
                "submitted"
            } else {
                "saved"
            }))
        }
        Err(error) => refusal(error).map(Err),
    }
}
