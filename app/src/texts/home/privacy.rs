//! `/privacy`. The brackets stand out.

use model::texts;

texts! {
    TITLE = "Privacy";
    /// For search engines.
    ABOUT = "What FLEX keeps about you, for how long, and who sees it.";
    INTRO = "What FHIR Layer EXchange knows about you, and what it does with it.";

    KEPT = "What we keep";
    ACCOUNT = "[Your Healthcare ID:] name, email address, ID, a hash of your password, and where you are signed in.";
    ALLOWED = "[What you allowed:] which app may read which kinds of your data, since when, and until when.";
    READ = "[What was read:] when an app read which kind of data. You see it in the member portal.";
    DONE = "[What was done:] a log of registrations, decisions, and changes of access, which no one can alter.";
    ATTACKS =
        "[What attackers tried:] wrong passwords and similar attempts, and for 90 days the network address that they came from.";

    RECEIVERS = "Who receives your health data";
    ABOUT_RECEIVERS =
        "Only apps that you allowed, only the kinds of data that you allowed, and only until you revoke it or it expires. The \
         provider directory holds no member's data and is open to everyone.";

    COOKIES = "Cookies";
    ABOUT_COOKIES =
        "All our cookies are necessary. One keeps you signed in, and one remembers your language. While an app's request waits for \
         you, another one ties it to your browser. While you are shown a new secret or recovery codes, one protects them. This site \
         does not track you, and it does not load content from other sites.";

    EMAIL = "Email";
    ABOUT_EMAIL =
        "We write to you about your account, your registrations, and your apps. Our messages contain no health information and no \
         password.";
}
