//! The logo in the forms of a registration: the picture that was sent becomes a digest among the form's values, so that a form
//! which is refused, or a draft, keeps the logo.

use identity::attempts::{self, Rule};
use jiff::SignedDuration;
use leptos::prelude::*;
use model::{
    application_form::DetailsForm,
    form::{Code, field::is_checked},
    id::OrganizationId,
    logo::LogoDigest,
};
use registry::logos::{self, Picture};

use crate::{
    components::logo,
    failure::Failure,
    form::{Form, flash::Error},
    web::Web,
};

/// The input of the file.
const FILE: &str = "logo_file";

/// Enough to try a few pictures in each of many apps, and too few to fill a disk.
const PICTURES: Rule = Rule {
    free: 60,
    first_wait: SignedDuration::from_mins(1),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(1),
};

/// The input, below the logo that the form has.
pub fn field(form: &Form) -> AnyView {
    let name = form.value("name");
    let shown = LogoDigest::parse(&form.value("logo")).ok().map(|logo| {
        view! { <div class="logo-now">{logo::alone(&name, &logo)} {form.field("logo_removed")}</div> }
    });
    view! { {form.field("logo")} {form.field(FILE)} {shown} }.into_any()
}

/// Puts the digest of the picture that was sent with the form among its values, or removes the logo that it has. What is wrong
/// with the picture otherwise; the form then keeps the logo that it had. The caller has checked that the organization is theirs.
pub async fn receive(
    web: &Web,
    organization: &OrganizationId,
    details: &mut DetailsForm,
) -> Result<Option<Error>, Failure> {
    let removed = is_checked(&details.logo_removed);
    details.logo_removed.clear();
    details.logo_file.clear();
    let Some(file) = web.request.files.iter().find(|file| file.field == FILE) else {
        if removed {
            details.logo.clear();
        }
        return Ok(None);
    };
    let picture = match Picture::read(file.content.clone()).await {
        Ok(picture) => picture,
        Err(code) => return Ok(Some(Error::new(FILE, code))),
    };
    let mut ctx = web.services.store.write().await?;
    match attempts::admit(&mut ctx, PICTURES, &format!("logo:{organization}")).await {
        Err(identity::error::Error::TooManyAttempts { .. }) => {
            return Ok(Some(Error::new(FILE, Code::TooManyAttempts)));
        }
        admitted => admitted?,
    }
    details.logo = logos::add(&mut ctx, organization, &picture).await?.into();
    ctx.commit().await?;
    Ok(None)
}

/// Keeps the logo that the form has as long as the draft into which it is saved.
pub async fn hold(web: &Web, organization: &OrganizationId, details: &DetailsForm) -> Result<(), Failure> {
    let Ok(logo) = LogoDigest::parse(&details.logo) else { return Ok(()) };
    let mut ctx = web.services.store.write().await?;
    logos::hold(&mut ctx, organization, &logo).await?;
    Ok(ctx.commit().await?)
}
