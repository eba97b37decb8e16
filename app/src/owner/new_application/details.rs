//! `/owner/applications/new`: App Details.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application_form::{ApplicationForm, DetailsForm},
    form::Form as _,
    id::ApplicationId,
    partition::Environment,
};
use registry::applications;

use super::{Begun, detail_fields, registration, step_page, with_programs};
use crate::{
    components::{
        alert::{Alert, Tone},
        form::ErrorSummary,
        marked::naming,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        draft::{
            Begin, DRAFT, Opened, Posted,
            form::{Frame, both_states, draft_form},
        },
        logo,
        vendor::Vendor,
    },
    page::Page,
    texts::owner::{CONTINUE, new_application as text},
    web::Web,
};

pub const PATH: &str = "/owner/applications/new";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let from = web.request.query("from").unwrap_or_default().to_owned();
    if web.request.query(DRAFT).is_none() {
        check(&web, &from).await?;
    }
    let opened = Opened::<Begun>::of_page(&web, Begin::New).await?;
    opened.vendor.approved()?;
    let begun = content(&web, &opened, &from).await?;
    let copied = (!from.is_empty() && opened.stored.is_none()).then(|| naming(text::COPIED, &begun.details.name));
    let copied = copied.map(|said| view! { <Alert tone=Tone::Info>{said}</Alert> });
    let form = with_programs(Form::of::<DetailsForm>(&web).await?, &web).fill(&begun.details);
    let both = both_states(&opened, &form, &begun.details, PATH);
    let fields = detail_fields(&form);
    let frame = Frame { to: AppDetails::PATH, path: PATH, submit: CONTINUE, has_back: false, from, files: true };
    let view = view! {
        {copied}
        <ErrorSummary form=form.clone() />
        {both}
        {draft_form(&web, &opened, &form, &frame, fields)}
    };
    Ok(step_page(&opened.vendor, 0, view))
}

/// Whether the vendor may begin this draft, before its address leads anywhere.
async fn check(web: &Web, from: &str) -> Result<(), Failure> {
    if from.is_empty() {
        Vendor::enter(web).await?.approved()?;
        return Ok(());
    }
    let id = ApplicationId::new(from);
    let vendor = Vendor::of_app(web, &id).await?;
    applications::get(&mut web.services.store.read().await?, vendor.approved()?.1, &id).await?;
    Ok(())
}

/// What the draft has, otherwise a copy of one of the vendor's apps: for another platform, or for production.
pub(super) async fn content(web: &Web, opened: &Opened<Begun>, from: &str) -> Result<Begun, Failure> {
    if let Some(stored) = &opened.stored {
        return Ok(stored.content.clone());
    }
    if from.is_empty() {
        return Ok(Begun::default());
    }
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, opened.vendor.member()?.1, &ApplicationId::new(from)).await?;
    let mut begun = Begun::from(ApplicationForm::from(app.registration));
    Environment::Production.as_str().clone_into(&mut begun.details.environment);
    Ok(begun)
}

/// Saves the page's answers, right or wrong, and continues when they are right.
#[server(endpoint = "app-details")]
pub async fn app_details(#[server(flatten)] posted: Posted<DetailsForm>) -> Result<(), Failure> {
    let web = Web::current()?;
    let opened = Opened::<Begun>::of_form(&web, &posted, Begin::New).await?;
    let (organization, _) = opened.vendor.approved()?;
    let mut posted = posted;
    let wrong = logo::receive(&web, &organization.id, &mut posted.form).await?;
    if wrong.is_some() {
        // Whichever button was pressed: the page says why the picture is missing.
        posted.then.clear();
    }
    if posted.then != "background" {
        logo::hold(&web, &organization.id, &posted.form).await?;
    }
    let begun = content(&web, &opened, &posted.from).await?;
    let begun = Begun { details: posted.form.clone(), saved_by: PATH.to_owned(), ..begun };
    let Some(mark) = opened.keep(&web, (DetailsForm::NAME, PATH), &posted, &begun).await? else { return Ok(()) };
    let errors = begun.errors_in_details_of(&web).into_iter().map(Error::from).chain(wrong).collect::<Vec<_>>();
    match errors {
        errors if errors.is_empty() => web.redirect(mark.on(registration::PATH)),
        errors => web.refuse(DetailsForm::NAME, mark.on(PATH), &begun.details, errors).await?,
    }
    Ok(())
}
