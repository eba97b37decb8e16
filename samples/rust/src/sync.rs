//! Reads what changed since the last time. Keep SINCE, and start the next time from it.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let (client, token) = (Client::new(), env::var("ACCESS_TOKEN")?);
    let mut newest = env::var("SINCE").unwrap_or("2000-01-01T00:00:00Z".to_owned());
    let (fhir, patient) = (env::var("FLEX_FHIR")?, env::var("PATIENT")?);
    let search = format!("{fhir}/ExplanationOfBenefit?patient={patient}&_count=50&_lastUpdated=gt{newest}");
    let mut next = Some(search);
    while let Some(url) = next {
        let response = client.get(url).bearer_auth(&token).send().await?;
        let page: Value = response.error_for_status()?.json().await?;
        let entries = page["entry"].as_array().into_iter().flatten();
        for entry in entries.filter(|entry| entry["search"]["mode"] == "match") {
            let resource = &entry["resource"];
            let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
            println!("{} {}", text(&resource["id"]), text(&resource["meta"]["versionId"]));
            newest = newest.max(text(&resource["meta"]["lastUpdated"]));
        }
        let links = page["link"].as_array().into_iter().flatten();
        next = links.filter(|link| link["relation"] == "next").find_map(|link| link["url"].as_str().map(str::to_owned));
    }
    println!("SINCE={newest}");
    Ok(())
}
