//! To the holder of a Healthcare ID, about two-step sign-in.

use model::texts;

texts! {
    ON = "Two-step sign-in is on", "El inicio de sesión en dos pasos está activado";
    APP_IS_FIRST =
        "An authenticator app was added to your Healthcare ID. From now on, you need your password and a code from that app to \
         sign in. We signed out all other sessions.",
        "Se agregó una aplicación de autenticación a su Healthcare ID. Desde ahora, para iniciar sesión necesita su contraseña y \
         un código de esa aplicación. Cerramos todas las demás sesiones.";
    KEEP_CODES_WITHOUT_PHONE =
        "Keep the recovery codes where you can find them without your phone.",
        "Guarde los códigos de recuperación donde pueda encontrarlos sin su teléfono.";
    PASSKEY_IS_FIRST =
        "A passkey was added to your Healthcare ID. From now on, you need your password and that passkey to sign in. We signed \
         out all other sessions.",
        "Se agregó una llave de acceso a su Healthcare ID. Desde ahora, para iniciar sesión necesita su contraseña y esa llave. \
         Cerramos todas las demás sesiones.";
    KEEP_CODES_WITHOUT_DEVICE =
        "Keep the recovery codes where you can find them without the device that holds your passkey.",
        "Guarde los códigos de recuperación donde pueda encontrarlos sin el dispositivo que tiene su llave de acceso.";

    PASSKEY_ADDED = "A passkey was added", "Se agregó una llave de acceso";
    PASSKEY_ADDED_BODY =
        "A passkey was added to your Healthcare ID. You can now also sign in with it, after you enter your password.",
        "Se agregó una llave de acceso a su Healthcare ID. Ahora también puede iniciar sesión con ella, después de escribir su \
         contraseña.";
    PASSKEY_REMOVED = "A passkey was removed", "Se eliminó una llave de acceso";
    PASSKEY_REMOVED_BODY =
        "A passkey was removed from your Healthcare ID, and it can no longer be used to sign in. Two-step sign-in stays on. We \
         signed out all other sessions.",
        "Se eliminó una llave de acceso de su Healthcare ID y ya no sirve para iniciar sesión. El inicio de sesión en dos pasos \
         sigue activado. Cerramos todas las demás sesiones.";

    APP_ADDED = "An authenticator app was added", "Se agregó una aplicación de autenticación";
    APP_ADDED_BODY =
        "An authenticator app was added to your Healthcare ID. You can now sign in with its codes as well as with your passkeys. \
         We signed out all other sessions.",
        "Se agregó una aplicación de autenticación a su Healthcare ID. Ahora puede iniciar sesión con sus códigos además de con \
         sus llaves de acceso. Cerramos todas las demás sesiones.";
    APP_REMOVED = "Your authenticator app was removed", "Se eliminó su aplicación de autenticación";
    APP_REMOVED_BODY =
        "The authenticator app was removed from your Healthcare ID, and its codes no longer work. You keep your passkeys. We \
         signed out all other sessions.",
        "Se eliminó la aplicación de autenticación de su Healthcare ID y sus códigos ya no funcionan. Usted conserva sus llaves de \
         acceso. Cerramos todas las demás sesiones.";
    APP_CHANGED = "Your authenticator app was changed", "Se cambió su aplicación de autenticación";
    APP_CHANGED_BODY =
        "A new authenticator app replaced the one for your Healthcare ID, and you have new recovery codes. The old app and the \
         old codes no longer work. We signed out all other sessions.",
        "Una nueva aplicación de autenticación reemplazó la de su Healthcare ID y usted tiene códigos de recuperación nuevos. La \
         aplicación y los códigos anteriores ya no funcionan. Cerramos todas las demás sesiones.";

    OFF = "Two-step sign-in is off", "El inicio de sesión en dos pasos está desactivado";
    OFF_BODY =
        "Two-step sign-in was turned off for your Healthcare ID, and its recovery codes were removed. You now need only your \
         password to sign in. We signed out all other sessions.",
        "Se desactivó el inicio de sesión en dos pasos de su Healthcare ID y se eliminaron sus códigos de recuperación. Ahora \
         basta su contraseña para iniciar sesión. Cerramos todas las demás sesiones.";
    SET_UP_AGAIN = "Set it up again", "Activarlo de nuevo";

    NEW_CODES = "You have new recovery codes", "Tiene códigos de recuperación nuevos";
    NEW_CODES_BODY =
        "New recovery codes were created for your Healthcare ID. Your old codes no longer work.",
        "Se crearon códigos de recuperación nuevos para su Healthcare ID. Los anteriores ya no funcionan.";
    CODE_USED = "A recovery code was used", "Se usó un código de recuperación";
    CODE_USED_BODY =
        "A recovery code for your Healthcare ID was used to sign in, or to change how you sign in.",
        "Se usó un código de recuperación de su Healthcare ID para iniciar sesión o para cambiar la forma de iniciarla.";
    LAST_CODE_USED =
        "It was the last code. Create new ones, so that you can sign in without your app or passkey.",
        "Era el último código. Cree códigos nuevos para poder iniciar sesión sin su aplicación o su llave de acceso.";
    ONE_CODE_LEFT = "You have 1 code left.", "Le queda 1 código.";
    codes_left(left) = "You have {left} codes left.", "Le quedan {left} códigos.";
    LOST_FACTOR =
        "If you no longer have your app or passkey, set up another one:",
        "Si ya no tiene su aplicación o su llave de acceso, configure otra:";

    WRONG_CODES =
        "Wrong codes were entered for your Healthcare ID",
        "Se escribieron códigos incorrectos para su Healthcare ID";
    WRONG_CODES_BODY =
        "Someone entered the password for your Healthcare ID, and then a wrong code or passkey several times. We did not sign \
         anyone in.",
        "Alguien escribió la contraseña de su Healthcare ID y después, varias veces, usó un código o una llave de acceso \
         incorrectos. Nadie inició sesión.";
    WRONG_CODES_BY_YOU =
        "If this was you, wait a while before you try again, or sign in another way, such as with a recovery code.",
        "Si fue usted, espere un poco antes de intentarlo de nuevo o use otra forma, como un código de recuperación.";
    WRONG_CODES_NOT_YOU =
        "If this was not you, someone else knows your password. Set a new one now. After that, you can also sign in without the \
         wait that the wrong codes caused:",
        "Si no fue usted, alguien más conoce su contraseña. Elija ahora una nueva. Después también podrá iniciar sesión sin la \
         espera que causaron los códigos incorrectos:";

    SEE_TWO_STEP = "See your two-step sign-in", "Ver su inicio de sesión en dos pasos";
    NOT_YOU =
        "If this was not you, set a new password now and contact our support team:",
        "Si no fue usted, elija ahora una contraseña nueva y avise a nuestro servicio de ayuda:";
}
