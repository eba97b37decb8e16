//! Roles within an organization's team.

words! {
    TeamRole {
        /// Answers for the organization: edits its registration, manages the team.
        Owner = "owner",
        /// Registers and runs apps.
        Developer = "developer",
        ..Unknown
    }
}
