//! `/owner/support`: whom to ask, when somebody is there, and how soon they answer.

use leptos::prelude::*;
use programs::{program::Program, support::ResponseTo};
use registry::calendar::Calendar;

use crate::{
    components::{
        alert::Tone,
        status::Status,
        summary::{Fact, Summary},
        table::Table,
        time::Time,
    },
    failure::Failure,
    owner::vendor::Vendor,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/owner/support";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let programs = web.services.programs.iter().map(|program| of_program(&web, program)).collect_view();
    let view = view! {
        <h1>"Support"</h1>
        <p class="usa-intro">"Write to us with the name of your organization and the Client ID of the app. Never send a secret or a member's data."</p>
        {programs}
    };
    Ok(vendor.page("Support", view).at(PATH))
}

fn of_program(web: &Web, program: &Program) -> impl IntoView + use<> {
    let support = &program.support;
    let now = web.services.store.now();
    let calendar = Calendar::of(&support.hours);
    let open = if calendar.is_open(now) {
        view! { <Status tone=Tone::Success text="Open now" /> }.into_any()
    } else {
        view! { <Status tone=Tone::Info text="Closed now" />" Opens "<Time at=calendar.next_open(now) /> }.into_any()
    };
    let hours = format!("{}. General support is not provided on holidays or weekends.", support.hours.printed);
    let facts = vec![
        Fact::new(
            "Email",
            view! { <a class="usa-link" href=format!("mailto:{}", support.email)>{support.email.clone()}</a> },
        ),
        Fact::new("General support hours", view! { <p>{hours}</p> <p>{open}</p> }),
        Fact::new("They apply to", support.covers.join("; ")),
    ];
    let rows = ResponseTo::ALL.iter().filter_map(|to| support.response_time(*to));
    let rows = rows.map(|time| vec![time.name.clone().into_any(), time.printed.clone().into_any()]).collect();
    view! {
        <h2>{program.name.clone()}</h2>
        <Summary facts />
        <Table caption="Response times" columns=vec!["Request", "Estimated response time"] rows />
        <p class="usa-hint">{program.disclaimers.first().cloned()}</p>
    }
}
