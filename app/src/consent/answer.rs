//! Until when, where to stop it, and the two answers: at the bottom of the window for as long as the page is longer than it.

use jiff::Timestamp;
use leptos::prelude::*;
use oauth::consent::{ConsentView, Stays};

use crate::{components::marked::marked, consent::length::ends, locale::Locale, texts::consent::ask as text};

pub fn bar(asked: &ConsentView, now: Timestamp, locale: Locale) -> AnyView {
    // A tab of its own, so that what was chosen here stays.
    let stop = marked(text::HOW_TO_STOP.of(locale), |_, portal| {
        view! { <a class="usa-link" href="/member" target="_blank" rel="noopener">{portal}</a> }.into_any()
    });
    view! {
        <div class="answer">
            <div class="answer__terms">
                {until(asked, now, locale)}
                <p class="answer__stop">{stop}</p>
            </div>
            <div class="answer__buttons">
                <button class="usa-button" type="submit" name="answer" value="allow">{text::ALLOW.of(locale)}</button>
                <button class="usa-button usa-button--outline" type="submit" name="answer" value="cancel">
                    {text::CANCEL.of(locale)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The date on which the access ends, to choose; an app that does not stay connected has none.
fn until(asked: &ConsentView, now: Timestamp, locale: Locale) -> AnyView {
    if asked.stays == Stays::Never {
        return view! { <p class="answer__until">{text::ENDS_SOON.of(locale)}</p> }.into_any();
    }
    let chosen = asked.draft.as_ref().and_then(|draft| draft.days).unwrap_or(asked.default_days);
    view! {
        <label class="usa-label answer__until" for="days">{text::UNTIL.of(locale)}</label>
        <select class="usa-select" id="days" name="days">{ends(asked, chosen, now, locale)}</select>
    }
    .into_any()
}
