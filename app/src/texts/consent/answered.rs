//! A request that was answered or has expired.

use model::texts;

texts! {
    // Allowed
    allowed(app) = "You allowed the request from {app}", "Usted permitió el acceso que pidió {app}";
    agreed(at) = "On {at}, you agreed to share:", "El {at}, usted aceptó compartir:";
    CHANGED =
        "You have changed this since then. The member portal shows what the app can read now.",
        "Usted lo cambió después. El portal para miembros muestra lo que la aplicación puede leer ahora.";
    ENDED =
        "That access has ended since then. The app can no longer use it to read anything.",
        "Ese acceso ya terminó. La aplicación ya no puede usarlo para leer nada.";

    // Not allowed
    refused(app) = "You did not allow the request from {app}", "Usted no permitió el acceso que pidió {app}";
    ended(at) =
        "This request ended on {at}. You did not share anything in response to it. If you change your mind, start again in the \
         app.",
        "Esta solicitud terminó el {at}. Usted no compartió nada en respuesta a ella. Si cambia de idea, empiece de nuevo en la \
         aplicación.";

    // Expired
    expired(app) = "The request from {app} has expired", "La solicitud de {app} venció";
    waited(at) =
        "It waited for your answer until {at}. You did not share anything in response to it. You can start again in the app.",
        "Esperó su respuesta hasta el {at}. Usted no compartió nada en respuesta a ella. Puede empezar de nuevo en la \
         aplicación.";

    // What the app can do now, by this answer or another one
    still(app, at) =
        "{app} still has the access that you gave it on {at}.",
        "{app} todavía tiene el acceso que usted le dio el {at}.";
    access_until(end) =
        "It has access until {end}, unless you end it sooner.",
        "Tiene acceso hasta el {end}, a menos que usted lo termine antes.";
    DOES_NOT_STAY =
        "It does not stay connected. Its access ends within minutes.",
        "No sigue conectada. Su acceso termina en unos minutos.";
    SEE_ACCESS = "See, change, or end this access", "Ver, cambiar o terminar este acceso";
    SEE_PAST = "See past access", "Ver los accesos anteriores";

    // A request that this browser or this account may not know
    UNKNOWN = "This request is no longer open", "Esta solicitud ya no está abierta";
    WHY_UNKNOWN =
        "It has been answered, it has expired, or it started in another browser. To connect an app, go back to the app and \
         start again.",
        "Ya se respondió, venció o empezó en otro navegador. Para conectar una aplicación, vuelva a la aplicación y empiece de \
         nuevo.";
}
