//! `/member/apps/{id}/revoke`: asks whether the member is sure.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member;

use crate::{
    components::dialog::Dialog,
    failure::Failure,
    member::{find, path},
    page::{Page, Portal},
    texts::{
        member::{CONNECTED, access as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let back = path(&connection.grant.id);
    if !connection.grant.is_live(ctx.now) {
        return Err(Failure::redirect(back));
    }
    let app = connection.app_name;
    let title = text::revoke(locale, &app);
    let keep = back.clone();
    let view = view! {
        <Dialog title=title.clone()>
            <p>{text::ABOUT_REVOKING.of(locale)}</p>
            <p>{text::CONNECT_AGAIN.of(locale)}</p>
            <form class="actions" method="post" action=Revoke::PATH>
                <input type="hidden" name="id" value=connection.grant.id.to_string() />
                <button class="usa-button usa-button--danger" type="submit">{text::REVOKE.of(locale)}</button>
                <a class="usa-button usa-button--outline" href=keep>{text::KEEP.of(locale)}</a>
            </form>
        </Dialog>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale)).under(back, app))
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
