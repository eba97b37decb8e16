//! `/terms`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>"Terms and Conditions"</h1>
        <p class="usa-intro">"These terms apply to everybody who uses FHIR Layer EXchange: app owners, members, and the staff who support them."</p>
        <h2>"Your Healthcare ID"</h2>
        <p>"Give true information, keep your password to yourself, and tell support when you think that somebody else used your account."</p>
        <h2>"App owners"</h2>
        <ul class="usa-list">
            <li>"Register your organization truthfully and keep the registration current. A change to what was reviewed is reviewed again."</li>
            <li>"Register each app, and each platform of an app, separately."</li>
            <li>"Ask members only for the data your app needs, and tell them before they are asked what you need it for, how long you keep it and whom you pass it to."</li>
            <li>"Publish a privacy policy that a member can find and understand, and keep to it."</li>
            <li>"Keep client secrets confidential. An app that cannot keep one is registered as a public client and uses PKCE."</li>
            <li>"When a member revokes access, stop using the access you were given."</li>
        </ul>
        <h2>"Members"</h2>
        <p>"You decide which app receives your data. Once an app has received data, the app's own privacy policy applies to that copy, and it may not be protected by HIPAA. You can revoke an app's access at any time in the member portal; that ends future access, not what the app already holds."</p>
        <h2>"Suspension"</h2>
        <p>"Access is suspended when it would put the security of members' data at risk, under objective, verifiable criteria that are applied to every app alike. The app owner is told why and may appeal."</p>
        <h2>"Synthetic data"</h2>
        <p>"The sandbox holds synthetic data. It describes no real person and must not be used for care or payment."</p>
    };
    Ok(Page::new(Portal::Site, "Terms and Conditions", view)
        .about("The terms and conditions for developers who connect apps through FLEX."))
}
