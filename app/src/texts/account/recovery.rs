//! Getting a forgotten ID or password back.

use model::texts;

texts! {
    FORGOT_ID = "Forgot your Healthcare ID?", "¿Olvidó su Healthcare ID?";
    ABOUT_ID =
        "You can also sign in with your email address. If you need your ID, enter your email address, and we will send the ID to \
         you.",
        "También puede iniciar sesión con su correo electrónico. Si necesita su ID, escriba su correo electrónico y se lo \
         enviaremos.";
    SEND_ID = "Send my ID", "Enviar mi ID";

    FORGOT_PASSWORD = "Forgot your password?", "¿Olvidó su contraseña?";
    ABOUT_PASSWORD =
        "We will send you a link to choose a new password. You can use it once, within the next 30 minutes.",
        "Le enviaremos un enlace para elegir una contraseña nueva. Puede usarlo una vez, en los próximos 30 minutos.";

    RESET = "Choose a new password", "Elija una contraseña nueva";
    SAVE_PASSWORD = "Save the password", "Guardar la contraseña";
}
