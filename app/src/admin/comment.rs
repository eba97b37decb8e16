//! An administrator's comment, which the vendor reads too.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{Form as _, input::Input},
    id::{ApplicationId, OrganizationId},
};
use registry::{conversations, subject::Subject};

use super::desk::Desk;
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    files::message,
    form::Form,
    texts::{admin::SUBMIT, conversation as words, notices::Notice},
    web::Web,
};

form! {
    pub struct CommentForm("admin-comment") {
        comment: String = Input::area(3, "Comment", "Enter a comment. The vendor will read it.")
            .max_length(2000).hint("The vendor will read it.");
        files: String = Input::files(words::FILES).hint(words::FILES_HINT);
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
        Subject::Ticket(_, ticket) => format!("/admin/tickets/{ticket}"),
    }
}

/// The box under a history; where the vendor waits for us and nothing is under review, the way to say that no answer is needed.
pub async fn section(web: &Web, subject: &Subject, waits: bool) -> Result<impl IntoView + use<>, Failure> {
    let form = about(Form::of::<CommentForm>(web).await?, subject);
    let fields = form.fields();
    let application = subject.application().map(ToString::to_string).unwrap_or_default();
    let organization = subject.organization().to_string();
    let acknowledge = waits.then(|| {
        view! {
            <form class="inline-form" method="post" action=Acknowledge::PATH>
                <input type="hidden" name="organization" value=organization />
                <input type="hidden" name="application" value=application />
                <button class="usa-button usa-button--outline" type="submit">{words::NEEDS_NO_ANSWER}</button>
            </form>
        }
    });
    Ok(view! {
        {acknowledge}
        <ErrorSummary form />
        <PostForm to=AdminComment::PATH files=true>
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
    let (text, files) = match message(&web, "comment", &form.comment) {
        Ok(message) => message,
        Err(errors) => return web.refuse(CommentForm::NAME, path(&subject), &form, errors).await,
    };
    let registry = &web.services.registry;
    let mut ctx = web.services.store.write().await?;
    desk.require(&mut ctx, &subject).await?;
    conversations::comment_as_administrator(&mut ctx, registry, &desk.account.id, &subject, &text, &files).await?;
    ctx.commit().await?;
    web.redirect(Notice::Commented.on(&path(&subject)));
    Ok(())
}

#[server(endpoint = "acknowledge")]
pub async fn acknowledge(organization: String, application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    desk.allow(&[Role::Administrator, Role::Reviewer])?;
    let subject = subject(&organization, &application);
    let mut ctx = web.services.store.write().await?;
    desk.require(&mut ctx, &subject).await?;
    match conversations::acknowledge(&mut ctx, &desk.account.id, &subject).await {
        // Someone else answered.
        Err(registry::error::Error::Stale) => {}
        acknowledged => {
            acknowledged?;
            ctx.commit().await?;
        }
    }
    web.redirect(Notice::Saved.on(&path(&subject)));
    Ok(())
}
