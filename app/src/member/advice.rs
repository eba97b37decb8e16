//! `/member/advice`: what to look for in an app, and where to complain (45 CFR 156.221(g) asks payers to say it).

use leptos::prelude::*;

use crate::{
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let title = locale.of("Choosing an app", "Elegir una aplicación");
    let question = |text: &'static str| view! { <li>{text}</li> };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{locale.of(
            "An app that has your health information can help you, and can do harm. Find out about it first.",
            "Una aplicación con su información de salud puede ayudarle, y también perjudicarle. Infórmese antes.",
        )}</p>
        <h2>{locale.of("Ask before you connect it", "Pregúntese antes de conectarla")}</h2>
        <ul class="usa-list">{questions(locale).into_iter().map(question).collect_view()}</ul>
        <p>{locale.of(
            "An app without a privacy policy, or with one that you do not understand, is better not connected.",
            "Es mejor no conectar una aplicación sin política de privacidad o con una que usted no entiende.",
        )}</p>
        <h2>{locale.of("Who must keep HIPAA", "Quién debe cumplir HIPAA")}</h2>
        <p>{locale.of(
            "Your health plan, your doctors and their contractors must follow the HIPAA rules. Most apps need not: for them the \
             Federal Trade Commission Act applies, which forbids to deceive, for example by sharing data against their own \
             privacy policy.",
            "Su plan de salud, sus médicos y sus contratistas deben cumplir las reglas de HIPAA. La mayoría de las aplicaciones no: \
             para ellas rige la Ley de la Comisión Federal de Comercio, que prohíbe engañar, por ejemplo compartiendo datos en \
             contra de su propia política de privacidad.",
        )}</p>
        <h2>{locale.of("Where to complain", "Dónde presentar una queja")}</h2>
        <ul class="usa-list">
            <li>
                <a href="https://www.ftc.gov/complaint" rel="noopener noreferrer" target="_blank">
                    {locale.of("Federal Trade Commission (FTC)", "Comisión Federal de Comercio (FTC)")}
                </a>
                {locale.of(": if an app misused your data.", ": si una aplicación usó mal sus datos.")}
            </li>
            <li>
                <a href="https://www.hhs.gov/ocr/complaints" rel="noopener noreferrer" target="_blank">
                    {locale.of("Office for Civil Rights (OCR), US Department of Health and Human Services", "Oficina de Derechos Civiles (OCR), Departamento de Salud y Servicios Humanos de EE. UU.")}
                </a>
                {locale.of(": if your health plan or a doctor violated your privacy.", ": si su plan de salud o un médico violó su privacidad.")}
            </li>
        </ul>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member/advice"))
}

fn questions(locale: Locale) -> [&'static str; 8] {
    [
        locale
            .of("Which data does it collect, and does it need all of it?", "¿Qué datos recopila? ¿Los necesita todos?"),
        locale.of(
            "Does it keep the data in a way that does not tell who you are?",
            "¿Guarda los datos sin revelar quién es usted?",
        ),
        locale.of(
            "Does it pass your data on or sell it? To whom, and what for?",
            "¿Entrega o vende sus datos? ¿A quién y para qué?",
        ),
        locale.of("Can you limit what it does with your data?", "¿Puede limitar lo que hace con sus datos?"),
        locale.of("How does it protect your data?", "¿Cómo protege sus datos?"),
        locale.of(
            "What does it mean for others, your family for example?",
            "¿Qué significa para otras personas, por ejemplo su familia?",
        ),
        locale.of("Can you see and correct your data there?", "¿Puede ver y corregir sus datos ahí?"),
        locale.of("When you stop using it, does it delete your data?", "Cuando deje de usarla, ¿elimina sus datos?"),
    ]
}
