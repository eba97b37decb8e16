//! Hydrates the islands; nothing else.

// The islands are exported functions of `app`; naming the crate links them in.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
