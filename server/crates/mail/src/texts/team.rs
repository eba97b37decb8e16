//! About an organization's team, to vendors. No sentence ends with a name, because many names end with a full stop.

use model::{sentences, team::TeamRole, texts};

texts! {
    invited_subject(organization) = "You are invited to the team of {organization}", "Le invitan al equipo de {organization}";
    invited(by, organization, role) =
        "{by} invites you to the team of {organization} in our App Owner portal, {role}.",
        "{by} le invita al equipo de {organization} en nuestro portal App Owner, {role}.";
    /// Where we no longer know who it was.
    COLLEAGUE = "A colleague", "Un colega";
    SEVEN_DAYS =
        "You can use the link once, within the next 7 days. You need a Healthcare ID, which you can create on the way.",
        "Puede usar el enlace una vez, en los próximos 7 días. Necesita un Healthcare ID, que puede crear en ese momento.";
    SEE_INVITATION = "See the invitation", "Ver la invitación";
    NOT_EXPECTED =
        "If you do not know this organization, you do not need to do anything.",
        "Si no conoce esta organización, no tiene que hacer nada.";

    joined_subject(organization) = "A new member is on the team of {organization}", "Hay una nueva persona en el equipo de {organization}";
    joined(organization) =
        "Someone accepted your invitation to {organization} and is on the team now.",
        "Alguien aceptó su invitación a {organization} y ya está en el equipo.";
    JOINED_WRONGLY =
        "If this is not the person you invited, remove them from the team.",
        "Si no es la persona que usted invitó, quítela del equipo.";
    NAME = "Name", "Nombre";
    EMAIL = "Email", "Correo electrónico";
    INVITED_ADDRESS = "Invited address", "Dirección invitada";
    ROLE = "Role", "Rol";
    SEE_TEAM = "See the team", "Ver el equipo";

    removed_subject(organization) = "You are no longer on the team of {organization}", "Ya no está en el equipo de {organization}";
    removed(organization) =
        "An owner of {organization} removed you from the team. You can no longer see its apps.",
        "Un propietario de {organization} le quitó del equipo. Ya no puede ver sus aplicaciones.";
    REMOVED_WRONGLY =
        "If you think that this is a mistake, contact an owner of the organization.",
        "Si cree que es un error, comuníquese con un propietario de la organización.";

    left_subject(organization) = "A member left the team of {organization}", "Una persona dejó el equipo de {organization}";
    left(who, organization) =
        "{who} left the team of {organization} and can no longer see its apps.",
        "{who} dejó el equipo de {organization} y ya no puede ver sus aplicaciones.";

    role_subject(organization) = "Your role at {organization} changed", "Cambió su rol en {organization}";
    role_changed(organization, role) =
        "From now on you act for {organization} {role}.",
        "Desde ahora actúa en nombre de {organization} {role}.";

    owner_named_subject(organization) = "{organization} has a new owner", "{organization} tiene un nuevo propietario";
    owner_named(owner, organization) =
        "An administrator made {owner} an owner of {organization} in our App Owner portal. This is the reason:",
        "Un administrador nombró a {owner} propietario de {organization} en nuestro portal App Owner. Este es el motivo:";
    OWNER_NAMED_WRONGLY =
        "If you think that this is a mistake, contact our support team.",
        "Si cree que es un error, comuníquese con nuestro equipo de soporte.";
}

sentences! {
    pub(crate) role(TeamRole) {
        Owner = "Owner", "Propietario";
        Developer = "Developer", "Desarrollador";
        Unknown = "Unknown", "Desconocido";
    }
}

sentences! {
    pub(crate) as_role(TeamRole) {
        Owner = "as an owner", "como propietario";
        Developer = "as a developer", "como desarrollador";
        Unknown = "as a member of the team", "como miembro del equipo";
    }
}

sentences! {
    pub(crate) may(TeamRole) {
        Owner =
            "Owners register and run apps, edit the organization's registration, and manage the team.",
            "Los propietarios registran y administran aplicaciones, modifican el registro de la organización y dirigen el equipo.";
        Developer = "Developers register and run apps.", "Los desarrolladores registran y administran aplicaciones.";
        Unknown = "The team page says what you may do.", "La página del equipo dice qué puede hacer.";
    }
}
