//! Roles within an organization's team, and what they may do.

words! {
    TeamRole {
        /// Answers for the organization: edits its registration, manages the team.
        Owner = "owner",
        /// Registers and runs apps.
        Developer = "developer",
        ..Unknown
    }
}

words! {
    /// What a member of the team does in the name of the organization.
    Act {
        /// Corrects or changes the organization's registration.
        EditOrganization = "edit-organization",
        /// Asks for another look at a denial.
        Appeal = "appeal",
        /// Invites, removes, and changes roles.
        ManageTeam = "manage-team",
        /// Deletes an app for good.
        DeleteApp = "delete-app",
        RegisterApp = "register-app",
        EditApp = "edit-app",
        /// Deactivates an app, and activates it again.
        SwitchApp = "switch-app",
        /// Secrets, public keys, and the address for notices.
        Credentials = "credentials",
        /// Comments, questions, and answers.
        Converse = "converse",
    }
}

impl TeamRole {
    /// Whether a member with this role may do it. Everyone may read, and leave.
    pub fn may(self, act: Act) -> bool {
        match self {
            Self::Owner => true,
            Self::Developer => match act {
                Act::EditOrganization | Act::Appeal | Act::ManageTeam | Act::DeleteApp => false,
                Act::RegisterApp | Act::EditApp | Act::SwitchApp | Act::Credentials | Act::Converse => true,
            },
            Self::Unknown => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_may_do_everything_developers_run_apps_and_unknown_roles_nothing() {
        fn check(act: Act, owner: bool, developer: bool) {
            assert_eq!((TeamRole::Owner.may(act), TeamRole::Developer.may(act)), (owner, developer), "{act}");
            assert!(!TeamRole::Unknown.may(act), "{act}");
        }
        let table = [
            (Act::EditOrganization, true, false),
            (Act::Appeal, true, false),
            (Act::ManageTeam, true, false),
            (Act::DeleteApp, true, false),
            (Act::RegisterApp, true, true),
            (Act::EditApp, true, true),
            (Act::SwitchApp, true, true),
            (Act::Credentials, true, true),
            (Act::Converse, true, true),
        ];
        assert_eq!(table.map(|(act, ..)| act).as_slice(), Act::ALL, "each act has its row");
        for (act, owner, developer) in table {
            check(act, owner, developer);
        }
    }
}
