//! Gets a new access token. If the answer has a refresh token too, keep that one from now on.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let mut form = vec![
        ("grant_type", "refresh_token".to_owned()),
        ("refresh_token", env::var("REFRESH_TOKEN")?),
        ("client_id", env::var("CLIENT_ID")?),
    ];
    form.extend(env::var("CLIENT_SECRET").map(|secret| ("client_secret", secret)));
    let response = Client::new().post(format!("{}/oauth/token", env::var("FLEX_AUTHZ")?)).form(&form).send().await?;
    let tokens: Value = response.error_for_status()?.json().await?;
    println!("{tokens:#}");
    Ok(())
}
