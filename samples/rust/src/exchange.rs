//! Exchanges the code for tokens. First compare the state in the callback with yours. A confidential app also sends its
//! secret.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let mut form = vec![
        ("grant_type", "authorization_code".to_owned()),
        ("code", env::var("CODE")?),
        ("redirect_uri", env::var("REDIRECT_URI")?),
        ("code_verifier", env::var("CODE_VERIFIER")?),
        ("client_id", env::var("CLIENT_ID")?),
    ];
    form.extend(env::var("CLIENT_SECRET").map(|secret| ("client_secret", secret)));
    let response = Client::new().post(format!("{}/oauth/token", env::var("FLEX_AUTHZ")?)).form(&form).send().await?;
    let tokens: Value = response.error_for_status()?.json().await?;
    println!("{tokens:#}");
    Ok(())
}
