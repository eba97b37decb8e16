//! What the newest review of an organization or an app asks of its vendor: the question with the answer beside it, the denial with
//! its appeal, or the time by which we answer.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    decision::{Outcome, ReviewKind},
    form,
    form::{Form as _, input::Input},
    id::ApplicationId,
    team::TeamRole,
};
use registry::{
    conversations::{self, Turn},
    reviews::{self, Past, Review},
    subject::Subject,
    team::Member,
};
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        decision,
        form::{Actions, ErrorSummary, PostForm},
        turn::TurnLine,
        versions::Reader,
    },
    failure::Failure,
    files::message,
    form::{Form, flash::Error},
    owner::{applications, organization, refusal::refusal, vendor::Vendor},
    texts::{conversation as text, notices::Notice},
    web::Web,
};

form! {
    pub struct AnswerForm("answer-question") {
        answer: String = Input::area(4, text::YOUR_ANSWER, text::ANSWER_MISSING).max_length(2000);
        files: String = Input::files(text::FILES).hint(text::FILES_HINT);
        /// Empty for the organization.
        application: String = Input::hidden();
        /// The one that the page was shown for.
        organization: String = Input::hidden();
    }
}

/// The newest review, and whose turn it is.
pub struct Standing {
    newest: Option<Review>,
    turn: Option<Turn>,
    now: jiff::Timestamp,
}

impl Standing {
    pub async fn find(ctx: &mut Ctx, of: &Subject) -> Result<Self, Failure> {
        let (newest, turn) = (reviews::newest(ctx, of).await?, conversations::turn(ctx, of).await?);
        Ok(Self { newest, turn, now: ctx.now })
    }

    /// Whether there is anything to say: someone waits, or what was decided can be answered.
    pub fn is_waiting(&self) -> bool {
        let denied = |review: &Review| review.decision.as_ref().is_some_and(|past| past.outcome == Outcome::Denied);
        self.turn.is_some_and(|turn| turn.side.is_some()) || self.newest.as_ref().is_some_and(denied)
    }

    /// At the head of the subject's page. Nothing where no one waits for anything.
    pub async fn view(self, web: &Web, of: &Subject, member: &Member) -> Result<AnyView, Failure> {
        let is_owner = member.role == TeamRole::Owner;
        let now = self.now;
        let line = self.turn.map(|turn| view! { <TurnLine turn now reader=Reader::Vendor /> });
        let Some(review) = self.newest else { return Ok(line.into_any()) };
        let view = match &review.decision {
            None if review.kind == ReviewKind::Appeal => {
                let withdraw = is_owner.then(|| {
                    let href = format!("{}/withdraw-appeal", page(of));
                    view! { <p><a class="usa-link" href=href>{text::WITHDRAW_APPEAL}</a></p> }
                });
                view! { <Alert tone=Tone::Info heading=text::APPEAL_OPEN>{line} {withdraw}</Alert> }.into_any()
            }
            None => line.into_any(),
            Some(past) if past.outcome == Outcome::InformationAsked => {
                let form = if is_owner || of.application().is_some() {
                    answer_form(web, of).await?.into_any()
                } else {
                    view! { <p>{text::ONLY_OWNERS_ANSWER}</p> }.into_any()
                };
                let question = said(past);
                view! {
                    <Alert tone=Tone::Warning heading=text::QUESTION>{line} {question}</Alert>
                    {form}
                }
                .into_any()
            }
            Some(past) if past.outcome == Outcome::Denied => {
                let print = decision::link(Reader::Vendor, &review);
                let may_appeal = review.may_be_appealed();
                let about = if may_appeal { text::MAY_APPEAL } else { text::FINAL };
                let appeal = (may_appeal && is_owner).then(|| {
                    let href = format!("{}/appeal", page(of));
                    view! { <p><a class="usa-button usa-button--outline" href=href>{text::APPEAL}</a></p> }
                });
                let denial = said(past);
                view! {
                    <Alert tone=Tone::Error heading=text::NOT_APPROVED>{denial} <p>{about}</p> {appeal} <p>{print}</p></Alert>
                    {line}
                }
                .into_any()
            }
            Some(past) if past.outcome == Outcome::Approved => {
                let print = decision::link(Reader::Vendor, &review);
                view! { {line} <p>{print}</p> }.into_any()
            }
            Some(_) => line.into_any(),
        };
        Ok(view)
    }
}

/// The criterion, and what the reviewer wrote.
pub fn said(past: &Past) -> impl IntoView + use<> {
    let ground = past.criterion.clone().map(|of| view! { <p><strong>{of.name}</strong>": "{of.sentence}</p> });
    let comment = past.comment.clone().map(|comment| view! { <p class="prewrap">{comment}</p> });
    view! { {ground} {comment} }
}

async fn answer_form(web: &Web, of: &Subject) -> Result<impl IntoView + use<>, Failure> {
    let application = of.application().map(ToString::to_string).unwrap_or_default();
    let form = Form::of::<AnswerForm>(web).await?.own("application", application);
    let form = form.own("organization", of.organization().to_string());
    let fields = form.fields();
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=AnswerQuestion::PATH class="usa-form--wide" files=true>
            <p class="usa-hint">{text::ANSWER_OR_EDIT}</p>
            {fields}
            <Actions submit=text::ANSWER />
        </PostForm>
    })
}

/// The subject's page in this portal.
pub fn page(of: &Subject) -> String {
    match of {
        Subject::Organization(_) => organization::PATH.to_owned(),
        Subject::Application(_, id) => format!("{}/{id}", applications::PATH),
        Subject::Ticket(_, id) => format!("{}/{id}", super::support::PATH),
    }
}

/// The vendor in the name of the organization that the form was shown for, or of the one that has the app.
pub async fn acting(web: &Web, organization: &str, application: &str) -> Result<Vendor, Failure> {
    match application {
        "" => Vendor::of_form(web, organization).await,
        application => Vendor::of_app(web, &ApplicationId::new(application)).await,
    }
}

/// The member's organization, or the app that a hidden input names; whether it is theirs, the service says.
pub fn subject(member: &Member, application: &str) -> Subject {
    let organization = member.organization.clone();
    match application {
        "" => Subject::Organization(organization),
        application => Subject::Application(organization, ApplicationId::new(application)),
    }
}

#[server(endpoint = "answer-question")]
pub async fn answer_question(#[server(flatten)] form: AnswerForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = acting(&web, &form.organization, &form.application).await?;
    let member = vendor.member()?.1;
    let on = subject(member, &form.application);
    let page = page(&on);
    let (text, files) = match message(&web, "answer", &form.answer) {
        Ok(message) => message,
        Err(errors) => return web.refuse(AnswerForm::NAME, page, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    match reviews::answer(&mut ctx, &web.services.registry, member, &on, &text, &files).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::Submitted.on(&page));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            let errors = no_longer(error)?;
            web.refuse(AnswerForm::NAME, page, &form, errors).await
        }
    }
}

/// What is said at the form when the subject's state has changed meanwhile.
pub fn no_longer(error: registry::error::Error) -> Result<Vec<Error>, Failure> {
    match error {
        registry::error::Error::NotAllowed(_) => Ok(vec![Error::general(form::Code::NotPermitted)]),
        error => refusal(error),
    }
}
