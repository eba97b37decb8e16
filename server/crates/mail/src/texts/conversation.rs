//! To owners: comments, appeals, tickets.

use model::texts;

texts! {
    commented(name) = "New message about {name}", "Nuevo mensaje sobre {name}";
    commented_body(name) = "We wrote this about {name}:", "Escribimos esto sobre {name}:";
    READ = "Read and answer", "Leer y responder";

    appeal_received(name) = "We received your appeal: {name}", "Recibimos su apelación: {name}";
    appeal_received_body(due) =
        "Another reviewer will look at the decision. We answer by {due}.",
        "Otra persona revisará la decisión. Respondemos antes del {due}.";
    SEE_APPEAL = "See your appeal", "Ver su apelación";
    appeal_accepted(name) = "Your appeal succeeded: {name}", "Su apelación tuvo éxito: {name}";
    APPEAL_ACCEPTED_BODY =
        "Another reviewer looked at the decision and approved what you sent. It is in effect now.",
        "Otra persona revisó la decisión y aprobó lo que usted envió. Ya está en vigor.";
    appeal_refused(name) = "Your appeal was not accepted: {name}", "No se aceptó su apelación: {name}";
    APPEAL_REFUSED_BODY =
        "Another reviewer looked at the decision and came to the same result. You can correct what you sent and submit it again.",
        "Otra persona revisó la decisión y llegó al mismo resultado. Puede corregir lo que envió y enviarlo de nuevo.";

    ticket_opened(title) = "We received your ticket: {title}", "Recibimos su consulta: {title}";
    ticket_opened_body(due) = "We answer by {due}.", "Respondemos antes del {due}.";
    SEE_TICKET = "See the ticket", "Ver la consulta";
    ticket_answered(title) = "We answered your ticket: {title}", "Respondimos a su consulta: {title}";
    TICKET_ANSWERED_BODY = "Our answer:", "Nuestra respuesta:";
    ticket_closed(title) = "Your ticket was closed: {title}", "Se cerró su consulta: {title}";
    TICKET_CLOSED_BODY =
        "We closed your ticket. If it is not solved, open it again with a reply. Please tell us how we did.",
        "Cerramos su consulta. Si no está resuelta, ábrala de nuevo con una respuesta. Díganos qué le pareció nuestra ayuda.";
}
