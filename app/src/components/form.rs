//! A form that is posted to a server function, with the summary of what was wrong.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    form::{Form, flash::Error},
    texts::forms as text,
};

/// `<PostForm to=SignUp::PATH>…</PostForm>`: a plain form, which works without JavaScript.
#[component]
pub fn PostForm(
    to: &'static str,
    #[prop(optional, into)] class: String,
    /// Whether files can be sent with it.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    let enctype = files.then_some("multipart/form-data");
    let class = format!("usa-form {class}");
    view! { <form class=class method="post" action=to enctype=enctype novalidate>{children()}</form> }
}

/// The address of a server function.
pub const fn path<F: ServerFn>() -> &'static str {
    F::PATH
}

/// The errors, each a link to its input; nothing where the form has none. It goes before the form.
#[component]
pub fn ErrorSummary(form: Form) -> impl IntoView {
    let heading = text::PROBLEM.of(form.locale);
    let line = |wrong: &Error| {
        let text = form.sentence(wrong);
        match form.input(&wrong.field) {
            Some(input) => {
                let name = form.name_of(input, wrong.code).map(|name| format!("{name} "));
                view! { <li><a href=format!("#{}", input.name)>{name}{text}</a></li> }.into_any()
            }
            None => view! { <li>{text}</li> }.into_any(),
        }
    };
    // In the order of the page; what concerns no input comes first.
    let place =
        |wrong: &Error| form.inputs.iter().position(|input| input.name == wrong.field).map_or(0, |place| place + 1);
    let mut errors = form.flash.errors.clone();
    errors.sort_by_key(place);
    form.is_refused().then(|| {
        view! {
            <div class="usa-alert usa-alert--error error-summary" role="alert" tabindex="-1" id="errors">
                <div class="usa-alert__body">
                    <h2 class="usa-alert__heading">{heading}</h2>
                    <ul class="usa-list usa-list--unstyled">{errors.iter().map(line).collect_view()}</ul>
                </div>
            </div>
        }
    })
}

/// The button that sends, and a link to leave.
#[component]
pub fn Actions(
    #[prop(into)] submit: String,
    /// Red: what it does cannot be undone, or hurts.
    #[prop(optional)]
    danger: bool,
    #[prop(optional, into)] cancel: String,
    #[prop(optional, into)] cancel_to: String,
) -> impl IntoView {
    let cancel =
        (!cancel.is_empty()).then(|| view! { <a class="usa-button usa-button--outline" href=cancel_to>{cancel}</a> });
    let class = if danger { "usa-button usa-button--danger" } else { "usa-button" };
    view! {
        <div class="actions">
            <button class=class type="submit">{submit}</button>
            {cancel}
        </div>
    }
}
