//! Client authentication (RFC 6749 §2.3): `client_secret_basic`, `client_secret_post`, and `none` for public clients.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::id::ClientId;
use programs::surface::Surface;
use store::Ctx;
use url::form_urlencoded;

use crate::{
    client::{self, Client},
    error::{Code, OAuthError, Result},
    parameters::Parameters,
    token::optional,
};

/// Who the request says it comes from, and with what proof.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Presented {
    client: String,
    secret: Option<String>,
}

/// The client behind a request, authenticated and free to work. `authorization` is the header of that name.
///
/// Whether the client is unknown, belongs to another program or environment, or the secret is wrong cannot be told
/// from the answer.
pub async fn authenticate(
    ctx: &mut Ctx,
    authz: &Surface,
    authorization: Option<&str>,
    parameters: &Parameters,
) -> Result<Client> {
    let presented = presented(authorization, parameters)?;
    let id = ClientId::new(presented.client);
    let client = client::find_proved(ctx, authz, &id, presented.secret.as_deref()).await?.ok_or_else(failed)?;
    match client.live.any() {
        Ok(()) => Ok(client),
        Err(_) => {
            Err(Code::UnauthorizedClient.because("app_suspended: the application may not work at present").into())
        }
    }
}

fn failed() -> OAuthError {
    Code::InvalidClient.because("client authentication failed")
}

fn presented(authorization: Option<&str>, parameters: &Parameters) -> Result<Presented> {
    let client = optional(parameters, "client_id")?;
    let secret = optional(parameters, "client_secret")?;
    let assertion = parameters.has("client_assertion") || parameters.has("client_assertion_type");
    let methods = [authorization.is_some(), secret.is_some(), assertion].into_iter().filter(|used| *used).count();
    if 1 < methods {
        return Err(Code::InvalidRequest.because("only one way of client authentication at a time").into());
    }
    if assertion {
        return Err(Code::InvalidClient.because("client_assertion is not offered here").into());
    }
    if let Some(authorization) = authorization {
        let basic = basic(authorization).ok_or_else(failed)?;
        if client.is_some_and(|client| client != basic.client) {
            return Err(Code::InvalidRequest.because("client_id differs from the Authorization header").into());
        }
        return Ok(basic);
    }
    let client = client.ok_or_else(failed)?;
    Ok(Presented { client: client.to_owned(), secret: secret.map(str::to_owned) })
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn basic(authorization: &str) -> Option<Presented> {
    let (scheme, credentials) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (client, secret) = decoded.split_once(':')?;
    let (client, secret) = (form_decoded(client)?, form_decoded(secret)?);
    (!client.is_empty()).then_some(Presented { client, secret: (!secret.is_empty()).then_some(secret) })
}

fn form_decoded(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    let Some((name, _)) = form_urlencoded::parse(text.as_bytes()).next() else { return Some(String::new()) };
    Some(name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(credentials: &str) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    #[test]
    fn credentials_come_one_way_at_a_time() {
        fn check(authorization: Option<&str>, body: &str, expect: Result<(&str, Option<&str>), Code>) {
            let read = presented(authorization, &Parameters::parse(body.as_bytes()));
            let read = read.map_err(|error| error.told().code);
            let read = read.as_ref().map(|read| (read.client.as_str(), read.secret.as_deref())).map_err(|code| *code);
            assert_eq!(read, expect, "{authorization:?} {body}");
        }
        let basic = header("app:secret");
        check(Some(&basic), "", Ok(("app", Some("secret"))));
        check(Some(&basic.replace("Basic", "bASIC")), "", Ok(("app", Some("secret"))));
        check(Some(&basic), "client_id=app", Ok(("app", Some("secret"))));
        check(Some(&header("a%3Ap+p:s%3A%25")), "", Ok(("a:p p", Some("s:%"))));
        check(Some(&header("app:")), "", Ok(("app", None)));
        check(None, "client_id=app&client_secret=secret", Ok(("app", Some("secret"))));
        check(None, "client_id=app", Ok(("app", None)));
        check(None, "client_id=app&client_secret=", Ok(("app", None)));

        check(Some(&basic), "client_id=other", Err(Code::InvalidRequest));
        check(Some(&basic), "client_secret=secret", Err(Code::InvalidRequest));
        check(Some(&basic), "client_assertion=x", Err(Code::InvalidRequest));
        check(None, "client_id=app&client_secret=a&client_assertion=x", Err(Code::InvalidRequest));
        check(None, "client_id=app&client_id=app", Err(Code::InvalidRequest));
        check(None, "client_id=app&client_secret=a&client_secret=b", Err(Code::InvalidRequest));
        check(None, "client_id=app&client_assertion=x", Err(Code::InvalidClient));
        check(None, "", Err(Code::InvalidClient));
        for malformed in ["Basic", "Basic ", "Basic !!!", "Bearer abc", &header("app"), &header(":secret")] {
            check(Some(malformed), "", Err(Code::InvalidClient));
        }
        check(Some(&format!("Basic {}", STANDARD.encode([0xff, b':', b'a']))), "", Err(Code::InvalidClient));
    }
}
