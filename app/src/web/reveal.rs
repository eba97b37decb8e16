//! A client secret between its making and the one page that shows it.
//!
//! Only hashes of secrets are stored, yet a form is answered with 303, so the secret has to wait for the next request.
//! It waits masked by a one-time pad: the masked text in the session, the pad in a cookie of the browser. Either alone
//! is noise. Showing it takes both away.

use identity::flash;
use model::id::ApplicationId;
use registry::credentials::Secret;
use store::Ctx;

use crate::{failure::Failure, web::Web};

const COOKIE: &str = "flex_reveal";
/// The redirect follows at once; who comes later makes a new secret.
const TTL_SECONDS: i64 = 300;
/// A secret has 43 characters.
const LONGEST: usize = 64;

/// Keeps the secret for the next page of this browser, in the caller's transaction.
pub async fn keep(web: &Web, ctx: &mut Ctx, app: &ApplicationId, secret: &Secret) -> Result<(), Failure> {
    let session = web.session_id().ok_or(Failure::Internal)?;
    let pad: [u8; LONGEST] = ctx.random_bytes();
    let masked = mask(secret.expose().as_bytes(), &pad);
    let json = serde_json::Value::String(to_hex(&masked)).to_string();
    flash::put(ctx, session, &page(app), &json).await?;
    web.set_cookie(COOKIE, &to_hex(&pad), Some(TTL_SECONDS));
    Ok(())
}

/// The secret, this once; nothing afterwards, or in another browser.
pub async fn take(web: &Web, app: &ApplicationId) -> Result<Option<String>, Failure> {
    let (Some(session), Some(pad)) = (web.session(), web.request.cookie(COOKIE)) else { return Ok(None) };
    let Some(json) = flash::take(&web.services.store, session, &page(app)).await? else { return Ok(None) };
    web.set_cookie(COOKIE, "", Some(0));
    let masked: Option<String> = serde_json::from_str(&json).ok();
    Ok(masked.and_then(|masked| unmask(&masked, pad)))
}

fn page(app: &ApplicationId) -> String {
    format!("secret:{app}")
}

fn unmask(masked: &str, pad: &str) -> Option<String> {
    let (masked, pad) = (from_hex(masked)?, from_hex(pad)?);
    String::from_utf8(mask(&masked, &pad)).ok()
}

/// Exclusive or; a second time it undoes the first.
fn mask(text: &[u8], pad: &[u8]) -> Vec<u8> {
    text.iter().zip(pad).map(|(text, pad)| text ^ pad).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.as_bytes().chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_masked_is_read_with_its_pad_alone() {
        let (pad, other) = ([7; LONGEST], [8; LONGEST]);
        let masked = to_hex(&mask(b"s3cret-_", &pad));
        assert_eq!(unmask(&masked, &to_hex(&pad)).as_deref(), Some("s3cret-_"));
        assert_ne!(unmask(&masked, &to_hex(&other)).as_deref(), Some("s3cret-_"));
        assert_eq!(unmask(&masked, "no hex"), None);
    }
}
