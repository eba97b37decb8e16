//! The public documentation. What is not here comes from the program's own file. Vendors read it in English; its frame is in
//! the reader's language.

pub mod api;
pub mod authorization;
pub mod chapters;
pub mod scopes;
pub mod start;
pub mod support;

use model::texts;

texts! {
    TITLE = "Documentation", "Documentación";
    ABOUT =
        "How apps connect to the health data of our programs: authorization, resources, and support.",
        "Cómo se conectan las aplicaciones a los datos de salud de nuestros programas: autorización, recursos y ayuda.";
    CHOOSE_PROGRAM = "Choose the program that your app connects to.", "Elija el programa al que se conecta su aplicación.";
    IN_ENGLISH =
        "The documentation for developers is in English.",
        "La documentación para desarrolladores está en inglés.";

    CONTENTS = "Contents", "Contenido";
    SEARCH = "Search", "Buscar";
    SEARCH_LABEL = "Search the documentation", "Buscar en la documentación";

    ON_THIS_PAGE = "On this page";
    PREVIOUS = "Previous";
    NEXT = "Next";
    /// The name of both links, for screen readers.
    TURN = "Previous and next chapter";
    TERMS = "Terms and Conditions";
    page_title(chapter, program) = "{chapter} – {program}";
    link_to(section) = "Link to this section: {section}";
}
