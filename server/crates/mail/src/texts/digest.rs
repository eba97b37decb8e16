//! To the staff, once a week: what is late.

use model::texts;

texts! {
    ONE_LATE = "1 thing is late", "1 asunto está atrasado";
    late(count) = "{count} things are late", "{count} asuntos están atrasados";
    subject(late, first) = "{late}: {first}", "{late}: {first}";
    and_more(first) = "{first} and more", "{first} y más";
    BODY =
        "This is what was late on Monday morning. You receive this email once a week, and only when something is late.",
        "Esto estaba atrasado el lunes por la mañana. Recibe este correo una vez por semana, y solo si algo está atrasado.";
    AS_OF = "As of", "A fecha de";

    ONE_ORGANIZATION = "1 organization to review", "1 organización por revisar";
    organizations(count) = "{count} organizations to review", "{count} organizaciones por revisar";
    ONE_APPLICATION = "1 application to review", "1 aplicación por revisar";
    applications(count) = "{count} applications to review", "{count} aplicaciones por revisar";
    ONE_CHANGE = "1 change to review", "1 cambio por revisar";
    changes(count) = "{count} changes to review", "{count} cambios por revisar";
    ONE_APPEAL = "1 appeal to decide", "1 apelación por decidir";
    appeals(count) = "{count} appeals to decide", "{count} apelaciones por decidir";
    ONE_TICKET = "1 ticket to answer", "1 consulta por responder";
    tickets(count) = "{count} tickets to answer", "{count} consultas por responder";
    ONE_COMMENT = "1 message from a vendor to answer", "1 mensaje de una organización por responder";
    comments(count) = "{count} messages from vendors to answer", "{count} mensajes de organizaciones por responder";
    ONE_SILENT = "1 vendor who did not answer in time", "1 organización que no respondió a tiempo";
    silent(count) = "{count} vendors who did not answer in time", "{count} organizaciones que no respondieron a tiempo";
    ONE_FEED = "1 data feed that did not come", "1 carga de datos que no llegó";
    feeds(count) = "{count} data feeds that did not come", "{count} cargas de datos que no llegaron";
}
