//! The list of passkeys, as a part of the overview.

use identity::second_factor::passkeys::Passkey;
use leptos::prelude::*;

use super::{
    PATH as OVERVIEW,
    ask_passkey::{lead, quiet_lead},
    new_passkey, remove_passkey, rename_passkey,
    ways::{Ways, elsewhere, without_script},
};
use crate::{
    components::{
        table::{Row, Table},
        time::{Day, Time},
    },
    locale::Locale,
    texts::account::{ACTION, NAME, second_factor as text},
    web::Web,
};

pub fn section(web: &Web, passkeys: &[Passkey], ways: &Ways) -> impl IntoView + use<> {
    let locale = web.locale();
    let columns: Vec<_> = [NAME, text::ADDED, text::LAST_USED, ACTION].map(|name| name.of(locale)).into();
    let title = text::PASSKEYS.of(locale);
    let rows = passkeys.iter().map(|passkey| row(passkey, ways, locale)).collect::<Vec<_>>();
    let table = (!passkeys.is_empty()).then(|| view! { <Table caption=title columns rows /> });
    let add = if web.has_passkeys_here() {
        view! {
            <div class="actions">{lead(ways, new_passkey::PATH.to_owned(), text::ADD_PASSKEY.of(locale))}</div>
            {without_script(locale)}
        }
        .into_any()
    } else {
        elsewhere(web, OVERVIEW).into_any()
    };
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <p>{text::ABOUT_PASSKEYS.of(locale)}</p>
            {table}
            {add}
        </section>
    }
}

fn row(passkey: &Passkey, ways: &Ways, locale: Locale) -> Row {
    let used = match passkey.last_used_at {
        Some(at) => view! { <Time at locale /> }.into_any(),
        None => text::NOT_YET.of(locale).into_any(),
    };
    let (rename, remove) = (rename_passkey::path(&passkey.id), remove_passkey::path(&passkey.id));
    let of = format!(" {}", passkey.name);
    let actions = view! {
        <div class="row-actions">
            <a href=rename>{text::RENAME.of(locale)}<span class="usa-sr-only">{of.clone()}</span></a>
            {remove_action(ways, remove, of, locale)}
        </div>
    };
    vec![
        passkey.name.clone().into_any(),
        view! { <Day at=passkey.created_at locale /> }.into_any(),
        used,
        actions.into_any(),
    ]
}

fn remove_action(ways: &Ways, page: String, of: String, locale: Locale) -> AnyView {
    let text = view! { {text::REMOVE.of(locale)}<span class="usa-sr-only">{of}</span> };
    quiet_lead(ways, page, text)
}
