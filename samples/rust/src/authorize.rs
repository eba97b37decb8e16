//! Makes the address to which you send the member's browser, with PKCE. Keep the verifier and the state until the member is
//! back.

use std::{env, error::Error};

use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope, basic::BasicClient};

pub fn run() -> Result<(), Box<dyn Error>> {
    let client = BasicClient::new(ClientId::new(env::var("CLIENT_ID")?))
        .set_auth_uri(AuthUrl::new(format!("{}/oauth/authorize", env::var("FLEX_AUTHZ")?))?)
        .set_redirect_uri(RedirectUrl::new(env::var("REDIRECT_URI")?)?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let scopes = env::var("SCOPE")?;
    let (url, state) = client
        .authorize_url(CsrfToken::new_random)
        .add_scopes(scopes.split(' ').map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(challenge)
        .url();

    println!("CODE_VERIFIER={}", verifier.secret());
    println!("STATE={}", state.secret());
    println!("AUTHORIZE_URL={url}");
    Ok(())
}
