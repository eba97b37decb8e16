//! An app's public keys, for its owner and for administrators alike.

use leptos::prelude::*;
use model::{client_keys::ClientKeys, jwk::Jwk};
use registry::client_keys::KeysInfo;

use super::{marked::marked, time::Time};
use crate::texts::registry as text;

/// The keys, or where they are, and since when.
#[component]
pub fn RegisteredKeys(info: KeysInfo) -> impl IntoView {
    let keys = match &info.keys {
        None => view! { <p>{text::UNUSABLE_KEYS}</p> }.into_any(),
        Some(ClientKeys::Url(url)) => view! { <p>{coded(text::READ_FROM, url.as_str())}</p> }.into_any(),
        Some(ClientKeys::Set(set)) => {
            view! { <ul class="usa-list">{set.keys().iter().map(line).collect_view()}</ul> }.into_any()
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
    view! { <li>{key.key.name()} {kid} {alg}</li> }
}
