//! The form of a draft: what it sends besides its fields, its buttons, and what a stale tab sees.

use leptos::prelude::*;
use model::form::{
    Code,
    input::{Choice, Input, Kind},
};
use serde::Serialize;

use super::{Content, DRAFT, Opened, page};
use crate::{
    components::{
        alert::{Alert, Tone},
        table::Table,
        time::Time,
    },
    form::{Form, flash},
    locale::Locale,
    owner::vendor::ORGANIZATION,
    texts::owner::{BACK, CANCEL, drafts as text},
    web::Web,
};

/// What the page says about its form.
pub struct Frame {
    /// The server function.
    pub to: &'static str,
    /// The page's own path.
    pub path: &'static str,
    /// What the first button says.
    pub submit: &'static str,
    /// The button that goes back to the page before; the first page has none.
    pub has_back: bool,
    /// The app that the draft is a copy of.
    pub from: String,
    /// Whether a file can be sent with it.
    pub files: bool,
}

/// The form with these fields.
pub fn draft_form<C: Content>(
    web: &Web,
    opened: &Opened<C>,
    form: &Form,
    frame: &Frame,
    fields: impl IntoView + 'static,
) -> AnyView {
    let (mark, to, submit) = (opened.mark(), frame.to, frame.submit);
    let organization = opened.organization.as_ref().map(ToString::to_string).unwrap_or_default();
    let from = frame.from.clone();
    let enctype = frame.files.then_some("multipart/form-data");
    // What is shown differs from what is stored, so only a button may save it.
    let autosave = (!is_stale(form)).then_some("");
    let state = match &opened.stored {
        Some(stored) => view! { {text::LAST_SAVED}" "<Time at=stored.saved_at /> }.into_any(),
        None => text::NOT_SAVED.into_any(),
    };
    // Giving up a draft that is stored asks first.
    let cancel = match &opened.stored {
        Some(_) => format!("{}/delete", page::path(&mark.id)),
        None => page::list_of(&opened.vendor).to_owned(),
    };
    let back = frame.has_back.then(|| {
        view! { <button class="usa-button usa-button--outline" type="submit" name="then" value="back">{BACK}</button> }
    });
    view! {
        <form class="usa-form usa-form--wide" id="draft-form" method="post" action=to enctype=enctype novalidate data-autosave=autosave
            data-seconds=seconds(web) data-saving=text::SAVING data-unsaved=text::NOT_SAVED_NOW data-stale=text::STALE
            data-ending=text::ENDING data-ended=text::ENDED>
            <input type="hidden" name=DRAFT value=mark.to_string() />
            <input type="hidden" name=ORGANIZATION value=organization />
            <input type="hidden" name="from" value=from />
            {fields}
            <div class="session-warning" id="session-warning" role="alert" hidden>
                <p id="session-warning-text"></p>
                <button class="usa-button usa-button--outline" type="button" id="session-stay">{text::STAY}</button>
            </div>
            <div class="actions">
                <button class="usa-button" type="submit">{submit}</button>
                {back}
                <button class="usa-button usa-button--outline" type="submit" name="then" value="later">{text::SAVE_FOR_LATER}</button>
                <a class="usa-button usa-button--outline" href=cancel>{CANCEL}</a>
            </div>
            <p class="draft-state" id="draft-state" role="status">{state}</p>
        </form>
        {script(web)}
    }
    .into_any()
}

/// Seconds until the session ends, unless it is used.
pub fn seconds(web: &Web) -> i64 {
    let now = web.services.store.now();
    web.session().map_or(0, |session| session.ends_at(now).duration_since(now).as_secs())
}

fn script(web: &Web) -> Option<impl IntoView + use<>> {
    let address = web.services.assets.draft;
    (!address.is_empty()).then(|| view! { <script src=address defer></script> })
}

fn is_stale(form: &Form) -> bool {
    form.flash.errors.iter().any(|error| error.code == Code::DraftChanged)
}

/// For a tab that showed an older version: what is stored beside what was typed here, and the way to either.
pub fn both_states<C: Content>(
    opened: &Opened<C>,
    form: &Form,
    stored: &impl Serialize,
    path: &str,
) -> Option<AnyView> {
    let saved = opened.stored.as_ref().filter(|_| is_stale(form))?;
    let stored = flash::values_of(stored);
    let differing = |input: &&Input| stored.get(input.name).cloned().unwrap_or_default() != form.values(input.name);
    let row = |input: &Input| {
        let there = stored.get(input.name).cloned().unwrap_or_default();
        vec![
            input.label.of(Locale::English).into_owned().into_any(),
            shown(input, &there).into_any(),
            shown(input, form.values(input.name)).into_any(),
        ]
    };
    let rows: Vec<_> =
        form.inputs.iter().filter(|input| !matches!(input.kind, Kind::Hidden)).filter(differing).map(row).collect();
    let columns = vec![text::FIELD, text::IN_THE_DRAFT, text::TYPED_HERE];
    let table = (!rows.is_empty()).then(|| view! { <Table caption=text::COMPARE columns rows /> });
    let address = opened.mark().on(path);
    let at = saved.saved_at;
    Some(
        view! {
            <Alert tone=Tone::Warning heading=text::CHANGED_ELSEWHERE>
                <p>{text::SAVED_ELSEWHERE}" "<Time at />". "{text::CHOOSE_A_STATE}</p>
                <p><a class="usa-link" href=address>{text::USE_THE_DRAFT}</a></p>
            </Alert>
            {table}
        }
        .into_any(),
    )
}

/// As the page shows it: choices by their labels.
fn shown(input: &Input, values: &[String]) -> String {
    let label = |choices: &[Choice], value: &String| {
        let choice = choices.iter().find(|choice| choice.value == *value);
        choice.map_or_else(|| value.clone(), |choice| choice.label.of(Locale::English).into_owned())
    };
    let texts: Vec<String> = match &input.kind {
        Kind::Select(choices) | Kind::Radios(choices) | Kind::Checkboxes(choices) => {
            values.iter().map(|value| label(choices, value)).collect()
        }
        _ => values.to_vec(),
    };
    let text = texts.join(", ");
    if text.is_empty() { text::EMPTY.to_owned() } else { text }
}
