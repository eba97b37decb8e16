//! `/member/apps/{id}/revoke`: says what stops and what the app keeps, and asks whether the member is sure.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member::{self, Connection};

use crate::{
    components::{dialog::Dialog, marked::marked, time::show_in},
    failure::Failure,
    locale::Locale,
    member::{
        find, path,
        scopes::{Allowed, allowed},
        whose::Names,
    },
    page::{Page, Portal},
    texts::{
        consent::WHOSE_DATA,
        member::{CONNECTED, access as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let grant = &connection.grant;
    let back = path(&grant.id);
    if !grant.is_live(ctx.now) {
        return Err(Failure::redirect(back));
    }
    let names = Names::of(&mut ctx, std::slice::from_ref(&connection)).await?;
    drop(ctx);
    show_in(&web.services.programs, [&grant.partition.program]);
    let titles = allowed(&web.services.programs, grant, locale);
    let whose = names.find(&connection).map(str::to_owned);
    let whose = whose.map(|name| view! { <p>{WHOSE_DATA.of(locale)}": "<strong>{name}</strong></p> });
    let app = connection.app_name.clone();
    let title = text::stop(locale, &app);
    let (id, keep, ask) = (grant.id.to_string(), back.clone(), ask_to_delete(&connection, locale));
    let view = view! {
        <Dialog title=title.clone()>
            {whose}
            <h2>{text::STOPS.of(locale)}</h2>
            <p>{text::STOPS_READING.of(locale)}</p>
            <Allowed titles />
            <p>{text::STOPS_EVERYWHERE.of(locale)}</p>
            <h2>{text::KEEPS.of(locale)}</h2>
            <p>{text::KEEPS_DATA.of(locale)}" "{ask}</p>
            <p>{text::CONNECT_AGAIN.of(locale)}</p>
            <form class="actions actions--pair" method="post" action=Revoke::PATH>
                <input type="hidden" name="id" value=id />
                <a class="usa-button usa-button--outline" href=keep>{text::KEEP.of(locale)}</a>
                <button class="usa-button usa-button--danger" type="submit">{text::STOP.of(locale)}</button>
            </form>
        </Dialog>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale)).under(back, app))
}

/// Whom the member asks to delete what the app has read.
pub fn ask_to_delete(connection: &Connection, locale: Locale) -> Vec<AnyView> {
    let email = connection.support_email.clone();
    let organization = connection.organization_name.clone();
    marked(text::ASK_TO_DELETE.of(locale), |place, _| match place {
        0 => organization.clone().into_any(),
        _ => view! { <a class="usa-link" href=format!("mailto:{email}")>{email.clone()}</a> }.into_any(),
    })
}

#[server(endpoint = "revoke-access")]
pub async fn revoke(id: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let mut ctx = web.services.store.write().await?;
    member::revoke(&mut ctx, &web.services.identity.site, &account.id, &GrantId::new(id)).await?;
    ctx.commit().await?;
    web.redirect(Notice::Revoked.on("/member"));
    Ok(())
}
