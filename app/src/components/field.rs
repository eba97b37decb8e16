//! One input of a form with its label, hint and error.

use leptos::prelude::*;

use model::{
    form::{
        check::Check,
        input::{Choice, Input, Kind},
    },
    texts::Text,
};

use crate::{
    form::Form,
    islands::check::LiveCheck,
    locale::Locale,
    texts::{forms as text, live::live},
};

/// What browsers offer to choose; the server looks into each file.
const FILES: &str = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.txt,.log,.csv,.json,text/plain";

const PICTURES: &str = "image/png,image/jpeg,image/webp";

/// The input as its kind is shown. Label and error are tied to the control, so that screen readers read both.
pub fn field(form: &Form, input: &Input) -> AnyView {
    match &input.kind {
        Kind::Hidden => view! { <input type="hidden" name=input.name value=form.value(input.name) /> }.into_any(),
        Kind::Radios(choices) => group(form, input, "usa-radio", choices),
        Kind::Checkboxes(choices) => group(form, input, "usa-checkbox", choices),
        Kind::Date => date(form, input),
        Kind::Checkbox => checkbox(form, input),
        _ => single(form, input),
    }
}

/// A control with its label above.
fn single(form: &Form, input: &Input) -> AnyView {
    let error = form.error(input.name);
    let error = error.as_deref();
    let live = input.check.map(|check| {
        view! {
            <div class="live" data-longest=longest(check, form.locale)>
                <LiveCheck input=input.name.to_owned() check locale=form.locale />
            </div>
        }
    });
    view! {
        <div class=group_class(error)>
            <label class="usa-label" for=input.name>{input.label.of(form.locale)} {optional_mark(input, form.locale)}</label>
            {hint(input, form.locale)}
            {error_line(input.name, error)}
            {control(form, input, error)}
            {live}
        </div>
    }
    .into_any()
}

/// The longest of the texts that the check may show.
fn longest(check: Check, locale: Locale) -> Option<&'static str> {
    check.finds().iter().map(|found| live(*found).of(locale)).max_by_key(|text| text.chars().count())
}

fn control(form: &Form, input: &Input, error: Option<&str>) -> AnyView {
    let wrong = error.map(|_| "true");
    let described = described_by(input, error);
    let value = form.value(input.name);
    let class = |base: &str| if error.is_some() { format!("{base} usa-input--error") } else { base.to_owned() };
    let required = input.required;
    match &input.kind {
        Kind::Area { rows } => view! {
            <textarea class=class("usa-textarea") id=input.name name=input.name rows=*rows required=required
                maxlength=input.max_length aria-invalid=wrong aria-describedby=described inner_html=text_area(&value)></textarea>
        }
        .into_any(),
        Kind::Select(choices) => view! {
            <select class=class("usa-select") id=input.name name=input.name required=required
                autocomplete=input.autocomplete aria-invalid=wrong aria-describedby=described>
                <option value="">{text::SELECT.of(form.locale)}</option>
                {choices.iter().map(|choice| option(choice, &value, form.locale)).collect_view()}
            </select>
        }
        .into_any(),
        Kind::Files => view! {
            <input class="usa-file-input" id=input.name name=input.name type="file" multiple=true accept=FILES
                aria-invalid=wrong aria-describedby=described />
        }
        .into_any(),
        Kind::Picture => view! {
            <input class="usa-file-input" id=input.name name=input.name type="file" accept=PICTURES
                aria-invalid=wrong aria-describedby=described />
        }
        .into_any(),
        kind => {
            let inputmode = matches!(kind, Kind::Code).then_some("numeric");
            let kind = match kind {
                Kind::Email => "email",
                Kind::Tel => "tel",
                Kind::Url => "url",
                Kind::Password => "password",
                Kind::Moment => "datetime-local",
                _ => "text",
            };
            view! {
                <input class=class("usa-input") id=input.name name=input.name type=kind value=value required=required
                    inputmode=inputmode maxlength=input.max_length autocomplete=input.autocomplete spellcheck=spellcheck(kind)
                    autocapitalize=spellcheck(kind).map(|_| "none") aria-invalid=wrong aria-describedby=described />
            }
            .into_any()
        }
    }
}

/// The text of a `textarea`, as HTML. Leptos writes the children of `textarea`, `script`, `style` and `noscript` as they are
/// (`ESCAPE_CHILDREN`), although browsers read character references in the first of them. They also drop a line break at
/// the start (HTML §13.2.6.4.7), so we add one for them to drop.
fn text_area(value: &str) -> String {
    format!("\n{}", html_escape::encode_text(value))
}

fn spellcheck(kind: &str) -> Option<&'static str> {
    (kind != "text").then_some("false")
}

fn option(choice: &Choice, value: &str, locale: Locale) -> impl IntoView + use<> {
    let selected = choice.value == value;
    view! { <option value=choice.value.clone() selected=selected>{choice.label.of(locale)}</option> }
}

/// Radio buttons or checkboxes under one question.
fn group(form: &Form, input: &Input, class: &'static str, choices: &[Choice]) -> AnyView {
    let error = form.error(input.name);
    let error = error.as_deref();
    let several = class == "usa-checkbox";
    let button = |(place, choice): (usize, &Choice)| {
        // The summary's link leads to the first button.
        let id = if place == 0 { input.name.to_owned() } else { format!("{}-{}", input.name, choice.value) };
        let name = if several { format!("{}[]", input.name) } else { input.name.to_owned() };
        let about = choice.about.as_ref().map(|about| {
            view! { <span class=format!("{class}__label-description")>{about.of(form.locale)}</span> }
        });
        view! {
            <div class=class>
                <input class=format!("{class}__input") type=if several { "checkbox" } else { "radio" } id=id.clone() name=name
                    value=choice.value.clone() checked=form.values(input.name).contains(&choice.value)
                    required=!several && input.required />
                <label class=format!("{class}__label") for=id>{choice.label.of(form.locale)} {about}</label>
            </div>
        }
    };
    view! {
        <div class=group_class(error)>
            <fieldset class="usa-fieldset" aria-describedby=described_by(input, error)>
                <legend class="usa-legend">{input.label.of(form.locale)} {optional_mark(input, form.locale)}</legend>
                {hint(input, form.locale)}
                {error_line(input.name, error)}
                {choices.iter().enumerate().map(button).collect_view()}
            </fieldset>
        </div>
    }
    .into_any()
}

/// One box with its sentence beside it.
fn checkbox(form: &Form, input: &Input) -> AnyView {
    let error = form.error(input.name);
    let error = error.as_deref();
    let checked = form.values(input.name).iter().any(|value| !value.is_empty());
    view! {
        <div class=group_class(error)>
            {error_line(input.name, error)}
            <div class="usa-checkbox">
                <input class="usa-checkbox__input" type="checkbox" id=input.name name=input.name value="on" checked=checked
                    required=input.required aria-describedby=described_by(input, error) />
                <label class="usa-checkbox__label" for=input.name>{input.label.of(form.locale)}</label>
            </div>
            {hint(input, form.locale)}
        </div>
    }
    .into_any()
}

/// Month, day, and year in boxes of their own, so that no one has to know an order or a separator.
fn date(form: &Form, input: &Input) -> AnyView {
    let error = form.error(input.name);
    let error = error.as_deref();
    let parts = [("month", text::MONTH, 2), ("day", text::DAY, 2), ("year", text::YEAR, 4)];
    let part = |(part, label, length): (&'static str, Text, u32)| {
        let name = format!("{}_{part}", input.name);
        // The summary's link leads to the first box.
        let id = if part == "month" { input.name.to_owned() } else { name.clone() };
        let value = form.value(&name);
        let autocomplete = input.autocomplete.map(|token| format!("{token}-{part}"));
        view! {
            <div class=format!("usa-form-group usa-form-group--{part}")>
                <label class="usa-label" for=id.clone()>{label.of(form.locale)}</label>
                <input class="usa-input" id=id name=name value=value maxlength=length inputmode="numeric"
                    autocomplete=autocomplete required=input.required aria-invalid=error.map(|_| "true") />
            </div>
        }
    };
    view! {
        <div class=group_class(error)>
            <fieldset class="usa-fieldset" aria-describedby=described_by(input, error)>
                <legend class="usa-legend">{input.label.of(form.locale)} {optional_mark(input, form.locale)}</legend>
                {hint(input, form.locale)}
                {error_line(input.name, error)}
                <div class="usa-memorable-date">{parts.map(part).collect_view()}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn group_class(error: Option<&str>) -> &'static str {
    if error.is_some() { "usa-form-group usa-form-group--error" } else { "usa-form-group" }
}

fn hint(input: &Input, locale: Locale) -> Option<impl IntoView + use<>> {
    let text = input.hint.as_ref()?.of(locale);
    Some(view! { <span class="usa-hint" id=format!("{}-hint", input.name)>{text}</span> })
}

fn error_line(name: &str, error: Option<&str>) -> Option<impl IntoView + use<>> {
    let error = error?.to_owned();
    let id = format!("{name}-error");
    Some(view! { <span class="usa-error-message" id=id>{error}</span> })
}

fn described_by(input: &Input, error: Option<&str>) -> Option<String> {
    let hint = input.hint.is_some().then(|| format!("{}-hint", input.name));
    let error = error.map(|_| format!("{}-error", input.name));
    let live = input.check.map(|_| format!("{}-live", input.name));
    let ids: Vec<String> = hint.into_iter().chain(error).chain(live).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Most inputs are required; the others say so.
fn optional_mark(input: &Input, locale: Locale) -> Option<impl IntoView + use<>> {
    (!input.required).then(|| view! { " "<span class="usa-hint">{text::OPTIONAL.of(locale)}</span> })
}
