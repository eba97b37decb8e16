//! The chapters about pages of results and about changes. The brackets are code.

use model::texts;

texts! {
    intro(default, most) =
        "A search answers with a Bundle. It has {default} matches, or as many as [_count] asks for, and {most} at most. More matches are on \
         the pages that its links lead to.";
    EXAMPLE = "Request";
    LINKS = "Links of the answer";
    FOLLOW = "Follow the links";
    OPAQUE = "Take [next] as it is and do not build it yourself. When there is no [next], you have everything.";
    STABLE = "If data changes meanwhile, you still see each match once.";
    BOUND = "A link belongs to its search, your app and the member. It does not work with another token.";
    BACK = "[first] and [previous] lead back. [_getpagesoffset] skips matches, but links are quicker.";
    TOTALS = "Totals";
    ABOUT_TOTALS = "[Bundle.total] counts all matches. [_count=0] gives only the total, and [_total=none] leaves it out.";
    ORDER = "Order";
    ABOUT_ORDER =
        "[_sort] takes [_lastUpdated], [_id], and each string, token and date parameter of the type, with [-] before it for \
         descending order. Included resources come on the page of the match that leads to them.";

    ABOUT_SYNC = "Read everything once, and then only what is new or has changed. Your app then makes few calls and misses nothing.";
    RECIPE = "The recipe";
    FIRST = "Search the type without [_lastUpdated], or with the time that you kept.";
    TO_THE_END = "Follow [next] to the end, and store each match by its id.";
    NEWEST = "Remember the newest [meta.lastUpdated] of the matches. Take it only when you have reached the end, because resources that we load together have the same time.";
    AGAIN = "The next time, search with [_lastUpdated=gt] and that time. If nothing has changed, keep the time.";
    NEXT_TIME = "The next time";
    WHY = "Why nothing is missing";
    COMPLETE = "[meta.lastUpdated] grows in the order in which changes become visible. A change that you have not seen never has an older time than one that you have.";
    LATER = "Do not use your own clock. It differs from ours, and changes could fall between them.";
    DELETED = "Deleted resources";
    ABOUT_DELETED = "A search does not show what was deleted. A read of a deleted resource answers [410]. Read what you keep again from time to time.";
    CODE = "Code";
    /// The brackets are the link.
    MORE_LANGUAGES = "See [this sample in other languages].";
}
