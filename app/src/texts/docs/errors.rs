//! What each error means and what an app does about it. A variant without a sentence does not compile.

use fhir::outcome::Issue;
use model::{sentences, texts};
use oauth::{error::Code, reason::Reason};

texts! {
    INTRO =
        "Every error that this server can answer with. Codes and words are stable: your app can depend on them. The sentences beside them \
         are for people and may change.";
    /// The brackets are the link.
    SEE_SAMPLE = "The code sample [Handle errors] shows what an app does with each kind.";
    EXAMPLE = "Example";
    CODE = "Error";
    REASON = "Word";
    STATUS = "Status and code";
    CAUSE = "Cause";
    REMEDY = "What to do";

    OAUTH = "Errors of the authorization server";
    /// The brackets are code, here and below.
    ABOUT_OAUTH =
        "At the authorize endpoint, an error returns to your redirect URI as [error], with [error_description], [state] and [iss]. If the \
         client or the redirect URI is wrong, the member sees a page and your app receives nothing. At the other endpoints, the \
         answer is JSON. Its status is 401 for [invalid_client], 429 for too many calls, 500 and 503 for our faults, and otherwise 400.";
    OAUTH_EXAMPLE =
        "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{\n  \"error\": \"invalid_grant\",\n  \"error_description\": \"grant_revoked: \
         the member ended the access\"\n}";

    REASONS = "Words that tell causes apart";
    ABOUT_REASONS =
        "Where one code has several causes, a word says which. At the token endpoint it comes first in [error_description]. At the FHIR API \
         it is in [OperationOutcome.issue.details.coding.code] and in [WWW-Authenticate].";
    REASON_EXAMPLE =
        "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"token_expired: the access token has \
         expired\"\n\n{\n  \"resourceType\": \"OperationOutcome\",\n  \"issue\": [{\n    \"severity\": \"error\",\n    \"code\": \"expired\",\n    \"details\": {\n      \
         \"coding\": [{ \"code\": \"token_expired\" }],\n      \"text\": \"the access token has expired\"\n    }\n  }]\n}";

    FHIR = "Errors of the FHIR API";
    ABOUT_FHIR =
        "The body of every error is an OperationOutcome. [issue.code] has the code below, and [issue.diagnostics] says what was wrong. An error \
         of the token has the status 401 or 403 and one of the words above.";
    FHIR_EXAMPLE =
        "HTTP/1.1 400 Bad Request\nContent-Type: application/fhir+json; charset=utf-8\n\n{\n  \"resourceType\": \"OperationOutcome\",\n  \"issue\": [{\n    \
         \"severity\": \"error\",\n    \"code\": \"required\",\n    \"diagnostics\": \"the parameter `patient` is required\"\n  }]\n}";
}

sentences! {
    pub(crate) code_cause(Code) {
        InvalidRequest = "A parameter is missing, is repeated, or does not fit the others.";
        InvalidClient = "The client ID is unknown here, or the secret, assertion or method does not match.";
        InvalidGrant = "The code or refresh token is not valid, or has ended. A word often says why.";
        UnauthorizedClient = "Your app may not do this: it is suspended, waits for review, or is not registered for this kind of access.";
        UnsupportedGrantType = "The grant_type is not one of authorization_code, refresh_token and client_credentials.";
        UnsupportedResponseType = "The response_type is not code.";
        InvalidScope = "A scope is unknown, is not open to your app, or is more than was allowed.";
        AccessDenied = "The member did not allow access, or is not a member of the plan.";
        ServerError = "Something failed on our side. We recorded it.";
        TemporarilyUnavailable = "We cannot answer right now, or your app calls too often.";
        LoginRequired = "You sent prompt=none, and the member is not signed in.";
        InteractionRequired = "You sent prompt=none, and the member first has to choose a plan or a record.";
        ConsentRequired = "You sent prompt=none. Members always see the consent page.";
        RequestNotSupported = "You sent the parameter request, which we do not support.";
        RequestUriNotSupported = "The request_uri is not one that we gave your app, or it was used or has expired.";
        InvalidDpopProof = "The DPoP proof is malformed, too old, used before, or made for another request.";
    }
}

sentences! {
    pub(crate) code_remedy(Code) {
        InvalidRequest = "Read the description, which names the parameter. Correct the request.";
        InvalidClient = "Check the client ID, the secret, the environment, and that you use one method at a time.";
        InvalidGrant = "Act on the word. Without one, send the member through authorization again.";
        UnauthorizedClient = "Look at your app's status in the App Owner portal.";
        UnsupportedGrantType = "Use one of the three.";
        UnsupportedResponseType = "Send response_type=code.";
        InvalidScope = "Request only scopes that the program lists and your app is registered for. At a refresh, ask only for what the member allowed.";
        AccessDenied = "Explain why your app needs the data, and let the member decide when to try again.";
        ServerError = "Try again once. If it happens again, contact support with the X-Request-Id of the answer.";
        TemporarilyUnavailable = "Wait as long as Retry-After says, then try again.";
        LoginRequired = "Send the request without prompt=none.";
        InteractionRequired = "Send the request without prompt=none.";
        ConsentRequired = "Send the request without prompt=none.";
        RequestNotSupported = "Send the parameters themselves, or push them first (PAR).";
        RequestUriNotSupported = "Push the request again, and use the new request_uri once.";
        InvalidDpopProof = "Make a new proof for each request, with a new jti and the current time.";
    }
}

sentences! {
    pub(crate) reason_cause(Reason) {
        CodeExpired = "Your app exchanged the code too late.";
        CodeReused = "Your app, or someone else, exchanged the code before. We ended the tokens of the first exchange.";
        TokenReused = "A refresh token came back after another one replaced it. We ended all tokens of its family.";
        TokenRevoked = "Your app gave the refresh token back.";
        MemberLeft = "The plan no longer has this member.";
        DpopKeyMismatch = "The code or refresh token is bound to a key, and the proof is missing or of another key.";
        GrantRevoked = "The member or an administrator ended the access, a later consent took its place, or your app was deleted.";
        GrantExpired = "The time that the member allowed is over.";
        GrantNarrowed = "The member's newest choice leaves nothing of what this token was for.";
        AppSuspended = "Your app or organization is switched off or blocked, or may not do this.";
        RateLimited = "Your app, or your network, made too many calls.";
        TokenMissing = "The Authorization header is missing, or does not start with Bearer or DPoP.";
        TokenRepeated = "The request has several Authorization headers.";
        TokenInvalid = "We did not issue this access token, or not for this base.";
        TokenExpired = "The access token has expired.";
        TokenBound = "The access token is bound to a key, and came as Bearer.";
        TokenNotBound = "The access token is not bound to a key, and came as DPoP.";
        TokenKeyMismatch = "The proof is of another key than the token's.";
        DpopProofInvalid = "The DPoP proof is missing, malformed, too old, or used before.";
        InsufficientScope = "The access token does not have the scope that the answer names.";
        Internal = "We could not check the token.";
    }
}

sentences! {
    pub(crate) reason_remedy(Reason) {
        CodeExpired = "Send the member through authorization again, and exchange the code at once.";
        CodeReused = "Find out who has the code. Send the member through authorization again.";
        TokenReused = "Store the newest refresh token before you use it. Send the member through authorization again.";
        TokenRevoked = "Send the member through authorization again if the member wants to reconnect.";
        MemberLeft = "Stop asking for this member's data, and tell the member that the plan ended.";
        DpopKeyMismatch = "Send a proof of the same key.";
        GrantRevoked = "Stop, and tell the member that the connection ended. The member can connect again.";
        GrantExpired = "Ask the member to connect again.";
        GrantNarrowed = "Ask the member again, and explain what the data is for.";
        AppSuspended = "Look at your app's status in the App Owner portal, or contact support.";
        RateLimited = "Wait as long as Retry-After says. Spread your calls.";
        TokenMissing = "Send Authorization: Bearer and the token. We do not read tokens from the address or the form.";
        TokenRepeated = "Send one.";
        TokenInvalid = "Check that token and address belong to the same program and environment. Then get a new token.";
        TokenExpired = "Refresh the token and repeat the call.";
        TokenBound = "Send the token as DPoP, with a proof.";
        TokenNotBound = "Send the token as Bearer.";
        TokenKeyMismatch = "Sign the proof with the key of the token request.";
        DpopProofInvalid = "Make a new proof for each request, with a new jti, the current time, and the token's hash.";
        InsufficientScope = "Ask the member for that scope.";
        Internal = "Try again in a moment.";
    }
}

sentences! {
    /// For the row's address; several kinds share a code.
    pub(crate) issue_name(Issue) {
        Invalid = "invalid";
        NotSupported = "not-supported";
        Required = "required";
        Forbidden = "forbidden";
        UnknownType = "unknown-type";
        NotFound = "not-found";
        Method = "method";
        Format = "format";
        Timeout = "timeout";
        Deleted = "deleted";
        TooLarge = "too-large";
        TooLong = "too-long";
        MediaType = "media-type";
        TooCostly = "too-costly";
        Throttled = "throttled";
        Internal = "exception";
        Unavailable = "transient";
    }
}

sentences! {
    pub(crate) issue_cause(Issue) {
        Invalid = "A value cannot be read, such as a date.";
        NotSupported = "The program does not list this parameter, modifier or interaction.";
        Required = "A required parameter is missing.";
        Forbidden = "The token's scopes do not open this type.";
        UnknownType = "The program does not offer this resource type.";
        NotFound = "The resource does not exist, or is not for this token to see.";
        Method = "The address does not accept this method. The API is read-only.";
        Format = "The request accepts only formats that we do not write, such as XML.";
        Timeout = "The body did not arrive completely, or not in time.";
        Deleted = "The resource was deleted.";
        TooLarge = "The body is too large.";
        TooLong = "The address is too long.";
        MediaType = "The body is neither a form nor, for a batch, JSON.";
        TooCostly = "The search or batch asks for more than one answer can hold.";
        Throttled = "Your app, or your network, made too many calls.";
        Internal = "Something failed on our side. We recorded it.";
        Unavailable = "We cannot answer right now, or the data is changing.";
    }
}

sentences! {
    pub(crate) issue_remedy(Issue) {
        Invalid = "Correct the value that the answer names.";
        NotSupported = "Use a listed parameter, or send Prefer: handling=lenient to have unknown ones ignored.";
        Required = "Add the parameter.";
        Forbidden = "Ask the member for the scope that the answer names.";
        UnknownType = "Use a type that the CapabilityStatement lists.";
        NotFound = "Check the id. Do not conclude that the resource does not exist.";
        Method = "Use GET, or POST with _search.";
        Format = "Accept application/fhir+json.";
        Timeout = "Send the request again.";
        Deleted = "Delete your copy.";
        TooLarge = "Send less at once.";
        TooLong = "Use POST with _search.";
        MediaType = "Send application/x-www-form-urlencoded, or application/fhir+json for a batch.";
        TooCostly = "Ask for fewer values or entries at once.";
        Throttled = "Wait as long as Retry-After says.";
        Internal = "Try again once. If it happens again, contact support with the X-Request-Id of the answer.";
        Unavailable = "Wait as long as Retry-After says, then try again.";
    }
}
