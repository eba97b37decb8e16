//! Inside an app's authorization request. The member portal uses some of the same words.

use model::texts;

pub mod answered;
pub mod ask;
pub mod code;
pub mod ending;
pub mod person;
pub mod practice;

texts! {
    CONTINUE = "Continue", "Continuar";

    // What every step shows
    APP = "App", "Aplicación";
    app_by(app, organization) = "{app}, by {organization}", "{app}, de {organization}";
    HEALTH_PLAN = "Health plan", "Plan de salud";
    /// A link beside the plan. Only screen readers read the part in brackets.
    CHANGE_PLAN = "Change[ health plan]", "Cambiar[ el plan de salud]";
    cancel(app) = "Cancel and go back to {app}", "Cancelar y volver a {app}";
    WHOSE_DATA = "Whose data", "Datos de";

    // Which health plan
    CHOOSE_PLAN = "Choose your health plan", "Elija su plan de salud";
    which_plan(app) =
        "{app} wants to connect to your health plan. Which plan is it?",
        "{app} quiere conectarse con su plan de salud. ¿Cuál es su plan?";

    // Which test member
    CHOOSE_TEST_MEMBER = "Choose a test member", "Elija un miembro de prueba";
    ABOUT_TEST_MEMBERS =
        "This is the sandbox. Its people and their claims are made up. Choose any of them. You can choose another one later.",
        "Este es el entorno de pruebas. Sus personas y reclamaciones son ficticias. Elija la que quiera. Puede elegir otra \
         después.";
    NO_TEST_MEMBERS = "No test members", "No hay miembros de prueba";
    WHY_NO_TEST_MEMBERS =
        "The sandbox does not have any test members of this health plan.",
        "El entorno de pruebas no tiene ningún miembro de prueba de este plan de salud.";
    FIND_BY_NAME = "Find by name", "Buscar por nombre";
    NAME = "Name", "Nombre";
    BORN = "Born", "Nacimiento";
    CLAIMS = "Claims", "Reclamaciones";
    ACTION = "Action", "Acción";
    CHOOSE = "Choose", "Elegir";
}
