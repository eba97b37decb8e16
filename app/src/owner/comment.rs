//! A comment in the history of the organization, or of one of its apps.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
    id::{ApplicationId, OrganizationId},
};
use registry::conversations;

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    files::message,
    form::Form,
    owner::{application::Tab, organization, vendor::Vendor},
    texts::{conversation as words, notices::Notice, owner::SUBMIT},
    web::Web,
};

form! {
    pub struct CommentForm("owner-comment") {
        comment: String = Input::area(3, "Comment", "Enter a comment.").max_length(2000)
            .hint("Our reviewers and your team can read your comment.");
        files: String = Input::files(words::FILES).hint(words::FILES_HINT);
        /// Empty for the organization.
        application: String = Input::hidden();
        /// The one that the page was shown for.
        organization: String = Input::hidden();
    }
}

/// The box under a history.
pub async fn section(
    web: &Web,
    organization: &OrganizationId,
    application: Option<&ApplicationId>,
) -> Result<impl IntoView + use<>, Failure> {
    let application = application.map(ToString::to_string).unwrap_or_default();
    let form = Form::of::<CommentForm>(web).await?;
    let form = form.own("application", application).own("organization", organization.as_str());
    let fields = form.fields();
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=OwnerComment::PATH files=true>
            {fields}
            <Actions submit=SUBMIT />
        </PostForm>
    })
}

#[server(endpoint = "owner-comment")]
pub async fn owner_comment(#[server(flatten)] form: CommentForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let application = (!form.application.is_empty()).then(|| ApplicationId::new(form.application.as_str()));
    let vendor = match &application {
        Some(id) => Vendor::of_app(&web, id).await?,
        None => Vendor::of_form(&web, &form.organization).await?,
    };
    let page = application.as_ref().map_or_else(|| organization::PATH.to_owned(), |id| Tab::Activity.of(id));
    let (text, files) = match message(&web, "comment", &form.comment) {
        Ok(message) => message,
        Err(errors) => return web.refuse(CommentForm::NAME, page, &form, errors).await,
    };
    let (registry, member) = (&web.services.registry, vendor.member()?.1);
    let mut ctx = web.services.store.write().await?;
    conversations::comment(&mut ctx, registry, member, application.as_ref(), &text, &files).await?;
    ctx.commit().await?;
    web.redirect(Notice::Commented.on(&page));
    Ok(())
}
