//! A code that arrives by letter after the app's request has ended.

use model::texts;

texts! {
    on_its_way(plan) = "A code from {plan} is on its way to you.", "Un código de {plan} va en camino.";
    ENTER_LINK = "Enter the code", "Escribir el código";
    ENTER = "Enter your code", "Escriba su código";
    NONE =
        "We are not waiting for a code from you. If your code no longer works, connect the app again and enter the details from \
         your card to get a new one.",
        "No esperamos ningún código suyo. Si su código ya no funciona, conecte la aplicación otra vez y escriba los datos de su \
         tarjeta para recibir otro.";
    BACK = "Back to your connected apps", "Volver a sus aplicaciones conectadas";
}
