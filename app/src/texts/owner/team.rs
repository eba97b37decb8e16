//! The team, invitations to it, and the organizations of an account.

use model::{sentences, team::Act, texts};

texts! {
    TITLE = "Team";
    team_of(organization) = "These people act for {organization} in this portal.";
    ROLE = "Role";
    SINCE = "Since";
    WHAT_TO_DO = "What you can do";
    you(name) = "{name} (you)";

    CHANGE_ROLE = "Change role";
    HAND_OVER = "Hand over ownership";
    REMOVE = "Remove";
    LEAVE = "Leave the team";

    WHAT_ROLES_MAY_DO = "What each role may do";
    ACT = "Action";
    MAY = "Yes";
    MAY_NOT = "No";

    // Questions. The brackets hold the colleague's name, or the organization's.
    OWNER_QUESTION = "Make this member an owner?";
    ABOUT_OWNER =
        "[Name] will be able to edit the organization's registration, delete apps, and manage the team. This includes your role.";
    MAKE_OWNER = "Make an owner";
    DEVELOPER_QUESTION = "Make this owner a developer?";
    ABOUT_DEVELOPER =
        "[Name] will no longer be able to edit the organization's registration, delete apps, or manage the team. The invitations \
         they sent end.";
    MAKE_DEVELOPER = "Make a developer";
    HAND_OVER_QUESTION = "Hand over your ownership?";
    ABOUT_HAND_OVER =
        "[Name] becomes an owner, and you become a developer. You can no longer edit the organization's registration, delete apps, \
         or manage the team. Only an owner can undo this.";
    REMOVE_QUESTION = "Remove this member from the team?";
    ABOUT_REMOVE =
        "[Name] can no longer see or change anything of the organization as soon as you confirm. Their drafts and the invitations \
         they sent are deleted. We will email them.";
    loses_apps(count) =
        "Apps that they lose access to: {count}. If they know client secrets, generate new ones and end the old ones.";
    LEAVE_QUESTION = "Leave the team?";
    ABOUT_LEAVE =
        "You can no longer see or change anything of [Organization] as soon as you confirm. Your drafts for it are deleted. We will \
         email the owners.";

    // Invitations
    INVITE = "Invite a colleague";
    SEND_INVITATION = "Send the invitation";
    INVITATIONS = "Invitations";
    INVITED_BY = "Invited by";
    VALID_UNTIL = "Valid until";
    EXPIRED = "Expired";
    SEND_AGAIN = "Send again";
    WITHDRAW = "Withdraw";

    // The link of an invitation
    JOIN_TITLE = "Join the team";
    ORGANIZATION = "Organization";
    SENT_TO = "Sent to";
    YOU_JOIN_AS = "You join as";
    HEALTHCARE_ID = "Healthcare ID";
    OTHER_ADDRESS =
        "This invitation was sent to another email address than the one of your Healthcare ID. The owners of the organization will \
         see which address joined.";
    it_is_me(email) = "The invitation to {email} is for me, and I want to join with this Healthcare ID.";
    JOIN = "Join the team";
    NOT_NOW = "Not now";
    ANOTHER_ID = "To join with another Healthcare ID, sign out and open the link of the email again.";
    EXPIRED_TITLE = "This invitation no longer works";
    ABOUT_EXPIRED =
        "It was already used, withdrawn, or sent again, or its 7 days are over. Ask an owner of the organization to send it again.";
    TO_DASHBOARD = "Go to the dashboard";
    ALREADY_TITLE = "You are already on the team";
    already(organization) = "Your Healthcare ID belongs to the team of {organization} already.";
    /// The brackets are the link.
    SEE_TEAM = "See the [team].";

    // The organizations of an account
    YOUR_ORGANIZATIONS = "Your organizations";
    SEE_ORGANIZATIONS = "See your organizations, or register another one";
    ABOUT_ORGANIZATIONS = "You act for one organization at a time. You can switch at any time.";
    STATUS = "Status";
    CHOSEN = "You act for it now";
    CHOOSE = "Switch to it";
    REGISTER_ANOTHER = "Register another organization";
}

sentences! {
    pub(crate) act(Act) {
        EditOrganization = "Edit the organization's registration";
        Appeal = "Appeal a decision";
        ManageTeam = "Invite and remove members, and change roles";
        DeleteApp = "Delete apps";
        RegisterApp = "Register apps";
        EditApp = "Edit apps";
        SwitchApp = "Deactivate and reactivate apps";
        Credentials = "Manage secrets, public keys, and notice addresses";
        Converse = "Write comments and answers";
    }
}
