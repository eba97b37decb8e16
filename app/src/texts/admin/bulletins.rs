//! `/admin/bulletins`

use model::{
    bulletin::{Audience, Kind, Place},
    sentences, texts,
};
use registry::bulletins::State;

texts! {
    TITLE = "Bulletins";
    ABOUT = "What we announce above the pages of the portals, and on the bulletin board. Outages are announced by themselves: [outages].";
    NONE_YET = "No bulletins";
    ABOUT_NONE = "Nothing was announced yet.";
    NEW = "Write a bulletin";
    EDIT = "Edit the bulletin";
    SAVE = "Save and preview";
    POST = "Post";
    END = "End now";
    DELETE = "Delete the draft";

    BULLETIN = "Bulletin";
    PROGRAM = "Program";
    ALL_PROGRAMS = "All programs";
    READERS = "Readers";
    KIND = "Kind";
    PLACE = "Place";
    STARTS = "Starts";
    ENDS = "Ends";
    NO_END = "When an administrator ends it";
    STATUS = "Status";
    WRITTEN_BY = "Written by";

    times_in(zone) = "Times are in the zone {zone}.";
    PREVIEW = "Preview";
    PREVIEW_SPANISH = "Preview in Spanish";
    ABOUT_POSTING = "Readers see it from its start on. You can edit and end it later.";
    ABOUT_ENDING = "Readers no longer see it. You cannot post it again.";
}

sentences! {
    pub(crate) kind(Kind) {
        Information = "Information";
        Maintenance = "Maintenance";
        Outage = "Outage";
        Unknown = "Unknown";
    }
}

sentences! {
    pub(crate) place(Place) {
        Banner = "Banner above every page";
        Board = "Bulletin board of the dashboard";
        Unknown = "Unknown";
    }
}

sentences! {
    pub(crate) audience(Audience) {
        Owner = "App owners";
        Member = "Members";
        Admin = "Our staff";
        Public = "The public: landing page, documentation, status page";
        Unknown = "Unknown";
    }
}

sentences! {
    pub(crate) state(State) {
        Draft = "Draft";
        Scheduled = "Scheduled";
        Showing = "Showing";
        Ended = "Ended";
    }
}
