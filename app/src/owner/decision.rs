//! `/owner/decisions/{id}`: a decision about the organization or one of its apps, to keep or to print.

use model::id::ReviewId;
use registry::{error::Error, reviews, team};

use crate::{
    components::{decision::Document, versions::Reader},
    failure::Failure,
    owner::{applications, organization, vendor::Vendor},
    page::Page,
    texts::owner::{APPLICATIONS, ORGANIZATION_PROFILE},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ReviewId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let found = match reviews::get(&mut ctx, &id).await {
        Err(Error::NotFound) => None,
        review => Some(review?),
    };
    drop(ctx);
    let Some(review) = found else {
        // Like a decision about someone else: strangers sign in first, and new vendors complete their profile.
        Vendor::enter(&web).await?;
        return Err(Failure::NotFound);
    };
    // The organization decides that has the review, whichever was chosen last.
    let vendor = Vendor::of_organization(&web, review.subject.organization()).await?;
    let mut ctx = web.services.store.read().await?;
    if !team::belongs(&mut ctx, &vendor.account.id, review.subject.organization()).await? {
        return Err(Failure::NotFound);
    }
    let application = review.subject.application().map(|id| format!("{}/{id}", applications::PATH));
    let document = Document::read(&web, &mut ctx, review, Reader::Vendor).await?;
    drop(ctx);
    let page = vendor.page(document.title(), document.view(&web));
    Ok(match application {
        Some(path) => page.at(applications::PATH).under(applications::PATH, APPLICATIONS).under(path, document.name()),
        None => page.at(organization::PATH).under(organization::PATH, ORGANIZATION_PROFILE),
    })
}
