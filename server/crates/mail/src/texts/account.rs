//! To the holder of a Healthcare ID.

use model::texts;

texts! {
    VERIFY = "Confirm your email address", "Confirme su correo electrónico";
    VERIFY_ASKED =
        "Someone, probably you, asked for a Healthcare ID with this email address:",
        "Alguien, probablemente usted, pidió un Healthcare ID con este correo electrónico:";
    NAME = "Name", "Nombre";
    VERIFY_BODY =
        "If these details are yours, confirm your email address. You can use the link once, within the next 24 hours.",
        "Si estos datos son suyos, confirme su correo electrónico. Puede usar el enlace una vez, en las próximas 24 horas.";
    VERIFY_BUTTON = "Confirm email address", "Confirmar el correo electrónico";
    VERIFY_NOT_YOURS =
        "If you did not ask for this, or the ID is not yours, do not confirm the address. Otherwise, the person who chose the \
         password could sign in as you. Cancel the request here:",
        "Si no lo pidió, o el ID no es suyo, no confirme la dirección. De lo contrario, la persona que eligió la contraseña \
         podría iniciar sesión en su nombre. Cancele la solicitud aquí:";
    NOT_ME = "This was not me", "No fui yo";

    KNOWN = "You already have a Healthcare ID", "Ya tiene un Healthcare ID";
    KNOWN_BODY =
        "Someone, perhaps you, just asked for a new Healthcare ID with this email address. The address already has one, and we \
         did not change anything about it.",
        "Alguien, quizás usted, acaba de pedir otro Healthcare ID con este correo electrónico. Este correo ya tiene uno y no \
         cambiamos nada en él.";
    KNOWN_PASSWORD =
        "You can sign in with this email address. If you forgot your password, set a new one:",
        "Puede iniciar sesión con este correo electrónico. Si olvidó su contraseña, elija una nueva:";

    FORGOT_ID = "Your Healthcare ID", "Su Healthcare ID";
    FORGOT_ID_BODY =
        "We received a request to remind you of your Healthcare ID:",
        "Recibimos una solicitud para recordarle su Healthcare ID:";
    FORGOT_ID_NOT_YOU =
        "If you did not ask for this, you do not need to do anything. We sent the ID only to you.",
        "Si no lo pidió, no tiene que hacer nada. Solo le enviamos el ID a usted.";

    RESET = "Reset your password", "Restablezca su contraseña";
    RESET_BODY =
        "We received a request to set a new password for your Healthcare ID.",
        "Recibimos una solicitud para elegir una contraseña nueva para su Healthcare ID.";
    RESET_BUTTON = "Set a new password", "Elegir una contraseña nueva";
    RESET_LINK =
        "You can use the link once, within the next 30 minutes. If you ask for another link, this one stops working.",
        "Puede usar el enlace una vez, en los próximos 30 minutos. Si pide otro, este deja de funcionar.";
    RESET_NOT_YOU =
        "If you did not ask for this, you do not need to do anything. Your password stays the same.",
        "Si no lo pidió, no tiene que hacer nada. Su contraseña no cambia.";

    PASSWORD_CHANGED = "Your password was changed", "Se cambió su contraseña";
    PASSWORD_CHANGED_BODY =
        "The password for your Healthcare ID was changed. We signed out all other sessions.",
        "Se cambió la contraseña de su Healthcare ID. Cerramos todas las demás sesiones.";
    PASSWORD_CHANGED_NOT_YOU =
        "If this was not you, set a new password now:",
        "Si no fue usted, elija ahora una contraseña nueva:";

    CONFIRM_NEW = "Confirm your new email address", "Confirme su nuevo correo electrónico";
    CONFIRM_NEW_BODY =
        "Someone entered this email address as the new address for a Healthcare ID. To use it, confirm that the address is yours.",
        "Alguien escribió este correo electrónico como la nueva dirección de un Healthcare ID. Para usarlo, confirme que es suyo.";
    CONFIRM_NEW_BUTTON = "Confirm new email address", "Confirmar el nuevo correo";
    CONFIRM_NEW_LINK =
        "You can use the link once, within the next 24 hours. Until you do, the old address stays in use.",
        "Puede usar el enlace una vez, en las próximas 24 horas. Hasta entonces se usa la dirección anterior.";
    CONFIRM_NEW_NOT_YOU =
        "If you did not ask for this, ignore this email.",
        "Si no lo pidió, ignore este correo.";

    EMAIL_CHANGED = "Your email address was changed", "Se cambió su correo electrónico";
    EMAIL_CHANGED_BODY =
        "The email address for your Healthcare ID was changed. We will no longer write to this address.",
        "Se cambió el correo electrónico de su Healthcare ID. Ya no escribiremos a esta dirección.";
    NEW_ADDRESS = "New address", "Nueva dirección";
    EMAIL_CHANGED_NOT_YOU =
        "If this was not you, sign in with your Healthcare ID, change your password, and change the address back:",
        "Si no fue usted, inicie sesión con su Healthcare ID, cambie la contraseña y vuelva a poner esta dirección:";
}
