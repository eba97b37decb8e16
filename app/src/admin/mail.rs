//! `/admin/mail`: what did not reach anybody, and why. The texts are gone: they may have held links.

use ::mail::outbox::{self, Undelivered};
use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    components::{
        empty::Empty,
        pager::Pages,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/admin/mail";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, outbox::count_undelivered(&mut ctx).await?);
    let undelivered = outbox::undelivered(&mut ctx, pages.part()).await?;
    drop(ctx);
    let rows: Vec<Row> = undelivered.into_iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <Empty title="All mail was delivered"><p>"No message was refused, or waits after a failure."</p></Empty> }
            .into_any()
    } else {
        let columns = vec!["To", "Subject", "Written", "State", "What the mail server said"];
        view! { <Table caption="Undelivered mail" columns rows /> {pages.links()} }.into_any()
    };
    let view = view! {
        <h1>"Undelivered mail"</h1>
        <p>
            "A message that the recipient's server refuses three times is given up, and so is one whose link has expired. Its text is \
             deleted. If an address is wrong, its holder cannot be reached by mail: call them, or correct the address with them."
        </p>
        {list}
    };
    Ok(desk.page("Undelivered mail", view).under(super::dashboard::PATH, "Dashboard"))
}

fn row(mail: Undelivered) -> Row {
    let state = match mail.gave_up_at {
        Some(at) => view! { "Given up " <Time at /> }.into_any(),
        None => format!("Will be tried again; tried {} times", mail.attempts).into_any(),
    };
    vec![
        view! { <span class="breakable">{mail.recipient}</span> }.into_any(),
        mail.subject.into_any(),
        view! { <Time at=mail.created_at /> }.into_any(),
        state,
        mail.error.into_any(),
    ]
}
