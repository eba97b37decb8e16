//! Where one is signed in.

use crate::texts::notices::Notice;
use identity::{
    accounts::Account,
    sessions::{self, Session},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::SessionId;

use crate::{
    components::{
        alert::Tone,
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    locale::Locale,
    web::Web,
};

pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let sessions = sessions::list(&mut web.services.store.read().await?, &account.id).await?;
    let several = 1 < sessions.len();
    let own = web.session_id().cloned();
    let pages = Pages::of(web, sessions.len());
    let rows = pages
        .cut(sessions)
        .into_iter()
        .map(|session| row(&session, own.as_ref() == Some(&session.id), locale))
        .collect();
    let columns = match locale {
        Locale::English => vec!["Device", "Signed in", "Last seen", "Action"],
        Locale::Spanish => vec!["Dispositivo", "Inicio de sesión", "Visto por última vez", "Acción"],
    };
    Ok(view! {
        <h2>{locale.of("Where you are signed in", "Dónde tiene sesiones abiertas")}</h2>
        <Table caption=locale.of("Sessions", "Sesiones") columns rows />
        {pages.links()}
        {several.then(|| view! {
            <form method="post" action=SignOutEverywhere::PATH>
                <button class="usa-button usa-button--outline" type="submit">
                    {locale.of("Sign out everywhere else", "Cerrar sesión en todos los demás")}
                </button>
            </form>
        })}
    })
}

fn row(session: &Session, own: bool, locale: Locale) -> Row {
    let unknown = locale.of("Unknown device", "Dispositivo desconocido");
    let device = session.user_agent.as_deref().map_or_else(|| unknown.to_owned(), device);
    let action = if own {
        view! { <Status tone=Tone::Info text=locale.of("This device", "Este dispositivo") /> }.into_any()
    } else {
        view! {
            <form method="post" action=SignOutSession::PATH>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="usa-button usa-button--unstyled" type="submit">{locale.of("Sign out", "Cerrar sesión")}</button>
            </form>
        }
        .into_any()
    };
    vec![
        device.into_any(),
        session.authenticated_at.map(|at| view! { <Time at locale /> }).into_any(),
        view! { <Time at=session.last_seen_at locale /> }.into_any(),
        action,
    ]
}

/// `Firefox on Windows`, as far as the browser says; else what it calls itself, shortened.
fn device(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // The marks that others carry too come last.
    let browser =
        find(&[("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        _ => user_agent.chars().take(40).collect(),
    }
}

/// Ends one of one's own sessions.
#[server(endpoint = "sign-out-session")]
pub async fn sign_out_session(session: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let mut ctx = web.services.store.write().await?;
    if !sessions::sign_out_other(&mut ctx, &account.id, &SessionId::new(session)).await? {
        return Err(Failure::NotFound);
    }
    ctx.commit().await?;
    web.redirect(Notice::Saved.on("/account"));
    Ok(())
}

/// Ends all of one's own sessions but this one.
#[server(endpoint = "sign-out-everywhere")]
pub async fn sign_out_everywhere() -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let mut ctx = web.services.store.write().await?;
    sessions::sign_out_others(&mut ctx, &account.id, web.session_id()).await?;
    ctx.commit().await?;
    web.redirect(Notice::Sessions.on("/account"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_named_by_browser_and_system() {
        fn check(user_agent: &str, expect: &str) {
            assert_eq!(device(user_agent), expect);
        }
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge, Windows",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        );
        check("curl/8.5.0", "curl/8.5.0");
    }
}
