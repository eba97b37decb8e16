//! An app's public keys, for its owner and for administrators alike.

use std::collections::BTreeMap;

use jiff::Timestamp;
use leptos::prelude::*;
use model::{client_keys::ClientKeys, jwk::Jwk};
use registry::client_keys::KeysInfo;

use super::{marked::marked, time::Time};
use crate::{owner::usage::last_use, texts::registry as text};

/// The keys, or where they are, and since when.
#[component]
pub fn RegisteredKeys(
    info: KeysInfo,
    /// By `key:` and the key's id.
    #[prop(optional)]
    last_uses: BTreeMap<String, Timestamp>,
) -> impl IntoView {
    let keys = match &info.keys {
        None => view! { <p>{text::UNUSABLE_KEYS}</p> }.into_any(),
        Some(ClientKeys::Url(url)) => {
            let used = last_uses.iter().filter_map(|(key, at)| Some((key.strip_prefix("key:")?, *at)));
            let used = used.map(|(kid, at)| view! { <li>{coded(text::KEY_ID, kid)} ", " {last_use(Some(at))}</li> });
            view! {
                <p>{coded(text::READ_FROM, url.as_str())}</p>
                <ul class="usa-list">{used.collect_view()}</ul>
            }
            .into_any()
        }
        Some(ClientKeys::Set(set)) => {
            let lines = set.keys().iter().map(|key| {
                let kid = key.kid.as_ref().map_or("", |kid| kid.as_str());
                let used = last_uses.get(&format!("key:{kid}")).map(|at| view! { ", " {last_use(Some(*at))} });
                view! { <li>{line(key)} {used}</li> }
            });
            view! { <ul class="usa-list">{lines.collect_view()}</ul> }.into_any()
        }
    };
    let registered = marked(text::REGISTERED, |_, _| view! { <Time at=info.set_at /> }.into_any());
    view! { {keys} <p>{registered}</p> }
}

/// The sentence with data of the vendor's in its brackets.
fn coded(sentence: &str, data: &str) -> Vec<AnyView> {
    marked(sentence, |_, _| view! { <code class="breakable">{data.to_owned()}</code> }.into_any())
}

fn line(key: &Jwk) -> impl IntoView + use<> {
    let kid = key.kid.as_ref().map(|kid| view! { ", "{coded(text::KEY_ID, kid)} });
    let alg = key.alg.map(|alg| view! { ", "{text::algorithm_only(alg)} });
    view! { {key.key.name()} {kid} {alg} }
}
