//! The part of the consent chapter about people who act for a member. The brackets are code.

use model::texts;

texts! {
    TITLE = "People who act for a member";
    ABOUT =
        "A parent, a guardian, or another personal representative may act for a member. The consent page then asks them whose data to \
         share, and your app gets that person's data. The person who signs in and the patient are then two people.";
    PATIENT =
        "Request [launch/patient], and take the patient from [patient] in the token response. Do not derive it from the person who signed \
         in.";
    USER =
        "[sub] names the account that signed in. It is the same for each person that the account acts for. [fhirUser] is absent if the \
         account acts for someone else.";
    SEVERAL =
        "One account may allow your app the data of several people, one consent for each. Keep tokens and data by [sub] and [patient] \
         together.";
    END =
        "When someone may no longer act for a member, their consents for that member end at once: tokens stop with [grant_revoked]. A \
         consent never lasts longer than the right to act, so [access_grant_expiration] may be earlier than the member's choice.";
}
