//! How an island says that it listens: browser tests wait for it.

use leptos::prelude::*;

/// Becomes `Some("")` in the browser, for the attribute `data-ready`.
pub fn ready() -> impl Fn() -> Option<&'static str> + Clone + Send + 'static {
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    move || hydrated.get().then_some("")
}
