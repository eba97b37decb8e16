//! `/signin` and the second step of signing in.

use model::texts;

texts! {
    TITLE = "Sign in with your Healthcare ID", "Inicie sesión con su Healthcare ID";
    /// For search engines.
    ABOUT = "Sign in with your Healthcare ID.", "Inicie sesión con su Healthcare ID.";
    FORGOT_ID = "Forgot Healthcare ID", "Olvidé mi Healthcare ID";
    MORE = "Additional options", "Otras opciones";

    // The second step
    USE_PASSKEY = "Use your passkey", "Usar su llave de acceso";
    USE_APP = "Use your authenticator app", "Usar su aplicación de autenticación";
    USE_RECOVERY_CODE = "Use a recovery code", "Usar un código de recuperación";
    ENTER_CODE = "Enter your code", "Escriba su código";
    ABOUT_PASSKEY =
        "Your browser will ask for your passkey: on this device, on your phone, or on a security key.",
        "Su navegador le pedirá la llave de acceso: en este dispositivo, en su teléfono o en una llave de seguridad.";
    ABOUT_APP =
        "Open your authenticator app and enter the code that it shows for FLEX.",
        "Abra su aplicación de autenticación y escriba el código que muestra para FLEX.";
    ABOUT_RECOVERY_CODE =
        "You received 10 recovery codes when you set up two-step sign-in. You can use each code once.",
        "Recibió 10 códigos de recuperación cuando activó el inicio de sesión en dos pasos. Puede usar cada código una vez.";
    SIGN_IN_WITH_PASSKEY = "Sign in with your passkey", "Iniciar sesión con su llave de acceso";
    LOST =
        "If you have lost your recovery codes too, ask the organization that runs this site to reset your Healthcare ID.",
        "Si también perdió sus códigos de recuperación, pida a la organización que administra este sitio que restablezca su \
         Healthcare ID.";
    START_OVER = "Start over", "Comenzar de nuevo";

    // Inputs
    RECOVERY_CODE = "Recovery code", "Código de recuperación";
    MISSING_RECOVERY_CODE = "Enter a recovery code.", "Escriba un código de recuperación.";
}
