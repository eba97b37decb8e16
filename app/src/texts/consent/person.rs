//! Whose data, for people who may act for others.

use model::texts;

texts! {
    TITLE = "Whose data?", "¿Los datos de quién?";
    about(app) =
        "You may act for other people. Choose whose data {app} may ask for. On the next page, you decide what to share.",
        "Usted puede actuar en nombre de otras personas. Elija los datos de quién puede pedir {app}. En la página siguiente usted \
         decide qué compartir.";
    /// Below the name.
    OWN = "Your own data", "Sus propios datos";
    /// As a name, where the account is not linked yet.
    YOURSELF = "Yourself", "Usted";
    LINK_FIRST =
        "Your own data. First, you link your account to your health plan.",
        "Sus propios datos. Primero vincula su cuenta con su plan de salud.";
    CHOOSE_FIRST =
        "Your own data. First, you choose a test member.",
        "Sus propios datos. Primero elige un miembro de prueba.";
    born(date) = "Born {date}", "Nacimiento: {date}";
    ACTS = "You act for this person", "Usted actúa en nombre de esta persona";
    acts_until(date) = "You act for this person until {date}", "Usted actúa en nombre de esta persona hasta el {date}";

    // If it ended while the request waited
    NO_LONGER =
        "You can't share data of the person you chose. You may no longer act for them, or you signed in with another account.",
        "No puede compartir datos de la persona que eligió. Ya no puede actuar en su nombre o inició sesión con otra cuenta.";
    NO_ONE =
        "There is no one else whose data you could share with this app.",
        "No hay otra persona cuyos datos usted pueda compartir con esta aplicación.";

    CHOOSE_SOMEONE_ELSE = "Choose another person", "Elegir a otra persona";
    NOT_IN_DATA =
        "The data of this plan does not include the person you act for right now.",
        "Los datos de este plan no incluyen en este momento a la persona en cuyo nombre actúa.";
}
