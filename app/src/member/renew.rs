//! `/member/apps/{id}/renew`: more time for an app, in one confirmation, to which the mail before the end leads. The form is the one
//! of the app's own page.

use leptos::{prelude::*, server_fn::ServerFn};
use oauth::grants::member::latest_end;

use crate::{
    components::{
        dialog::Dialog,
        time::{Day, show_in},
    },
    consent::length::options,
    failure::Failure,
    member::{find, length::ChangeLength, path, stopped, whose::Names},
    page::{Page, Portal},
    texts::{
        consent::WHOSE_DATA,
        member::{CONNECTED, renewal as text},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let grant = &connection.grant;
    let back = path(&grant.id);
    let program = web.services.programs.get(&grant.partition.program);
    let Some(lifetimes) = program.map(|program| &program.lifetimes).filter(|_| grant.is_live(ctx.now)) else {
        return Err(Failure::redirect(back));
    };
    let names = Names::of(&mut ctx, std::slice::from_ref(&connection)).await?;
    let (now, latest) = (ctx.now, latest_end(&mut ctx, grant).await?);
    drop(ctx);
    show_in(&web.services.programs, [&grant.partition.program]);
    // As long as the member chose before.
    let choices = &lifetimes.grant_days_choices;
    let days = grant.days.filter(|days| choices.contains(days)).unwrap_or(lifetimes.grant_days);
    let whose = names.find(&connection).map(str::to_owned);
    let whose = whose.map(|name| view! { <p>{WHOSE_DATA.of(locale)}": "<strong>{name}</strong></p> });
    let app = connection.app_name.clone();
    let title = text::question(locale, &app);
    let (id, stay, until) = (grant.id.to_string(), back.clone(), grant.expires_at);
    let (lengths, stopped) = (options(choices, days, now, latest, locale), stopped(&connection, locale));
    let view = view! {
        <Dialog title=title.clone()>
            {stopped}
            {whose}
            <p>{text::NOW_UNTIL.of(locale)}" "<strong><Day at=until locale /></strong>". "{text::ENDS_BY_ITSELF.of(locale)}</p>
            <p>{text::ABOUT.of(locale)}</p>
            <form method="post" action=ChangeLength::PATH>
                <input type="hidden" name="id" value=id />
                <label class="usa-label" for="days">{text::HOW_LONG.of(locale)}</label>
                <select class="usa-select" id="days" name="days">{lengths}</select>
                <div class="actions">
                    <button class="usa-button" type="submit">{text::RENEW.of(locale)}</button>
                    <a class="usa-button usa-button--outline" href=stay>{text::NOT_NOW.of(locale)}</a>
                </div>
            </form>
        </Dialog>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale)).under(back, app))
}
