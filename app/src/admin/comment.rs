//! An administrator's comment, which the vendor reads too.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    id::{ApplicationId, OrganizationId},
    text::Paragraph,
};
use registry::{history, subject::Subject};
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    web::Web,
};

const FORM: &str = "admin-comment";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    comment: String,
    organization: String,
    /// Empty: the organization itself.
    application: String,
}

impl CommentForm {
    fn subject(&self) -> Subject {
        subject(&self.organization, &self.application)
    }
}

/// What two hidden inputs name.
pub fn subject(organization: &str, application: &str) -> Subject {
    let organization = OrganizationId::new(organization);
    match application {
        "" => Subject::Organization(organization),
        application => Subject::Application(organization, ApplicationId::new(application)),
    }
}

/// Its page in this portal.
pub fn path(subject: &Subject) -> String {
    match subject {
        Subject::Organization(organization) => format!("/admin/organizations/{organization}"),
        Subject::Application(_, application) => format!("/admin/applications/{application}"),
    }
}

/// The box under a history.
pub async fn section(web: &Web, subject: &Subject) -> Result<impl IntoView + use<>, Failure> {
    let form =
        Form::open(web, FORM, vec![Input::area("comment", "Comment", 3).max_length(2000).hint("The vendor reads it.")])
            .await?;
    let fields = form.fields();
    let (organization, application) =
        (subject.organization().to_string(), subject.application().map(ToString::to_string));
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=AdminComment::PATH>
            {fields}
            <input type="hidden" name="organization" value=organization />
            <input type="hidden" name="application" value=application.unwrap_or_default() />
            <Actions submit="Submit" />
        </PostForm>
    })
}

#[server(endpoint = "admin-comment")]
pub async fn admin_comment(#[server(flatten)] form: CommentForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = web.reviewer().await?;
    let subject = form.subject();
    let text = match Paragraph::parse(&form.comment) {
        Ok(text) => text,
        Err(code) => return web.refuse(FORM, path(&subject), &form, [Error::new("comment", code)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    history::comment_as_administrator(&mut ctx, &reviewer.id, &subject, &text).await?;
    ctx.commit().await?;
    web.redirect(format!("{}?done=commented", path(&subject)));
    Ok(())
}
