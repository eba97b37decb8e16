//! The portal before sign-in.

use model::texts;

texts! {
    TITLE = "See which apps can read your health data", "Vea qué aplicaciones pueden leer sus datos de salud";
    ABOUT =
        "You can let an app read the data that your health plan has about you. Here you stay in control of that.",
        "Usted puede permitir que una aplicación lea los datos que su plan de salud tiene sobre usted. Aquí usted mantiene el \
         control.";

    DO = "What you can do here", "Qué puede hacer aquí";
    SEE = "See which apps have access, to what, and until when.", "Ver qué aplicaciones tienen acceso, a qué y hasta cuándo.";
    READ = "See what each app read, day by day.", "Ver qué leyó cada aplicación, día por día.";
    STOP = "Stop an app's access. It ends at once.", "Detener el acceso de una aplicación. Termina de inmediato.";
    MORE = "Give an app more time, or less.", "Dar a una aplicación más tiempo, o menos.";

    HOW = "How to sign in", "Cómo iniciar sesión";
    ABOUT_HOW =
        "Sign in the same way as when you connected the app: with your health plan's account or with your Healthcare ID.",
        "Inicie sesión de la misma manera que cuando conectó la aplicación: con la cuenta de su plan de salud o con su Healthcare \
         ID.";
    SIGN_IN = "Sign in", "Iniciar sesión";
    WHAT_IS_ID = "What is Healthcare ID?", "¿Qué es Healthcare ID?";

    NO_APP = "Not connected to an app yet?", "¿Aún no ha conectado una aplicación?";
    ABOUT_NO_APP =
        "You start in the app that you want to use. It sends you here, and you decide.",
        "Se empieza en la aplicación que desea usar. Ella lo trae aquí, y usted decide.";
    ADVICE = "What to look for in an app", "Qué buscar en una aplicación";
}
