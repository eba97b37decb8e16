//! Hydrates the islands and does nothing else.

// The islands are exported functions of `app`; using the crate links them in.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// The page calls this once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
