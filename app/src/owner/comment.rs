//! A comment in the history of the organization, or of one of its apps.

use crate::texts::notices::Notice;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{id::ApplicationId, text::Paragraph};
use registry::history;
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    owner::{applications, organization, vendor::Vendor},
    web::Web,
};

const FORM: &str = "owner-comment";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    comment: String,
    /// Empty: the organization.
    application: String,
}

/// The box under a history.
pub async fn section(web: &Web, application: Option<&ApplicationId>) -> Result<impl IntoView + use<>, Failure> {
    let input = Input::area("comment", "Comment", 3).max_length(2000).hint("Our reviewers read it; so does your team.");
    let form = Form::open(web, FORM, vec![input]).await?;
    let fields = form.fields();
    let application = application.map(ToString::to_string).unwrap_or_default();
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=OwnerComment::PATH>
            {fields}
            <input type="hidden" name="application" value=application />
            <Actions submit="Submit" />
        </PostForm>
    })
}

#[server(endpoint = "owner-comment")]
pub async fn owner_comment(#[server(flatten)] form: CommentForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let application = (!form.application.is_empty()).then(|| ApplicationId::new(form.application.as_str()));
    let page =
        application.as_ref().map_or_else(|| organization::PATH.to_owned(), |id| format!("{}/{id}", applications::PATH));
    let text = match Paragraph::parse(&form.comment) {
        Ok(text) => text,
        Err(code) => return web.refuse(FORM, page, &form, [Error::new("comment", code)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    history::comment(&mut ctx, vendor.member()?.1, application.as_ref(), &text).await?;
    ctx.commit().await?;
    web.redirect(Notice::Commented.on(&page));
    Ok(())
}
