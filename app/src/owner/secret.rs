//! `/owner/applications/{id}/secret`: a new secret, with an overlap in which the old one still works; and the page that
//! shows it once.

use jiff::SignedDuration;
use leptos::{prelude::*, server_fn::ServerFn};
use model::form::Code;
use model::{application::ClientKind, id::ApplicationId};
use registry::{
    applications,
    credentials::{self, Overlap},
};
use serde::{Deserialize, Serialize};

use crate::{
    components::{
        dialog::Dialog,
        form::{Actions, ErrorSummary, PostForm},
    },
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Choice, Input},
    },
    owner::{applications as list, refusal::refusal, registered::Credentials, reveal, vendor::Vendor},
    page::Page,
    web::Web,
};

const FORM: &str = "generate-secret";
const DEFAULT_DAYS: &str = "7";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SecretForm {
    application: String,
    /// Days for which the old secret still works; 0 ends it now.
    overlap: String,
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    if app.registration.client_kind == ClientKind::Public {
        return Err(Failure::NotFound);
    }
    let choices = vec![
        Choice::new("0", "Ends now").about("Choose this where somebody else may have seen it."),
        Choice::new("1", "Works 1 more day"),
        Choice::new(DEFAULT_DAYS, "Works 7 more days")
            .about("Time to bring the new one to your servers without an interruption."),
        Choice::new("30", "Works 30 more days"),
    ];
    let start = SecretForm { application: id.to_string(), overlap: DEFAULT_DAYS.to_owned() };
    let form = Form::open(&web, FORM, vec![Input::radios("overlap", "The secret in use", choices)]).await?.fill(&start);
    let fields = form.fields();
    let (name, path) = (app.name().to_owned(), list::path(&app));
    let back = path.clone();
    let view = view! {
        <h1>"Generate new secret"</h1>
        <p>"A new secret for "<strong>{name}</strong>" is shown once on the next page."</p>
        <ErrorSummary form />
        <PostForm to=GenerateSecret::PATH>
            {fields}
            <input type="hidden" name="application" value=id.to_string() />
            <Actions submit="Generate new secret" cancel="Cancel" cancel_to=back />
        </PostForm>
    };
    Ok(vendor
        .page("Generate new secret", view)
        .at(list::PATH)
        .under(list::PATH, "Applications")
        .under(path, app.name()))
}

#[server(endpoint = "generate-secret")]
pub async fn generate_secret(#[server(flatten)] form: SecretForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let (id, path) = (ApplicationId::new(form.application.as_str()), format!("{}/{}", list::PATH, form.application));
    let generated = match overlap(&form.overlap) {
        Ok(overlap) => generate(&web, &vendor, &id, overlap).await?,
        Err(error) => Err(vec![error]),
    };
    match generated {
        Ok(()) => web.redirect(format!("{path}/new-secret")),
        Err(errors) => web.refuse(FORM, format!("{path}/secret"), &form, errors).await?,
    }
    Ok(())
}

fn overlap(days: &str) -> Result<Overlap, Error> {
    match days {
        "0" => Ok(Overlap::None),
        "1" | "7" | "30" => Ok(Overlap::For(SignedDuration::from_hours(24 * days.parse().unwrap_or(1)))),
        "" => Err(Error::new("overlap", Code::Required)),
        _ => Err(Error::new("overlap", Code::NotAChoice)),
    }
}

/// Makes the secret and keeps it for the next page.
async fn generate(
    web: &Web,
    vendor: &Vendor,
    id: &ApplicationId,
    overlap: Overlap,
) -> Result<Result<(), Vec<Error>>, Failure> {
    let mut ctx = web.services.store.write().await?;
    match credentials::generate(&mut ctx, &web.services.registry, vendor.member()?.1, id, overlap).await {
        Ok(secret) => {
            reveal::keep(web, &mut ctx, id, &secret).await?;
            ctx.commit().await?;
            Ok(Ok(()))
        }
        Err(error) => refusal(error).map(Err),
    }
}

/// `/owner/applications/{id}/new-secret`: shows it once.
pub async fn shown(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    let secret = reveal::take(&web, &id).await?;
    let view = view! {
        <Dialog title="New secret">
            <p>"Please take a moment and record the new secret of "<strong>{app.name().to_owned()}</strong>"."</p>
            <Credentials app=app.clone() secret />
            <p class="actions"><a class="usa-button" href=list::path(&app)>"OK"</a></p>
        </Dialog>
    };
    Ok(vendor.page("New secret", view).at(list::PATH))
}
