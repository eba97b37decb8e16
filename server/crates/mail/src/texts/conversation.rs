//! To owners: comments, appeals, tickets.

use model::texts;

texts! {
    commented(name) = "New message about {name}";
    commented_body(name) = "We wrote this about {name}:";
    READ = "Read and answer";

    appeal_received(name) = "We received your appeal: {name}";
    appeal_received_body(due) =
        "Another reviewer will look at the decision. We answer by {due}.";
    SEE_APPEAL = "See your appeal";
    appeal_accepted(name) = "Your appeal succeeded: {name}";
    APPEAL_ACCEPTED_BODY = "Another reviewer looked at the decision and approved what you sent. It is in effect now.";
    appeal_refused(name) = "Your appeal was not accepted: {name}";
    APPEAL_REFUSED_BODY =
        "Another reviewer looked at the decision and came to the same result. You can correct what you sent and submit it again.";

    ticket_opened(title) = "We received your ticket: {title}";
    ticket_opened_body(due) = "We answer by {due}.";
    SEE_TICKET = "See the ticket";
    ticket_answered(title) = "We answered your ticket: {title}";
    TICKET_ANSWERED_BODY = "Our answer:";
    ticket_closed(title) = "Your ticket was closed: {title}";
    TICKET_CLOSED_BODY = "We closed your ticket. If it is not solved, open it again with a reply. Please tell us how we did.";
}
