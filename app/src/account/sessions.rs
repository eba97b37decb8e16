//! Where the account is signed in.

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
    texts::{
        account::{
            ACTION,
            devices::{BROWSERS, SYSTEMS},
            manage as text,
        },
        notices::Notice,
    },
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
    let columns = [text::DEVICE, text::SIGNED_IN_AT_TIME, text::LAST_SEEN, ACTION].map(|name| name.of(locale)).into();
    Ok(view! {
        <h2>{text::SIGNED_IN.of(locale)}</h2>
        <Table caption=text::SESSIONS.of(locale) columns rows />
        {pages.links()}
        {several.then(|| view! {
            <form method="post" action=SignOutEverywhere::PATH>
                <button class="usa-button usa-button--outline" type="submit">
                    {text::SIGN_OUT_EVERYWHERE.of(locale)}
                </button>
            </form>
        })}
    })
}

fn row(session: &Session, own: bool, locale: Locale) -> Row {
    let unknown = || text::UNKNOWN_DEVICE.of(locale).to_owned();
    let device = session.user_agent.as_deref().map_or_else(unknown, device);
    let action = if own {
        view! { <Status tone=Tone::Info text=text::THIS_DEVICE.of(locale) /> }.into_any()
    } else {
        view! {
            <form method="post" action=SignOutSession::PATH>
                <input type="hidden" name="session" value=session.id.to_string() />
                <button class="usa-button usa-button--unstyled" type="submit">{text::SIGN_OUT.of(locale)}</button>
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

/// `Firefox, Windows`, if the browser says so; else the beginning of what it says.
fn device(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let (browser, system) = (find(&BROWSERS), find(&SYSTEMS));
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        _ => user_agent.chars().take(40).collect(),
    }
}

/// Ends one of the account's own sessions.
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

/// Ends all of the account's own sessions but this one.
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
