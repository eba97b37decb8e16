//! `/owner/support/{id}`: the conversation, a reply, and at its end what the vendor says about the help.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Code, Form as _,
        field::Field as _,
        input::{Choice, Input},
    },
    id::TicketId,
    text::Paragraph,
    ticket::Satisfaction,
};
use registry::tickets::{self, Ticket};

use super::{path, status};
use crate::{
    components::{
        entries,
        form::{Actions, ErrorSummary, PostForm},
        history::History,
        summary::{Fact, Summary},
        time::{Time, show_in},
        turn::TurnLine,
        versions::Reader,
    },
    failure::Failure,
    files::message,
    form::{Form, flash::Error},
    owner::{support, vendor::Vendor},
    page::Page,
    texts::{
        components::CLOSED_ACCOUNT, conversation as text, notices::Notice, owner::support as page_text,
        registry::environment,
    },
    web::Web,
};

form! {
    pub struct ReplyForm("reply-ticket") {
        reply: String = Input::area(4, text::YOUR_REPLY, text::REPLY_MISSING).max_length(2000);
        files: String = Input::files(text::FILES).hint(text::FILES_HINT);
        ticket: String = Input::hidden();
    }
}

form! {
    pub struct RatingForm("rate-ticket") {
        satisfaction: String = Input::radios(text::RATE, "Choose an answer.").choices(
            [Satisfaction::Solved, Satisfaction::Partly, Satisfaction::NotSolved]
                .map(|word| Choice::new(word.as_str(), text::satisfaction(word))),
        );
        rating: String = Input::area(2, text::RATE_COMMENT, "Enter a comment.").optional().max_length(2000);
        ticket: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = TicketId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let ticket = tickets::get(&mut ctx, vendor.member()?.1, &id).await?;
    show_in(&web.services.programs, [&ticket.program]);
    let (events, pages) = entries::page(&web, &mut ctx, &ticket.subject(), Reader::Vendor).await?;
    let now = ctx.now;
    drop(ctx);
    let reply = reply(&web, &ticket).await?;
    let end = if ticket.is_open() { close(&ticket).into_any() } else { rating(&web, &ticket).await?.into_any() };
    let (title, turn) = (ticket.title.clone(), ticket.turn);
    let view = view! {
        <div class="heading-row"><h1>{title.clone()}</h1> {status(&ticket)}</div>
        <TurnLine turn now reader=Reader::Vendor />
        <Summary facts=facts(&web, &ticket) />
        <History events pages>{reply}</History>
        {end}
    };
    Ok(vendor.page(title, view).at(support::PATH).under(support::PATH, page_text::TITLE))
}

fn facts(web: &Web, ticket: &Ticket) -> Vec<Fact> {
    let program = web.services.programs.get(&ticket.program);
    let program = program.map_or_else(|| ticket.program.to_string(), |program| program.name.clone());
    let at = ticket.opened_at;
    let mut facts = vec![
        Fact::new(text::PROGRAM, program),
        Fact::new(text::ENVIRONMENT, environment(ticket.environment)),
        Fact::new(text::OPENED, view! { <Time at /> }),
        Fact::new(text::OPENED_BY, ticket.opened_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())),
    ];
    if let (Some(id), Some(name)) = (&ticket.application, ticket.application_name.clone()) {
        let href = format!("/owner/applications/{id}");
        facts.insert(0, Fact::new(text::APPLICATION, view! { <a class="usa-link" href=href>{name}</a> }));
    }
    facts
}

async fn reply(web: &Web, ticket: &Ticket) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<ReplyForm>(web).await?.own("ticket", ticket.id.to_string());
    let fields = form.fields();
    let submit = if ticket.is_open() { text::REPLY } else { text::REOPEN };
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=ReplyTicket::PATH files=true>{fields} <Actions submit /></PostForm>
    })
}

fn close(ticket: &Ticket) -> impl IntoView + use<> {
    view! {
        <form class="inline-form" method="post" action=CloseTicket::PATH>
            <span>{text::SOLVED_QUESTION}</span>
            <input type="hidden" name="ticket" value=ticket.id.to_string() />
            <button class="usa-button usa-button--outline" type="submit">{text::CLOSE}</button>
        </form>
    }
}

async fn rating(web: &Web, ticket: &Ticket) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<RatingForm>(web).await?.own("ticket", ticket.id.to_string());
    let said = ticket.satisfaction.map(|word| view! { <p>{text::rated(text::satisfaction(word))}</p> });
    let fields = form.fields();
    Ok(view! {
        {said}
        <ErrorSummary form />
        <PostForm to=RateTicket::PATH>{fields} <Actions submit=text::RATE_SEND /></PostForm>
    })
}

#[server(endpoint = "reply-ticket")]
pub async fn reply_ticket(#[server(flatten)] form: ReplyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.member()?.1;
    let id = TicketId::new(form.ticket.as_str());
    let ticket = tickets::get(&mut web.services.store.read().await?, member, &id).await?;
    let page = path(&ticket);
    let (text, files) = match message(&web, "reply", &form.reply) {
        Ok(message) => message,
        Err(errors) => return web.refuse(ReplyForm::NAME, page, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    tickets::reply(&mut ctx, &web.services.registry, member, &id, &text, &files).await?;
    ctx.commit().await?;
    web.redirect(Notice::Commented.on(&page));
    Ok(())
}

#[server(endpoint = "close-ticket")]
pub async fn close_ticket(ticket: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.member()?.1;
    let id = TicketId::new(ticket);
    let mut ctx = web.services.store.write().await?;
    let page = path(&tickets::get(&mut ctx, member, &id).await?);
    match tickets::close(&mut ctx, member, &id).await {
        // Closed by now.
        Err(registry::error::Error::NotAllowed(_)) => web.redirect(page),
        closed => {
            closed?;
            ctx.commit().await?;
            web.redirect(Notice::TicketClosed.on(&page));
        }
    }
    Ok(())
}

#[server(endpoint = "rate-ticket")]
pub async fn rate_ticket(#[server(flatten)] form: RatingForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.member()?.1;
    let id = TicketId::new(form.ticket.as_str());
    let page = path(&tickets::get(&mut web.services.store.read().await?, member, &id).await?);
    let (word, comment) = match parse(&form) {
        Ok(parsed) => parsed,
        Err(errors) => return web.refuse(RatingForm::NAME, page, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    match tickets::rate(&mut ctx, member, &id, word, comment.as_ref()).await {
        // Open again by now.
        Err(registry::error::Error::NotAllowed(_)) => web.redirect(page),
        rated => {
            rated?;
            ctx.commit().await?;
            web.redirect(Notice::Rated.on(&page));
        }
    }
    Ok(())
}

fn parse(form: &RatingForm) -> Result<(Satisfaction, Option<Paragraph>), Vec<Error>> {
    let code = if form.satisfaction.is_empty() { Code::Required } else { Code::NotAChoice };
    let word = form.satisfaction.parse().ok().filter(|word| *word != Satisfaction::Unknown);
    let comment = <Option<Paragraph>>::read(&form.rating).map_err(|code| Error::new("rating", code));
    match (word, comment) {
        (Some(word), Ok(comment)) => Ok((word, comment)),
        (word, comment) => {
            let word = word.is_none().then(|| Error::new("satisfaction", code));
            Err(word.into_iter().chain(comment.err()).collect())
        }
    }
}
