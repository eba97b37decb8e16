//! To a member, about who may read their data. That an address belongs to a member of a plan, and which app they use,
//! can be health data: so these messages name neither payer nor app, and lead to the portal that does.

use model::{email::Email, locale::Locale};

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{FORGOT_PASSWORD, MEMBER, Site},
};

/// The member allowed an app.
pub fn granted(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("You gave an app access", "Dio acceso a una aplicación").paragraph(reader.of(
        "You allowed an app to connect to your health plan. The portal shows which app, what it may read and for how long.",
        "Permitió que una aplicación se conecte con su plan de salud. El portal muestra qué aplicación, qué puede leer y hasta \
         cuándo.",
    ));
    decided(site, reader, letter)
}

/// The member answered an app again, and the new choice took the place of the earlier one.
pub fn changed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("You changed what an app may do", "Usted cambió lo que puede hacer una aplicación");
    let letter = letter.paragraph(reader.of(
        "You answered an app that already had access. Your new choice replaces the earlier one: what the app may read and \
         for how long. The portal shows it.",
        "Respondió a una aplicación que ya tenía acceso. Su nueva decisión reemplaza la anterior: qué puede leer la aplicación y \
         hasta cuándo. El portal la muestra.",
    ));
    decided(site, reader, letter)
}

/// Where the member sees what they decided, and what to do if they did not.
fn decided(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    letter
        .button(t("See your connected apps", "Ver sus aplicaciones conectadas"), site.page(MEMBER))
        .paragraph(t(
            "If this was not you, end the access there. It stops at once. Then change your password.",
            "Si no fue usted, quite el acceso allí. Termina de inmediato. Después cambie su contraseña.",
        ))
        .to(site, reader.to)
}

/// The access ended: by the member, by our staff on the member's behalf, or by the app itself.
pub fn revoked(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("An app's access was ended", "Terminó el acceso de una aplicación")
        .paragraph(t(
            "An app no longer has access to your data. It can read nothing new, but it may keep what it has already read.",
            "Una aplicación ya no tiene acceso a sus datos. No puede leer nada nuevo, pero puede conservar lo que ya leyó.",
        ))
        .button(t("See your connected apps", "Ver sus aplicaciones conectadas"), site.page(MEMBER))
        .to(site, reader.to)
}

/// The plan has the member no more, and what they allowed has ended.
pub fn member_left(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("Your connected apps lost access", "Sus aplicaciones perdieron el acceso")
        .paragraph(t(
            "A health plan told us that its records no longer list you under the member ID you used here. So the access that \
             you gave to apps as that member has ended. They can read nothing new, but may keep what they have already read.",
            "Un plan de salud nos dijo que en sus registros ya no aparece con el ID de miembro que usó aquí. Por eso terminó el \
             acceso que dio a aplicaciones como ese miembro. No pueden leer nada nuevo, pero pueden conservar lo que ya leyeron.",
        ))
        .paragraph(t(
            "If you think this is wrong, ask your health plan. Once it is put right, you can connect the apps again.",
            "Si cree que es un error, pregunte a su plan de salud. Cuando se corrija, podrá conectar las aplicaciones otra vez.",
        ))
        .button(t("See what has ended", "Ver lo que terminó"), site.page("/member/past"))
        .to(site, reader.to)
}

/// To whoever was linked to a person's records before: another account now is, too.
pub fn linked_elsewhere(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("Another account was linked to your records", "Otra cuenta se vinculó con sus registros")
        .paragraph(t(
            "Someone proved with a member card, or through a health plan, that they are the member you are linked to here. Their \
             account can now see the same records and share them with apps.",
            "Alguien demostró con una tarjeta de miembro, o por medio de un plan de salud, ser el miembro con el que usted está \
             vinculado aquí. Su cuenta ahora puede ver los mismos registros y compartirlos con aplicaciones.",
        ))
        .paragraph(t(
            "If it was you, with another account, you do not need to do anything. If it was not you, call your health plan at the \
             number on your member card, and change your password:",
            "Si fue usted, con otra cuenta, no tiene que hacer nada. Si no fue usted, llame a su plan de salud al número de su \
             tarjeta de miembro y cambie su contraseña:",
        ))
        .button(t("See your connected apps", "Ver sus aplicaciones conectadas"), site.page(MEMBER))
        .button(t("Reset password", "Restablecer la contraseña"), site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// To the address that a plan has of a member: the code that links an account. The reader may never have been here, so it
/// greets nobody by name.
pub fn member_code(site: &Site, to: &Email, locale: Locale, code: &str) -> Message {
    let t = |english, spanish| locale.of(english, spanish);
    Letter::in_language(locale, t("Your code", "Su código"))
        .paragraph(t("Hello,", "Hola:"))
        .paragraph(t(
            "Someone, probably you, is linking an account to your records and gave the details of your card. To go on, enter \
             this code on the page that asked for it:",
            "Alguien, probablemente usted, está vinculando una cuenta con sus registros y dio los datos de su tarjeta. Para \
             continuar, escriba este código en la página que lo pidió:",
        ))
        .facts(&[(t("Code", "Código"), code)])
        .paragraph(t("It works for 15 minutes.", "Funciona durante 15 minutos."))
        .paragraph(t(
            "If this was not you, give the code to no one. Without it nothing is linked.",
            "Si no fue usted, no dé el código a nadie. Sin él no se vincula nada.",
        ))
        .to(site, to)
}

/// The app was deleted by whoever made it, which ends its access.
pub fn app_deleted(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("An app's access was ended", "Terminó el acceso de una aplicación")
        .paragraph(t(
            "The makers of an app that you had connected have deleted it, so its access to your data has ended. It can read \
             nothing new. It may still hold what it read before: ask its makers to delete that, if you wish.",
            "Los creadores de una aplicación que usted había conectado la eliminaron, así que ya no tiene acceso a sus datos. \
             No puede leer nada nuevo, pero puede conservar lo que ya leyó: si lo desea, pida a sus creadores que lo eliminen.",
        ))
        .button(t("See which app it was", "Ver qué aplicación era"), site.page(&format!("{MEMBER}/past")))
        .to(site, reader.to)
}
