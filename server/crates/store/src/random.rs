//! Chance comes in from outside, so that tests can repeat it.

/// Fills bytes that nobody can guess.
pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator, by way of AWS-LC's.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // It fails only where the operating system has no entropy source at all; nothing safe can be done then.
        #[expect(clippy::expect_used, reason = "without randomness no secret is safe, so the process must not go on")]
        aws_lc_rs::rand::fill(bytes).expect("the operating system gives random bytes");
    }
}
