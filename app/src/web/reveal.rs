//! A secret between its making and the one page that shows it.
//!
//! Secrets are not stored as they are, yet a form is answered with 303, so the secret has to wait for the next request.
//! It waits masked by a one-time pad: the masked text in the session, the pad in a cookie of the browser. Either alone
//! is noise. Showing it takes both away.

use identity::flash;
use store::Ctx;

use crate::{failure::Failure, web::Web};

const COOKIE: &str = "flex_reveal";
/// Ten recovery codes with what separates them.
const LONGEST: usize = 128;

/// Keeps the secret for the next page of this browser, in the caller's transaction.
pub async fn keep(web: &Web, ctx: &mut Ctx, page: &str, secret: &str) -> Result<(), Failure> {
    let session = web.session_id().filter(|_| secret.len() <= LONGEST).ok_or(Failure::Internal)?;
    let pad: [u8; LONGEST] = ctx.random_bytes();
    let masked = mask(secret.as_bytes(), &pad);
    let json = serde_json::Value::String(hex::encode(&masked)).to_string();
    flash::put(ctx, session, page, &json).await?;
    web.set_cookie(COOKIE, &hex::encode(pad), Some(flash::TTL.as_secs()));
    Ok(())
}

/// The secret, this once; nothing afterwards, or in another browser.
pub async fn take(web: &Web, page: &str) -> Result<Option<String>, Failure> {
    let session = web.session().filter(|_| !web.request.only_looks);
    let (Some(session), Some(pad)) = (session, web.request.cookie(COOKIE)) else { return Ok(None) };
    let Some(json) = flash::take(&web.services.store, session, page).await? else { return Ok(None) };
    web.set_cookie(COOKIE, "", Some(0));
    let masked: Option<String> = serde_json::from_str(&json).ok();
    Ok(masked.and_then(|masked| unmask(&masked, pad)))
}

fn unmask(masked: &str, pad: &str) -> Option<String> {
    let (masked, pad) = (hex::decode(masked).ok()?, hex::decode(pad).ok()?);
    String::from_utf8(mask(&masked, &pad)).ok()
}

/// Exclusive or; a second time it undoes the first.
fn mask(text: &[u8], pad: &[u8]) -> Vec<u8> {
    text.iter().zip(pad).map(|(text, pad)| text ^ pad).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_masked_is_read_with_its_pad_alone() {
        let (pad, other) = ([7; LONGEST], [8; LONGEST]);
        let masked = hex::encode(mask(b"s3cret-_", &pad));
        assert_eq!(unmask(&masked, &hex::encode(pad)).as_deref(), Some("s3cret-_"));
        assert_ne!(unmask(&masked, &hex::encode(other)).as_deref(), Some("s3cret-_"));
        assert_eq!(unmask(&masked, "no hex"), None);
    }
}
