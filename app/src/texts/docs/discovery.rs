//! The chapter about discovery.

use model::texts;

texts! {
    INTRO =
        "Client libraries need one address and find the others by themselves. You need no token for any of these documents. They are what this \
         server answers right now.";
    ADDRESSES = "Addresses";
    DOCUMENT = "Document";
    ENVIRONMENT = "Environment";
    ADDRESS = "Address";
    OPENID = "OpenID Connect configuration";
    OAUTH = "The same for OAuth libraries (RFC 8414)";
    KEYS = "Public keys of our tokens";
    SMART = "SMART configuration";
    METADATA = "CapabilityStatement";
    ABOUT_OPENID = "What the authorization server offers. The issuer is exactly the address of the server.";
    ABOUT_SMART = "The same for SMART apps, which start from the FHIR base URL.";
}
