//! Reads all claims of the member, page by page.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let (client, token) = (Client::new(), env::var("ACCESS_TOKEN")?);
    let first = format!("{}/ExplanationOfBenefit?patient={}&_count=3", env::var("FLEX_FHIR")?, env::var("PATIENT")?);
    let mut next = Some(first);
    while let Some(url) = next {
        let response = client.get(url).bearer_auth(&token).send().await?;
        let page: Value = response.error_for_status()?.json().await?;
        for entry in page["entry"].as_array().into_iter().flatten() {
            let claim = &entry["resource"];
            let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
            println!(
                "{} {} {}",
                text(&claim["id"]),
                text(&claim["created"]),
                text(&claim["type"]["coding"][0]["code"])
            );
        }
        let links = page["link"].as_array().into_iter().flatten();
        next = links.filter(|link| link["relation"] == "next").find_map(|link| link["url"].as_str().map(str::to_owned));
    }
    Ok(())
}
