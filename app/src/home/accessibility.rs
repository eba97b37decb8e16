//! `/accessibility`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>"Accessibility"</h1>
        <p class="usa-intro">"Everybody should be able to use this site. We build it to meet WCAG 2.2, level AA, and Section 508."</p>
        <ul class="usa-list">
            <li>"Every page works with a keyboard alone, and without JavaScript."</li>
            <li>"Text can be enlarged to 400 percent and reflows down to a width of 320 pixels."</li>
            <li>"Colours keep their contrast in the light and in the dark appearance, which follows your device; no meaning hangs on colour alone."</li>
            <li>"Errors are listed at the top of a form, with a link to each field."</li>
            <li>"The member portal and the consent page are in English and Spanish."</li>
        </ul>
        <h2>"Tell us"</h2>
        <p>"If something does not work for you, tell the support team of your program which page it was and what happened. We answer, and we fix it."</p>
    };
    Ok(Page::new(Portal::Site, "Accessibility", view)
        .about("How FLEX works with assistive technology, and whom to tell when something does not."))
}
