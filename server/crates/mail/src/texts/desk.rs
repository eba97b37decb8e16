//! To the staff of the Administrative & Support Portal: what arrived.

use model::texts;

texts! {
    organization(name) = "Organization to review: {name}";
    application(name) = "Application to review: {name}";
    change(name) = "Change to review: {name}";
    answer(name) = "Answer to your question: {name}";
    appeal(name) = "Appeal to decide: {name}";
    ticket(title) = "New ticket: {title}";
    ticket_replied(title) = "Reply to a ticket: {title}";

    WAITS = "This is waiting in the queue:";
    ABOUT = "About";
    DUE = "Due";
    OPEN = "Open it";
}
