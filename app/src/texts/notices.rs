//! What is said on the page after a form was done, and why another page than the one asked for is shown. The address
//! carries a word of ours alone, so that no link can put sentences into our mouth.

use model::{sentences, words};

words! {
    /// `?done=saved`
    Notice {
        Saved = "saved",
        SignedOut = "signed-out",
        Verified = "verified",
        VerifiedElsewhere = "verified-elsewhere",
        Disowned = "disowned",
        ResetElsewhere = "reset-elsewhere",
        Password = "password",
        Reset = "reset",
        Sessions = "sessions",
        Email = "email",
        TwoStepOn = "two-step-on",
        TwoStepOff = "two-step-off",
        PasskeyAdded = "passkey-added",
        PasskeyRemoved = "passkey-removed",
        AppAdded = "app-added",
        AppRemoved = "app-removed",
        Revoked = "revoked",
        Linked = "linked",
        Submitted = "submitted",
        Approved = "approved",
        FirstApproval = "first-approval",
        CriterionAdded = "criterion-added",
        CriterionRetired = "criterion-retired",
        CriterionRestored = "criterion-restored",
        Denied = "denied",
        Asked = "asked",
        Claimed = "claimed",
        Released = "released",
        SecretEnded = "secret-ended",
        KeysSet = "keys-set",
        KeysRemoved = "keys-removed",
        NoticeAddressSet = "notice-address-set",
        NoticeAddressRemoved = "notice-address-removed",
        NoticeTested = "notice-tested",
        Commented = "commented",
        TicketOpened = "ticket-opened",
        TicketClosed = "ticket-closed",
        TicketAnswered = "ticket-answered",
        Rated = "rated",
        Blocked = "blocked",
        Unblocked = "unblocked",
        Deactivated = "deactivated",
        Reactivated = "reactivated",
        Deleted = "deleted",
        ChangeWaits = "change-waits",
        Profile = "profile",
        DraftSaved = "draft-saved",
        DraftDeleted = "draft-deleted",
        Invited = "invited",
        SentAgain = "sent-again",
        InvitationWithdrawn = "invitation-withdrawn",
        Joined = "joined",
        Left = "left",
        MemberRemoved = "member-removed",
        RoleChanged = "role-changed",
        HandedOver = "handed-over",
        OrganizationChosen = "organization-chosen",
        OwnerNamed = "owner-named",
        ActsNow = "acts-now",
        ActsNoLonger = "acts-no-longer",
        BulletinPosted = "bulletin-posted",
        BulletinEnded = "bulletin-ended",
        OutageBegun = "outage-begun",
        OutageEnded = "outage-ended",
        OutageCorrected = "outage-corrected",
        AccessEnded = "access-ended",
        RevokedForGood = "revoked-for-good",
        ListSaved = "list-saved",
        RoleGiven = "role-given",
        RoleTaken = "role-taken",
        DeskSet = "desk-set",
    }
}

sentences! {
    pub(crate) notice(Notice) {
        Saved = "Your changes are saved.", "Guardamos sus cambios.";
        SignedOut = "You are signed out.", "Ha cerrado la sesión.";
        Verified =
            "Your email address is confirmed. You can sign in now.",
            "Su correo electrónico está confirmado. Ya puede iniciar sesión.";
        VerifiedElsewhere =
            "Your email address is confirmed. If you were sharing data with an app, go back to the browser where you started \
             and sign in there, or start again from the app.",
            "Su correo electrónico está confirmado. Si estaba compartiendo datos con una aplicación, vuelva al navegador donde \
             empezó e inicie sesión allí, o empiece de nuevo desde la aplicación.";
        Disowned =
            "Thank you. We canceled the request and deleted the Healthcare ID.",
            "Gracias. Cancelamos la solicitud y eliminamos el Healthcare ID.";
        ResetElsewhere =
            "Your password is changed. If you were sharing data with an app, go back to the browser where you started and sign \
             in there with your new password, or start again from the app.",
            "Cambiamos su contraseña. Si estaba compartiendo datos con una aplicación, vuelva al navegador donde empezó e inicie \
             sesión allí con la nueva, o empiece de nuevo desde la aplicación.";
        Password =
            "Your password is changed. We signed you out on your other devices.",
            "Cambiamos su contraseña y cerramos la sesión en sus otros dispositivos.";
        Reset =
            "Your password is changed. Sign in with your new password.",
            "Cambiamos su contraseña. Inicie sesión con la nueva.";
        Sessions =
            "You are signed out on all your other devices.",
            "Cerramos la sesión en todos sus otros dispositivos.";
        Email =
            "We sent a link to your new address. The change takes effect when you open the link.",
            "Enviamos un enlace a su nueva dirección. El cambio se hará cuando lo abra.";
        TwoStepOn =
            "Two-step sign-in is on. We signed you out on your other devices.",
            "El inicio de sesión en dos pasos está activado. Cerramos la sesión en sus otros dispositivos.";
        TwoStepOff =
            "Two-step sign-in is off. We signed you out on your other devices.",
            "El inicio de sesión en dos pasos está desactivado. Cerramos la sesión en sus otros dispositivos.";
        PasskeyAdded =
            "Your passkey is added. You can sign in with it now.",
            "Agregamos su llave de acceso. Ya puede iniciar sesión con ella.";
        PasskeyRemoved =
            "Your passkey is removed. We signed you out on your other devices.",
            "Eliminamos su llave de acceso y cerramos la sesión en sus otros dispositivos.";
        AppAdded =
            "Your authenticator app is added. We signed you out on your other devices.",
            "Agregamos su aplicación de autenticación y cerramos la sesión en sus otros dispositivos.";
        AppRemoved =
            "Your authenticator app is removed. We signed you out on your other devices.",
            "Eliminamos su aplicación de autenticación y cerramos la sesión en sus otros dispositivos.";
        Revoked = "The app can no longer read your data.", "La aplicación ya no puede leer sus datos.";
        Linked =
            "The code is correct, and your Healthcare ID is linked to your health plan. You can connect the app now.",
            "El código es correcto y su Healthcare ID está vinculado con su plan de salud. Ya puede conectar la aplicación.";
        Submitted = "Thank you. We received your registration and will review it within 5 business days.";
        Approved = "Approved. We emailed the owner.";
        FirstApproval = "You gave the first of two approvals. Another reviewer has to give the second.";
        CriterionAdded = "The criterion is added. Reviewers can deny by it.";
        CriterionRetired = "The criterion is retired. No one can deny by it.";
        CriterionRestored = "The criterion is back in use.";
        Denied = "Denied. We emailed the owner.";
        Asked = "Sent. We emailed the owner. The review period restarts when they reply.";
        Claimed = "You are now working on this review.";
        Released = "Other reviewers can take this review now.";
        SecretEnded = "The secret no longer works.";
        KeysSet = "The public keys are registered. Your application can sign with them now.";
        KeysRemoved = "The public keys are removed. We no longer accept what they sign.";
        NoticeAddressSet = "The notice address is registered.";
        NoticeAddressRemoved = "The notice address is removed. We no longer send notices there.";
        NoticeTested = "The test event is on its way. Reload this page in a few seconds to see what became of it.";
        Commented = "Your comment is in the history.";
        TicketOpened = "We received your ticket. This page shows by when we answer.";
        TicketClosed = "The ticket is closed. Please tell us how we did.";
        TicketAnswered = "The vendor has your answer.";
        Rated = "Thank you. We will learn from your answer.";
        Blocked = "Blocked. The tokens stopped working.";
        Unblocked = "The block is removed.";
        Deactivated = "The application is deactivated. Its tokens stopped working.";
        Reactivated = "The application is active again.";
        Deleted = "The application is deleted.";
        ChangeWaits = "Your change is waiting for review. Until we approve it, members see the approved version.";
        Profile = "Your profile is saved.";
        DraftSaved = "Your draft is saved. You can continue it at any time.";
        DraftDeleted = "The draft is deleted.";
        Invited = "We emailed the invitation.";
        SentAgain = "We emailed the invitation again. Only the new link works.";
        InvitationWithdrawn = "The invitation is withdrawn. Its link no longer works.";
        Joined = "You are on the team now.";
        Left = "You left the team.";
        MemberRemoved = "Removed. Their access has ended, and we emailed them.";
        RoleChanged = "The role is changed. We emailed them.";
        HandedOver = "You handed over the ownership and are a developer now.";
        OrganizationChosen = "You now act for this organization.";
        OwnerNamed = "The owner is named. We emailed all owners.";
        ActsNow = "Confirmed. We emailed the people concerned.";
        ActsNoLonger = "Ended. We emailed the people concerned.";
        BulletinPosted = "Posted. Readers see the bulletin from its start on.";
        BulletinEnded = "Readers no longer see the bulletin.";
        OutageBegun = "The outage is recorded. From its start on, clocks pause and a banner is shown.";
        OutageEnded = "The outage is over. Clocks run again, and due times moved.";
        OutageCorrected = "The outage is corrected, and due times are counted again.";
        RevokedForGood = "Revoked for good. We emailed the owner and the members.";
        ListSaved = "The list is saved and applies now. We emailed the owner.";
        AccessEnded = "The app's access has ended. We emailed the person who allowed it.";
        RoleGiven = "The role is given. We emailed the person and the other administrators.";
        RoleTaken = "The role is taken away, and the person is signed out. We emailed the person and the other administrators.";
        DeskSet = "The programs of this desk are saved. They apply from the next page on.";
    }
}

impl Notice {
    /// The page with this notice on it.
    pub fn on(self, page: &str) -> String {
        let joint = if page.contains('?') { '&' } else { '?' };
        format!("{page}{joint}done={self}")
    }
}

words! {
    /// `?why=step-first`
    Reason {
        OrganizationFirst = "organization-first",
        OrganizationPending = "organization-pending",
        OrganizationAsked = "organization-asked",
        OrganizationDenied = "organization-denied",
        OrganizationSuspended = "organization-suspended",
        OrganizationRegistered = "organization-registered",
        DetailsFirst = "details-first",
        StepFirst = "step-first",
        SentAlready = "sent-already",
        DraftGone = "draft-gone",
        AppBlocked = "app-blocked",
    }
}

sentences! {
    /// To vendors, so in English.
    pub(crate) reason(Reason) {
        OrganizationFirst = "Register your organization first. You can register applications after we approve it.";
        OrganizationPending =
            "You can register applications after we approve your organization. We will answer within 5 business days.";
        OrganizationAsked =
            "You can register applications after we approve your organization. Please answer the reviewer's question first.";
        OrganizationDenied =
            "You cannot register applications because we did not approve your organization. You can correct the registration \
             and submit it again.";
        OrganizationSuspended = "You cannot register applications because your organization is suspended.";
        OrganizationRegistered = "Your organization is already registered. This page shows its status.";
        DetailsFirst = "Please complete the first page of the registration.";
        StepFirst = "Please complete this step of the registration first.";
        DraftGone = "This draft was submitted or deleted.";
        SentAlready = "You have already sent this registration. The application is in the list.";
        AppBlocked = "You cannot edit an application while it is blocked.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_follows_the_address_of_its_page() {
        assert_eq!(Notice::Saved.on("/account"), "/account?done=saved");
        assert_eq!(Notice::Reset.on("/signin?next=%2Fowner"), "/signin?next=%2Fowner&done=reset");
    }
}
