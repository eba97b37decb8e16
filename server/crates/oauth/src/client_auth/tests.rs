//! What a request presents.

use super::*;

fn header(credentials: &str) -> String {
    format!("Basic {}", STANDARD.encode(credentials))
}

#[test]
fn credentials_come_one_way_at_a_time() {
    fn check(authorization: Option<&str>, body: &str, expect: Result<(&str, Option<&str>), Code>) {
        let parameters = Parameters::parse(body.as_bytes());
        let read = presented(authorization, &parameters).map_err(|error| error.told().code);
        let read = read.as_ref().map(|read| match read {
            Presented::Secret { client, secret } => (client.as_str(), secret.as_deref()),
            Presented::Assertion { client, assertion } => (client.unwrap_or_default(), Some(*assertion)),
            Presented::RefreshToken(token) => ("", Some(*token)),
        });
        let read = read.map_err(|code| *code);
        assert_eq!(read, expect, "{authorization:?} {body}");
    }
    let basic = header("app:secret");
    check(Some(&basic), "", Ok(("app", Some("secret"))));
    check(Some(&basic.replace("Basic", "bASIC")), "", Ok(("app", Some("secret"))));
    check(Some(&basic), "client_id=app", Ok(("app", Some("secret"))));
    check(Some(&basic.replace("Basic ", "Basic  ")), "", Ok(("app", Some("secret"))));
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
    let assertion = format!("client_assertion=x&client_assertion_type={}", assertion::TYPE);
    check(None, &assertion, Ok(("", Some("x"))));
    check(None, &format!("client_id=app&{assertion}"), Ok(("app", Some("x"))));

    check(Some(&basic), &assertion, Err(Code::InvalidRequest));
    check(None, &format!("client_secret=a&{assertion}"), Err(Code::InvalidRequest));
    check(None, &format!("{assertion}&client_assertion=y"), Err(Code::InvalidRequest));
    check(None, "client_id=app&client_assertion=x", Err(Code::InvalidClient));
    check(None, "client_id=app&client_assertion=x&client_assertion_type=jwt-bearer", Err(Code::InvalidClient));
    check(None, &assertion.replace("=x", "="), Err(Code::InvalidClient));
    check(None, "", Err(Code::InvalidClient));

    check(None, "grant_type=refresh_token&refresh_token=x", Ok(("", Some("x"))));
    check(None, "grant_type=refresh_token&refresh_token=x&client_id=app", Ok(("app", None)));
    check(Some(&basic), "grant_type=refresh_token&refresh_token=x", Ok(("app", Some("secret"))));
    check(None, "grant_type=refresh_token&refresh_token=x&client_secret=secret", Err(Code::InvalidClient));
    check(None, "grant_type=refresh_token&refresh_token=x&refresh_token=y", Err(Code::InvalidRequest));
    check(None, "grant_type=refresh_token", Err(Code::InvalidClient));
    check(None, "grant_type=authorization_code&refresh_token=x", Err(Code::InvalidClient));
    check(None, "refresh_token=x", Err(Code::InvalidClient));
    for malformed in ["Basic", "Basic ", "Basic !!!", "Bearer abc", &header("app"), &header(":secret")] {
        check(Some(malformed), "", Err(Code::InvalidClient));
    }
    check(Some(&format!("Basic {}", STANDARD.encode([0xff, b':', b'a']))), "", Err(Code::InvalidClient));
}
