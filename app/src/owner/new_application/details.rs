//! `/owner/applications/new`: App Details.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application_form::{ApplicationForm, DetailsForm},
    form::Form as _,
    id::ApplicationId,
    partition::Environment,
};
use registry::applications;
use serde::{Deserialize, Serialize};

use super::{Begun, detail_fields, registration, step_page, with_programs};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    owner::{applications as list, vendor::Vendor},
    page::Page,
    texts::owner::{CANCEL, CONTINUE},
    web::Web,
};

pub const PATH: &str = "/owner/applications/new";

/// The first page, as it is posted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstPage {
    #[serde(flatten)]
    details: DetailsForm,
    /// The app that this one is a copy of, with what is asked on the second page.
    from: String,
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    vendor.approved()?;
    let from = web.request.query("from").unwrap_or_default().to_owned();
    let begun = begin(&web, &vendor, &from).await?;
    let form = with_programs(Form::of::<DetailsForm>(&web).await?, &web).fill(&begun.details);
    let fields = detail_fields(&form);
    let view = view! {
        <ErrorSummary form />
        <PostForm to=AppDetails::PATH class="usa-form--wide">
            {fields}
            <input type="hidden" name="from" value=from />
            <Actions submit=CONTINUE cancel=CANCEL cancel_to=list::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 0, view))
}

/// The draft, or a copy of one of the vendor's apps: for another platform, or for production.
async fn begin(web: &Web, vendor: &Vendor, from: &str) -> Result<Begun, Failure> {
    if from.is_empty() {
        return Ok(Begun::find(web, vendor).await?.unwrap_or_default());
    }
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, vendor.member()?.1, &ApplicationId::new(from)).await?;
    let mut begun = Begun::from(ApplicationForm::from(app.registration));
    Environment::Production.as_str().clone_into(&mut begun.details.environment);
    Ok(begun)
}

/// Keeps the page's answers, right or wrong, and continues when they are right.
#[server(endpoint = "app-details")]
pub async fn app_details(#[server(flatten)] form: FirstPage) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    vendor.approved()?;
    let begun = begin(&web, &vendor, &form.from).await?;
    let begun = Begun { details: form.details, ..begun };
    begun.save(&web, &vendor).await?;
    match begun.errors_in_details_of(&web) {
        errors if errors.is_empty() => web.redirect(registration::PATH),
        errors => web.refuse(DetailsForm::NAME, PATH, &begun.details, errors).await?,
    }
    Ok(())
}
