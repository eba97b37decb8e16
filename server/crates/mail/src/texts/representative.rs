//! About acting for a member. The sentences name no health plan, and of the member only the first name.

use model::texts;

texts! {
    MAY_ACT = "You may now act for another person", "Ahora puede actuar en nombre de otra persona";
    may_act_body(name) =
        "A health plan's records now say that you may act for {name}. When an app asks for health data, you can choose whose data \
         to share: your own, or that of {name}.",
        "Según los registros de un plan de salud, usted ahora puede actuar en nombre de {name}. Cuando una aplicación pida datos \
         de salud, puede elegir qué datos compartir: los suyos o los de {name}.";
    MAY_ACT_WHERE =
        "The member portal shows for whom you may act, and until when. There you can also stop each app.",
        "El portal para miembros muestra en nombre de quién puede actuar y hasta cuándo. Allí también puede detener cada aplicación.";
    MAY_ACT_WRONGLY =
        "If you do not know this person, do not share anything, and call the health plan.",
        "Si no conoce a esta persona, no comparta nada y llame al plan de salud.";

    ACTS_FOR_YOU = "Someone may now act for you", "Alguien puede actuar ahora en su nombre";
    acts_for_you_body(name) =
        "A health plan's records now say that {name} may act for you. This person can share your health data with apps, and can stop \
         those apps.",
        "Según los registros de un plan de salud, {name} ahora puede actuar en su nombre. Esta persona puede compartir sus datos de \
         salud con aplicaciones y puede detener esas aplicaciones.";
    ACTS_FOR_YOU_WRONGLY =
        "If you do not want this, or do not know this person, call your health plan at the number on your member card.",
        "Si no lo desea o no conoce a esta persona, llame a su plan de salud al número de su tarjeta de miembro.";

    ENDED = "You may no longer act for another person", "Ya no puede actuar en nombre de otra persona";
    ended_body(name) =
        "You may no longer act for {name}. If you gave apps access to {name}'s data, that access has ended. The apps cannot read \
         anything new, but they may keep what they have already read.",
        "Usted ya no puede actuar en nombre de {name}. Si dio a aplicaciones acceso a los datos de {name}, ese acceso terminó. Las \
         aplicaciones no pueden leer nada nuevo, pero pueden conservar lo que ya leyeron.";
    ENDED_WRONGLY =
        "If you think this is a mistake, contact the health plan.",
        "Si cree que es un error, comuníquese con el plan de salud.";

    ENDED_FOR_YOU = "Someone may no longer act for you", "Alguien ya no puede actuar en su nombre";
    ended_for_you_body(name) =
        "{name} may no longer act for you. If this person gave apps access to your data, that access has ended.",
        "{name} ya no puede actuar en su nombre. Si esta persona dio a aplicaciones acceso a sus datos, ese acceso terminó.";
    SEE_YOURS = "Open the member portal", "Abrir el portal para miembros";
}
