//! `/member/apps/{id}/receipt`: what the member allowed, to keep or to print.

use leptos::prelude::*;

use crate::{
    components::{
        summary::{Fact, Summary},
        time::{Time, show_in},
    },
    failure::Failure,
    member::{
        app::end,
        connected::sandbox_tag,
        find, path,
        revoke::ask_to_delete,
        scopes::{Allowed, allowed, payer_name},
        whose::Names,
    },
    page::{Page, Portal},
    texts::{
        consent::HEALTH_PLAN,
        member::{CONNECTED, access as about, connected::CAN_READ, receipt as text},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let names = Names::of(&mut ctx, std::slice::from_ref(&connection)).await?;
    let (now, programs) = (ctx.now, &web.services.programs);
    drop(ctx);
    let grant = &connection.grant;
    show_in(programs, [&grant.partition.program]);
    let live = grant.is_live(now);
    let titles = allowed(programs, grant, locale);
    let stop = if live {
        text::how_to_stop(locale, web.services.registry.site.page("/member"))
    } else {
        text::ALREADY_ENDED.of(locale).to_owned()
    };
    let changed = |at| Fact::new(about::CHANGED.of(locale), view! { <Time at locale /> });
    let facts = [
        Some(Fact::new(text::APP.of(locale), connection.app_name.clone())),
        Some(Fact::new(about::MADE_BY.of(locale), connection.organization_name.clone())),
        Some(Fact::new(text::CONTACT.of(locale), connection.support_email.clone())),
        names.fact(&connection, locale),
        Some(Fact::new(HEALTH_PLAN.of(locale), payer_name(programs, &connection))),
        Some(Fact::new(CAN_READ.of(locale), view! { <Allowed titles /> })),
        Some(Fact::new(text::GIVEN.of(locale), view! { <Time at=grant.created_at locale /> })),
        grant.changed_at.map(changed),
        Some(end(&connection, live, locale)),
        Some(Fact::new(text::STOP.of(locale), stop)),
        Some(Fact::new(
            text::KEEPS.of(locale),
            view! { <p>{about::KEEPS_DATA.of(locale)}</p> <p>{ask_to_delete(&connection, locale)}</p> },
        )),
        Some(Fact::new(text::NUMBER.of(locale), view! { <code class="breakable">{grant.id.to_string()}</code> })),
        Some(Fact::new(text::AS_OF.of(locale), view! { <Time at=now locale /> })),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let app = connection.app_name.clone();
    let title = text::of_app(locale, &app);
    let view = view! {
        <div class="heading-row"><h1>{title.clone()}</h1>{sandbox_tag(&connection, locale)}</div>
        <p class="usa-hint">{text::PRINT.of(locale)}</p>
        <Summary facts />
    };
    let page = Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale));
    Ok(page.under(path(&connection.grant.id), app))
}
