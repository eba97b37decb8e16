//! An app's public keys, for its owner and for administrators alike.

use leptos::prelude::*;
use model::{client_keys::ClientKeys, jwk::Jwk};
use registry::client_keys::KeysInfo;

use super::time::Time;

/// Where they are, or which they are, and since when.
#[component]
pub fn RegisteredKeys(info: KeysInfo) -> impl IntoView {
    let keys = match &info.keys {
        None => view! { <p>"These keys no longer meet our rules and do not work. Replace them."</p> }.into_any(),
        Some(ClientKeys::Url(url)) => {
            view! { <p>"Read from "<code class="breakable">{url.to_string()}</code></p> }.into_any()
        }
        Some(ClientKeys::Set(set)) => {
            view! { <ul class="usa-list">{set.keys().iter().map(line).collect_view()}</ul> }.into_any()
        }
    };
    view! { {keys} <p>"Registered "<Time at=info.set_at /></p> }
}

fn line(key: &Jwk) -> impl IntoView + use<> {
    let kid = key.kid.clone().map(|kid| view! { ", kid "<code class="breakable">{kid}</code> });
    let alg = key.alg.map(|alg| format!(", {alg} only"));
    view! { <li>{key.key.name()} {kid} {alg}</li> }
}
