//! Changing how long an app's access lasts.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member::{self, Connection};
use store::Ctx;

use crate::{
    components::time::date,
    consent::length::options,
    failure::Failure,
    member::path,
    texts::{member::access as text, notices::Notice},
    web::Web,
};

/// Starts with the length that is set. If that is not one of the program's lengths, the current end comes first.
pub async fn section(web: &Web, ctx: &mut Ctx, connection: &Connection) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let grant = &connection.grant;
    let program = web.services.programs.get(&grant.partition.program);
    let choices = program.map(|program| program.lifetimes.grant_days_choices.clone()).unwrap_or_default();
    let latest = member::latest_end(ctx, grant).await?;
    let chosen = grant.days.filter(|days| choices.contains(days));
    let unchanged = chosen.is_none().then(|| {
        view! { <option value="" selected>{text::unchanged(locale, date(grant.expires_at, locale))}</option> }
    });
    Ok(view! {
        <form class="inline-form" method="post" action=ChangeLength::PATH>
            <input type="hidden" name="id" value=grant.id.to_string() />
            <div>
                <label class="usa-label" for="days">{text::HOW_LONG.of(locale)}</label>
                <select class="usa-select" id="days" name="days">
                    {unchanged} {options(&choices, chosen.unwrap_or_default(), ctx.now, latest, locale)}
                </select>
            </div>
            <button class="usa-button usa-button--outline" type="submit">{text::CHANGE.of(locale)}</button>
        </form>
    })
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
    member::change_length(&mut ctx, &web.services.programs, &web.services.identity.site, &account.id, &id, days)
        .await?;
    ctx.commit().await?;
    web.redirect(Notice::Saved.on(&path(&id)));
    Ok(())
}
