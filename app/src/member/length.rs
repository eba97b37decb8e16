//! Changing how long an app's access lasts.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member::{self, Connection};

use crate::{
    components::time::day_text, consent::length::options, failure::Failure, locale::Locale, member::path, web::Web,
};

/// Starts with what is set; the end that it has now goes first where that is none of the program's lengths.
pub fn section(web: &Web, connection: &Connection) -> impl IntoView + use<> {
    let locale = web.locale();
    let grant = &connection.grant;
    let program = web.services.programs.get(&grant.partition.program);
    let choices = program.map(|program| program.lifetimes.grant_days_choices.clone()).unwrap_or_default();
    let chosen = grant.days.filter(|days| choices.contains(days));
    let unchanged = chosen.is_none().then(|| {
        let end = day_text(grant.expires_at, locale);
        let text = match locale {
            Locale::English => format!("As it is: until {end}"),
            Locale::Spanish => format!("Como está: hasta el {end}"),
        };
        view! { <option value="" selected>{text}</option> }
    });
    view! {
        <form class="inline-form" method="post" action=ChangeLength::PATH>
            <input type="hidden" name="id" value=grant.id.to_string() />
            <div>
                <label class="usa-label" for="days">{locale.of("Let it have access, from today, for", "Permitir el acceso, desde hoy, por")}</label>
                <select class="usa-select" id="days" name="days">
                    {unchanged} {options(&choices, chosen.unwrap_or_default(), web.services.store.now(), locale)}
                </select>
            </div>
            <button class="usa-button usa-button--outline" type="submit">{locale.of("Change", "Cambiar")}</button>
        </form>
    }
}

/// Without a length, nothing changes.
#[server(endpoint = "change-length")]
pub async fn change_length(id: String, #[server(default)] days: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let id = GrantId::new(id);
    if days.is_empty() {
        web.redirect(path(&id));
        return Ok(());
    }
    let days = days.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    member::change_length(&mut ctx, &web.services.programs, &account.id, &id, days).await?;
    ctx.commit().await?;
    web.redirect(format!("{}?done=saved", path(&id)));
    Ok(())
}
