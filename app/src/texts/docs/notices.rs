//! The chapter about notices to apps. The brackets are code.

use model::texts;

texts! {
    INTRO =
        "When a member ends, narrows, or lengthens your app's access, the next call or refresh shows it. With a notice address your app \
         learns of it at once. It can then explain this to the member, delete what it keeps, or stop calling.";
    REGISTER = "Register an address";
    ABOUT_REGISTER =
        "Open the app in the App Owner portal and choose \"Notices about access\". Enter a public [https] address. We do not follow \
         redirects, and we do not call addresses that are not on the public internet. \"Send a test event\" shows within a few seconds \
         whether your server accepts notices. The page lists the newest notices with their results.";
    RECEIVE = "What you receive";
    ABOUT_RECEIVE =
        "A POST (RFC 8935) with [Content-Type: application/secevent+jwt]. Its body is one Security Event Token (RFC 8417): a JWT, signed \
         with ES256, with the [typ] [secevent+jwt]. It contains no patient id, no name, and no health data.";
    EXAMPLE = "The claims of a notice about an end";
    CLAIMS = "Claims";
    CLAIM = "Claim";
    MEANING = "Meaning";
    ISS = "The authorization base of the program and environment, as the discovery document names it";
    JTI = "The id of the notice. It is the same in each attempt, so you can ignore a repetition.";
    IAT = "When the change happened, in seconds since 1970";
    AUD = "Your client id. Refuse any other.";
    SUB_ID = "RFC 9493 [opaque]: the grant, which introspection shows as [grant_id]";
    SUBJECT = "In the event, RFC 9493 [iss_sub]: [sub] is that of your tokens and of [userinfo]";
    EVENTS = "Events";
    EVENT = "Event";
    ENDED =
        "The access ended, and no token works. [reason] is [member], [administrator], [payer] (the plan no longer has the member), \
         [vendor] (you deleted the app), [app] (your app revoked its last refresh token), or [time].";
    CHANGED =
        "The member allowed the app again with another choice, or changed the length. [claims] has the new [scope] and \
         [grant_expires_at].";
    TEST = "You sent a test event. [sub_id] names your client id.";
    FIRST_CONSENT = "A first consent causes no notice, because your redirect URI receives its answer.";
    CHECK = "Check a notice";
    KEY = "Read [kid] from the header and find the key in the JWKS of the discovery document. Fetch the JWKS again if you do not know it.";
    VERIFY = "Verify the signature. Require the [typ] [secevent+jwt], our [iss], and your client id in [aud].";
    REPEATED = "If you know the [jti], do nothing more.";
    STORE = "Store the notice, then answer [202 Accepted].";
    NOT_A_TOKEN = "An access token has the [typ] [at+jwt]. Never accept one as a notice, nor a notice as a token.";
    RETRIES = "Answers and retries";
    about_retries(first, longest, days) =
        "Answer [202] with an empty body within 3 seconds. Any other status, a redirect, or no answer counts as a failure. We try again \
         after {first} seconds and wait twice as long each time, up to {longest} hours. After {days} days we give up.";
    ORDER =
        "Notices can arrive out of order: compare [iat], or use introspection. If you change the address, waiting notices go to the new \
         one. If you remove it, we delete them.";
}
