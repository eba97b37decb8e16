//! Changing how long an app's access lasts.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member::{self, Connection};

use crate::{consent::ask::days_text, failure::Failure, member::path, web::Web};

pub fn section(web: &Web, connection: &Connection) -> impl IntoView + use<> {
    let locale = web.locale();
    let program = web.services.programs.get(&connection.newest.partition.program);
    let choices = program.map(|program| program.lifetimes.grant_days_choices.clone()).unwrap_or_default();
    let chosen = program.map_or(0, |program| program.lifetimes.grant_days);
    let option = move |days: u16| {
        view! { <option value=days selected={days == chosen}>{days_text(days, locale)}</option> }
    };
    view! {
        <form class="inline-form" method="post" action=ChangeLength::PATH>
            <input type="hidden" name="id" value=connection.newest.id.to_string() />
            <div>
                <label class="usa-label" for="days">{locale.of("Let it have access, from today, for", "Permitir el acceso, desde hoy, por")}</label>
                <select class="usa-select" id="days" name="days">{choices.into_iter().map(option).collect_view()}</select>
            </div>
            <button class="usa-button usa-button--outline" type="submit">{locale.of("Change", "Cambiar")}</button>
        </form>
    }
}

#[server(endpoint = "change-length")]
pub async fn change_length(id: String, days: u16) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let id = GrantId::new(id);
    let mut ctx = web.services.store.write().await?;
    member::change_length(&mut ctx, &web.services.programs, &account.id, &id, days).await?;
    ctx.commit().await?;
    web.redirect(format!("{}?done=saved", path(&id)));
    Ok(())
}
