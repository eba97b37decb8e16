//! Two-step sign-in: setting it up, and managing its parts.

use model::texts;

texts! {
    TITLE = "Two-step sign-in", "Inicio de sesión en dos pasos";
    WHAT_FOR =
        "With two-step sign-in, your password alone is not enough. To sign in, you also need a passkey, or a code from an app on \
         your phone or in your password manager.",
        "Con el inicio de sesión en dos pasos, su contraseña sola no basta. Para iniciar sesión también necesita una llave de \
         acceso, o un código de una aplicación de su teléfono o de su administrador de contraseñas.";
    SET_UP = "Set up two-step sign-in", "Activar el inicio de sesión en dos pasos";
    MANAGE = "Manage", "Administrar";

    // What the account has
    STATUS = "Status", "Estado";
    ON = "On", "Activado";
    SECOND_STEP = "Second step", "Segundo paso";
    RECOVERY_CODES = "Recovery codes", "Códigos de recuperación";
    left(some, all) = "{some} of {all} left", "Quedan {some} de {all}";
    ONE_PASSKEY = "1 passkey", "1 llave de acceso";
    passkeys(count) = "{count} passkeys", "{count} llaves de acceso";
    /// In a list, after the passkeys.
    AND_APP = "authenticator app", "aplicación de autenticación";
    FEW_LEFT =
        "You have few recovery codes left. Make new ones so that you can sign in without your app or passkey.",
        "Le quedan pocos códigos de recuperación. Cree otros para poder iniciar sesión sin su aplicación ni su llave de acceso.";

    // Passkeys
    PASSKEYS = "Passkeys", "Llaves de acceso";
    ABOUT_PASSKEYS =
        "Your phone, your computer, or a security key confirms that it is you, with your fingerprint, your face, a PIN, or a \
         touch. You do not type a code, and a fake site gets nothing.",
        "Su teléfono, su computadora o una llave de seguridad confirma que es usted, con su huella digital, su rostro, un PIN o un \
         toque. Usted no escribe ningún código, y un sitio falso no obtiene nada.";
    ADDED = "Added", "Agregada";
    LAST_USED = "Last used", "Último uso";
    NOT_YET = "Not yet", "Aún no";
    RENAME = "Rename", "Cambiar el nombre";
    REMOVE = "Remove", "Eliminar";
    ADD_PASSKEY = "Add a passkey", "Agregar una llave de acceso";
    where_to_keep(name) =
        "Your browser will ask where to keep “{name}”: on this device, on your phone, or on a security key.",
        "Su navegador le preguntará dónde guardar «{name}»: en este dispositivo, en su teléfono o en una llave de seguridad.";
    CREATE_PASSKEY = "Create the passkey", "Crear la llave de acceso";
    RENAME_PASSKEY = "Rename the passkey", "Cambiar el nombre de la llave de acceso";
    REMOVE_PASSKEY = "Remove the passkey?", "¿Eliminar la llave de acceso?";
    removes(name) =
        "You will no longer be able to sign in with “{name}”. You keep your other ways to sign in. We will sign you out on your \
         other devices.",
        "Ya no podrá iniciar sesión con «{name}». Conserva sus otras formas de iniciar sesión. Cerraremos la sesión en sus otros \
         dispositivos.";
    removes_last(name) =
        "“{name}” is your only second step. Without it, you will sign in with your password alone, and your recovery codes will \
         no longer work. We will sign you out on your other devices.",
        "«{name}» es su único segundo paso. Sin ella, iniciará sesión solo con su contraseña y sus códigos de recuperación ya no \
         funcionarán. Cerraremos la sesión en sus otros dispositivos.";
    WITHOUT_SCRIPT =
        "Passkeys need JavaScript, which is turned off in this browser. The other ways to sign in work without it.",
        "Las llaves de acceso necesitan JavaScript, que está desactivado en este navegador. Las otras formas de iniciar sesión \
         funcionan sin él.";
    NOT_HERE = "Passkeys do not work at this address.", "Las llaves de acceso no funcionan en esta dirección.";
    /// The brackets are the address where they work.
    THERE = "They work at [our main address].", "Funcionan en [nuestra dirección principal].";

    // Authenticator app
    APP = "Authenticator app", "Aplicación de autenticación";
    ABOUT_ANOTHER_APP =
        "Change the app when you get a new phone. Your current app works until you enter the first code from the new one.",
        "Cambie la aplicación cuando tenga un teléfono nuevo. La actual funciona hasta que usted escriba el primer código de la \
         nueva.";
    CHANGE_APP = "Change the app", "Cambiar la aplicación";
    ABOUT_APP =
        "Add another way to sign in, for places where you cannot use a passkey. You can use any authenticator app.",
        "Agregue otra forma de iniciar sesión para cuando no pueda usar una llave de acceso. Sirve cualquier aplicación de \
         autenticación.";
    ADD_APP = "Add an app", "Agregar una aplicación";
    REMOVE_APP = "Remove the app", "Eliminar la aplicación";
    REMOVE_APP_TITLE = "Remove the authenticator app?", "¿Eliminar la aplicación de autenticación?";
    REMOVES_APP =
        "Codes from the app will no longer work. You keep your passkeys and recovery codes. We will sign you out on your other \
         devices.",
        "Los códigos de la aplicación ya no funcionarán. Conserva sus llaves de acceso y sus códigos de recuperación. Cerraremos \
         la sesión en sus otros dispositivos.";
    ADD_APP_TITLE = "Add an authenticator app", "Agregar una aplicación de autenticación";
    BEFORE_ADDING =
        "On the next page, you will add a key to the app and enter the first code.",
        "En la página siguiente, agregará una clave a la aplicación y escribirá el primer código.";
    BEFORE_CHANGING =
        "On the next page, you will add a key to the new app. Your current app works until you enter the first code from the new \
         one.",
        "En la página siguiente, agregará una clave a la nueva aplicación. La actual funciona hasta que usted escriba el primer \
         código de la nueva.";

    // The key for the app
    SETUP = "Add your authenticator app", "Agregue su aplicación de autenticación";
    ADD_KEY = "Add the key to the app", "Agregue la clave a la aplicación";
    SCAN =
        "Open the app on your phone, choose to add an account, and scan this QR code.",
        "Abra la aplicación en su teléfono, elija agregar una cuenta y escanee este código QR.";
    /// In words, for those who do not see it.
    QR_CODE = "QR code with the key for your authenticator app", "Código QR con la clave para su aplicación";
    OPEN_HERE = "Open the app on this device", "Abrir la aplicación en este dispositivo";
    BY_HAND = "If you cannot scan it, enter the key by hand:", "Si no puede escanearlo, escriba la clave:";
    KEY = "Key", "Clave";
    /// After "Copy", for screen readers.
    THE_KEY = "the key", "la clave";
    account(holder) =
        "The account is {holder}. If the app asks for a type, choose time-based.",
        "La cuenta es {holder}. Si la aplicación pide un tipo, elija basado en tiempo.";
    ENTER_FIRST_CODE = "Enter the code that the app shows", "Escriba el código que muestra la aplicación";
    TURN_ON = "Turn on", "Activar";

    // Which one to set up
    /// For reviewers, whose portal is in English.
    STAFF_HEADING = "One more step before you start";
    STAFF =
        "You need two-step sign-in to use the Administrative & Support Portal. You set it up once, in about a minute.";
    WITH_PASSKEY = "With a passkey", "Con una llave de acceso";
    WITH_APP = "With an authenticator app", "Con una aplicación de autenticación";
    ABOUT_SETTING_UP_APP =
        "You can use any authenticator app. Scan a QR code with it, or type a key. Then enter the first code.",
        "Sirve cualquier aplicación de autenticación. Escanee un código QR con ella o escriba una clave. Después escriba el primer \
         código.";
    SET_UP_APP = "Set up an authenticator app", "Configurar una aplicación de autenticación";

    // Proof
    CONFIRM_WITH_PASSKEY = "Confirm with your passkey", "Confirmar con su llave de acceso";
    OR_CODE = "or with a code", "o con un código";
    CODE_FROM_APP =
        "Enter a code from your authenticator app, or one of your recovery codes.",
        "Escriba un código de su aplicación de autenticación, o uno de sus códigos de recuperación.";
    CODE_FROM_LIST = "Enter one of your recovery codes.", "Escriba uno de sus códigos de recuperación.";

    // Recovery codes
    YOUR_CODES = "Your recovery codes", "Sus códigos de recuperación";
    /// After "Copy", for screen readers.
    THE_CODES = "your recovery codes", "sus códigos de recuperación";
    KEEP_CODES =
        "Keep these codes where you can find them without your phone: on paper, or in a password manager. You can use each code \
         once to sign in when you do not have your app or passkey. We show them only this once.",
        "Guarde estos códigos donde pueda encontrarlos sin su teléfono: en papel o en un administrador de contraseñas. Puede usar \
         cada código una vez para iniciar sesión cuando no tenga su aplicación ni su llave de acceso. Solo los mostramos esta vez.";
    CODES_KEPT = "I have saved my codes", "Ya guardé mis códigos";
    CODES_GONE =
        "We show recovery codes only once, so we cannot show them again. If you do not have yours, make new ones.",
        "Mostramos los códigos de recuperación una sola vez y no podemos volver a mostrarlos. Si no tiene los suyos, cree otros.";
    ABOUT_CODES =
        "Use them to sign in when you have neither your app nor your passkey. New codes replace your old ones.",
        "Úselos para iniciar sesión cuando no tenga ni su aplicación ni su llave de acceso. Los códigos nuevos reemplazan a los \
         anteriores.";
    MAKE_NEW_CODES = "Make new recovery codes", "Crear códigos de recuperación nuevos";
    MAKE_CODES = "Make new codes", "Crear códigos";
    OLD_CODES_END = "Your old codes will no longer work.", "Sus códigos anteriores ya no funcionarán.";

    // Turning it off
    TURN_OFF = "Turn off", "Desactivar";
    ABOUT_TURNING_OFF = "You will then sign in with your password alone.", "Después iniciará sesión solo con su contraseña.";
    TURN_OFF_TWO_STEP = "Turn off two-step sign-in", "Desactivar el inicio de sesión en dos pasos";
    TURN_OFF_TITLE = "Turn off two-step sign-in?", "¿Desactivar el inicio de sesión en dos pasos?";
    TURNS_OFF =
        "You will sign in with your password alone. Your authenticator app, passkeys, and recovery codes will no longer work. We \
         will sign you out on your other devices.",
        "Iniciará sesión solo con su contraseña. Su aplicación de autenticación, sus llaves de acceso y sus códigos de \
         recuperación ya no funcionarán. Cerraremos la sesión en sus otros dispositivos.";
}
