//! `/what-is-healthcare-id`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>"What is Healthcare ID?"</h1>
        <p class="usa-intro">"Healthcare ID is the account you use everywhere on FHIR Layer EXchange: one ID and one password."</p>
        <h2>"Who needs one"</h2>
        <ul class="usa-list">
            <li><strong>"App owners"</strong>" use it to register their organization and apps, and to look after them."</li>
            <li><strong>"Administrators and support staff"</strong>" use it to review registrations and to help."</li>
            <li><strong>"Members"</strong>" use it where their health plan has no sign-in of its own, and to try an app in the sandbox with synthetic data."</li>
        </ul>
        <p>"One Healthcare ID may do all of these."</p>
        <h2>"How it is protected"</h2>
        <ul class="usa-list">
            <li>"Your email address is confirmed before the account can be used."</li>
            <li>"Your password is stored as a hash that cannot be turned back."</li>
            <li>"You can see where you are signed in and sign out everywhere else."</li>
            <li>"You are told by email when your password changes."</li>
        </ul>
        <p><a class="usa-button" href="/signup">"Create Healthcare ID"</a></p>
    };
    Ok(Page::new(Portal::Site, "What is Healthcare ID?", view)
        .about("A Healthcare ID is the one account for every FLEX portal."))
}
