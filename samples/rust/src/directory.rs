//! Finds practitioners in the public directory. It needs no token.

use std::{env, error::Error};

use reqwest::Client;
use serde_json::Value;

pub async fn run() -> Result<(), Box<dyn Error>> {
    let name = env::var("NAME").unwrap_or("a".to_owned());
    let search = format!("{}/Practitioner", env::var("FLEX_PUBLIC")?);
    let query = [("name", name.as_str()), ("_count", "5")];
    let response = Client::new().get(search).query(&query).send().await?;
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
