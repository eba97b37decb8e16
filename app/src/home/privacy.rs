//! `/privacy`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>"Privacy"</h1>
        <p class="usa-intro">"What FHIR Layer EXchange knows about you, and what it does with it."</p>
        <h2>"What is kept"</h2>
        <ul class="usa-list">
            <li><strong>"Your Healthcare ID: "</strong>"name, email address, ID, a hash of your password, and where you are signed in."</li>
            <li><strong>"What you allowed: "</strong>"which app may read which kinds of your data, since when and until when."</li>
            <li><strong>"What was read: "</strong>"when an app read which kind of data. You see it in the member portal."</li>
            <li><strong>"What was done: "</strong>"a log of registrations, decisions and changes of access, which nobody can alter."</li>
            <li><strong>"What attackers tried: "</strong>"wrong passwords and the like, and for 90 days the network address they came from."</li>
        </ul>
        <h2>"Who receives your health data"</h2>
        <p>"Only apps that you allowed, only the kinds of data that you allowed, and only until you revoke it or it expires. The provider directory holds no member's data and is open to everybody."</p>
        <h2>"Cookies"</h2>
        <p>"Two, both necessary: one that keeps you signed in and one that remembers your language. There is no tracking and no content from other sites."</p>
        <h2>"Email"</h2>
        <p>"We write to you about your account, your registrations and your apps. Our messages hold no health information and no password."</p>
    };
    Ok(Page::new(Portal::Site, "Privacy", view).about("What FLEX keeps about you, for how long, and who sees it."))
}
