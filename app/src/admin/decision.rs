//! `/admin/reviews/{id}/print`: a decision to keep or to print, for those who may see the review.

use model::id::ReviewId;
use registry::reviews;

use super::{desk::Desk, queue};
use crate::{
    components::{decision::Document, versions::Reader},
    failure::Failure,
    page::Page,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ReviewId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let review = reviews::get(&mut ctx, &id).await?;
    desk.require(&mut ctx, &review.subject).await?;
    let path = queue::path(&review);
    let document = Document::read(&web, &mut ctx, review, Reader::Staff).await?;
    drop(ctx);
    let page = desk.page(document.title(), document.view(&web));
    Ok(page.at(queue::PATH).under(path, document.name()))
}
