//! Gives a token back when the app no longer needs it. The answer is 200, also for a token that has ended already.

use std::{env, error::Error};

use reqwest::Client;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let mut form = vec![("token", env::var("REFRESH_TOKEN")?), ("client_id", env::var("CLIENT_ID")?)];
    form.extend(env::var("CLIENT_SECRET").map(|secret| ("client_secret", secret)));
    let response = Client::new().post(format!("{}/oauth/revoke", env::var("FLEX_AUTHZ")?)).form(&form).send().await?;
    println!("{}", response.error_for_status()?.status().as_u16());
    Ok(())
}
