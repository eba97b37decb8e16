//! Registration of an organization. Its inputs: `model::organization_form`.

use model::texts;

texts! {
    TITLE = "Organization Registration";
    step(number) = "Organization Registration, step {number}";
    DEMOGRAPHICS = "Organization Demographics";
    PRIVACY = "Privacy and Security";
    REVIEW = "Review and submit";

    KEPT = "All questions are mandatory. We save your answers after each step, so you can come back later.";
    MAILING_ADDRESS = "What is the primary Mailing address of the organization offering this app?";
    PHYSICAL_ADDRESS = "What is the Physical address of the organization offering this app?";

    PRACTICES = "Privacy practices";
    ABOUT_PRACTICES =
        "Health plans in the US ask apps to attest to these six practices. We do not deny a registration because of a single \
         \"No\": our reviewers consider it, and we show it to members before they consent.";

    /// After "Edit", for screen readers.
    edit_of(section) = " {section}";
}
