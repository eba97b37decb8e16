//! What a reviewer should look at closely. What is in brackets is data that people typed.

use model::texts;

texts! {
    LOOK_CLOSELY = "Look closely";
    and_more(count) = "And {count} more.";

    word(word) = "The name contains “{word}”, which members associate with their health plan.";
    near_reserved(name) = "A name is almost the same as “{name}”, which is reserved.";
    MIXED_SCRIPTS = "A name mixes letters from several scripts, which can look alike.";
    SIMILAR_NAME = "The name is similar to the name of [app] by [organization].";
    SIMILAR_SCHEME = "The scheme of the redirect URL is similar to [scheme], the scheme of [app] by [organization].";
    SAME_HOST = "The redirect URL leads to the host [host], as does the redirect URL of [app] by [organization].";

    RESEMBLES = "This organization resembles another";
    COMPARE = "Compare them. To approve this organization, explain in the comment why it is a different one.";
    RESEMBLING = "Organizations that resemble this one";
    NUMBER = "Tax ID or identifier";
    WHAT_IS_SIMILAR = "What is similar";
    BY_NAME_AND_NUMBER = "Name and number";
    BY_NAME = "Name";
    BY_NUMBER = "Number";
}
