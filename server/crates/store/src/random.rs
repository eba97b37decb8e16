//! Randomness comes from outside, so that tests can repeat it.

/// Fills the buffer with bytes that no one can guess.
pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator, through AWS-LC.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // It fails only if the operating system has no entropy source at all; then nothing can be done safely.
        #[expect(clippy::expect_used, reason = "without randomness no secret is safe, so the process must stop")]
        aws_lc_rs::rand::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A fresh id: 128 bits as 26 lower-case letters and digits.
pub(crate) fn id(random: &dyn Random) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let bits = u128::from_be_bytes(bytes);
    (0..26).map(|place| char::from(ALPHABET[(bits >> (place * 5) & 31) as usize])).collect()
}
