//! The Healthcare ID: getting one, signing in, getting it back, managing it.

use model::texts;

pub mod devices;
pub mod inputs;
pub mod manage;
pub mod recovery;
pub mod second_factor;
pub mod sign_in;
pub mod sign_up;

texts! {
    BACK_TO_SIGN_IN = "Back to sign in", "Volver a iniciar sesión";
    CANCEL = "Cancel", "Cancelar";
    CONFIRM = "Confirm", "Confirmar";
    CONTINUE = "Continue", "Continuar";
    CREATE = "Create Healthcare ID", "Crear un Healthcare ID";
    FORGOT_PASSWORD = "Forgot password", "Olvidé mi contraseña";
    MANAGE = "Manage your Healthcare ID", "Administrar su Healthcare ID";
    SAVE_NAME = "Save the name", "Guardar el nombre";
    SEND_LINK = "Send the link", "Enviar el enlace";
    SIGN_IN = "Sign in", "Iniciar sesión";

    /// A hint where a password is chosen.
    GOOD_PASSWORD =
        "Use at least 12 characters. Several words together make a good password.",
        "Use al menos 12 caracteres. Varias palabras juntas forman una buena contraseña.";

    // Beside what the account has
    EMAIL_ADDRESS = "Email address", "Correo electrónico";
    HEALTHCARE_ID = "Healthcare ID";
    NAME = "Name", "Nombre";
    /// Of a list: what can be done with its row.
    ACTION = "Action", "Acción";
    SINCE = "Since", "Desde";
}
