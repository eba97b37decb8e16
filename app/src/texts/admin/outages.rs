//! `/admin/outages`

use model::texts;

texts! {
    TITLE = "Outages";
    ABOUT = "A large-scale outage is announced in every portal, in the documentation, and on the status page. Clocks pause: its business hours do not count, and due times move when it ends.";
    NONE_YET = "No outages";
    ABOUT_NONE = "No large-scale outage was recorded.";
    BEGIN = "Begin an outage";
    ABOUT_BEGINNING = "Members, vendors, and the public see a banner from the start on.";
    open_clocks(count) = "{count} reviews, questions, and tickets are waiting for us. The clocks of those that the outage concerns pause.";
    OUTAGE = "Outage";
    OUTAGE_OF = "Outage of";
    BEGAN = "Begins";
    ENDS = "Ends";
    NO_END = "Not known";
    REASON = "Reason";
    BEGUN_BY = "Recorded by";
    STATUS = "Status";
    ON = "On";
    OVER = "Over";
    LATER = "Later";
    END = "End the outage now";
    ABOUT_ENDING = "The banners disappear, clocks run again, and due times move.";
    CORRECT = "Correct the times";
    ABOUT_CORRECTING = "Due times are counted again. For an outage that did not happen, enter the same time twice.";
    SAVE = "Save";
    times_in(zone) = "Times are in the zone {zone}.";
}
