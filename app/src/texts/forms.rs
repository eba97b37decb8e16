//! What every form says.

use model::texts;

texts! {
    /// Above the list of what is wrong.
    PROBLEM = "There is a problem", "Hay un problema";
    at_most(characters) = "Use {characters} characters or fewer.", "Use {characters} caracteres como máximo.";
    /// After the label of an input that may stay empty.
    OPTIONAL = "(optional)", "(opcional)";
    /// The first line of a list to choose from.
    SELECT = "– Select –", "– Elija –";
    MONTH = "Month", "Mes";
    DAY = "Day", "Día";
    YEAR = "Year", "Año";
}
