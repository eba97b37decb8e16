//! An authenticator app for tests, made of RFC 4226 §5.3 and RFC 6238 §4 alone, so that it shares no mistake with what it
//! tests.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use jiff::Timestamp;

/// The app, with one key.
pub struct Authenticator(Key);

impl Authenticator {
    /// From the key as a page shows it: base32, perhaps in groups.
    pub fn new(secret: &str) -> Self {
        let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
        for character in secret.chars().filter(|c| !c.is_whitespace()) {
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(character).expect("base32");
            bits = bits << 5 | u32::try_from(value).expect("five bits");
            count += 5;
            if 8 <= count {
                count -= 8;
                bytes.push((bits >> count & 0xff) as u8);
            }
        }
        Self(Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes))
    }

    /// What the app shows at this moment.
    pub fn code(&self, at: Timestamp) -> String {
        let counter = at.as_second() / 30;
        let tag = sign(&self.0, &counter.to_be_bytes());
        let tag = tag.as_ref();
        let offset = usize::from(tag[19] & 0xf);
        let four = [tag[offset] & 0x7f, tag[offset + 1], tag[offset + 2], tag[offset + 3]];
        format!("{:06}", u32::from_be_bytes(four) % 1_000_000)
    }
}
