//! To a member, about who may read their data. No sentence names a health plan or an app.

use model::texts;

texts! {
    GRANTED = "You gave an app access", "Usted dio acceso a una aplicación";
    GRANTED_BODY =
        "You allowed an app to connect to your health plan. In the member portal, you can see which app it is, what it may \
         read, and for how long.",
        "Usted permitió que una aplicación se conecte con su plan de salud. En el portal para miembros puede ver qué aplicación \
         es, qué puede leer y hasta cuándo.";

    CHANGED = "You changed what an app may do", "Usted cambió lo que puede hacer una aplicación";
    CHANGED_BODY =
        "An app that already had access asked you again, and you answered. Your new answer replaces the earlier one: what the \
         app may read, and for how long. You can see it in the member portal.",
        "Una aplicación que ya tenía acceso le preguntó de nuevo y usted respondió. Su nueva respuesta reemplaza la anterior: qué \
         puede leer la aplicación y hasta cuándo. Puede verla en el portal para miembros.";

    LENGTH = "You changed how long an app has access", "Usted cambió hasta cuándo tiene acceso una aplicación";
    LENGTH_BODY =
        "You changed the day on which an app's access ends. You can see the new day in the member portal.",
        "Usted cambió el día en que termina el acceso de una aplicación. Puede ver el nuevo día en el portal para miembros.";

    STILL_CONNECTED =
        "Apps can still read your data",
        "Hay aplicaciones que todavía pueden leer sus datos";
    STILL_CONNECTED_BODY =
        "We write to you every 90 days while apps are connected to your health plan. In the member portal, you can see which apps \
         they are, what they may read, and when they last read it.",
        "Le escribimos cada 90 días mientras haya aplicaciones conectadas con su plan de salud. En el portal para miembros puede \
         ver qué aplicaciones son, qué pueden leer y cuándo lo leyeron por última vez.";
    STILL_CONNECTED_STOP =
        "If you still want this, you do not need to do anything. If you no longer use an app, stop its access there.",
        "Si todavía lo desea, no tiene que hacer nada. Si ya no usa una aplicación, detenga allí su acceso.";

    ENDS_SOON = "An app's access ends in 14 days or less", "El acceso de una aplicación termina en 14 días o menos";
    ENDS_SOON_BODY =
        "The time that you gave an app to read your data is almost over. Then its access ends by itself.",
        "El tiempo que usted dio a una aplicación para leer sus datos está por terminar. Después, su acceso termina solo.";
    ENDS_SOON_RENEW =
        "If you want to keep using the app, give it more time. If not, you do not need to do anything.",
        "Si desea seguir usando la aplicación, dele más tiempo. Si no, no tiene que hacer nada.";
    SEE_OR_RENEW = "See which app it is", "Ver qué aplicación es";

    NOT_YOU =
        "If this was not you, end the app's access there. It ends at once. Then change your password.",
        "Si no fue usted, quite allí el acceso de la aplicación. El acceso termina de inmediato. Después cambie su contraseña.";

    /// The subject of two letters.
    ENDED = "An app's access has ended", "Terminó el acceso de una aplicación";
    REVOKED =
        "An app no longer has access to your data. It cannot read anything new, but it may keep what it has already read.",
        "Una aplicación ya no tiene acceso a sus datos. No puede leer nada nuevo, pero puede conservar lo que ya leyó.";
    APP_DELETED =
        "The organization behind an app that you had connected has deleted the app, so the app no longer has access to your \
         data. It cannot read anything new, but it may keep what it has already read. If you want that to be deleted, ask the \
         organization.",
        "La organización que ofrece una aplicación que usted había conectado la eliminó, así que la aplicación ya no tiene acceso \
         a sus datos. No puede leer nada nuevo, pero puede conservar lo que ya leyó. Si desea que eso se elimine, pídalo a la \
         organización.";
    REVOKED_BY_STAFF =
        "Our support team ended an app's access to your data. It cannot read anything new, but it may keep what it has already read.",
        "Nuestro equipo de soporte terminó el acceso de una aplicación a sus datos. No puede leer nada nuevo, pero puede conservar lo \
         que ya leyó.";
    REVOKED_BY_STAFF_WRONGLY =
        "If you did not ask for this, call your health plan at the number on your member card. You can connect the app again at any \
         time.",
        "Si usted no lo pidió, llame a su plan de salud al número de su tarjeta de miembro. Puede conectar la aplicación otra vez \
         cuando quiera.";
    APP_REVOKED =
        "We no longer allow an app that you had connected, so it has no access to your data now. It cannot read anything new, but it \
         may keep what it has already read. If you want that to be deleted, ask the organization behind the app.",
        "Ya no permitimos una aplicación que usted había conectado, así que ahora no tiene acceso a sus datos. No puede leer nada \
         nuevo, pero puede conservar lo que ya leyó. Si desea que eso se elimine, pídalo a la organización que ofrece la aplicación.";
    SEE_WHICH_APP = "See which app it was", "Ver qué aplicación era";

    MEMBER_LEFT = "Your connected apps lost access", "Sus aplicaciones conectadas perdieron el acceso";
    MEMBER_LEFT_BODY =
        "A health plan's records no longer list you under the member ID that you used here. For this reason, the access that \
         you gave to apps as that member has ended. The apps cannot read anything new, but they may keep what they have already \
         read.",
        "En los registros de un plan de salud, usted ya no aparece con el ID de miembro que usó aquí. Por eso terminó el acceso \
         que dio a aplicaciones como ese miembro. Las aplicaciones no pueden leer nada nuevo, pero pueden conservar lo que ya \
         leyeron.";
    MEMBER_LEFT_WRONGLY =
        "If you think this is a mistake, contact your health plan. Once it is corrected, you can connect the apps again.",
        "Si cree que es un error, comuníquese con su plan de salud. Cuando se corrija, podrá conectar las aplicaciones otra vez.";
    SEE_WHAT_ENDED = "See what has ended", "Ver lo que terminó";

    LINKED_ELSEWHERE = "Another account was linked to your records", "Otra cuenta se vinculó con sus registros";
    LINKED_ELSEWHERE_BODY =
        "Someone proved with a member card, or through a health plan, that they are the member you are linked to here. Their \
         account can now see the same records and share them with apps.",
        "Alguien demostró con una tarjeta de miembro, o por medio de un plan de salud, que es el miembro con el que usted está \
         vinculado aquí. Su cuenta ahora puede ver los mismos registros y compartirlos con aplicaciones.";
    LINKED_ELSEWHERE_ADVICE =
        "If this was you, with another account, you do not need to do anything. If it was not you, call your health plan at the \
         number on your member card and change your password:",
        "Si fue usted, con otra cuenta, no tiene que hacer nada. Si no fue usted, llame a su plan de salud al número de su \
         tarjeta de miembro y cambie su contraseña:";

    MEMBER_CODE = "Your code", "Su código";
    MEMBER_CODE_BODY =
        "Someone, probably you, entered the details of your card to link an account to your records. To continue, enter this \
         code on the page that asked for it:",
        "Alguien, probablemente usted, escribió los datos de su tarjeta para vincular una cuenta con sus registros. Para \
         continuar, escriba este código en la página que lo pidió:";
    CODE = "Code", "Código";
    CODE_WORKS = "The code works for 15 minutes.", "El código funciona durante 15 minutos.";
    CODE_NOT_YOURS =
        "If this was not you, do not give the code to anyone. Without the code, no account is linked.",
        "Si no fue usted, no dé el código a nadie. Sin el código no se vincula ninguna cuenta.";
}
