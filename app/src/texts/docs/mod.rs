//! The public documentation. What is not here comes from the program's own file. Vendors read it in English; its frame is in
//! the reader's language.

pub mod api;
pub mod authorization;
pub mod changes;
pub mod chapters;
pub mod cors;
pub mod dictionary;
pub mod discovery;
pub mod errors;
pub mod limits;
pub mod notices;
pub mod openapi;
pub mod paging;
pub mod quality;
pub mod quick_start;
pub mod representatives;
pub mod samples;
pub mod scopes;
pub mod start;
pub mod support;
pub mod try_it;

use model::texts;

texts! {
    TITLE = "Documentation", "Documentación";
    ABOUT =
        "How to connect an app to our programs, step by step.",
        "Cómo conectar una aplicación a nuestros programas, paso a paso.";
    CHOOSE_PROGRAM = "Choose the program that your app connects to.", "Elija el programa al que se conecta su aplicación.";
    IN_ENGLISH =
        "These pages are for people who build apps. They are in English.",
        "Estas páginas son para quienes crean aplicaciones. Están en inglés.";

    CONTENTS = "Contents", "Contenido";
    SEARCH = "Search", "Buscar";
    SEARCH_LABEL = "Search the documentation", "Buscar en la documentación";

    RESULTS = "Search results";
    ABOUT_SEARCH = "Search the documentation: headings, parameters, scopes, and errors.";
    /// The query is in quotes, here and below.
    found(query) = "What we found for “{query}”, the closest first:";
    nothing_found(query) = "We did not find “{query}”.";
    TRY_OTHERS = "Try fewer or other words, or choose a chapter from the contents.";
    TYPE_SOMETHING = "Type what you look for: a heading, a parameter, a scope, or an error.";
    /// On the button beside a block of code, before and after.
    COPY = "Copy";
    COPIED = "Copied";

    ON_THIS_PAGE = "On this page";
    PREVIOUS = "Previous";
    NEXT = "Next";
    /// The name of both links, for screen readers.
    TURN = "Previous and next chapter";
    TERMS = "Terms and Conditions";
    page_title(chapter, program) = "{chapter} – {program}";
    link_to(section) = "Link to this section: {section}";
}
