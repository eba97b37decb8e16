//! What to look for in an app, and where to complain (45 CFR 156.221(g)).

use model::texts;

texts! {
    TITLE = "Choosing an app", "Elegir una aplicación";
    ABOUT =
        "An app that has your health data can help you, and it can harm you. Learn about it first.",
        "Una aplicación que tiene sus datos de salud puede ayudarle y también perjudicarle. Infórmese antes.";

    ASK = "Ask before you connect it", "Pregúntese antes de conectarla";
    COLLECTS = "What data does it collect, and does it need all of it?", "¿Qué datos recopila? ¿Los necesita todos?";
    HIDES_NAMES =
        "Does it store the data in a way that does not show who you are?",
        "¿Guarda los datos sin mostrar quién es usted?";
    PASSES_ON =
        "Does it give your data to others or sell it? To whom, and what for?",
        "¿Entrega sus datos a otros o los vende? ¿A quién y para qué?";
    LIMITS = "Can you limit what it does with your data?", "¿Puede usted limitar lo que hace con sus datos?";
    PROTECTS = "How does it protect your data?", "¿Cómo protege sus datos?";
    OTHERS =
        "What does it mean for others, such as your family?",
        "¿Qué significa para otras personas, como su familia?";
    CORRECTS = "Can you see and correct your data there?", "¿Puede ver y corregir sus datos ahí?";
    DELETES =
        "When you stop using it, does it delete your data?",
        "Cuando deje de usarla, ¿elimina sus datos?";
    BETTER_NOT =
        "It is better not to connect an app that does not have a privacy policy. The same is true if you do not understand its policy.",
        "Es mejor no conectar una aplicación que no tiene política de privacidad. Lo mismo vale si usted no entiende su política.";

    HIPAA = "Who must follow HIPAA", "Quién debe cumplir HIPAA";
    ABOUT_HIPAA =
        "Your health plan, your doctors, and their contractors must follow the HIPAA rules. Most apps do not have to. The Federal \
         Trade Commission Act applies to them. It forbids them to deceive people, for example by sharing data against their own \
         privacy policy.",
        "Su plan de salud, sus médicos y sus contratistas deben cumplir las reglas de HIPAA. La mayoría de las aplicaciones no. \
         Para ellas rige la Ley de la Comisión Federal de Comercio. Esa ley les prohíbe engañar, por ejemplo, al compartir datos \
         en contra de su propia política de privacidad.";

    COMPLAIN = "Where to complain", "Dónde presentar una queja";
    /// The brackets are links.
    FTC =
        "[Federal Trade Commission (FTC)]: if an app misused your data.",
        "[Comisión Federal de Comercio (FTC)]: si una aplicación usó mal sus datos.";
    OCR =
        "[Office for Civil Rights (OCR), US Department of Health and Human Services]: if your health plan or a doctor violated \
         your privacy.",
        "[Oficina de Derechos Civiles (OCR), Departamento de Salud y Servicios Humanos de EE. UU.]: si su plan de salud o un \
         médico violó su privacidad.";
}
