//! `/owner/support`: whom to ask, when support is open, and how soon it answers.

use leptos::prelude::*;
use programs::{program::Program, support::ResponseTo};
use registry::calendar::Calendar;

use crate::{
    components::{
        alert::Tone,
        marked::marked,
        status::Status,
        summary::{Fact, Summary},
        table::Table,
        time::Time,
    },
    failure::Failure,
    owner::{tickets, vendor::Vendor},
    page::Page,
    texts::owner::{EMAIL, support as text},
    web::Web,
};

pub const PATH: &str = "/owner/support";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let tickets = tickets::section(&web, &vendor).await?;
    let programs = web.services.programs.iter().map(|program| of_program(&web, program)).collect_view();
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p class="usa-intro">{text::HOW}</p>
        {tickets}
        {programs}
    };
    Ok(vendor.page(text::TITLE, view).at(PATH))
}

fn of_program(web: &Web, program: &Program) -> impl IntoView + use<> {
    let support = &program.support;
    let now = web.services.store.now();
    let calendar = Calendar::of(&support.hours);
    let open = if calendar.is_open(now) {
        view! { <Status tone=Tone::Success text=text::OPEN /> }.into_any()
    } else {
        let opens = marked(text::OPENS, |_, _| view! { <Time at=calendar.next_open(now) /> }.into_any());
        view! { <Status tone=Tone::Info text=text::CLOSED />" "{opens} }.into_any()
    };
    let hours = text::hours(&support.hours.printed);
    let facts = vec![
        Fact::new(
            EMAIL,
            view! { <a class="usa-link" href=format!("mailto:{}", support.email)>{support.email.clone()}</a> },
        ),
        Fact::new(text::HOURS, view! { <p>{hours}</p> <p>{open}</p> }),
        Fact::new(text::COVERS, support.covers.join("; ")),
    ];
    let rows = ResponseTo::ALL.iter().filter_map(|to| support.response_time(*to));
    let rows = rows.map(|time| vec![time.name.clone().into_any(), time.printed.clone().into_any()]).collect();
    view! {
        <h2>{program.name.clone()}</h2>
        <Summary facts />
        <Table caption=text::RESPONSE_TIMES columns=vec![text::REQUEST, text::RESPONSE_TIME] rows />
        <p class="usa-hint">{program.disclaimers.first().cloned()}</p>
    }
}
