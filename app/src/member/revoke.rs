//! `/member/apps/{id}/revoke`: are you sure?

use crate::texts::notices::Notice;
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::GrantId;
use oauth::grants::member;

use crate::{
    components::dialog::Dialog,
    failure::Failure,
    locale::Locale,
    member::{find, path},
    page::{Page, Portal},
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
    let title = match locale {
        Locale::English => format!("Revoke the access of {app}?"),
        Locale::Spanish => format!("¿Revocar el acceso de {app}?"),
    };
    let keep = back.clone();
    let view = view! {
        <Dialog title=title.clone()>
            <p>{locale.of(
                "It can read nothing more from now on. What it has read already stays with the app; ask its makers to delete it.",
                "Desde ahora no podrá leer nada más. Lo que ya leyó se queda en la aplicación; pida a sus autores que lo eliminen.",
            )}</p>
            <p>{locale.of(
                "You can connect it again later, from the app.",
                "Puede conectarla de nuevo más adelante, desde la aplicación.",
            )}</p>
            <form class="actions" method="post" action=Revoke::PATH>
                <input type="hidden" name="id" value=connection.grant.id.to_string() />
                <button class="usa-button usa-button--danger" type="submit">{locale.of("Revoke access", "Revocar el acceso")}</button>
                <a class="usa-button usa-button--outline" href=keep>{locale.of("Keep it", "Mantenerlo")}</a>
            </form>
        </Dialog>
    };
    Ok(Page::new(Portal::Member, title, view)
        .at("/member")
        .under("/member", locale.of("Connected apps", "Aplicaciones conectadas"))
        .under(back, app))
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
