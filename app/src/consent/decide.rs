//! The member's answer, and the way back to the app.

use leptos::prelude::*;
use oauth::{
    answered,
    consent::{self, Choice, Error},
    requests::{self, Visit},
    shown::Part,
};
use serde::{Deserialize, Serialize};
use usage::endpoint::Named;

use crate::{consent::path, failure::Failure, home::language, locale::Locale, web::Web};

/// What the page posts. Anything else in a post is ignored. It is not declared by `form!`, because the
/// page composes its boxes from the request and keeps nothing of a refused answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    handle: String,
    answer: String,
    scopes: Vec<String>,
    sensitive: Vec<String>,
    days: String,
    /// What the page showed.
    shown: String,
    /// The member continues in another language. This does not answer the request.
    language: String,
}

/// `allow` with what is checked, `back` to the app from a request that was answered, `unavailable` if a payer's provider does not
/// answer. Anything else is Cancel.
#[server(endpoint = "decide")]
pub async fn decide(#[server(flatten)] answer: Answer) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &answer.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    let (programs, site) = (&web.services.programs, &web.services.identity.site);
    let choice = Choice {
        scopes: answer.scopes,
        sensitive: answer.sensitive,
        days: answer.days.parse().ok(),
        shown: answer.shown,
    };
    if let Some(locale) = Locale::find(&answer.language) {
        match consent::remember(&mut ctx, programs, &visit, choice).await {
            // The request's page says what became of it.
            Err(Error::NotFound) => {}
            remembered => remembered?,
        }
        ctx.commit().await?;
        language::remember(&web, locale).await?;
        web.redirect(path(&answer.handle));
        return Ok(());
    }
    // Only the first answer counts: another submit finds the request answered.
    let asked = requests::find(&mut ctx, &visit).await.ok();
    let target = match answer.answer.as_str() {
        "allow" => consent::allow(&mut ctx, programs, site, &visit, &choice).await,
        "back" => answered::back(&mut ctx, programs, &visit).await,
        "unavailable" => consent::give_up(&mut ctx, &visit).await,
        _ => consent::deny(&mut ctx, &visit).await,
    };
    match target {
        Ok(target) => {
            let now = ctx.now;
            ctx.commit().await?;
            if let Some(asked) = asked {
                let outcome = outcome(&answer.answer, target.as_str());
                web.services.meter.authorization(&asked.partition, Some(&asked.client), outcome, now);
            }
            web.redirect(target.as_str());
        }
        // The request's page says what is due, or what became of it.
        Err(Error::NotFound | Error::Due(_) | Error::Stopped(_)) => web.redirect(path(&answer.handle)),
        Err(Error::Changed(parts)) => {
            let parts: Vec<_> = parts.into_iter().map(Part::as_str).collect();
            web.redirect(format!("{}?changed={}", path(&answer.handle), parts.join(".")));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// What the answer counts as.
fn outcome(answer: &str, target: &str) -> Named {
    match answer {
        "allow" if target.contains("error=access_denied") => Named::Refused,
        "allow" | "back" => Named::Consented,
        "unavailable" => Named::Failed,
        _ => Named::Cancelled,
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => error.into(),
            Error::Identity(error) => error.into(),
            Error::Registry(error) => error.into(),
            Error::NotFound | Error::AnothersAnswer | Error::Due(_) | Error::Changed(_) => Self::NotFound,
            Error::Stopped(_) => Self::Forbidden,
        }
    }
}

impl From<requests::Error> for Failure {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => error.into(),
            requests::Error::Identity(error) => error.into(),
            requests::Error::NotFound | requests::Error::UnknownPayer | requests::Error::UnknownPerson => {
                Self::NotFound
            }
        }
    }
}
