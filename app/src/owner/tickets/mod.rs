//! The vendor's tickets: their list and the form for a new one, on the page of the support; and `/owner/support/{id}`.

pub mod one;

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Code, Form as _,
        field::Field as _,
        input::{Choice, Input},
    },
    id::ApplicationId,
    partition::{Environment, ProgramId},
    text::Line,
};
use registry::{
    applications,
    tickets::{self, NewTicket, Ticket},
};

use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        form::{Actions, ErrorSummary, PostForm},
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::Time,
        turn::TurnLine,
        versions::Reader,
    },
    failure::Failure,
    files::message,
    form::{Form, flash::Error},
    owner::{conversation::acting, refusal::refusal, support, vendor::Vendor},
    page::Page,
    texts::{
        conversation as text,
        notices::Notice,
        owner::{CANCEL, support as page_text},
        registry::environment,
    },
    web::Web,
};

pub const NEW: &str = "/owner/support/new";
/// The name of the list's pages in addresses.
const LIST: &str = "tickets";

form! {
    pub struct TicketForm("open-ticket") {
        title: String = Input::text(text::TITLE, "Enter a subject.").max_length(120);
        application: String = Input::select(text::APPLICATION, "Choose an app.").optional()
            .hint("If your question is about one of your apps.");
        program: String = Input::select(text::PROGRAM, "Choose a program.");
        environment: String = Input::radios(text::ENVIRONMENT, "Choose sandbox or production.")
            .choice("sandbox", "Sandbox").choice("production", "Production");
        text: String = Input::area(8, "What happened, and what did you expect?", "Describe your question.").max_length(2000)
            .hint("Name the request and the time. Leave out secrets, tokens, and members' health information.");
        files: String = Input::files(text::FILES).hint(text::FILES_HINT);
        /// The one that the page was shown for.
        organization: String = Input::hidden();
    }
}

/// The list on the page of the support; nothing for a vendor without an organization.
pub async fn section(web: &Web, vendor: &Vendor) -> Result<AnyView, Failure> {
    let Some((organization, _)) = &vendor.belongs else { return Ok(().into_any()) };
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::named(web, LIST, tickets::count(&mut ctx, &organization.id).await?);
    let found = tickets::list(&mut ctx, &organization.id, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let new = view! { <p><a class="usa-button" href=NEW>{text::NEW_TICKET}</a></p> };
    if found.is_empty() {
        return Ok(view! { <Empty title=text::NO_TICKETS><p>{text::ABOUT_TICKETS}</p> {new}</Empty> }.into_any());
    }
    let columns = vec![text::TITLE, text::ENVIRONMENT, text::STATUS, text::OPENED, text::TURN];
    let rows = found.into_iter().map(|ticket| row(&ticket, now)).collect();
    Ok(view! {
        <h2 id=LIST>{text::TICKETS}</h2>
        {new}
        <Table caption=text::TICKETS columns rows />
        {pages.links()}
    }
    .into_any())
}

fn row(ticket: &Ticket, now: jiff::Timestamp) -> Row {
    let app = ticket.application_name.clone().map(|name| view! { <span class="line usa-hint">{name}</span> });
    let turn = ticket.turn;
    let opened_at = ticket.opened_at;
    vec![
        view! { <a class="usa-link" href=path(ticket)>{ticket.title.clone()}</a> {app} }.into_any(),
        environment(ticket.environment).into_any(),
        status(ticket).into_any(),
        view! { <Time at=opened_at /> }.into_any(),
        view! { <TurnLine turn now reader=Reader::Vendor /> }.into_any(),
    ]
}

pub fn status(ticket: &Ticket) -> impl IntoView + use<> {
    let (tone, text) = if ticket.is_open() { (Tone::Info, text::OPEN) } else { (Tone::Success, text::CLOSED) };
    view! { <Status tone text /> }
}

/// The page of one ticket.
pub fn path(ticket: &Ticket) -> String {
    format!("{}/{}", support::PATH, ticket.id)
}

/// The form with the vendor's apps and the deployment's programs.
async fn open(web: &Web, vendor: &Vendor) -> Result<Form, Failure> {
    let organization = vendor.member()?.0;
    let apps = applications::list(&mut web.services.store.read().await?, &organization.id).await?;
    let app = |app: applications::Application| {
        let name = format!("{} ({})", app.name(), environment(app.registration.environment));
        Choice::new(app.id.to_string(), name)
    };
    let programs: Vec<Choice> =
        web.services.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let form = Form::of::<TicketForm>(web).await?.own("organization", organization.id.to_string());
    Ok(form.offer("application", apps.into_iter().map(app).collect()).offer("program", programs))
}

/// `/owner/support/new`; `?application=` chooses an app.
pub async fn new(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let application = web.request.query("application").unwrap_or_default().to_owned();
    let form = open(&web, &vendor).await?.fill(&TicketForm { application, ..TicketForm::default() });
    let fields = form.fields();
    let view = view! {
        <h1>{text::NEW_TICKET}</h1>
        <p>{text::ABOUT_TICKETS}</p>
        <ErrorSummary form />
        <PostForm to=OpenTicket::PATH class="usa-form--wide" files=true>
            {fields}
            <Actions submit=text::SEND cancel=CANCEL cancel_to=support::PATH />
        </PostForm>
    };
    Ok(vendor.page(text::NEW_TICKET, view).at(support::PATH).under(support::PATH, page_text::TITLE))
}

#[server(endpoint = "open-ticket")]
pub async fn open_ticket(#[server(flatten)] form: TicketForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = acting(&web, &form.organization, &form.application).await?;
    let member = vendor.member()?.1;
    let new = match parse(&web, &form) {
        Ok(new) => new,
        Err(errors) => return web.refuse(TicketForm::NAME, NEW, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    match tickets::open(&mut ctx, &web.services.registry, member, &new).await {
        Ok(ticket) => {
            ctx.commit().await?;
            web.redirect(Notice::TicketOpened.on(&path(&ticket)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            let errors = refusal(error)?;
            web.refuse(TicketForm::NAME, NEW, &form, errors).await
        }
    }
}

fn parse(web: &Web, form: &TicketForm) -> Result<NewTicket, Vec<Error>> {
    let title = Line::read(&form.title).map_err(|code| Error::new("title", code));
    let program = ProgramId::new(form.program.as_str());
    let known = web.services.programs.get(&program).is_some();
    let program = if known { Ok(program) } else { Err(Error::new("program", missing(&form.program))) };
    let environment: Result<Environment, _> =
        form.environment.parse().map_err(|_| Error::new("environment", missing(&form.environment)));
    let message = message(web, "text", &form.text);
    match (title, program, environment, message) {
        (Ok(title), Ok(program), Ok(environment), Ok((text, files))) => {
            let application = (!form.application.is_empty()).then(|| ApplicationId::new(form.application.as_str()));
            Ok(NewTicket { program, environment, application, title, text, files })
        }
        (title, program, environment, message) => {
            let first = [title.err(), program.err(), environment.err()];
            Err(first.into_iter().flatten().chain(message.err().unwrap_or_default()).collect())
        }
    }
}

fn missing(text: &str) -> Code {
    if text.is_empty() { Code::Required } else { Code::NotAChoice }
}
