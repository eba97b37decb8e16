//! What the building blocks of pages say: lists, steps, deadlines, moments, histories.

use model::texts;

texts! {
    // A list in pages
    rows(first, last, total) = "{first}–{last} of {total}", "{first}–{last} de {total}";
    PAGES = "Pages", "Páginas";
    /// Which of several lists on the page these links belong to, for screen readers.
    pages_of(list) = "Pages: {list}", "Páginas: {list}";
    PREVIOUS = "Previous", "Anterior";
    NEXT = "Next", "Siguiente";
    /// The filter, in brackets.
    NOT_UNDERSTOOD =
        "We could not understand this filter, so we left it out: [filter]",
        "No entendimos este filtro y no lo aplicamos: [filtro]";

    /// The text of an app's logo where its name is not beside it.
    logo_of(name) = "Logo of {name}";

    // The steps of a form
    STEPS = "Steps";
    step(number, count) = "Step {number} of {count}";
    /// For screen readers, after the name of a step.
    COMPLETED = "completed";
    NOT_COMPLETED = "not completed";

    // Until a review is due, in business time
    IN_LESS_THAN_AN_HOUR = "In less than a business hour";
    IN_AN_HOUR = "In 1 business hour";
    in_hours(hours) = "In {hours} business hours";
    IN_A_DAY = "In 1 business day";
    in_days(days) = "In {days} business days";
    LATE_BY_LESS_THAN_AN_HOUR = "Overdue by less than a business hour";
    LATE_BY_AN_HOUR = "Overdue by 1 business hour";
    late_by_hours(hours) = "Overdue by {hours} business hours";
    LATE_BY_A_DAY = "Overdue by 1 business day";
    late_by_days(days) = "Overdue by {days} business days";

    // Charts
    /// For those who do not see the picture.
    highest(label, value) = "Highest: {label}, {value}.";
    SHOW_NUMBERS = "Show the numbers";

    // Who did something, in a history
    /// To vendors, as the seed programs print it.
    ADMIN = "Admin";
    UNKNOWN = "Unknown";
    administration(name) = "{name} (administration)";
    unknown_side(name) = "{name} (unknown side)";
    CLOSED_ACCOUNT = "A closed account";
}
