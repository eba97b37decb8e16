//! The member's answer, and the way back to the app.

use leptos::prelude::*;
use oauth::{
    consent::{self, Choice, Error},
    requests::{self, Visit},
};
use serde::{Deserialize, Serialize};

use crate::{consent::path, failure::Failure, web::Web};

/// What the page posts. Anything else in a post is ignored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    handle: String,
    answer: String,
    scopes: Vec<String>,
    days: String,
}

/// Allow, with what is checked; that a payer's provider does not answer; anything else is Cancel.
#[server(endpoint = "decide")]
pub async fn decide(#[server(flatten)] answer: Answer) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &answer.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    let target = match answer.answer.as_str() {
        "allow" => {
            let choice = Choice { scopes: answer.scopes, days: answer.days.parse().ok() };
            consent::allow(&mut ctx, &web.services.programs, &web.services.identity.site, &visit, &choice).await
        }
        "unavailable" => consent::give_up(&mut ctx, &visit).await,
        _ => consent::deny(&mut ctx, &visit).await,
    };
    match target {
        Ok(target) => {
            ctx.commit().await?;
            web.redirect(target.as_str());
        }
        // The page of the request says what is due, or that it is gone.
        Err(Error::NotFound | Error::Due(_) | Error::Stopped(_)) => web.redirect(path(&answer.handle)),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => error.into(),
            Error::Identity(error) => error.into(),
            Error::NotFound | Error::Due(_) => Self::NotFound,
            Error::Stopped(_) => Self::Forbidden,
        }
    }
}

impl From<requests::Error> for Failure {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => error.into(),
            requests::Error::Identity(error) => error.into(),
            requests::Error::NotFound | requests::Error::UnknownPayer => Self::NotFound,
        }
    }
}
