//! Gets a token for the app itself, and reads the directory with it.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let client = Client::new();
    let form = [("grant_type", "client_credentials"), ("scope", "public/Practitioner.read")];
    let response = client
        .post(format!("{}/oauth/token", env::var("FLEX_AUTHZ")?))
        .basic_auth(env::var("CLIENT_ID")?, Some(env::var("CLIENT_SECRET")?))
        .form(&form)
        .send()
        .await?;
    let answer: Value = response.error_for_status()?.json().await?;
    let token = answer["access_token"].as_str().ok_or("no token")?;

    let search = format!("{}/Practitioner?_count=5", env::var("FLEX_FHIR")?);
    let response = client.get(search).bearer_auth(token).send().await?;
    let bundle: Value = response.error_for_status()?.json().await?;
    for entry in bundle["entry"].as_array().into_iter().flatten() {
        let resource = &entry["resource"];
        println!(
            "{} {}",
            resource["id"].as_str().ok_or("no id")?,
            resource["name"][0]["family"].as_str().unwrap_or("?")
        );
    }
    Ok(())
}
