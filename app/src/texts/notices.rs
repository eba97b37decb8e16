//! What is said on the page after a form was done: `?done=code` in its address; and why another page than the one asked
//! for is shown: `?why=code`.

use crate::locale::Locale;

/// The sentence for a code; none for a code that is not ours, so that nobody can put words into our mouth.
pub fn notice(code: &str, locale: Locale) -> Option<&'static str> {
    Some(match (code, locale) {
        ("saved", Locale::English) => "Your changes are saved.",
        ("saved", Locale::Spanish) => "Sus cambios se guardaron.",
        ("signed-out", Locale::English) => "You are signed out.",
        ("signed-out", Locale::Spanish) => "Ha cerrado la sesión.",
        ("verified", Locale::English) => "Your email address is confirmed. You can sign in now.",
        ("verified", Locale::Spanish) => "Su correo electrónico está confirmado. Ya puede iniciar sesión.",
        ("verified-elsewhere", Locale::English) => {
            "Your email address is confirmed. If you were sharing data with an app, go back to the browser where you began and \
             sign in there, or start again from the app."
        }
        ("verified-elsewhere", Locale::Spanish) => {
            "Su correo electrónico está confirmado. Si estaba compartiendo datos con una aplicación, vuelva al navegador donde \
             empezó e inicie sesión allí, o empiece de nuevo desde la aplicación."
        }
        ("disowned", Locale::English) => "Thank you. The request was ended, and the Healthcare ID is gone.",
        ("disowned", Locale::Spanish) => "Gracias. La solicitud se anuló y el Healthcare ID se eliminó.",
        ("reset-elsewhere", Locale::English) => {
            "Your password is changed. If you were sharing data with an app, go back to the browser where you began and sign in \
             there with the new one, or start again from the app."
        }
        ("reset-elsewhere", Locale::Spanish) => {
            "Su contraseña se cambió. Si estaba compartiendo datos con una aplicación, vuelva al navegador donde empezó e inicie \
             sesión allí con la nueva, o empiece de nuevo desde la aplicación."
        }
        ("password", Locale::English) => "Your password is changed. Other devices are signed out.",
        ("password", Locale::Spanish) => "Su contraseña se cambió. Se cerró la sesión en otros dispositivos.",
        ("reset", Locale::English) => "Your password is changed. Sign in with the new one.",
        ("reset", Locale::Spanish) => "Su contraseña se cambió. Inicie sesión con la nueva.",
        ("sessions", Locale::English) => "You are signed out everywhere else.",
        ("sessions", Locale::Spanish) => "Se cerró la sesión en todos los demás dispositivos.",
        ("email", Locale::English) => "We sent a link to the new address. It takes effect when you open the link.",
        ("email", Locale::Spanish) => "Enviamos un enlace a la nueva dirección. El cambio se hará cuando lo abra.",
        ("two-step-on", Locale::English) => "Two-step sign-in is on. Other devices are signed out.",
        ("two-step-on", Locale::Spanish) => {
            "El inicio de sesión en dos pasos está activado. Se cerró la sesión en otros dispositivos."
        }
        ("two-step-off", Locale::English) => "Two-step sign-in is off. Other devices are signed out.",
        ("two-step-off", Locale::Spanish) => {
            "El inicio de sesión en dos pasos está desactivado. Se cerró la sesión en otros dispositivos."
        }
        ("passkey-added", Locale::English) => "The passkey is added. You can sign in with it now.",
        ("passkey-added", Locale::Spanish) => "La llave de acceso se agregó. Ya puede iniciar sesión con ella.",
        ("passkey-removed", Locale::English) => "The passkey is removed. Other devices are signed out.",
        ("passkey-removed", Locale::Spanish) => {
            "La llave de acceso se eliminó. Se cerró la sesión en otros dispositivos."
        }
        ("app-added", Locale::English) => "The authenticator app is added. Other devices are signed out.",
        ("app-added", Locale::Spanish) => {
            "La aplicación de autenticación se agregó. Se cerró la sesión en otros dispositivos."
        }
        ("app-removed", Locale::English) => "The authenticator app is removed. Other devices are signed out.",
        ("app-removed", Locale::Spanish) => {
            "La aplicación de autenticación se eliminó. Se cerró la sesión en otros dispositivos."
        }
        ("revoked", Locale::English) => "The app has no access to your data any more.",
        ("revoked", Locale::Spanish) => "La aplicación ya no tiene acceso a sus datos.",
        ("linked", Locale::English) => {
            "The code is right: your Healthcare ID is linked to your health plan. Now you can connect the app."
        }
        ("linked", Locale::Spanish) => {
            "El código es correcto: su Healthcare ID está vinculado con su plan de salud. Ya puede conectar la aplicación."
        }
        ("submitted", Locale::English) => {
            "Thank you. We received your registration and will review it within 5 business days."
        }
        ("approved", Locale::English) => "Approved. The owner is told by email.",
        ("denied", Locale::English) => "Denied. The owner is told by email.",
        ("asked", Locale::English) => "Sent. The owner is asked by email, and the clock starts anew with the answer.",
        ("claimed", Locale::English) => "You are working on this review.",
        ("released", Locale::English) => "The review is free for others again.",
        ("secret-ended", Locale::English) => "The secret has stopped working.",
        ("keys-set", Locale::English) => "The public keys are registered. Your application can sign with them now.",
        ("keys-removed", Locale::English) => "The public keys are removed. What they sign is not accepted any more.",
        ("commented", Locale::English) => "Your comment is in the history.",
        ("blocked", Locale::English) => "Blocked. Its tokens stop working at once.",
        ("unblocked", Locale::English) => "Unblocked.",
        ("deactivated", Locale::English) => "The application is deactivated. Its tokens stop working at once.",
        ("reactivated", Locale::English) => "The application is active again.",
        ("deleted", Locale::English) => "The application is deleted.",
        ("change-waits", Locale::English) => {
            "Your change waits for review. Until it is approved, members see what was approved before."
        }
        ("profile", Locale::English) => "Your profile is saved.",
        _ => return None,
    })
}

/// Why this page is shown in place of the one asked for. Vendors are spoken to in English.
pub fn reason(code: &str) -> Option<&'static str> {
    Some(match code {
        "organization-first" => "Register your organization first. Once it is approved, you can register applications.",
        "organization-pending" => {
            "You can register applications once your organization is approved. We answer within 5 business days."
        }
        "organization-asked" => {
            "You can register applications once your organization is approved. Please answer the reviewer's question first."
        }
        "organization-denied" => {
            "You cannot register applications, because your organization was not approved. You can correct its registration \
             and send it again."
        }
        "organization-suspended" => "You cannot register applications, because your organization is suspended.",
        "organization-registered" => "Your organization is registered already. This page shows its status.",
        "details-first" => "Please fill in the first page of the registration first.",
        "step-first" => "Please complete this step of the registration first.",
        "sent-already" => "This registration was sent already. You find the application in the list.",
        "app-blocked" => "While an application is blocked, it cannot be edited.",
        _ => return None,
    })
}
