//! Reads an address of the API and decides what to do with each kind of answer.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let url = format!("{}/{}", env::var("FLEX_FHIR")?, env::var("REQUEST")?);
    let response = Client::new().get(url).bearer_auth(env::var("ACCESS_TOKEN")?).send().await?;
    let status = response.status().as_u16();
    let wait = response.headers().get("retry-after").and_then(|wait| wait.to_str().ok()).unwrap_or("60").to_owned();
    let body: Value = response.json().await?;
    println!("{status} {}", advice(status, &wait, &body));
    Ok(())
}

fn advice(status: u16, wait: &str, body: &Value) -> String {
    let issue = &body["issue"][0];
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    match status {
        200 => text(&body["resourceType"]),
        401 => match text(&issue["details"]["coding"][0]["code"]).as_str() {
            "token_expired" => "refresh the token and try again".to_owned(),
            "app_suspended" => "stop and contact support".to_owned(),
            reason if reason.starts_with("grant_") => "ask the member again".to_owned(),
            _ => "check how you send the token".to_owned(),
        },
        403 => format!("ask the member for the scope: {}", text(&issue["details"]["text"])),
        429 | 503 => format!("try again in {wait} seconds"),
        _ => text(&issue["code"]),
    }
}
