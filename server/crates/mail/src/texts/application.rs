//! To the owner of an app. Subjects begin or end with its name; no sentence ends with it.

use model::texts;

texts! {
    APPLICATION = "Application", "Aplicación";
    ENVIRONMENT = "Environment", "Entorno";
    CLIENT_ID = "Client ID", "Client ID";

    registered(name) = "{name} is registered", "{name} está registrada";
    REGISTERED_BODY =
        "Your application is registered. Its credentials work now.",
        "Su aplicación está registrada. Sus credenciales ya funcionan.";

    received(name) = "We received {name} for review", "Recibimos {name} para revisarla";
    RECEIVED_BODY =
        "Your application is registered. Its access to member data is waiting for review.",
        "Su aplicación está registrada. Su acceso a los datos de los miembros está en revisión.";
    DIRECTORY_WORKS =
        "Its access to the public provider directory works now.",
        "Su acceso al directorio público de proveedores ya funciona.";
    NOTHING_WORKS_YET =
        "Its credentials will work once we approve the application.",
        "Sus credenciales funcionarán cuando aprobemos la aplicación.";

    approved(name) = "{name} was approved", "Se aprobó {name}";
    APPROVED_BODY =
        "Your application was approved. Its credentials work now.",
        "Se aprobó su aplicación. Sus credenciales ya funcionan.";
    denied(name) = "{name} was not approved", "No se aprobó {name}";
    DENIED_BODY = "Your application was not approved.", "No se aprobó su aplicación.";
    SUBMIT_AGAIN =
        "You can correct the registration and submit it again.",
        "Puede corregir el registro y enviarlo de nuevo.";

    change_received(name) = "We received your change to {name}", "Recibimos su cambio de {name}";
    CHANGE_RECEIVED_BODY =
        "Your change is waiting for review. Until we approve it, members see the approved version.",
        "Su cambio está en revisión. Hasta que lo aprobemos, los miembros ven la versión aprobada.";
    change_approved(name) = "Your change to {name} was approved", "Se aprobó su cambio de {name}";
    CHANGE_APPROVED_BODY =
        "Your change was approved. It is in effect now.",
        "Se aprobó su cambio. Ya está en vigor.";
    change_denied(name) = "Your change to {name} was not approved", "No se aprobó su cambio de {name}";
    CHANGE_DENIED_BODY =
        "Your change was not approved. The version of your application that we approved before stays in effect.",
        "No se aprobó su cambio. La versión de su aplicación que aprobamos antes sigue en vigor.";
    SUBMIT_CHANGE_AGAIN =
        "You can correct the change and submit it again.",
        "Puede corregir el cambio y enviarlo de nuevo.";

    asked(name) = "We need more information about {name}", "Necesitamos más información sobre {name}";
    ASKED_BODY =
        "Before we decide on your application, please answer this:",
        "Antes de decidir sobre su aplicación, responda a esto:";

    suspended(name) = "{name} was suspended", "Se suspendió {name}";
    SUSPENDED_BODY =
        "Your application was suspended. Its tokens have stopped working.",
        "Se suspendió su aplicación. Sus tokens dejaron de funcionar.";
    revoked(name) = "{name} was revoked", "Se revocó {name}";
    REVOKED_BODY =
        "Your application was revoked for good. Its credentials and tokens have stopped working, the access that members gave it has \
         ended, and no one can register it again. We emailed the members.",
        "Se revocó su aplicación de forma definitiva. Sus credenciales y tokens dejaron de funcionar, terminó el acceso que le dieron \
         los miembros y nadie puede registrarla de nuevo. Avisamos a los miembros por correo electrónico.";
    reactivated(name) = "{name} is active again", "{name} está activa de nuevo";
    REACTIVATED_BODY =
        "Your application is active again, and its credentials work again.",
        "Su aplicación está activa de nuevo y sus credenciales vuelven a funcionar.";

    secret(name) = "{name} has a new client secret", "{name} tiene un nuevo secreto de cliente";
    SECRET_BODY =
        "A new client secret was generated for your application.",
        "Se generó un nuevo secreto de cliente para su aplicación.";
    OLD_SECRETS_ENDED = "Earlier secrets have stopped working.", "Los secretos anteriores dejaron de funcionar.";
    old_secret_works(until) =
        "The earlier secret works until {until}.",
        "El secreto anterior funciona hasta el {until}.";
    SECRET_NOT_YOU =
        "If no one on your team did this, sign in, generate a new secret, and end the old ones now.",
        "Si no lo hizo nadie de su equipo, inicie sesión, genere un nuevo secreto y termine ahora los anteriores.";

    secret_ends(name) = "A client secret of {name} ends soon", "Un secreto de cliente de {name} termina pronto";
    secret_ends_in(days) =
        "A client secret of your application ends in {days} days. Bring the other secret to your servers before.",
        "Un secreto de cliente de su aplicación termina en {days} días. Antes de eso, lleve el otro secreto a sus servidores.";
    SECRET_ENDS_TOMORROW =
        "A client secret of your application ends within 24 hours. Bring the other secret to your servers before.",
        "Un secreto de cliente de su aplicación termina en menos de 24 horas. Antes de eso, lleve el otro secreto a sus servidores.";
    SECRET_CREATED = "Secret of", "Secreto del";
    SECRET_END = "Ends", "Termina";
    SECRET_LAST_USED = "Last used", "Último uso";
    SECRET_NEVER_USED = "Not since we began to record this", "No desde que lo registramos";

    keys(name) = "The public keys of {name} changed", "Cambiaron las claves públicas de {name}";
    KEYS_REGISTERED =
        "New public keys were registered for your application. We accept what they sign from now on.",
        "Se registraron nuevas claves públicas para su aplicación. Desde ahora aceptamos lo que firman.";
    KEYS_REMOVED =
        "The public keys of your application were removed. We no longer accept what they sign.",
        "Se eliminaron las claves públicas de su aplicación. Ya no aceptamos lo que firman.";
    KEYS_NOT_YOU =
        "If no one on your team did this, sign in, and register your own keys again or remove the keys.",
        "Si no lo hizo nadie de su equipo, inicie sesión y registre de nuevo sus claves o elimine las claves.";

    notices(name) = "The notice address of {name} changed", "Cambió la dirección de avisos de {name}";
    NOTICES_SET =
        "A notice address was registered for your application. Notices about its access go there from now on.",
        "Se registró una dirección de avisos para su aplicación. Desde ahora, los avisos sobre su acceso van allí.";
    NOTICES_REMOVED =
        "The notice address of your application was removed. Your application no longer gets notices about its access.",
        "Se eliminó la dirección de avisos de su aplicación. Su aplicación ya no recibe avisos sobre su acceso.";
    NOTICE_ADDRESS = "Notice address", "Dirección de avisos";
    NOTICES_NOT_YOU =
        "If no one on your team did this, sign in and correct the address.",
        "Si no lo hizo nadie de su equipo, inicie sesión y corrija la dirección.";
}
