//! To the staff of the Administrative & Support Portal: what arrived, and what the reader's desk is.

use model::texts;

texts! {
    organization(name) = "Organization to review: {name}", "Organización por revisar: {name}";
    application(name) = "Application to review: {name}", "Aplicación por revisar: {name}";
    change(name) = "Change to review: {name}", "Cambio por revisar: {name}";
    answer(name) = "Answer to your question: {name}", "Respuesta a su pregunta: {name}";
    appeal(name) = "Appeal to decide: {name}", "Apelación por decidir: {name}";
    comment(name) = "Message from a vendor: {name}", "Mensaje de una organización: {name}";
    ticket(title) = "New ticket: {title}", "Nueva consulta: {title}";
    ticket_replied(title) = "Reply to a ticket: {title}", "Respuesta a una consulta: {title}";

    WAITS = "This is waiting in the queue:", "Esto está en espera:";
    ABOUT = "About", "Asunto";
    DUE = "Due", "Vence";
    OPEN = "Open it", "Abrir";

    changed(programs) = "Your desk changed: {programs}", "Cambió su puesto: {programs}";
    CHANGED_BODY =
        "An administrator changed for which programs you work. From now on you see and receive only what is about them.",
        "Un administrador cambió los programas en los que usted trabaja. Desde ahora ve y recibe solo lo que trata de ellos.";
    CHANGED_TO_ALL =
        "An administrator changed for which programs you work. From now on you see and receive what is about any program.",
        "Un administrador cambió los programas en los que usted trabaja. Desde ahora ve y recibe lo que trata de cualquier programa.";
    EVERY_PROGRAM = "All programs", "Todos los programas";
    PROGRAMS = "Programs", "Programas";
    OPEN_PORTAL = "Open the portal", "Abrir el portal";
}
