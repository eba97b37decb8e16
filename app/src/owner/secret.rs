//! `/owner/applications/{id}/secret`: a new secret, with an overlap in which the old one still works; and the page that
//! shows it once.

use jiff::SignedDuration;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    application::ClientKind,
    form,
    form::{
        Code, Form as _,
        input::{Choice, Input},
    },
    id::ApplicationId,
};
use registry::{
    applications,
    credentials::{self, Overlap},
};

use crate::{
    components::{
        dialog::Dialog,
        form::{Actions, ErrorSummary, PostForm},
        marked::naming,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        application::Tab, applications as list, refusal::refusal, registered::Credentials, reveal, vendor::Vendor,
    },
    page::Page,
    texts::owner::{APPLICATIONS, CANCEL, OK, credentials as text},
    web::Web,
};

const DEFAULT_DAYS: &str = "7";

form! {
    pub struct SecretForm("generate-secret") {
        /// Days for which the old secret still works; 0 ends it now.
        overlap: String = Input::radios("The secret in use", "Choose when the secret in use ends.").choices([
            Choice::new("0", "Ends now").about("Choose this if someone else may have seen it."),
            Choice::new("1", "Works 1 more day"),
            Choice::new(DEFAULT_DAYS, "Works 7 more days")
                .about("This gives you time to bring the new secret to your servers without an interruption."),
            Choice::new("30", "Works 30 more days"),
        ]);
        application: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    if app.registration.client_kind == ClientKind::Public {
        return Err(Failure::NotFound);
    }
    let start = SecretForm { application: id.to_string(), overlap: DEFAULT_DAYS.to_owned() };
    let form = Form::of::<SecretForm>(&web).await?.fill(&start);
    let fields = form.fields();
    let (path, back) = (list::path(&app), Tab::Credentials.of(&app.id));
    let view = view! {
        <h1>{text::GENERATE}</h1>
        <p>{naming(text::ABOUT_GENERATE, app.name())}</p>
        <ErrorSummary form />
        <PostForm to=GenerateSecret::PATH>
            {fields}
            <Actions submit=text::GENERATE cancel=CANCEL cancel_to=back />
        </PostForm>
    };
    Ok(vendor.page(text::GENERATE, view).at(list::PATH).under(list::PATH, APPLICATIONS).under(path, app.name()))
}

#[server(endpoint = "generate-secret")]
pub async fn generate_secret(#[server(flatten)] form: SecretForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (id, path) = (ApplicationId::new(form.application.as_str()), format!("{}/{}", list::PATH, form.application));
    let vendor = Vendor::of_app(&web, &id).await?;
    let generated = match overlap(&form.overlap) {
        Ok(overlap) => generate(&web, &vendor, &id, overlap).await?,
        Err(code) => Err(vec![Error::new("overlap", code)]),
    };
    match generated {
        Ok(()) => web.redirect(format!("{path}/new-secret")),
        Err(errors) => web.refuse(SecretForm::NAME, format!("{path}/secret"), &form, errors).await?,
    }
    Ok(())
}

fn overlap(days: &str) -> Result<Overlap, Code> {
    match days {
        "0" => Ok(Overlap::None),
        "1" | "7" | "30" => Ok(Overlap::For(SignedDuration::from_hours(24 * days.parse().unwrap_or(1)))),
        "" => Err(Code::Required),
        _ => Err(Code::NotAChoice),
    }
}

/// Creates the secret and keeps it for the next page.
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
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    let secret = reveal::take(&web, &id).await?;
    let view = view! {
        <Dialog title=text::NEW>
            <p>{naming(text::RECORD, app.name())}</p>
            <Credentials app=app.clone() secret />
            <p class="actions"><a class="usa-button" href=Tab::Credentials.of(&app.id)>{OK}</a></p>
        </Dialog>
    };
    Ok(vendor.page(text::NEW, view).at(list::PATH))
}
