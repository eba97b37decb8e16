//! The consent page.

use model::texts;

texts! {
    // The heading: what the app asks for
    health(app) = "{app} asks to see your health data", "{app} pide ver sus datos de salud";
    /// The same about a person for whom the reader acts.
    health_of(app, name) =
        "{app} asks to see health data of {name}",
        "{app} pide ver datos de salud de {name}";
    identity(app) = "{app} wants to know who you are", "{app} quiere saber quién es usted";
    identity_and_directory(app) =
        "{app} wants to know who you are and to read the provider directory",
        "{app} quiere saber quién es usted y leer el directorio de proveedores";
    directory(app) = "{app} asks to read the provider directory", "{app} pide leer el directorio de proveedores";
    connection(app) = "{app} asks to stay connected", "{app} pide seguir conectada";
    an_app_by(organization) = "An app by {organization}", "Una aplicación de {organization}";
    reviewed(program, date) = "Reviewed by {program} on {date}", "Revisada por {program} el {date}";
    NOT_REVIEWED = "Not reviewed: sandbox with made-up data", "Sin revisar: pruebas con datos ficticios";
    /// Before the app's own sentence, in quotes.
    PURPOSE = "What for, in its own words:", "Para qué, en sus propias palabras:";

    // Who
    SIGNED_IN_AS = "Signed in as", "Su cuenta";
    VISITOR = "A visitor of the documentation", "Un visitante de la documentación";
    NOT_YOU = "Not you?", "¿No es usted?";
    TEST_MEMBER = "Test member", "Miembro de prueba";
    CHOOSE_ANOTHER = "Choose another", "Elegir otro";

    /// Above the form, where the app was allowed something before.
    earlier(since, until) =
        "On {since}, you allowed this app access until {until}. Allow replaces that. Cancel keeps it as it is.",
        "El {since}, usted le permitió el acceso a esta aplicación hasta el {until}. Permitir lo reemplaza. Cancelar lo deja \
         igual.";
    no_longer_asked(list) = "It no longer asks for: {list}.", "Ya no pide: {list}.";

    // What, in three groups
    HEALTH_DATA = "Your health data", "Sus datos de salud";
    THEIR_HEALTH_DATA = "This person's health data", "Datos de salud de esta persona";
    UNCHECK = "Uncheck what you do not want to share.", "Desmarque lo que no quiera compartir.";
    WHAT_EACH_INCLUDES = "What each one includes", "Qué incluye cada uno";
    DIRECTORY =
        "Public directory (nothing about you)",
        "Directorio público (nada sobre usted)";
    SIGNING_IN = "Signing in", "Inicio de sesión";
    /// Beside what the app did not ask for before.
    NEW = "New", "Nuevo";
    /// Above the boxes of categories that the program protects specially.
    PROTECTED =
        "Your plan protects some data specially. The app reads it only if you select it here.",
        "Su plan protege algunos datos de manera especial. La aplicación solo los lee si usted los marca aquí.";
    /// Beside a category that the member let the app read until now.
    ALLOWED_BEFORE = "Allowed until now", "Permitido hasta ahora";
    /// After the reason why something is sensitive.
    NOT_SELECTED = "Not selected unless you choose it.", "No se comparte si usted no lo marca.";

    // How much of it, as a script counts
    SHARES_NOTHING =
        "You share nothing. Choose at least one, or cancel.",
        "No comparte nada. Elija al menos uno o cancele.";
    /// Where an app asks for a single kind.
    shares_of_one(chosen) =
        "You share {chosen} of 1 kind of information.",
        "Comparte {chosen} de 1 tipo de información.";
    shares(chosen, total) =
        "You share {chosen} of {total} kinds of information.",
        "Comparte {chosen} de {total} tipos de información.";

    // What comes with it and cannot be unchecked: one sentence with a list of one to three things
    learns(list) = "If you allow it, the app also learns {list}.", "Si lo permite, la aplicación también conocerá {list}.";
    only_learns(list) =
        "If you allow it, the app learns {list}. It does not read any health data.",
        "Si lo permite, la aplicación conocerá {list}. No lee datos de salud.";
    NUMBER = "a number that lets it recognize you", "un número con el que puede reconocerle";
    ACCOUNT_NAME = "the name of your account", "el nombre de su cuenta";
    RECORD = "which record is yours", "cuál es su expediente";
    /// The same about a person for whom the reader acts.
    THEIR_RECORD = "which record is theirs", "cuál es el expediente de esa persona";
    two(first, second) = "{first} and {second}", "{first} y {second}";
    three(first, second, third) = "{first}, {second}, and {third}", "{first}, {second} y {third}";

    // Until when, and how to stop it
    UNTIL = "Access until", "Acceso hasta el";
    ends(end, length) = "{end} ({length})", "{end} ({length})";
    ends_later(end, length) = "{end} ({length}, longer than before)", "{end} ({length}, más que antes)";
    ENDS_SOON = "Its access ends within minutes.", "Su acceso termina en unos minutos.";
    /// The part in brackets leads there.
    HOW_TO_STOP =
        "Stop any time: [member portal]",
        "Termínelo cuando quiera: [portal para miembros]";
    ALWAYS_STAYS =
        "Until then, it stays connected and can read what you allow, even when you are away.",
        "Hasta entonces sigue conectada y puede leer lo que usted permita, también cuando usted no está.";
    /// Names the box "Stay connected" of the program file.
    MAY_STAY =
        "If you uncheck “Stay connected”, its access ends within minutes, no matter what you choose here.",
        "Si desmarca «Seguir conectada», su acceso termina en unos minutos, sin importar lo que elija aquí.";
    until(length, end) = "{length}, until {end}", "{length}, hasta el {end}";
    DAY = "1 day", "1 día";
    days(number) = "{number} days", "{number} días";
    YEAR = "1 year", "1 año";

    // What the app does with the data
    KEEPING = "How it keeps and uses your data", "Cómo guarda y usa sus datos";
    /// Before the app's own sentence, in quotes.
    RETENTION = "How long it keeps your data, in its own words:", "Cuánto tiempo guarda sus datos, en sus propias palabras:";
    NO_RETENTION = "The app did not say how long it keeps your data.", "La aplicación no dijo cuánto tiempo guarda sus datos.";
    policy(app) = "Privacy policy of {app}", "Política de privacidad de {app}";
    terms(app) = "Terms of {app}", "Términos de {app}";
    HIPAA =
        "Once the app has your data, its own privacy policy applies to that copy. HIPAA may not protect that copy.",
        "Cuando la aplicación tenga sus datos, a esa copia se le aplicará la política de privacidad de la aplicación. Es \
         posible que HIPAA no proteja esa copia.";

    // Whom to ask, and where the answer goes
    ASKING = "Questions, and where your answer goes", "Preguntas y adónde va su respuesta";
    contact(app) = "The support team of {app} answers your questions:", "El equipo de ayuda de {app} responde sus preguntas:";
    goes_to_site(host) = "After you answer, you go back to {host}.", "Después de responder, vuelve a {host}.";
    goes_to_device(app) =
        "After you answer, you go back to the app {app} on this device.",
        "Después de responder, vuelve a la aplicación {app} en este dispositivo.";
    /// Before names in code.
    TECHNICAL = "Technical names of what comes with signing in:", "Nombres técnicos de lo que acompaña al inicio de sesión:";
    NEVER_PASSWORD =
        "Never give an app your password. No app needs it.",
        "Nunca dé su contraseña a una aplicación. Ninguna la necesita.";

    ALLOW = "Allow", "Permitir";
    CANCEL = "Cancel", "Cancelar";

    // Where the page changed between opening and answering it
    CHANGED =
        "This page has changed since you opened it. We did not use your answer.",
        "Esta página cambió después de que usted la abrió. No usamos su respuesta.";
    ANSWER_AGAIN = "Please check the page and answer again.", "Revise la página y responda de nuevo.";
    changed_account(name) = "You are now signed in as {name}.", "Ahora la sesión está iniciada como {name}.";
    changed_plan(plan) = "The health plan is now {plan}.", "Ahora el plan de salud es {plan}.";
    changed_person(name) = "This is now about the data of {name}.", "Ahora se trata de los datos de {name}.";
    NO_PERSON =
        "This is no longer about anyone's record.",
        "Ya no se trata del expediente de ninguna persona.";
    changed_scopes(app) = "{app} now asks for something else.", "Ahora {app} pide otra cosa.";

    // Where the plan's data does not include the member
    no_record(plan) =
        "{plan} has no record of you right now",
        "{plan} no tiene un expediente suyo en este momento";
    NOT_IN_DATA =
        "Its data does not include you. If you think that this is wrong, ask your health plan.",
        "Usted no aparece en sus datos. Si cree que es un error, pregunte a su plan de salud.";
    TEST_MEMBER_GONE =
        "The test member that you chose is no longer in the sandbox, or belongs to another plan.",
        "El miembro de prueba que eligió ya no está en el entorno de pruebas o es de otro plan.";
    CHOOSE_ANOTHER_TEST_MEMBER = "Choose another test member", "Elegir otro miembro de prueba";
}
