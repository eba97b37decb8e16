//! `/admin/mail`: which messages were not delivered, and why. Their texts are deleted: they may have held links.

use ::audit::views::Subject as Seen;
use ::mail::outbox::{self, Undelivered};
use leptos::prelude::*;

use super::{desk::Desk, letters};
use crate::{
    components::{
        empty::Empty,
        marked::marked,
        pager::Pages,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    page::Page,
    texts::admin::{DASHBOARD, letters::LINK as ALL_LETTERS, mail as text},
    web::Web,
};

pub const PATH: &str = "/admin/mail";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, outbox::count_undelivered(&mut ctx).await?);
    let undelivered = outbox::undelivered(&mut ctx, pages.part()).await?;
    drop(ctx);
    let seen: Vec<Seen> = undelivered.iter().map(|mail| Seen::Mail(mail.id.clone())).collect();
    web.saw(&desk.account, &seen, None).await?;
    let rows: Vec<Row> = undelivered.into_iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=text::ALL_DELIVERED><p>{text::NOTHING_WAITS}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::TO, text::SUBJECT, text::WRITTEN, text::STATE, text::SERVER_SAID];
        view! { <Table caption=text::TITLE columns rows /> {pages.links()} }.into_any()
    };
    let letters = web.services.is_development();
    let letters = letters.then(|| view! { <p><a class="usa-link" href=letters::PATH>{ALL_LETTERS}</a></p> });
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        {letters}
        {list}
    };
    Ok(desk.page(text::TITLE, view).under(super::dashboard::PATH, DASHBOARD))
}

fn row(mail: Undelivered) -> Row {
    let state = match mail.gave_up_at {
        Some(at) => marked(text::GIVEN_UP, |_, _| view! { <Time at /> }.into_any()).into_any(),
        None => text::tried(mail.attempts).into_any(),
    };
    vec![
        view! { <span class="breakable">{mail.recipient}</span> }.into_any(),
        mail.subject.into_any(),
        view! { <Time at=mail.created_at /> }.into_any(),
        state,
        mail.error.into_any(),
    ]
}
