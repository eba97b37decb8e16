//! `/signup`, and confirming the email address.

use model::texts;

texts! {
    TITLE = "Create your Healthcare ID", "Cree su Healthcare ID";
    /// For search engines.
    ABOUT = "Create a Healthcare ID to use the FLEX portals.", "Cree un Healthcare ID para usar los portales de FLEX.";
    HAVE_ONE = "I already have a Healthcare ID: sign in", "Ya tengo un Healthcare ID: iniciar sesión";

    // `/account/check-mail`
    CHECK_MAIL = "Check your email", "Revise su correo electrónico";
    SENT =
        "We sent a message to the address you entered. To confirm that the address is yours, open the link in the message. Then \
         you can sign in.",
        "Enviamos un mensaje a la dirección que escribió. Para confirmar que es suya, abra el enlace del mensaje. Después podrá \
         iniciar sesión.";
    /// The same whether there is one or not.
    SENT_IF_KNOWN =
        "If a Healthcare ID matches what you entered, we are sending a message to its email address.",
        "Si algún Healthcare ID coincide con lo que escribió, le estamos enviando un mensaje a su correo electrónico.";
    NOT_ARRIVED =
        "If the message does not arrive in a few minutes, check your spam folder. Also check that you typed everything correctly.",
        "Si el mensaje no llega en unos minutos, busque en la carpeta de correo no deseado. Compruebe también que escribió todo bien.";
    /// Where an app's request waits in this browser.
    COME_BACK =
        "You can open the link in another browser or on another device. Then come back to this browser to continue.",
        "Puede abrir el enlace en otro navegador o dispositivo. Después vuelva a este navegador para continuar.";
    GO_TO_SIGN_IN = "Go to sign in", "Ir a iniciar sesión";

    // `/account/verify`
    CONFIRM_TITLE = "Confirm your email address", "Confirme su correo electrónico";
    CONFIRM_ABOUT =
        "Confirm it only if this is your name and the ID that you chose. The person who chose the password will then be able to \
         sign in.",
        "Confírmelo solo si este es su nombre y el ID que eligió. Después, la persona que eligió la contraseña podrá iniciar \
         sesión.";
    NOT_ME_TITLE =
        "Did someone else use your email address?",
        "¿Otra persona usó su correo electrónico?";
    NOT_ME_ABOUT =
        "Someone asked for this Healthcare ID with your email address. If it was not you, cancel the request. We will delete the \
         ID, and no one will be able to sign in with it.",
        "Alguien pidió este Healthcare ID con su correo electrónico. Si no fue usted, cancele la solicitud. Eliminaremos el ID y \
         nadie podrá iniciar sesión con él.";
    NOT_ME = "This was not me", "No fui yo";

    // A link that was used or replaced, or is too old
    EXPIRED_TITLE = "This link no longer works", "Este enlace ya no funciona";
    EXPIRED_ABOUT =
        "It has already been used, was replaced by a newer one, or is too old. To confirm your address, sign in, and we will send \
         you a new link. To choose a new password, ask for a new link.",
        "Ya se usó, se reemplazó por otro más nuevo o es muy antiguo. Para confirmar su dirección, inicie sesión y le enviaremos \
         otro enlace. Para elegir una contraseña nueva, pida otro enlace.";
}
