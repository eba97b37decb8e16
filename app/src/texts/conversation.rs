//! Questions, answers, appeals and tickets, on both sides.

use model::{sentences, texts, ticket::Satisfaction};

texts! {
    // Whose turn it is. Brackets hold times.
    /// To vendors.
    WE_ANSWER = "We answer by [time]";
    WE_ARE_LATE = "We are late: our answer was due [time]";
    WAITS_FOR_YOU = "Waiting for you since [time]. Please answer by [time].";
    /// To the staff.
    WAITS_FOR_VENDOR = "Waiting for the vendor since [time], until [time]";

    // Files
    FILES = "Attachments";
    FILES_HINT = "PDF, PNG, JPEG, GIF, WebP, or plain text, up to 10 MB each. Never send a member's health information or a secret.";
    ATTACHMENTS = "Attachments";
    file(name, size) = "{name} ({size})";
    kilobytes(number) = "{number} KB";
    megabytes(number) = "{number} MB";

    // A question
    QUESTION = "We have a question";
    YOUR_ANSWER = "Your answer";
    ANSWER = "Answer";
    ANSWER_OR_EDIT = "Answer here, or correct the registration. Either way, the review goes on.";
    ANSWER_MISSING = "Enter your answer.";
    ONLY_OWNERS_ANSWER = "An owner of your organization can answer.";

    // An appeal
    NOT_APPROVED = "Not approved";
    MAY_APPEAL =
        "You can correct the registration and submit it again, or appeal: then another reviewer looks at the decision. You can appeal \
         a decision once, and we answer within 5 business days.";
    FINAL = "Another reviewer looked at this decision, so it is final. You can correct the registration and submit it again.";
    APPEAL = "Appeal";
    appeal_of(name) = "Appeal the decision on {name}";
    APPEAL_INTRO =
        "Another reviewer will look at what you sent and at the decision. While they do, you cannot change the registration.";
    THE_DECISION = "The decision";
    YOUR_APPEAL = "Why the decision is wrong";
    YOUR_APPEAL_HINT = "Refer to the criterion, and attach what proves your point.";
    APPEAL_MISSING = "Say why the decision is wrong.";
    SEND_APPEAL = "Send the appeal";
    APPEAL_OPEN = "Your appeal is under review";
    WITHDRAW_APPEAL = "Withdraw the appeal";
    WITHDRAW_TITLE = "Withdraw your appeal?";
    WITHDRAW_EFFECT =
        "The decision stays, and you cannot appeal it again. You can then correct the registration and submit it again.";

    // Tickets
    TICKETS = "Tickets";
    NEW_TICKET = "Open a ticket";
    NO_TICKETS = "No tickets yet";
    ABOUT_TICKETS = "Ask us about your app, the sandbox, or your registration. We keep the whole conversation here.";
    TITLE = "Subject";
    PROGRAM = "Program";
    ENVIRONMENT = "Environment";
    APPLICATION = "App";
    STATUS = "Status";
    OPENED = "Opened";
    OPENED_BY = "Opened by";
    CLOSED = "Closed";
    OPEN = "Open";
    SEND = "Send";
    REPLY = "Reply";
    YOUR_REPLY = "Your reply";
    REPLY_MISSING = "Enter your reply.";
    REOPEN = "Reply and open the ticket again";
    CLOSE = "Close the ticket";
    SOLVED_QUESTION = "Is it solved? Then close the ticket.";
    RATE = "Did we solve it?";
    RATE_COMMENT = "Anything we should know";
    RATE_SEND = "Send";
    rated(word) = "You said: {word}";

    // Inboxes
    INBOX = "Inbox";
    INBOX_EMPTY = "Nothing yet";
    INBOX_ABOUT = "Questions, answers, decisions, and tickets about your organization and its apps appear here.";
    INBOX_CLEAR = "No one is waiting for us";
    INBOX_CLEAR_ABOUT = "Every question and review has been answered.";
    SUBJECT = "About";
    KIND = "Kind";
    TURN = "Whose turn";
    LAST = "Last message";
    KIND_ORGANIZATION = "Organization";
    KIND_APPLICATION = "App";
    KIND_TICKET = "Ticket";
    WAITING_FOR_US = "Waiting for us";
    WAITING_FOR_YOU = "Waiting for you";
    /// To vendors.
    WAITING_FOR_US_VENDOR = "We answer";
    WAITING_FOR_VENDORS = "Waiting for vendors";
    /// Vendors who were asked and did not answer.
    NO_ANSWER_IN_TIME = "No answer in time";
    OVERDUE = "Overdue";
    ALL = "All";
    WHICH = "Which conversations";

    // The staff's side
    TICKET_QUEUE = "Tickets";
    OPEN_TICKETS = "Open tickets";
    NOTHING_OPEN = "No open tickets";
    NOTHING_OPEN_ABOUT = "No ticket matches this view.";
    TICKET_ANSWER = "Your answer";
    ANSWER_HINT = "The vendor will read it.";
    ANSWER_SEND = "Answer";
    ANSWER_AND_CLOSE = "Answer and close";
    NEEDS_NO_ANSWER = "Needs no answer";
    LAPSE_TITLE = "No answer came";
    LAPSE_ABOUT =
        "The vendor did not answer in time. You can close the round: the registration is denied as incomplete, and the vendor can \
         send it again or appeal.";
    LAPSE = "Close without an answer";
    LAPSE_COMMENT = "Comment";
    LAPSE_COMMENT_HINT = "The owner will read it.";
    LAPSE_MISSING = "Enter a comment. The owner will read it.";
    APPEAL_DECISION = "This is an appeal. Another reviewer denied this version:";
    READ_ONLY = "You can read this ticket. Only support and administrators can answer it.";
    OWN_ORGANIZATION = "You belong to this organization, so a colleague has to answer.";
    taken(name) = "{name} is working on this, so only they can answer.";
    TAKEN_TITLE = "Take over this ticket?";
    taken_effect(name, title) = "{name} is working on \"{title}\". If you take it over, they can no longer answer it.";
}

sentences! {
    pub satisfaction(Satisfaction) {
        Solved = "Yes, it is solved";
        Partly = "Partly";
        NotSolved = "No";
        Unknown = "Unknown";
    }
}
