//! `/admin/queues/tickets` and `/admin/tickets/{id}`: what vendors ask, and the answers.

use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{Form as _, input::Input},
    id::{AccountId, TicketId},
};
use registry::tickets::{self, Filter, Ticket};

use super::desk::Desk;
use crate::{
    components::{
        alert::{Alert, Tone},
        dialog::Dialog,
        empty::Empty,
        entries,
        form::{ErrorSummary, PostForm},
        history::History,
        not_understood::NotUnderstood,
        pager::Pages,
        summary::{Fact, Summary},
        table::{Row, Table},
        time::{Time, show_in},
        turn::TurnLine,
        versions::Reader,
    },
    failure::Failure,
    files::message,
    form::{Form, flash::Error},
    owner::{inbox::tabs, tickets::status},
    page::Page,
    texts::{
        admin::{CANCEL, CLAIMED_BY, CLOSED_ACCOUNT, NO_ONE, ORGANIZATION, queue, review},
        conversation as text,
        notices::Notice,
        registry::environment,
    },
    web::Web,
};

pub const QUEUE: &str = "/admin/queues/tickets";

/// What `?show=` narrows the queue to, and its name.
const SHOWN: [(&str, &str); 5] = [
    ("", text::WAITING_FOR_US),
    ("mine", queue::CLAIMED_BY_ME),
    ("unassigned", queue::UNCLAIMED),
    ("overdue", text::OVERDUE),
    ("all", queue::ALL_OPEN),
];

form! {
    pub struct TicketAnswerForm("answer-ticket") {
        answer: String = Input::area(6, text::TICKET_ANSWER, text::ANSWER_MISSING).max_length(2000).hint(text::ANSWER_HINT);
        files: String = Input::files(text::FILES).hint(text::FILES_HINT);
        ticket: String = Input::hidden();
        /// The button: `answer` or `close`.
        step: String = Input::hidden();
    }
}

pub async fn queue(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let asked = web.request.query("show").unwrap_or_default();
    let known = SHOWN.iter().any(|(value, _)| *value == asked);
    let show = if known { asked } else { "" };
    let filter = Filter {
        reach: desk.reach.clone(),
        ours: show.is_empty(),
        assigned_to: (show == "mine").then(|| desk.account.id.clone()),
        unassigned: show == "unassigned",
        overdue: show == "overdue",
        ..Filter::default()
    };
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, tickets::count_open(&mut ctx, &filter).await?);
    let found = tickets::open_tickets(&mut ctx, &filter, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let list = if found.is_empty() {
        view! { <Empty title=text::NOTHING_OPEN><p>{text::NOTHING_OPEN_ABOUT}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::TITLE, text::ENVIRONMENT, text::TURN, text::OPENED, CLAIMED_BY];
        let rows = found.iter().map(|ticket| row(&web, ticket, now)).collect();
        view! { <Table caption=text::OPEN_TICKETS columns rows /> {pages.links()} }.into_any()
    };
    let filters = if known { Vec::new() } else { vec!["show"] };
    let view = view! {
        <h1>{text::TICKET_QUEUE}</h1>
        {tabs(QUEUE, &SHOWN, show)}
        <NotUnderstood filters />
        {list}
    };
    Ok(desk.page(text::TICKET_QUEUE, view).at(QUEUE))
}

fn row(web: &Web, ticket: &Ticket, now: Timestamp) -> Row {
    let place = format!("{}, {}", program(web, ticket), environment(ticket.environment));
    let (turn, at) = (ticket.turn, ticket.opened_at);
    vec![
        view! {
            <a class="usa-link" href=path(&ticket.id)>{ticket.title.clone()}</a>
            <span class="line usa-hint">{ticket.organization_name.clone()}</span>
        }
        .into_any(),
        place.into_any(),
        view! { <TurnLine turn now reader=Reader::Staff /> }.into_any(),
        view! { <Time at /> }.into_any(),
        ticket.assigned_name.clone().unwrap_or_else(|| NO_ONE.to_owned()).into_any(),
    ]
}

fn program(web: &Web, ticket: &Ticket) -> String {
    let program = web.services.programs.get(&ticket.program);
    program.map_or_else(|| ticket.program.to_string(), |program| program.name.clone())
}

fn path(id: &TicketId) -> String {
    format!("/admin/tickets/{id}")
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = TicketId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let ticket = tickets::get_any(&mut ctx, &id).await?;
    desk.require(&mut ctx, &ticket.subject()).await?;
    show_in(&web.services.programs, [&ticket.program]);
    let (events, pages) = entries::page(&web, &mut ctx, &ticket.subject(), Reader::Staff).await?;
    let now = ctx.now;
    drop(ctx);
    let answer = answer_view(&web, &desk, &ticket).await?;
    let (title, turn) = (ticket.title.clone(), ticket.turn);
    let view = view! {
        <div class="heading-row"><h1>{title.clone()}</h1> {status(&ticket)}</div>
        <TurnLine turn now reader=Reader::Staff />
        <Summary facts=facts(&web, &ticket) />
        <History events pages>{answer}</History>
    };
    Ok(desk.page(title, view).at(QUEUE).under(QUEUE, text::TICKET_QUEUE))
}

fn facts(web: &Web, ticket: &Ticket) -> Vec<Fact> {
    let organization = format!("/admin/organizations/{}", ticket.organization);
    let at = ticket.opened_at;
    let opened = ticket.opened_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned());
    let mut facts = vec![
        Fact::new(ORGANIZATION, view! { <a class="usa-link" href=organization>{ticket.organization_name.clone()}</a> }),
        Fact::new(text::PROGRAM, program(web, ticket)),
        Fact::new(text::ENVIRONMENT, environment(ticket.environment)),
        Fact::new(text::OPENED, view! { <Time at /> }),
        Fact::new(text::OPENED_BY, opened),
        Fact::new(CLAIMED_BY, ticket.assigned_name.clone().unwrap_or_else(|| NO_ONE.to_owned())),
    ];
    if let (Some(id), Some(name)) = (&ticket.application, ticket.application_name.clone()) {
        let href = format!("/admin/applications/{id}");
        facts.insert(1, Fact::new(text::APPLICATION, view! { <a class="usa-link" href=href>{name}</a> }));
    }
    if let Some(word) = ticket.satisfaction {
        let comment = ticket.satisfaction_comment.clone().map(|said| view! { <p class="prewrap">{said}</p> });
        facts.push(Fact::new(text::RATE, view! { {text::satisfaction(word)} {comment} }));
    }
    facts
}

/// The answer's form, or why the reader cannot answer.
async fn answer_view(web: &Web, desk: &Desk, ticket: &Ticket) -> Result<AnyView, Failure> {
    if !desk.may_support() {
        return Ok(view! { <Alert tone=Tone::Info>{text::READ_ONLY}</Alert> }.into_any());
    }
    if desk.belongs_to(web, &ticket.subject()).await? {
        return Ok(view! { <Alert tone=Tone::Warning>{text::OWN_ORGANIZATION}</Alert> }.into_any());
    }
    let claim = claim_buttons(desk, ticket);
    let form = Form::of::<TicketAnswerForm>(web).await?.without(&["step"]).own("ticket", ticket.id.to_string());
    if ticket.assigned_to.as_ref().is_some_and(|other| *other != desk.account.id) || !ticket.is_open() {
        return Ok(view! { {claim} <ErrorSummary form /> }.into_any());
    }
    let fields = form.fields();
    Ok(view! {
        {claim}
        <ErrorSummary form />
        <PostForm to=AnswerTicket::PATH class="usa-form--wide" files=true>
            {fields}
            <div class="actions">
                <button class="usa-button" type="submit" name="step" value="answer">{text::ANSWER_SEND}</button>
                <button class="usa-button usa-button--outline" type="submit" name="step" value="close">
                    {text::ANSWER_AND_CLOSE}
                </button>
            </div>
        </PostForm>
    }
    .into_any())
}

/// Claim, release, or the way to take the ticket over.
fn claim_buttons(desk: &Desk, ticket: &Ticket) -> AnyView {
    if !ticket.is_open() {
        return ().into_any();
    }
    let (to, button, who) = match &ticket.assigned_to {
        None => (ClaimTicket::PATH, review::CLAIM, review::UNCLAIMED),
        Some(account) if *account == desk.account.id => (ReleaseTicket::PATH, review::RELEASE, review::YOURS),
        Some(_) => {
            let who = text::taken(holder(ticket));
            let href = format!("{}/take-over", path(&ticket.id));
            return view! {
                <p class="inline-form">
                    <span>{who}</span>
                    <a class="usa-button usa-button--outline" href=href>{review::TAKE_OVER}</a>
                </p>
            }
            .into_any();
        }
    };
    view! {
        <form class="inline-form" method="post" action=to>
            <span>{who}</span>
            <input type="hidden" name="ticket" value=ticket.id.to_string() />
            <button class="usa-button usa-button--outline" type="submit">{button}</button>
        </form>
    }
    .into_any()
}

fn holder(ticket: &Ticket) -> String {
    ticket.assigned_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())
}

/// `/admin/tickets/{id}/take-over`: asks first, and names whose work it is.
pub async fn take_over_page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = TicketId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let ticket = tickets::get_any(&mut ctx, &id).await?;
    desk.require(&mut ctx, &ticket.subject()).await?;
    drop(ctx);
    if !desk.may_support() || desk.belongs_to(&web, &ticket.subject()).await? {
        return Err(Failure::Forbidden);
    }
    let back = path(&id);
    let from = match &ticket.assigned_to {
        Some(account) if *account != desk.account.id && ticket.is_open() => account.to_string(),
        _ => return Err(Failure::redirect(back)),
    };
    let view = view! {
        <Dialog title=text::TAKEN_TITLE>
            <p>{text::taken_effect(holder(&ticket), &ticket.title)}</p>
            <form class="actions" method="post" action=TakeOverTicket::PATH>
                <input type="hidden" name="ticket" value=id.to_string() />
                <input type="hidden" name="from" value=from />
                <button class="usa-button" type="submit">{review::TAKE_OVER}</button>
                <a class="usa-button usa-button--outline" href=back>{CANCEL}</a>
            </form>
        </Dialog>
    };
    Ok(desk.page(text::TAKEN_TITLE, view))
}

/// The staff member who may answer this ticket.
async fn supporter(web: &Web, id: &TicketId) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&[Role::Administrator, Role::Support])?;
    let mut ctx = web.services.store.read().await?;
    let ticket = tickets::get_any(&mut ctx, id).await?;
    desk.require(&mut ctx, &ticket.subject()).await?;
    drop(ctx);
    Ok(desk)
}

#[server(endpoint = "answer-ticket")]
pub async fn answer_ticket(#[server(flatten)] form: TicketAnswerForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = TicketId::new(form.ticket.as_str());
    let desk = supporter(&web, &id).await?;
    let page = path(&id);
    let (text, files) = match message(&web, "answer", &form.answer) {
        Ok(message) => message,
        Err(errors) => return web.refuse(TicketAnswerForm::NAME, page, &form, errors).await,
    };
    let (registry, closes) = (&web.services.registry, form.step == "close");
    let mut ctx = web.services.store.write().await?;
    match tickets::answer(&mut ctx, registry, &desk.account.id, &id, &text, &files, closes).await {
        Err(registry::error::Error::Claimed { .. }) => {
            drop(ctx);
            let errors = [Error::general(form::Code::ClaimedByOther)];
            web.refuse(TicketAnswerForm::NAME, page, &form, errors).await
        }
        // The vendor closed it.
        Err(registry::error::Error::NotAllowed(_)) => {
            drop(ctx);
            let errors = [Error::general(form::Code::NotPermitted)];
            web.refuse(TicketAnswerForm::NAME, page, &form, errors).await
        }
        answered => {
            answered?;
            ctx.commit().await?;
            web.redirect(Notice::TicketAnswered.on(&page));
            Ok(())
        }
    }
}

#[server(endpoint = "claim-ticket")]
pub async fn claim_ticket(ticket: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = TicketId::new(ticket);
    let desk = supporter(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    let claimed = tickets::claim(&mut ctx, &desk.account.id, &id).await;
    settle(&web, ctx, &id, claimed, Notice::Claimed).await
}

#[server(endpoint = "release-ticket")]
pub async fn release_ticket(ticket: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = TicketId::new(ticket);
    let desk = supporter(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    let released = tickets::release(&mut ctx, &desk.account.id, &id).await;
    settle(&web, ctx, &id, released, Notice::Released).await
}

#[server(endpoint = "take-over-ticket")]
pub async fn take_over_ticket(ticket: String, from: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = TicketId::new(ticket);
    let desk = supporter(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    let taken = tickets::take_over(&mut ctx, &desk.account.id, &id, &AccountId::new(from)).await;
    settle(&web, ctx, &id, taken, Notice::Claimed).await
}

/// Saves it, unless a colleague was faster; the page shows who has it now.
async fn settle(
    web: &Web,
    ctx: store::Ctx,
    id: &TicketId,
    done: registry::error::Result<()>,
    notice: Notice,
) -> Result<(), Failure> {
    let page = path(id);
    match done {
        Err(registry::error::Error::Claimed { .. } | registry::error::Error::Stale) => web.redirect(page),
        done => {
            done?;
            ctx.commit().await?;
            web.redirect(notice.on(&page));
        }
    }
    Ok(())
}

impl Desk {
    /// Whether they answer tickets.
    pub fn may_support(&self) -> bool {
        self.roles.contains(&Role::Administrator) || self.roles.contains(&Role::Support)
    }
}
