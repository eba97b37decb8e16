//! Card and code: how a member proves once who they are, where the plan has no sign-in of its own.

use model::{channel::Channel, sentences, texts};

texts! {
    // The card
    WHO_ARE_YOU = "Tell us who you are", "Díganos quién es usted";
    ABOUT_CARD =
        "Your health plan knows you by your member ID. Enter it once. After that, you only need to sign in.",
        "Su plan de salud le conoce por su ID de miembro. Escríbalo una vez. Después solo tendrá que iniciar sesión.";

    // Where the code goes
    GET_CODE = "Get a code", "Reciba un código";
    ABOUT_CODE =
        "We found you. To make sure that it is you, we will send a code to an address or phone number that your health plan has \
         for you.",
        "Le encontramos. Para comprobar que es usted, enviaremos un código a una dirección o un teléfono que su plan de salud \
         tiene de usted.";
    NOT_SENT = "We could not send your code", "No pudimos enviar su código";
    ABOUT_NOT_SENT =
        "This is not your fault, and it does not count as an attempt. Try again in a few minutes, or choose another way if \
         there is one.",
        "No es culpa suya y no cuenta como intento. Inténtelo de nuevo en unos minutos o elija otra forma, si la hay.";
    email_to(address) = "Email to {address}", "Correo electrónico a {address}";
    phone_ending(digits) = "Phone ending in {digits}", "Teléfono que termina en {digits}";
    LETTER = "Letter to the address that your plan has for you", "Carta a la dirección que su plan tiene de usted";
    SEND = "Send the code", "Enviar el código";
    WRONG_ADDRESSES =
        "If none of these is right, ask your health plan to correct what it has for you. A new code replaces an earlier one.",
        "Si ninguna es correcta, pida a su plan de salud que corrija los datos que tiene de usted. Un código nuevo reemplaza al \
         anterior.";
    ENTER_EARLIER =
        "Enter the code that we sent you before",
        "Escribir el código que le enviamos antes";
    ANOTHER_CARD = "Use another card", "Usar otra tarjeta";

    // The code
    ENTER = "Enter the code we sent you", "Escriba el código que le enviamos";
    emailed(address) =
        "We sent a code to {address}, the email address that your health plan has for you. It works for 15 minutes.",
        "Enviamos un código a {address}, el correo electrónico que su plan de salud tiene de usted. Funciona durante 15 minutos.";
    phoned(digits) =
        "Your health plan is sending a code to the phone ending in {digits}, the number that it has for you. It works for 15 \
         minutes.",
        "Su plan de salud está enviando un código al teléfono que termina en {digits}, el número que tiene de usted. Funciona \
         durante 15 minutos.";
    written(end) =
        "Your health plan is sending you a letter with a code, to the address that it has for you. The letter takes a few days. \
         The code works until {end}.",
        "Su plan de salud le está enviando una carta con un código, a la dirección que tiene de usted. La carta tarda algunos \
         días. El código funciona hasta el {end}.";
    SEND_ANOTHER = "Send another code", "Enviar otro código";
}

sentences! {
    /// Beneath a way to choose.
    pub(crate) about(Channel) {
        Email =
            "Arrives right away and works for 15 minutes.",
            "Llega enseguida y funciona durante 15 minutos.";
        Phone =
            "Arrives right away and works for 15 minutes.",
            "Llega enseguida y funciona durante 15 minutos.";
        Letter =
            "Takes a few days and works for 14 days. You can close this page and come back when you have the letter.",
            "Tarda algunos días y funciona durante 14 días. Puede cerrar esta página y volver cuando tenga la carta.";
    }
}

sentences! {
    /// What to do if the code does not arrive.
    pub(crate) advice(Channel) {
        Email =
            "If this is not your address, or you can no longer read messages there, ask your health plan to correct it.",
            "Si no es su dirección o ya no puede leer los mensajes que llegan allí, pida a su plan de salud que la corrija.";
        Phone =
            "If this is not your phone, ask your health plan to correct the number.",
            "Si no es su teléfono, pida a su plan de salud que corrija el número.";
        Letter =
            "You can close this page. When the letter arrives, connect the app again or open the member portal. Then enter the \
             code.",
            "Puede cerrar esta página. Cuando llegue la carta, conecte la aplicación otra vez o abra el portal para miembros. \
             Después escriba el código.";
    }
}
