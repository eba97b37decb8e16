//! For whom an account may act, and who says so.

use model::{
    representative::{Evidence, Source},
    sentences, texts,
};

texts! {
    TITLE = "People you act for", "Personas en cuyo nombre actúa";
    ABOUT =
        "When an app asks for health data, you can choose one of these people. You see and can stop only the access that you gave. \
         When you may no longer act for someone, that access ends.",
        "Cuando una aplicación pide datos de salud, puede elegir a una de estas personas. Usted ve y puede detener solo los accesos que \
         dio. Cuando ya no pueda actuar en nombre de alguien, esos accesos terminan.";
    ACT_FOR_YOU = "People who may act for you", "Personas que pueden actuar en su nombre";
    ABOUT_ACT_FOR_YOU =
        "These people may share your health data with apps. They see and can stop only the access that they gave. If this is not right, \
         call your health plan.",
        "Estas personas pueden compartir sus datos de salud con aplicaciones. Ven y pueden detener solo los accesos que dieron. Si algo \
         no es correcto, llame a su plan de salud.";
    PERSON = "Person", "Persona";
    UNTIL = "Until", "Hasta";
    NO_END = "As long as the plan says so", "Mientras el plan lo indique";
    from_until(from, until) = "From {from} until {until}", "Desde el {from} hasta el {until}";
    SAYS_WHO = "Who says so", "Quién lo indica";
    /// An administrator, and what they have seen.
    administrator(evidence) = "An administrator: {evidence}", "Un administrador: {evidence}";
}

sentences! {
    pub(crate) source(Source) {
        Feed = "Your health plan", "Su plan de salud";
        Administrator = "An administrator", "Un administrador";
        Unknown = "Unknown", "No se sabe";
    }
}

sentences! {
    pub(crate) evidence(Evidence) {
        CourtOrder = "court order", "orden judicial";
        PowerOfAttorney = "power of attorney", "poder notarial";
        ParentOfMinor = "parent of a minor", "madre o padre de un menor";
        Executor = "executor", "albacea";
        Other = "other evidence", "otra prueba";
        Unknown = "unknown", "no se sabe";
    }
}
