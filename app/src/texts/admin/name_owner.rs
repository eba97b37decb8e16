//! `/admin/organizations/{id}/owner`

use model::texts;

texts! {
    title(name) = "Name an owner of {name}";
    EFFECT =
        "The new owner can edit the registration, delete apps, generate credentials, and manage the team. The current members \
         keep their roles. We will email all owners and the new one.";
    NAME_OWNER = "Name the owner";
    TEAM = "Team";
    EMPTY_TEAM = "No one is on the team.";
    OWNERS = "Owners now";
    APPS = "Apps";
    colleague(name, email, role) = "{name}, {email} ({role})";
}
