//! `/admin/letters`

use model::texts;

texts! {
    TITLE = "Letters";
    ABOUT =
        "Every letter that this software sends, with made-up values. You see this page because the server is reachable only from this \
         machine.";
    LINK = "See every letter";
    EVENT = "Event";
    LETTER = "Letter";
    READER = "Reader";
    NAMES = "The subject names";
    WITHOUT = "Events without a letter";
    SUBJECT = "Subject";
    VALUES = "Values";
    ORDINARY = "Ordinary values";
    HOSTILE = "Hostile values";
    as_html(language) = "The letter in {language}";
}
