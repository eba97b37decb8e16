//! A payer's own way to bring codes to its members, by phone or letter: where FLEX posts them. Each post is signed as Standard
//! Webhooks 1.0 says, so that the payer can check it with a library of any language.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fhir::members::Member;
use identity::{member_codes::Code, payer_accounts::Home};
use jiff::Timestamp;
use model::{channel::Channel, locale::Locale};
use serde_json::{Value, json};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    fault::Fault,
    fetch::{self, Body, Fetch, Request},
    provider::{NotPlain, plain_url},
};

/// A payer's, in one environment of a program.
pub struct CodeHook {
    pub home: Home,
    /// The payer's, for people.
    pub name: String,
    pub url: Url,
    /// What it can do.
    pub channels: Vec<Channel>,
    pub secret: Secret,
}

/// What signs the posts.
pub struct Secret(hmac::Key);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not 24 to 64 random bytes in base64: `openssl rand -base64 32` makes one")]
pub struct NotASecret;

/// A code and the member it is for.
pub(crate) struct Post<'a> {
    pub id: &'a str,
    pub now: Timestamp,
    pub code: &'a Code,
    pub member: &'a Member,
    /// The phone number, or the `Address`, as it stands in the payer's data.
    pub to: &'a Value,
    pub locale: Locale,
}

const WHAT: &str = "code hook";

impl Secret {
    /// From base64, with or without the prefix that such secrets have.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let bytes = STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text)).map_err(|_| NotASecret)?;
        let bytes = Zeroizing::new(bytes);
        if (24..=64).contains(&bytes.len()) { Ok(Self(hmac::Key::new(HMAC_SHA256, &bytes))) } else { Err(NotASecret) }
    }

    /// The headers of a post: its id, its time, and the HMAC-SHA-256 of both and its body.
    fn sign(&self, id: &str, now: Timestamp, json: &str) -> [(&'static str, String); 3] {
        let second = now.as_second();
        let tag = hmac::sign(&self.0, format!("{id}.{second}.{json}").as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(tag));
        [("webhook-id", id.to_owned()), ("webhook-timestamp", second.to_string()), ("webhook-signature", signature)]
    }
}

impl CodeHook {
    /// Where posts go: https, or within this machine; without a query, which could hold a secret.
    pub fn url(text: &str) -> Result<Url, NotPlain> {
        plain_url(text)
    }

    /// Hands a code over. Whatever is not answered with 2xx did not leave.
    pub(crate) async fn bring(&self, fetch: &dyn Fetch, post: &Post<'_>) -> Result<(), Fault> {
        let json = self.message(post).to_string();
        let headers = self.secret.sign(post.id, post.now, &json);
        let body = Some(Body::Signed { json, headers });
        let request = Request { url: self.url.clone(), body, authorization: None };
        match fetch::ask(fetch, WHAT, request).await?.status {
            200..=299 => Ok(()),
            status => Err(Fault::Status(WHAT, status)),
        }
    }

    /// What README's "codes by phone and letter" says.
    fn message(&self, post: &Post<'_>) -> Value {
        let Home { partition, payer } = &self.home;
        let to = if post.code.channel == Channel::Letter { "address" } else { "phone" };
        json!({
            "type": "member_code",
            "timestamp": post.now.to_string(),
            "data": {
                "program": partition.program.as_str(),
                "environment": partition.environment.as_str(),
                "payer": payer.as_str(),
                "member_id": post.member.member_id,
                "channel": post.code.channel.as_str(),
                to: post.to,
                "code": post.code.digits,
                "language": post.locale.tag(),
                "expires_at": post.code.expires_at.to_string(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_signed_as_standard_webhooks_has_it() {
        // The specification's own example.
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let now = Timestamp::from_second(1_614_265_330).unwrap();
        let headers = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", now, r#"{"test": 2432232314}"#);
        let expect = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ];
        assert_eq!(headers, expect.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn a_secret_is_long_and_random_or_none() {
        fn check(text: &str, expect: bool) {
            assert_eq!(Secret::parse(text).is_ok(), expect, "{text}");
        }
        check(&STANDARD.encode([7; 24]), true);
        check(&STANDARD.encode([7; 64]), true);
        check(&format!("whsec_{}", STANDARD.encode([7; 32])), true);
        check(&STANDARD.encode([7; 23]), false);
        check(&STANDARD.encode([7; 65]), false);
        check("correct horse battery staple", false);
        check("", false);
    }
}
