//! Reproducible randomness: SplitMix64, seeded separately for each thing that is made.
//!
//! A thing's facts depend on the seed, its kind and its number, never on what was made before it. So a claim can name
//! its provider without keeping the provider in memory.

use jiff::{ToSpan, civil::Date};

/// A sequence of numbers that the seed determines.
pub struct Random(u64);

impl Random {
    /// The sequence of the `number`th thing of a kind.
    pub fn of(seed: u64, kind: &str, number: u64) -> Self {
        // FNV-1a over the kind, so that things of different kinds with the same number differ.
        let kind = kind.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut random = Self(seed ^ kind.rotate_left(17) ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end`, without `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product: fair enough for bounds this small, and without division.
        ((u64::from((self.next() >> 32) as u32) * u64::from(end)) >> 32) as u32
    }

    /// A number from `start` to `end`, both included.
    pub fn between(&mut self, start: u32, end: u32) -> u32 {
        start + self.below(end.saturating_sub(start) + 1)
    }

    /// True in this percentage of cases.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of these elements.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from)]
    }

    /// The index of one of these elements.
    pub fn index<T>(&mut self, of: &[T]) -> usize {
        self.below(u32::try_from(of.len()).unwrap_or(u32::MAX)) as usize
    }

    /// A day from `start` to `end`, both included.
    pub fn day(&mut self, start: Date, end: Date) -> Date {
        let days = (end - start).get_days().max(0);
        start.saturating_add(i64::from(self.between(0, days.unsigned_abs())).days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_draws_the_same_numbers_and_another_thing_others() {
        let draw = |kind, number| (0..4).map(|_| 0).scan(Random::of(7, kind, number), |r, _| Some(r.next())).collect();
        let first: Vec<u64> = draw("member", 3);
        assert_eq!(first, draw("member", 3));
        assert_ne!(first, draw("member", 4));
        assert_ne!(first, draw("claim", 3));
    }

    #[test]
    fn numbers_stay_within_their_bounds_and_reach_both() {
        let mut random = Random::of(1, "bounds", 0);
        let drawn: std::collections::BTreeSet<u32> = (0..200).map(|_| random.between(3, 6)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
        assert_eq!(random.below(0), 0);
    }
}
