//! An administrator's comment, which the vendor reads too.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::{ApplicationId, OrganizationId},
    text::Paragraph,
};
use registry::{history, subject::Subject};

use super::desk::Desk;
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    texts::{admin::SUBMIT, notices::Notice},
    web::Web,
};

form! {
    pub struct CommentForm("admin-comment") {
        comment: String = Input::area(3, "Comment", "Enter a comment. The vendor will read it.")
            .max_length(2000).hint("The vendor will read it.");
        organization: String = Input::hidden();
        /// Empty: the organization itself.
        application: String = Input::hidden();
    }
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

/// The form with the two hidden inputs that name the subject.
pub fn about(form: Form, subject: &Subject) -> Form {
    let application = subject.application().map(ToString::to_string).unwrap_or_default();
    form.own("organization", subject.organization().to_string()).own("application", application)
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
    let form = about(Form::of::<CommentForm>(web).await?, subject);
    let fields = form.fields();
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=AdminComment::PATH>
            {fields}
            <Actions submit=SUBMIT />
        </PostForm>
    })
}

#[server(endpoint = "admin-comment")]
pub async fn admin_comment(#[server(flatten)] form: CommentForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    desk.allow(&[Role::Administrator, Role::Reviewer])?;
    let subject = form.subject();
    let text = match Paragraph::read(&form.comment) {
        Ok(text) => text,
        Err(code) => {
            let errors = [FieldError::new("comment", code)];
            return web.refuse(CommentForm::NAME, path(&subject), &form, errors).await;
        }
    };
    let mut ctx = web.services.store.write().await?;
    desk.require(&mut ctx, &subject).await?;
    history::comment_as_administrator(&mut ctx, &desk.account.id, &subject, &text).await?;
    ctx.commit().await?;
    web.redirect(Notice::Commented.on(&path(&subject)));
    Ok(())
}
