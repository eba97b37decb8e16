//! `/admin/staff/{id}`: one person's roles and desk.

use identity::staff::{self, Held};
use leptos::prelude::*;
use model::{account::Role, id::AccountId};

use super::{PATH, desk_form, factor, last_sign_in, may_write, path, programs, reach_of, reader};
use crate::{
    components::{
        marked::marked,
        summary::{Fact, Summary},
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    texts::admin::staff as text,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = reader(&web).await?;
    show_in(&web.services.programs, []);
    let id = AccountId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let person = staff::get(&mut ctx, &id).await?;
    let reach = reach_of(&mut ctx, &person).await?;
    drop(ctx);
    let writes = may_write(&desk);
    let lines =
        programs(&web, &reach).into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view();
    let facts = vec![
        Fact::new(text::HEALTHCARE_ID, person.healthcare_id.clone()),
        Fact::new(text::EMAIL, person.email.clone()),
        Fact::new(text::PROGRAMS, lines),
        Fact::new(text::TWO_STEP, factor(&person)),
        Fact::new(text::LAST_SIGN_IN, last_sign_in(&person)),
    ];
    let roles = person.roles.iter().map(|held| role(&id, held, writes)).collect_view();
    let limited = !person.roles.iter().any(|held| held.role == Role::Administrator);
    let form = if writes && limited { Some(desk_form::section(&web, &id, &reach).await?) } else { None };
    let name = person.name.clone();
    let view = view! {
        <h1>{person.name}</h1>
        <Summary facts />
        <h2>{text::GIVEN}</h2>
        <ul class="panels">{roles}</ul>
        {form}
    };
    Ok(desk.page(name, view).at(PATH).under(PATH, text::TITLE))
}

fn role(id: &AccountId, held: &Held, writes: bool) -> impl IntoView + use<> {
    let (role, at, reason) = (text::role(held.role), held.since, held.reason.clone());
    let time = |_, _| view! { <Time at /> }.into_any();
    // A name may have brackets, which must not mark anything, so it comes after the sentence.
    let since = match &held.by {
        Some(_) => marked(text::SINCE_BY, time),
        None => marked(text::SINCE_COMMAND_LINE, time),
    };
    let by = held.by.clone();
    let take = (writes && held.role != Role::Unknown).then(|| {
        let to = format!("{}/take/{}", path(id), held.role);
        view! {
            <p class="actions">
                <a class="usa-button usa-button--outline" href=to>
                    {text::TAKE_AWAY}<span class="usa-sr-only">" "{text::the_role(role)}</span>
                </a>
            </p>
        }
    });
    view! {
        <li class="panel">
            <h3>{role}</h3>
            <p>{since} {by.map(|by| view! { " "<strong>{by}</strong> })}</p>
            {reason.map(|reason| view! { <blockquote class="prewrap breakable">{reason}</blockquote> })}
            {take}
        </li>
    }
}
