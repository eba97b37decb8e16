//! An app's logo beside its name. The name says whose it is, so screen readers skip the picture (`alt=""`); where a logo is alone,
//! its text names the app. Without a logo there is the first letter of the name, in a square of the same size.

use leptos::prelude::*;
use model::logo::LogoDigest;

use crate::texts::components::logo_of;

/// In CSS pixels; the style says the same.
const SIDE: u32 = 48;

/// Beside the name.
#[component]
pub fn Logo(
    #[prop(into)] name: String,
    logo: Option<LogoDigest>,
    /// For lists.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "logo logo--small" } else { "logo" };
    match logo {
        Some(logo) => picture(&logo, String::new(), class),
        None => view! { <span class=class aria-hidden="true">{initial(&name)}</span> }.into_any(),
    }
}

/// Where the name is not beside it: as a value of the registration.
pub fn alone(name: &str, logo: &LogoDigest) -> AnyView {
    picture(logo, logo_of(name), "logo")
}

fn picture(logo: &LogoDigest, alt: String, class: &'static str) -> AnyView {
    view! { <img class=class src=logo.address() alt=alt width=SIDE height=SIDE decoding="async" /> }.into_any()
}

/// The first letter or digit.
fn initial(name: &str) -> String {
    name.chars().find(|char| char.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_initial_is_a_letter_or_nothing() {
        assert_eq!(["care", "(ébène)", "¡ 9 lives", "…"].map(initial), ["C", "É", "9", ""].map(str::to_owned));
    }
}
